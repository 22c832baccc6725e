// Records by their keys: all that a condition finds, and those that are among some thousand.
import { type Catalog, type Field, isColumn, type ObjectType } from "../catalog/types.ts";
import { plainDecimal } from "../lib/decimal-text.ts";
import { WaybillError } from "../lib/errors.ts";
import { keyParts } from "../lib/record-key.ts";
import type { Predicate, Value } from "../query/predicate.ts";
import { convertValue } from "../query/values.ts";
import { Cells } from "./cells.ts";
import { orderOf } from "./order.ts";
import { type Access, PlanContext, Scope } from "./scope.ts";
import type { Select } from "./select.ts";
import { rootSelect } from "./table-planner.ts";

/** The fields of an object type's key, in order; none where it has no key, or one whose values have no order. */
export function keyFields({ key, fields }: ObjectType): readonly Field[] {
  const found = key.map((name) => fields.find((field) => field.name === name && isColumn(field)));
  return found.every((field) => field !== undefined && field.type !== "json" && field.type !== "array")
    ? (found as Field[])
    : [];
}

/** Whether an object type has a key that may be told to a principal, and asked for by them. */
export function isKnownKey(object: ObjectType, access: Access): boolean {
  const { key, fields } = object;
  return (
    key.length > 0 &&
    key.every((name) => fields.every((it) => it.name !== name || (it.hidden !== true && access.mayRead(object, it))))
  );
}

/**
 * The select of the keys of the records that fulfil a condition and that the principal may see: a cell a column of the key,
 * in the order in which records come when no other is asked for.
 */
export function keySelect(object: ObjectType, where: Predicate | null, catalog: Catalog, access: Access): Select {
  // No instant is shown in a zone, and nothing has a language.
  const context = new PlanContext(catalog, access, { timeZone: "UTC", language: "en" });
  const scope = new Scope(context, object);
  const cells = new Cells();
  for (const name of object.key) cells.addOwn(scope.column([], name));
  const order = orderOf(undefined, scope, context);
  return rootSelect(
    scope,
    cells,
    { where: scope.restricted(where), order, limit: null, estimatedRows: null },
    context.timeZone,
  );
}

/**
 * How many keys of an object type `recordsAmong` should be asked for at once: what SQLite needs to number the values that
 * it binds grows with their square, and each may be bound twice.
 */
export function keysAtOnce(object: ObjectType): number {
  const fields = keyFields(object);
  const values = fields.reduce((count, { type }) => (type === "any" ? count * 2 : count), fields.length);
  return Math.max(1, Math.floor(2_000 / values));
}

/**
 * The records that have one of some keys, as texts (`lib/record-key.ts`). What cannot be a key of the object type is passed
 * over. A database may take other texts for the same value (`01` for `1`): compare with the keys that it gives.
 * @param keys at most `keysAtOnce`
 */
export function recordsAmong(object: ObjectType, keys: readonly string[]): Predicate {
  const fields = keyFields(object);
  const operands = fields.map(
    ({ name, type }) => ({ kind: "field", through: [], field: name, keys: [], type }) as const,
  );
  return { op: "oneOf", operands, rows: keys.flatMap((key) => rowsOf(key, fields)) };
}

/** The values that a key may stand for: none, one, or more where a column holds values of every type. */
function rowsOf(key: string, fields: readonly Field[]): (readonly Value[])[] {
  const parts = keyParts(key, fields.length);
  if (parts === null) return [];
  return parts.reduce<(readonly Value[])[]>(
    (rows, part, n) => {
      const values = valuesOf(part, fields[n]!);
      return rows.flatMap((row) => values.map((value) => [...row, value]));
    },
    [[]],
  );
}

function valuesOf(text: string, { type }: Field): Value[] {
  try {
    const value = convertValue(text, type, "", null);
    if (type !== "any" || plainDecimal(text) === null) return [value];
    return [value, convertValue(text, /^-?\d+$/.test(text) ? "integer" : "float", "", null)];
  } catch (error) {
    if (error instanceof WaybillError) return [];
    throw error;
  }
}
