// `where`: a query as JSON to a checked predicate (CONTRACT section 3).
import type { Catalog, FieldType, ObjectType } from "../catalog/types.ts";
import { type Zone, zoneNamed } from "../cells/zone.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { suggest } from "../lib/suggest.ts";
import { type ReadAccess, resolvePath } from "./field-path.ts";
import { literalPattern, normalizePattern } from "./pattern.ts";
import type { ListOperand, Operand, Predicate, Value } from "./predicate.ts";
import { convertValue, isStorableText } from "./values.ts";

/** Limits of a query (CONTRACT section 3). */
const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 20;
const MAX_CONDITIONS = 100;
const MAX_VALUES = 10_000;

export interface WhereOptions {
  /** Which fields may be asked about; all when absent. */
  readonly access?: ReadAccess;
  /** IANA name of the zone of a date and time without one; UTC when absent. */
  readonly timeZone?: string;
  /** Where the query stands in the request; `/where` when absent. */
  readonly pointer?: string;
}

/**
 * Checks a query against the catalog and converts its values.
 * @param input parsed JSON.
 * @throws inputError naming the place; nothing of an unchecked query gets further than here
 */
export function parseWhere(
  input: unknown,
  object: ObjectType,
  catalog: Catalog,
  options: WhereOptions = {},
): Predicate {
  const pointer = options.pointer ?? "/where";
  checkSize(input, pointer);
  const parser = new WhereParser(catalog, options.access, zoneNamed(options.timeZone ?? "UTC"));
  return parser.record(input, object, pointer, 1);
}

function checkSize(input: unknown, pointer: string): void {
  let bytes = 0;
  try {
    bytes = Buffer.byteLength(JSON.stringify(input) ?? "");
  } catch {
    // JSON that is too deep to be written again.
    throw tooDeep(pointer);
  }
  if (bytes > MAX_BYTES) {
    throw inputError("too-long", pointer, `The query has ${bytes} bytes; at most ${MAX_BYTES} are allowed.`);
  }
}

function tooDeep(pointer: string): Error {
  return inputError(
    "too-deep",
    pointer,
    `The query is nested more than ${MAX_DEPTH} deep.`,
    "Split it, or flatten it.",
  );
}

const OPERATORS = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$exists",
  "$regex",
  "$contains",
  "$startsWith",
  "$size",
  "$all",
  "$elemMatch",
  "$not",
] as const;
type Operator = (typeof OPERATORS)[number];

const ORDERED: readonly FieldType[] = [
  "text",
  "integer",
  "decimal",
  "float",
  "date",
  "time",
  "datetime",
  "instant",
  "json",
  "any",
];
const EQUAL: readonly FieldType[] = [...ORDERED, "boolean", "uuid", "binary"];
const TEXTUAL: readonly FieldType[] = ["text", "json", "any"];
const ARRAYS: readonly FieldType[] = ["array", "json"];

/** Which types an operator suits; `$exists` and `$not` suit all. */
const SUITED: Readonly<Record<Exclude<Operator, "$exists" | "$not">, readonly FieldType[]>> = {
  $eq: EQUAL,
  $ne: EQUAL,
  $in: EQUAL,
  $nin: EQUAL,
  $gt: ORDERED,
  $gte: ORDERED,
  $lt: ORDERED,
  $lte: ORDERED,
  $regex: TEXTUAL,
  $contains: TEXTUAL,
  $startsWith: TEXTUAL,
  $size: ARRAYS,
  $all: ARRAYS,
  $elemMatch: ARRAYS,
};

const SIGNS = { $gt: ">", $gte: ">=", $lt: "<", $lte: "<=" } as const;

/** What the members of a condition are about: turns a member's name into the thing that its operators ask. */
type Subject = (name: string, pointer: string) => Operand | { readonly list: ListOperand; readonly object: ObjectType };

class WhereParser {
  readonly #catalog: Catalog;
  readonly #access: ReadAccess | undefined;
  readonly #zone: Zone | null;
  #conditions = 0;

  constructor(catalog: Catalog, access: ReadAccess | undefined, zone: Zone | null) {
    this.#catalog = catalog;
    this.#access = access;
    this.#zone = zone;
  }

  /** A condition on a record of an object type. */
  record(input: unknown, object: ObjectType, pointer: string, depth: number): Predicate {
    return this.#members(input, (name, place) => this.#resolve(name, object, place), pointer, depth);
  }

