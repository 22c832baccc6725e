// The checked form of a `where`: what is left to do is to say it in a database's own SQL.
import type { FieldType } from "../catalog/types.ts";

/**
 * A constant of a query, already converted to the type it is compared with.
 * `text` is the canonical text of CONTRACT section 4: `42`, `1.50`, `true`, `2024-05-01`, `2024-05-01T12:34:56Z`,
 * a UUID in lower case, base64 for binary, the text itself for text.
 */
export interface Value {
  readonly type: FieldType;
  readonly text: string;
}

/** A field as a query names it, resolved against the catalog. */
export interface FieldOperand {
  readonly kind: "field";
  /** The references to walk, by name, from the object type that the condition is about. */
  readonly through: readonly string[];
  /** The field's name in the object type that the walk arrives at. */
  readonly field: string;
  /** Keys inside of a JSON field; empty for the field itself. */
  readonly keys: readonly string[];
  readonly type: FieldType;
  readonly element?: FieldType;
  /** What a value inside of JSON is said to be. It is compared as the JSON that it is written as. */
  readonly declared?: FieldType;
}

/** The element at hand inside of an `element` predicate. */
export interface ElementOperand {
  readonly kind: "element";
  /** Keys inside of the element, when it is JSON. */
  readonly keys: readonly string[];
  readonly type: FieldType;
}

export type Operand = FieldOperand | ElementOperand;

/** A list as a query names it: the references to walk first, then the list's name. */
export interface ListOperand {
  readonly through: readonly string[];
  readonly list: string;
}

/**
 * A condition on a record, with SQL's three-valued meaning: a comparison with a missing value is neither true nor
 * false. `$ne` and `$nin`, which also match missing values, are written with `missing`.
 * `O` is how a value of the record is named, `L` how a list is.
 */
export type Predicate<O = Operand, L = ListOperand> =
  | { readonly op: "constant"; readonly value: boolean }
  | { readonly op: "and" | "or"; readonly of: readonly Predicate<O, L>[] }
  | { readonly op: "not"; readonly of: Predicate<O, L> }
  /** With a JSON operand, `value.type` is text, float or boolean, and only JSON values of that type compare. */
  | { readonly op: "compare"; readonly operand: O; readonly is: "=" | "<" | "<=" | ">" | ">="; readonly value: Value }
  /** The operand, a column, refers to what has the value, or is what does: equal as the database's own joins have it. */
  | { readonly op: "linked"; readonly operand: O; readonly value: Value }
  | { readonly op: "in"; readonly operand: O; readonly values: readonly Value[] }
  /** The operands, all columns, have the values of one of the rows: some thousands of records by their keys. */
  | { readonly op: "oneOf"; readonly operands: readonly O[]; readonly rows: readonly (readonly Value[])[] }
  /** The operands are the key of a record of the batch that a plan is about. Whoever runs it makes `oneOf` of it, a part after another. */
  | { readonly op: "inBatch"; readonly operands: readonly O[] }
  /** A JSON null at a key is missing too. */
  | { readonly op: "missing"; readonly operand: O }
  /** `pattern` is in the common subset, in a notation that PostgreSQL, ECMAScript (flags `s` and `u`), PCRE and RE2 read alike. */
  | { readonly op: "match"; readonly operand: O; readonly pattern: string }
  | { readonly op: "contains" | "startsWith"; readonly operand: O; readonly text: string }
  /** The number of elements of an array, or of a JSON array; false for other JSON values. */
  | { readonly op: "size"; readonly operand: O; readonly size: number }
  /** Every one of `values` is an element of the array or JSON array. */
  | { readonly op: "all"; readonly operand: O; readonly values: readonly Value[] }
  /** Some element of the array or JSON array fulfils `where`, whose operands are elements. */
  | { readonly op: "element"; readonly operand: O; readonly where: Predicate<O, L> }
  /** The number of records in a list. */
  | { readonly op: "listSize"; readonly list: L; readonly size: number }
  /** Some record of the list fulfils `where`, whose operands start at that record. */
  | { readonly op: "some"; readonly list: L; readonly where: Predicate<O, L> };
