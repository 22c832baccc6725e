// Groups instead of records: by fields and parts of dates, with measures, filtered before and after (CX12).
import { TYPE_WORDS } from "../catalog/type-words.ts";
import type { Field, FieldType, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { resolvePath } from "../query/field-path.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import type { PlanColumn, TablePlan } from "./plan.ts";
import { wantsFiles } from "./record-files.ts";
import type { ExportRequest } from "./request.ts";
import { rulesOf } from "./columns.ts";
import { type PlanContext, Scope } from "./scope.ts";
import type { Condition, Expression, MeasureExpression, Order, ScalarExpression } from "./select.ts";

const PARTS = ["year", "month", "day"] as const;
const MEASURES = ["count", "distinct", "sum", "mean", "min", "max"] as const;
const NUMBERS: readonly FieldType[] = ["integer", "decimal", "float", "json", "any"];
const ORDERED: readonly FieldType[] = [...NUMBERS, "text", "date", "time", "datetime", "instant"];
const GROUPABLE: readonly FieldType[] = [...ORDERED, "boolean", "uuid"];

/** A column of the result and what it shows. */
interface Shown {
  readonly name: string;
  readonly expression: Expression;
  /** The field that it shows as it is, and keys inside of it. */
  readonly field?: Field;
  readonly keys?: readonly string[];
}

/**
 * Plans groups: `{"by": ["type", {"month": "collected_on"}], "measures": {"n": {"count": "*"}}, "having": {…}}`.
 * @throws usageError naming the place in the aggregate
 */
export function planAggregate(
  request: ExportRequest,
  object: ObjectType,
  context: PlanContext,
  where: Predicate | null,
  timeZone: string,
): TablePlan {
  for (const name of ["paths", "include", "expand"] as const) {
    if (request[name] !== undefined) {
      throw inputError(
        "not-with-aggregate",
        `/${name}`,
        sentence`An export of groups takes no ${name}.`,
        sentence`Leave it out.`,
      );
    }
  }
  const { layout = "tables" } = request;
  if (wantsFiles(request) || layout !== "tables") {
    const [place, what] = layout === "tables" ? ["/exportFiles", "files"] : ["/layout", "folders of records or files"];
    const hint = sentence`Files belong to records: leave out what asks for them, or the aggregate.`;
    throw inputError("not-with-aggregate", place, sentence`An export of groups takes no ${what}.`, hint);
  }
  const scope = new Scope(context, object);
  const asked = members(request.aggregate, "/aggregate", ["by", "measures", "having"]);
  const by = readBy(asked["by"], scope, context);
  const measures = readMeasures(asked["measures"], scope, context);
  const shown = [...by, ...measures];
  if (shown.length === 0) {
    throw inputError("nothing-chosen", "/aggregate", sentence`The aggregate has neither by nor measures.`);
  }
  refuseTwice(shown);
  const having = asked["having"] === undefined ? null : readHaving(asked["having"], shown, context, timeZone);
  return {
    name: object.name,
    object: object.name,
    select: {
      table: scope.alias,
      from: object.table,
      where: scope.restricted(where),
      joins: scope.joins,
      columns: shown.map(({ expression }) => expression),
      groupBy: by.map(({ expression }) => expression as ScalarExpression),
      having,
      order: orderOf(request.order, shown, by),
      limit: request.limit ?? null,
      parent: null,
      timeZone,
    },
    columns: shown.map(({ name, expression, field, keys = [] }, cell): PlanColumn => ({
      name,
      path: [name],
      type: field === undefined || keys.length > 0 ? expression.type : field.type,
      nullable: true,
      cell,
      rules: field === undefined ? [] : rulesOf(field, keys),
    })),
    key: by.map(({ name }) => name),
    parent: null,
    groups: [],
    lists: [],
    estimatedRows: null,
    part: { index: 0, count: 1 },
  };
}

function readBy(input: unknown, scope: Scope, context: PlanContext): Shown[] {
  if (input === undefined) return [];
  if (!Array.isArray(input)) throw inputError("aggregate-not-suited", "/aggregate/by", sentence`by must be an array.`);
  return input.map((entry: unknown, n): Shown => {
    const pointer = child("/aggregate/by", n);
    if (typeof entry === "string") {
      return { name: entry, ...scalarAt(entry, scope, context, pointer, GROUPABLE) };
    }
    const [part, path] = onlyMember(entry, pointer, PARTS);
    const { expression: of } = scalarAt(path, scope, context, child(pointer, part), ["date", "datetime", "instant"]);
    return { name: `${path}.${part}`, expression: { kind: "datePart", part, of, type: "text" } };
  });
}

function readMeasures(input: unknown, scope: Scope, context: PlanContext): Shown[] {
  if (input === undefined) return [];
  return Object.entries(members(input, "/aggregate/measures", null)).map(([name, entry]): Shown => {
    const pointer = child("/aggregate/measures", name);
    const [measure, path] = onlyMember(entry, pointer, MEASURES);
    const place = child(pointer, measure);
    if (path === "*" && measure === "count") {
      return { name, expression: { kind: "measure", measure, of: null, type: "integer" } };
    }
    const suited =
      measure === "sum" || measure === "mean" ? NUMBERS : measure === "min" || measure === "max" ? ORDERED : null;
    const { expression: of, field } = scalarAt(path, scope, context, place, suited);
    if (field.labels !== undefined) {
      throw inputError("aggregate-not-suited", place, sentence`"${path}" shows labels, which are not measured.`);
    }
    return { name, expression: { kind: "measure", measure, of, type: measureType(measure, of.type) } };
  });
}

/** Exact numbers have exact sums; everything in JSON is summed as a double. */
function measureType(measure: MeasureExpression["measure"], of: FieldType): FieldType {
  if (measure === "count" || measure === "distinct") return "integer";
  if (measure === "mean") return "float";
  if (of === "json" || of === "any") return "float";
  return measure === "sum" && of === "integer" ? "decimal" : of;
}

function scalarAt(
  path: string,
  scope: Scope,
  context: PlanContext,
  pointer: string,
  suited: readonly FieldType[] | null,
): { expression: ScalarExpression; field: Field; keys: readonly string[] } {
  const found = resolvePath(path, scope.object, context.catalog, pointer, context.access);
  if (found.kind !== "field") throw inputError("aggregate-not-suited", pointer, sentence`"${path}" is no field.`);
  const expression = scope.value(found.through, found.field.name, found.keys);
  const isScalar = expression.type !== "json" || expression.kind === "keys";
  if (suited !== null && !(suited.includes(expression.type) && isScalar)) {
    const types = suited.filter((it) => it !== "json" && it !== "any").join(", ");
    throw inputError(
      "aggregate-not-suited",
      pointer,
      sentence`The field "${path}" is ${TYPE_WORDS[expression.type]}, which does not suit here.`,
      sentence`It takes ${types}, or a key of a JSON field.`,
    );
  }
  return { expression, field: found.field, keys: found.keys };
}

/** `having` is a where whose fields are the columns of the result. */
function readHaving(input: unknown, shown: readonly Shown[], context: PlanContext, timeZone: string): Condition {
  const fields = shown.map(({ name, expression, field }): Field => ({
    ...(field?.labels === undefined ? {} : { labels: field.labels }),
    name,
    column: name,
    type: expression.type,
    native: "",
    nullable: true,
  }));
  const result: ObjectType = {
    name: "aggregate",
    table: { name: "" },
    kind: "view",
    fields,
    key: [],
    references: [],
    lists: [],
  };
  const predicate = parseWhere(input, result, context.catalog, { timeZone, pointer: "/aggregate/having" });
  return inTerms(predicate, new Map(shown.map(({ name, expression }) => [name, expression])));
}

function inTerms(predicate: Predicate, columns: ReadonlyMap<string, Expression>): Condition {
  switch (predicate.op) {
    case "constant":
      return predicate;
    case "and":
    case "or":
      return { op: predicate.op, of: predicate.of.map((it) => inTerms(it, columns)) };
    case "not":
      return { op: "not", of: inTerms(predicate.of, columns) };
    case "listSize":
    case "some":
    case "element":
    case "oneOf":
    case "inBatch":
      throw inputError(
        "aggregate-not-suited",
        "/aggregate/having",
        sentence`having compares columns of the result only.`,
      );
    default: {
      const { operand } = predicate;
      const column = operand.kind === "field" && operand.keys.length === 0 ? columns.get(operand.field) : undefined;
      if (column === undefined) {
        throw inputError(
          "aggregate-not-suited",
          "/aggregate/having",
          sentence`having compares columns of the result only.`,
        );
      }
      return { ...predicate, operand: column };
    }
  }
}

/** The order asked for, made total by the groups. */
function orderOf(asked: readonly string[] | undefined, shown: readonly Shown[], by: readonly Shown[]): Order[] {
  const order = (asked ?? []).map((text, n): Order => {
    const descending = text.startsWith("-");
    const name = descending ? text.slice(1) : text;
    const found = shown.find((it) => it.name === name);
    if (found === undefined) {
      const names = shown.map((it) => it.name);
      throw inputError(
        "unknown-field",
        child("/order", n),
        sentence`The result has no column "${name}".`,
        suggest(name, names),
      );
    }
    return { by: found.expression, descending };
  });
  const rest = by.filter(({ expression }) => !order.some((it) => it.by === expression));
  return [...order, ...rest.map(({ expression }) => ({ by: expression, descending: false }))];
}

function refuseTwice(shown: readonly Shown[]): void {
  const names = new Set<string>();
  for (const { name } of shown) {
    if (names.has(name))
      throw inputError("aggregate-not-suited", "/aggregate", sentence`Two columns are called "${name}".`);
    names.add(name);
  }
}

/** An object's members; only the `known` ones when given. */
function members(input: unknown, pointer: string, known: readonly string[] | null): Readonly<Record<string, unknown>> {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw inputError("aggregate-not-suited", pointer, sentence`A JSON object was expected here.`);
  }
  for (const name of Object.keys(input)) {
    if (known !== null && !known.includes(name)) {
      throw inputError(
        "aggregate-not-suited",
        child(pointer, name),
        sentence`There is no "${name}" here.`,
        suggest(name, known),
      );
    }
  }
  return input as Readonly<Record<string, unknown>>;
}

/** The single member of an object such as `{"month": "collected_on"}`. */
function onlyMember<const W extends string>(input: unknown, pointer: string, words: readonly W[]): [W, string] {
  const entries = Object.entries(members(input, pointer, words));
  const [entry] = entries;
  if (entry === undefined || entries.length > 1 || typeof entry[1] !== "string") {
    throw inputError(
      "aggregate-not-suited",
      pointer,
      sentence`One word with the path of a field was expected here.`,
      sentence`The words are ${words.join(", ")}.`,
    );
  }
  return [entry[0] as W, entry[1]];
}