  /** `{"field": …, "$and": […]}`: every member must hold. */
  #members(input: unknown, subject: Subject, pointer: string, depth: number): Predicate {
    if (depth > MAX_DEPTH) throw tooDeep(pointer);
    if (!isObject(input)) {
      throw inputError(
        "condition-not-suited",
        pointer,
        "A condition must be a JSON object.",
        `Write {"field": value}.`,
      );
    }
    const all = Object.entries(input).map(([name, value]): Predicate => {
      const place = child(pointer, name);
      if (!name.startsWith("$")) return this.#about(subject(name, place), value, place, depth);
      switch (name) {
        case "$and":
        case "$or":
          return allOf(name === "$and" ? "and" : "or", this.#branches(value, subject, place, depth));
        case "$nor":
          return { op: "not", of: allOf("or", this.#branches(value, subject, place, depth)) };
        case "$not":
          return { op: "not", of: this.#members(value, subject, place, depth + 1) };
        default:
          throw unknownOperator(name, place, ["$and", "$or", "$nor", "$not"]);
      }
    });
    return allOf("and", all);
  }

  #branches(input: unknown, subject: Subject, pointer: string, depth: number): Predicate[] {
    if (!Array.isArray(input) || input.length === 0) {
      throw inputError("condition-not-suited", pointer, "A JSON array with at least one condition was expected here.");
    }
    return input.map((it: unknown, n) => this.#members(it, subject, child(pointer, n), depth + 1));
  }

  #resolve(path: string, object: ObjectType, pointer: string): ReturnType<Subject> {
    const found = resolvePath(path, object, this.#catalog, pointer, this.#access);
    switch (found.kind) {
      case "field": {
        const { through, field, keys } = found;
        if (keys.length > 0) return { kind: "field", through, field: field.name, keys, type: "json" };
        const element = field.element === undefined ? {} : { element: field.element };
        return { kind: "field", through, field: field.name, keys, type: field.type, ...element };
      }
      case "reference":
        return this.#keyOf(path, object, found, pointer);
      case "list": {
        if (found.rest.length > 0) {
          const rest = found.rest.join(".");
          throw inputError(
            "operator-not-suited",
            pointer,
            `"${path}" goes on inside of the list ${found.list.name}, which has many records.`,
            `Write {"${path.slice(0, -rest.length - 1)}": {"$elemMatch": {"${rest}": …}}}.`,
          );
        }
        return { list: { through: found.through, list: found.list.name }, object: found.object };
      }
    }
  }

  /** A reference stands for the column that points: `{"project": 5}`. */
  #keyOf(
    path: string,
    object: ObjectType,
    {
      through,
      reference,
    }: { readonly through: readonly string[]; readonly reference: ObjectType["references"][number] },
    pointer: string,
  ): Operand {
    const [link] = reference.by;
    const from = through.reduce((at, name) => this.#target(at, name), object);
    const field = from.fields.find((it) => it.column === link?.from);
    if (field === undefined || reference.by.length !== 1) {
      throw inputError(
        "operator-not-suited",
        pointer,
        `"${path}" has a key of several columns, so it cannot be compared at once.`,
        `Compare ${reference.by.map((it) => it.from).join(" and ")}.`,
      );
    }
    if (this.#access?.mayRead(from, field) === false) {
      throw inputError("unknown-field", pointer, `The field "${path}" may not be read.`);
    }
    return { kind: "field", through, field: field.name, keys: [], type: field.type };
  }

  #target(object: ObjectType, reference: string): ObjectType {
    const name = object.references.find((it) => it.name === reference)?.object ?? "";
    const target = this.#catalog.objects.get(name);
    if (target === undefined) throw new Error(`the catalog has no object type ${name}`);
    return target;
  }

  /** What a member says of its subject: a value, or operators. */
  #about(subject: ReturnType<Subject>, input: unknown, pointer: string, depth: number): Predicate {
    if ("list" in subject) return this.#aboutList(subject.list, subject.object, input, pointer, depth);
    if (isObject(input)) return this.#operators(subject, input, pointer, depth);
    if (Array.isArray(input)) {
      throw inputError("value-not-suited", pointer, "An array is no value to compare with.", `Write {"$in": […]}.`);
    }
    this.#count(pointer);
    return this.#equal(subject, input, pointer);
  }

  #aboutList(list: ListOperand, object: ObjectType, input: unknown, pointer: string, depth: number): Predicate {
    const known = ["$size", "$exists", "$elemMatch"];
    const hint = `Write {"$elemMatch": {…}}, {"$size": 0} or {"$exists": true}.`;
    const entries = isObject(input) ? Object.entries(input) : [];
    if (entries.length === 0) {
      throw inputError("operator-not-suited", pointer, `"${list.list}" is a list, which equals no value.`, hint);
    }
    const all = entries.map(([name, value]): Predicate => {
      const place = child(pointer, name);
      this.#count(place);
      switch (name) {
        case "$size":
          return { op: "listSize", list, size: sizeOf(value, place) };
        case "$exists": {
          const some: Predicate = { op: "some", list, where: { op: "constant", value: true } };
          return yesOrNo(value, place) ? some : { op: "not", of: some };
        }
        case "$elemMatch":
          return { op: "some", list, where: this.record(value, object, place, depth + 1) };
        case "$not":
          return { op: "not", of: this.#aboutList(list, object, value, place, this.#deeper(depth, place)) };
        default:
          if (!isOperator(name)) throw unknownOperator(name, place, known);
          throw inputError("operator-not-suited", place, `${name} does not suit the list "${list.list}".`, hint);
      }
    });
    return allOf("and", all);
  }

  #operators(operand: Operand, input: Readonly<Record<string, unknown>>, pointer: string, depth: number): Predicate {
    const names = Object.keys(input).filter((name) => name !== "$options");
    if (names.length === 0) {
      throw inputError(
        "condition-not-suited",
        pointer,
        "The condition says nothing about its field.",
        `Write {"$eq": value}.`,
      );
    }
    const ignoreCase = this.#ignoreCase(input, pointer);
    return allOf(
      "and",
      names.map((name) => this.#operator(operand, name, input[name], ignoreCase, child(pointer, name), depth)),
    );
  }

  /** `$options: "i"` stands beside the operator that it belongs to. */
  #ignoreCase(input: Readonly<Record<string, unknown>>, pointer: string): boolean {
    const options = input["$options"];
    if (options === undefined) return false;
    const place = child(pointer, "$options");
    if (options !== "i") throw inputError("value-not-suited", place, `The only option is "i", which ignores case.`);
    if (["$regex", "$contains", "$startsWith"].some((name) => Object.hasOwn(input, name))) return true;
    throw inputError("operator-not-suited", place, "$options belongs to $regex, $contains or $startsWith.");
  }

