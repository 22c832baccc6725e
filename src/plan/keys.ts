// Records by their keys: all that a condition finds, and those that are among some thousand.
import { type Catalog, type Field, type FieldType, isColumn, type ObjectType } from "../catalog/types.ts";
import { plainDecimal } from "../lib/decimal-text.ts";
import { WaybillError } from "../lib/errors.ts";
import { keyParts } from "../lib/record-key.ts";
import type { FieldOperand, Predicate, Value } from "../query/predicate.ts";
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

/** How many keys one statement asks for at most: in every database it takes no longer for each than a few thousand do. */
export const KEYS_AT_ONCE = 100_000;

/**
 * The records that have one of some keys, as texts (`lib/record-key.ts`). What cannot be a key of the object type is passed
 * over. A database may take other texts for the same value (`01` for `1`): compare with the keys that it gives.
 * @param keys at most `KEYS_AT_ONCE`
 */
export function recordsAmong(object: ObjectType, keys: readonly string[]): Predicate {
  const types = keyFields(object).map(({ type }) => type);
  return { op: "oneOf", operands: keyOperands(object), rows: keys.flatMap((key) => keyRows(key, types)) };
}

/** The fields of a key in a condition. */
export function keyOperands(object: ObjectType): FieldOperand[] {
  return keyFields(object).map(({ name, type }) => ({ kind: "field", through: [], field: name, keys: [], type }));
}

/**
 * The values that a key may stand for: none, one, or more where a column holds values of every type.
 * @param types those of the key's columns
 */
export function keyRows(key: string, types: readonly FieldType[]): (readonly Value[])[] {
  const parts = keyParts(key, types.length);
  if (parts === null) return [];
  return parts.reduce<(readonly Value[])[]>(
    (rows, part, n) => {
      const values = valuesOf(part, types[n]!);
      return rows.flatMap((row) => values.map((value) => [...row, value]));
    },
    [[]],
  );
}

function valuesOf(text: string, type: FieldType): Value[] {
  try {
    const value = convertValue(text, type, "", null);
    if (type !== "any" || plainDecimal(text) === null) return [value];
    return [value, convertValue(text, /^-?\d+$/.test(text) ? "integer" : "float", "", null)];
  } catch (error) {
    if (error instanceof WaybillError) return [];
    throw error;
  }
}
