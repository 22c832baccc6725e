// `where`: a query as JSON to a checked predicate (CONTRACT section 3).
import { type Catalog, type Field, isColumn, type ObjectType } from "../catalog/types.ts";
import { zoneNamed } from "../cells/zone.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { allOf, FieldConditions, type Named, type Subject } from "./field-conditions.ts";
import { type ReadAccess, resolvePath } from "./field-path.ts";
import { checkSize, QueryLimits } from "./limits.ts";
import { isOperator, unknownOperator } from "./operators.ts";
import type { ListOperand, Operand, Predicate } from "./predicate.ts";
import { isObject, sizeOf, yesOrNo } from "./read-input.ts";

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
  return new WhereParser(catalog, options).record(input, object, pointer, 1);
}

/** Records are asked for by code: labels depend on the reader's language. */
function codesOf(field: Field, object: ObjectType, pointer: string): Error {
  const { name = field.column } = object.fields.find((it) => it.column === field.column && isColumn(it)) ?? {};
  const codes = Object.entries(field.labels ?? {}).map(([code, label]) => `${code} (${label})`);
  return inputError(
    "operator-not-suited",
    pointer,
    sentence`"${field.name}" shows the labels of "${name}".`,
    sentence`Ask about "${name}" by its codes: ${codes.slice(0, 20).join(", ")}${codes.length > 20 ? sentence`, …` : ""}.`,
  );
}

class WhereParser {
  readonly #catalog: Catalog;
  readonly #access: ReadAccess | undefined;
  readonly #limits = new QueryLimits();
  readonly #fields: FieldConditions;

  constructor(catalog: Catalog, { access, timeZone = "UTC" }: WhereOptions) {
    this.#catalog = catalog;
    this.#access = access;
    this.#fields = new FieldConditions(this.#limits, zoneNamed(timeZone), (...members) => this.#members(...members));
  }

  /** A condition on a record of an object type. */
  record(input: unknown, object: ObjectType, pointer: string, depth: number): Predicate {
    const subject: Subject = {
      has: (name) => object.fields.some((field) => field.name === name),
      named: (name, place) => this.#resolve(name, object, place),
    };
    return this.#members(input, subject, pointer, depth);
  }

  /** `{"field": …, "$and": […]}`: every member must hold. */
  #members(input: unknown, subject: Subject, pointer: string, depth: number): Predicate {
    if (!isObject(input)) {
      throw inputError(
        "condition-not-suited",
        pointer,
        sentence`A condition must be a JSON object.`,
        sentence`Write {"field": value}.`,
      );
    }
    const all = Object.entries(input).map(([name, value]): Predicate => {
      const place = child(pointer, name);
      switch (name) {
        case "$and":
        case "$or":
          return allOf(name === "$and" ? "and" : "or", this.#branches(value, subject, place, depth));
        case "$nor":
          return { op: "not", of: allOf("or", this.#branches(value, subject, place, depth)) };
        case "$not":
          return { op: "not", of: this.#members(value, subject, place, this.#limits.deeper(depth, place)) };
        default:
          if (name.startsWith("$") && !subject.has(name)) {
            throw unknownOperator(name, place, ["$and", "$or", "$nor", "$not"]);
          }
          return this.#about(subject.named(name, place), value, place, depth);
      }
    });
    return allOf("and", all);
  }

  #branches(input: unknown, subject: Subject, pointer: string, depth: number): Predicate[] {
    if (!Array.isArray(input) || input.length === 0) {
      throw inputError(
        "condition-not-suited",
        pointer,
        sentence`A JSON array with at least one condition was expected here.`,
      );
    }
    const deeper = this.#limits.deeper(depth, pointer);
    return input.map((it: unknown, n) => this.#members(it, subject, child(pointer, n), deeper));
  }

  #resolve(path: string, object: ObjectType, pointer: string): Named {
    const found = resolvePath(path, object, this.#catalog, pointer, this.#access);
    switch (found.kind) {
      case "field": {
        const { through, field, keys } = found;
        if (field.labels !== undefined) throw codesOf(field, found.object, pointer);
        const { type: declared } = field;
        if (field.keys !== undefined && keys.length === 0) {
          return { kind: "field", through, field: field.name, keys, type: "json", declared };
        }
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
            sentence`"${path}" goes on inside of the list ${found.list.name}, which has many records.`,
            sentence`Write {"${path.slice(0, -rest.length - 1)}": {"$elemMatch": {"${rest}": …}}}.`,
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
    const field = from.fields.find((it) => it.column === link?.from && isColumn(it));
    if (field === undefined || reference.by.length !== 1) {
      throw inputError(
        "operator-not-suited",
        pointer,
        sentence`"${path}" has a key of several columns, so it cannot be compared at once.`,
        sentence`Compare ${reference.by.map((it) => it.from).join(" and ")}.`,
      );
    }
    if (this.#access?.mayRead(from, field) === false) {
      throw inputError("unknown-field", pointer, sentence`The field "${path}" may not be read.`);
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
  #about(subject: Named, input: unknown, pointer: string, depth: number): Predicate {
    if ("list" in subject) return this.#aboutList(subject.list, subject.object, input, pointer, depth);
    if (isObject(input)) return this.#fields.operators(subject, input, pointer, depth);
    if (Array.isArray(input)) {
      throw inputError(
        "value-not-suited",
        pointer,
        sentence`An array is no value to compare with.`,
        sentence`Write {"$in": […]}.`,
      );
    }
    this.#limits.count(pointer);
    return this.#fields.equal(subject, input, pointer);
  }

  #aboutList(list: ListOperand, object: ObjectType, input: unknown, pointer: string, depth: number): Predicate {
    const known = ["$size", "$exists", "$elemMatch"];
    const hint = sentence`Write {"$elemMatch": {…}}, {"$size": 0} or {"$exists": true}.`;
    const entries = isObject(input) ? Object.entries(input) : [];
    if (entries.length === 0) {
      throw inputError(
        "operator-not-suited",
        pointer,
        sentence`"${list.list}" is a list, which equals no value.`,
        hint,
      );
    }
    const all = entries.map(([name, value]): Predicate => {
      const place = child(pointer, name);
      this.#limits.count(place);
      switch (name) {
        case "$size":
          return { op: "listSize", list, size: sizeOf(value, place) };
        case "$exists": {
          const some: Predicate = { op: "some", list, where: { op: "constant", value: true } };
          return yesOrNo(value, place) ? some : { op: "not", of: some };
        }
        case "$elemMatch":
          return { op: "some", list, where: this.record(value, object, place, this.#limits.deeper(depth, place)) };
        case "$not":
          return { op: "not", of: this.#aboutList(list, object, value, place, this.#limits.deeper(depth, place)) };
        default:
          if (!isOperator(name)) throw unknownOperator(name, place, known);
          throw inputError(
            "operator-not-suited",
            place,
            sentence`${name} does not suit the list "${list.list}".`,
            hint,
          );
      }
    });
    return allOf("and", all);
  }
}