  #operator(
    operand: Operand,
    name: string,
    input: unknown,
    ignoreCase: boolean,
    pointer: string,
    depth: number,
  ): Predicate {
    if (!isOperator(name)) {
      if (!name.startsWith("$")) {
        throw inputError(
          "condition-not-suited",
          pointer,
          `"${name}" is no operator.`,
          "Operators begin with $; fields inside of others are written with a dot, as metadata.depth.",
        );
      }
      throw unknownOperator(name, pointer, OPERATORS);
    }
    if (name !== "$not") this.#count(pointer);
    if (name !== "$not" && name !== "$exists" && !SUITED[name].includes(operand.type)) {
      const suited = OPERATORS.filter((it) => it === "$exists" || it === "$not" || SUITED[it].includes(operand.type));
      throw inputError(
        "operator-not-suited",
        pointer,
        `${name} does not suit a field that is ${operand.type}.`,
        `It takes ${suited.join(", ")}.`,
      );
    }
    switch (name) {
      case "$eq":
        return this.#equal(operand, input, pointer);
      case "$ne":
        if (input === null) return { op: "not", of: { op: "missing", operand } };
        return allOf("or", [
          { op: "not", of: this.#equal(operand, input, pointer) },
          { op: "missing", operand },
        ]);
      case "$gt":
      case "$gte":
      case "$lt":
      case "$lte": {
        const value = this.#value(input, operand, pointer);
        if (value.type === "boolean") {
          throw inputError("value-not-suited", pointer, `${name} does not compare with true or false.`);
        }
        return { op: "compare", operand, is: SIGNS[name], value };
      }
      case "$in":
        return this.#in(operand, input, pointer, false);
      case "$nin":
        return this.#in(operand, input, pointer, true);
      case "$exists": {
        const missing: Predicate = { op: "missing", operand };
        return yesOrNo(input, pointer) ? { op: "not", of: missing } : missing;
      }
      case "$regex":
        return { op: "match", operand, pattern: normalizePattern(textOf(input, pointer), ignoreCase, pointer) };
      case "$contains": {
        const text = textOf(input, pointer);
        return ignoreCase ? { op: "match", operand, pattern: literalPattern(text) } : { op: "contains", operand, text };
      }
      case "$startsWith": {
        const text = textOf(input, pointer);
        if (!ignoreCase) return { op: "startsWith", operand, text };
        return { op: "match", operand, pattern: `^${literalPattern(text)}` };
      }
      case "$size":
        return { op: "size", operand, size: sizeOf(input, pointer) };
      case "$all":
        return this.#all(operand, input, pointer);
      case "$elemMatch":
        return { op: "element", operand, where: this.#element(elementOf(operand), input, pointer, depth + 1) };
      case "$not":
        if (!isObject(input)) {
          throw inputError(
            "condition-not-suited",
            pointer,
            "$not takes operators.",
            `Write {"$not": {"$gt": 5}}, or $ne.`,
          );
        }
        return { op: "not", of: this.#operators(operand, input, pointer, this.#deeper(depth, pointer)) };
    }
  }

  #equal(operand: Operand, input: unknown, pointer: string): Predicate {
    if (input === null) return { op: "missing", operand };
    return { op: "compare", operand, is: "=", value: this.#value(input, operand, pointer) };
  }

  #value(input: unknown, operand: Operand, pointer: string): Value {
    if (operand.type === "array") {
      throw inputError(
        "operator-not-suited",
        pointer,
        "An array equals no value.",
        `Write {"$all": [value]} or {"$size": 2}.`,
      );
    }
    return convertValue(input, operand.type, pointer, this.#zone);
  }

  /** `$in`, and `$nin`, which also matches missing values unless null is among those that it excludes. */
  #in(operand: Operand, input: unknown, pointer: string, negated: boolean): Predicate {
    const values = arrayOf(input, pointer);
    const present = values.flatMap((value, n) =>
      value === null ? [] : [this.#value(value, operand, child(pointer, n))],
    );
    const among: Predicate =
      present.length === 0 ? { op: "constant", value: false } : { op: "in", operand, values: present };
    const missing: Predicate = { op: "missing", operand };
    const withNull = present.length < values.length;
    if (!negated) return withNull ? allOf("or", [among, missing]) : among;
    if (present.length === 0) return withNull ? { op: "not", of: missing } : { op: "constant", value: true };
    const notAmong: Predicate = { op: "not", of: among };
    return withNull ? allOf("and", [notAmong, { op: "not", of: missing }]) : allOf("or", [notAmong, missing]);
  }

  #all(operand: Operand, input: unknown, pointer: string): Predicate {
    const element = elementOf(operand);
    const values = arrayOf(input, pointer).map((value, n) => {
      this.#count(pointer);
      return this.#value(value, element, child(pointer, n));
    });
    if (values.length === 0) {
      throw inputError(
        "value-not-suited",
        pointer,
        "$all takes at least one value.",
        `Write {"$size": 0} for an empty array.`,
      );
    }
    return { op: "all", operand, values };
  }

  /** `{"$gt": 5}` about the element itself, or `{"key": …}` about what is inside of a JSON element. */
  #element(element: Operand & { readonly kind: "element" }, input: unknown, pointer: string, depth: number): Predicate {
    if (depth > MAX_DEPTH) throw tooDeep(pointer);
    if (isObject(input) && Object.keys(input).some((name) => isOperator(name) || name === "$options")) {
      return this.#operators(element, input, pointer, depth);
    }
    const inside: Subject = (name, place) => {
      if (element.type === "json") return { ...element, keys: name.split(".") };
      throw inputError("unknown-field", place, `The elements are ${element.type}, so there is nothing under them.`);
    };
    return this.#members(input, inside, pointer, depth);
  }

  #deeper(depth: number, pointer: string): number {
    if (depth >= MAX_DEPTH) throw tooDeep(pointer);
    return depth + 1;
  }

  #count(pointer: string): void {
    if (++this.#conditions > MAX_CONDITIONS) {
      throw inputError(
        "too-many-conditions",
        pointer,
        `The query has more than ${MAX_CONDITIONS} conditions.`,
        "Use $in for many values.",
      );
    }
  }
}

