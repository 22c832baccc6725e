// What operators say of one field: `{"$gt": 5}` to a predicate.
import { TYPE_WORDS } from "../catalog/type-words.ts";
import type { Zone } from "../cells/zone.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import type { QueryLimits } from "./limits.ts";
import { isOperator, OPERATORS, SIGNS, SUITED, unknownOperator } from "./operators.ts";
import { literalPattern, normalizePattern } from "./pattern.ts";
import type { ElementOperand, ListOperand, Operand, Predicate, Value } from "./predicate.ts";
import { arrayOf, isObject, sizeOf, textOf, yesOrNo } from "./read-input.ts";
import type { FieldType, ObjectType } from "../catalog/types.ts";
import { convertValue } from "./values.ts";

/** What a member of a condition names: a value, or a list of records. */
export type Named = Operand | { readonly list: ListOperand; readonly object: ObjectType };

/** What the members of a condition are about. */
export interface Subject {
  /** Whether a name that begins with $ is a field here all the same. */
  has(name: string): boolean;
  /** @throws inputError when there is no such thing */
  named(name: string, pointer: string): Named;
}

/** Reads `{"name": …, "$or": […]}` about a subject. */
export type ReadMembers = (input: unknown, subject: Subject, pointer: string, depth: number) => Predicate;

/** What is inside of a JSON element, by dotted keys. */
class InsideElement implements Subject {
  readonly #element: ElementOperand;

  constructor(element: ElementOperand) {
    this.#element = element;
  }

  has(): boolean {
    return false;
  }

  named(name: string, pointer: string): Named {
    const { type } = this.#element;
    if (type === "json") return { ...this.#element, keys: name.split(".") };
    throw inputError(
      "unknown-field",
      pointer,
      sentence`The elements are ${TYPE_WORDS[type]}, so there is nothing under them.`,
    );
  }
}

/** Reads the operators of one query. */
export class FieldConditions {
  readonly #limits: QueryLimits;
  readonly #zone: Zone | null;
  readonly #members: ReadMembers;

  constructor(limits: QueryLimits, zone: Zone | null, members: ReadMembers) {
    this.#limits = limits;
    this.#zone = zone;
    this.#members = members;
  }

  /** What a record of operators says of an operand: `{"$gt": 5, "$lt": 9}`. */
  operators(operand: Operand, input: Readonly<Record<string, unknown>>, pointer: string, depth: number): Predicate {
    const names = Object.keys(input).filter((name) => name !== "$options");
    if (names.length === 0) {
      throw inputError(
        "condition-not-suited",
        pointer,
        sentence`The condition says nothing about its field.`,
        sentence`Write {"$eq": value}.`,
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
    if (options !== "i")
      throw inputError("value-not-suited", place, sentence`The only option is "i", which ignores case.`);
    if (["$regex", "$contains", "$startsWith"].some((name) => Object.hasOwn(input, name))) return true;
    throw inputError("operator-not-suited", place, sentence`$options belongs to $regex, $contains or $startsWith.`);
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
          sentence`"${name}" is no operator.`,
          sentence`Operators begin with $; fields inside of others are written with a dot, as metadata.depth.`,
        );
      }
      throw unknownOperator(name, pointer, OPERATORS);
    }
    if (name !== "$not") this.#limits.count(pointer);
    const type = declaredType(operand);
    if (name !== "$not" && name !== "$exists" && !SUITED[name].includes(type)) {
      const suited = OPERATORS.filter((it) => it === "$exists" || it === "$not" || SUITED[it].includes(type));
      throw inputError(
        "operator-not-suited",
        pointer,
        sentence`${name} does not suit a field that is ${TYPE_WORDS[type]}.`,
        sentence`It takes ${suited.join(", ")}.`,
      );
    }
    switch (name) {
      case "$eq":
        return this.equal(operand, input, pointer);
      case "$ne":
        if (input === null) return { op: "not", of: { op: "missing", operand } };
        return allOf("or", [
          { op: "not", of: this.equal(operand, input, pointer) },
          { op: "missing", operand },
        ]);
      case "$gt":
      case "$gte":
      case "$lt":
      case "$lte": {
        const value = this.#value(input, operand, pointer);
        if (value.type === "boolean") {
          throw inputError("value-not-suited", pointer, sentence`${name} does not compare with true or false.`);
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
        return {
          op: "element",
          operand,
          where: this.#element(elementOf(operand), input, pointer, this.#limits.deeper(depth, pointer)),
        };
      case "$not":
        if (!isObject(input)) {
          throw inputError(
            "condition-not-suited",
            pointer,
            sentence`$not takes operators.`,
            sentence`Write {"$not": {"$gt": 5}}, or $ne.`,
          );
        }
        return { op: "not", of: this.operators(operand, input, pointer, this.#limits.deeper(depth, pointer)) };
    }
  }

  /** Equality with a value, or with null, which means missing. */
  equal(operand: Operand, input: unknown, pointer: string): Predicate {
    if (input === null) return { op: "missing", operand };
    return { op: "compare", operand, is: "=", value: this.#value(input, operand, pointer) };
  }

  #value(input: unknown, operand: Operand, pointer: string): Value {
    if (operand.type === "array") {
      throw inputError(
        "operator-not-suited",
        pointer,
        sentence`An array equals no value.`,
        sentence`Write {"$all": [value]} or {"$size": 2}.`,
      );
    }
    const value = convertValue(input, declaredType(operand), pointer, this.#zone);
    return operand.type === "json" ? asJsonScalar(value) : value;
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
      this.#limits.count(pointer);
      return this.#value(value, element, child(pointer, n));
    });
    if (values.length === 0) {
      throw inputError(
        "value-not-suited",
        pointer,
        sentence`$all takes at least one value.`,
        sentence`Write {"$size": 0} for an empty array.`,
      );
    }
    return { op: "all", operand, values };
  }

  /** `{"$gt": 5}` about the element itself, or `{"key": …}` about what is inside of a JSON element. */
  #element(element: ElementOperand, input: unknown, pointer: string, depth: number): Predicate {
    if (isObject(input) && Object.keys(input).some((name) => isOperator(name) || name === "$options")) {
      return this.operators(element, input, pointer, depth);
    }
    return this.#members(input, new InsideElement(element), pointer, depth);
  }
}

/** One predicate of several; an empty query asks nothing. */
export function allOf(op: "and" | "or", of: readonly Predicate[]): Predicate {
  const [first] = of;
  if (first === undefined) return { op: "constant", value: true };
  return of.length === 1 ? first : { op, of };
}

/** What its values are said to be. */
function declaredType(operand: Operand): FieldType {
  return (operand.kind === "field" ? operand.declared : undefined) ?? operand.type;
}

/** A value as JSON has it: a number, true or false, or text. */
function asJsonScalar(value: Value): Value {
  switch (value.type) {
    case "integer":
    case "decimal":
      return { type: "float", text: String(Number(value.text)) };
    case "float":
    case "boolean":
      return value;
    default:
      return { type: "text", text: value.text };
  }
}

function elementOf(operand: Operand): ElementOperand {
  const type = operand.kind === "field" && operand.type === "array" ? (operand.element ?? "text") : "json";
  return { kind: "element", keys: [], type };
}