function elementOf(operand: Operand): Operand & { readonly kind: "element" } {
  const type = operand.kind === "field" && operand.type === "array" ? (operand.element ?? "text") : "json";
  return { kind: "element", keys: [], type };
}

/** One predicate of several; an empty query asks nothing. */
function allOf(op: "and" | "or", of: readonly Predicate[]): Predicate {
  const [first] = of;
  if (first === undefined) return { op: "constant", value: true };
  return of.length === 1 ? first : { op, of };
}

function isOperator(name: string): name is Operator {
  return (OPERATORS as readonly string[]).includes(name);
}

function unknownOperator(name: string, pointer: string, known: readonly string[]): Error {
  return inputError("unknown-operator", pointer, `There is no operator ${name} here.`, suggest(name, known));
}

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

function arrayOf(input: unknown, pointer: string): readonly unknown[] {
  if (!Array.isArray(input)) throw inputError("value-not-suited", pointer, "A JSON array of values was expected here.");
  if (input.length > MAX_VALUES) {
    throw inputError(
      "too-many-values",
      pointer,
      `The list has ${input.length} values; at most ${MAX_VALUES} are allowed.`,
    );
  }
  return input;
}

function textOf(input: unknown, pointer: string): string {
  if (isStorableText(input)) return input;
  throw inputError("value-not-suited", pointer, "Text was expected here, without U+0000 and broken characters.");
}

function sizeOf(input: unknown, pointer: string): number {
  if (typeof input === "number" && Number.isSafeInteger(input) && input >= 0) return input;
  throw inputError("value-not-suited", pointer, "$size takes a whole number from 0 on.");
}

function yesOrNo(input: unknown, pointer: string): boolean {
  if (typeof input === "boolean") return input;
  throw inputError("value-not-suited", pointer, "$exists takes true or false.");
}
