// What differs between SQL databases: a dialect says how to quote, to compare by our meaning, and to hand out raw cells.
import type { FieldType } from "../../catalog/types.ts";
import type { Expression, MeasureExpression, ScalarExpression } from "../../plan/select.ts";
import type { Value } from "../../query/predicate.ts";

/** SQL text with the values that are bound to it, in the order of their placeholders. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether patterns are matched, which runs under a time limit. */
  readonly patterns: boolean;
}

/** A column whose values are looked for. */
export interface SoughtColumn {
  readonly type: FieldType;
  readonly native: string | null;
  /** In the form of `comparable`. */
  readonly comparable: string;
}

/** What a JSON value can be. */
export type JsonType = "text" | "float" | "boolean" | "null" | "array";

/**
 * The parts of SQL that a database says in its own way. Every method returns SQL text; one that binds a value pushes
 * it to `values` and gives a numbered placeholder, one that cannot bind gives a literal that was escaped.
 */
export interface Dialect {
  identifier(name: string): string;
  /** An expression in the raw form that the source's reader decodes. */
  output(expression: Expression, sql: string): string;
  /** An expression in a form whose `=`, `<` and order are those of CONTRACT section 3. */
  comparable(type: FieldType, native: string | null, sql: string): string;
  /** A value in the form that `comparable` compares with. */
  comparableValue(value: Value, type: FieldType, native: string | null, values: unknown[]): string;
  /** A condition that keeps a comparison of a column from meeting values of another kind; null where there are none. */
  guard(type: FieldType, value: Value, sql: string): string | null;
  /**
   * A condition that holds wherever a column equals one of these, though perhaps elsewhere too, and that the column's own
   * index can answer; null where `comparable` leaves the index usable, or there is no such condition.
   */
  indexed?(type: FieldType, native: string | null, sql: string, values: readonly Value[]): string | null;
  /**
   * The condition that a column is equal to a value by its own collation, as in joins; null where that is what `comparable`
   * says. Keys that differ by case alone may be the same to the database, and what refers to them is not lost then.
   */
  linked?(type: FieldType, native: string | null, sql: string, value: Value, values: unknown[]): string | null;
  /** The same where several columns are compared at once, which no index answers. */
  indexedRows?(sql: string, of: readonly Value[], values: unknown[]): string;
  /**
   * The condition that columns have the values of one of many rows, where the database knows a quicker way than a list of
   * literals; null where that is as well.
   */
  oneOf?(columns: readonly SoughtColumn[], rows: readonly (readonly Value[])[], values: unknown[]): string | null;
  /** Whether rows to compare with are written as `VALUES`. */
  readonly rowsAreValues: boolean;
  /** Whether a column may hold values that do not read as its type, and are ordered as if they were missing. */
  mayBeUnread?(type: FieldType, native: string | null): boolean;
  /** Whether a value is one of them. */
  isUnread?(value: Value, type: FieldType, native: string | null): boolean;
  match(sql: string, pattern: string, values: unknown[]): string;
  contains(sql: string, text: string, values: unknown[]): string;
  startsWith(sql: string, text: string, values: unknown[]): string;
  /** Text of a column for `match`, `contains` and `startsWith`. */
  text(type: FieldType, native: string | null, sql: string): string;
  /** The value under keys inside of JSON, as JSON; missing where a key is. */
  jsonKeys(expression: ScalarExpression, sql: string, keys: readonly string[], values: unknown[]): string;
  /** Whether JSON is of a type; null when it is missing. */
  jsonIs(expression: ScalarExpression, sql: string, type: JsonType): string;
  /** A JSON scalar as a value that can be compared; only asked where `jsonIs` holds. */
  jsonAs(expression: ScalarExpression, sql: string, type: "text" | "float" | "boolean"): string;
  /** The number of elements of an array. */
  arraySize(expression: ScalarExpression, sql: string): string;
  /** `FROM` item that gives the elements of an array as `ELEMENT`. */
  elements(expression: ScalarExpression, sql: string, alias: string): string;
  /** The element of an `elements` item. */
  element(alias: string, type: FieldType): string;
  /** Of an `elements` item of JSON: the element's place in the array, from 1, and the element as JSON. */
  elementRow(expression: ScalarExpression, sql: string, alias: string): { position: string; value: string };
  datePart(part: "year" | "month" | "day", type: FieldType, sql: string, timeZone: string, values: unknown[]): string;
  measure(expression: MeasureExpression, sql: string | null): string;
  /** Whether what is selected from a group must be written exactly as in GROUP BY. */
  readonly strictGroups: boolean;
  /** Whether there are no indexes, so that looking through everything once is quicker than several limited selects. */
  readonly readsOnce?: true;
  /** How missing values are put last ascending and first descending, where that is not the database's own way. */
  readonly nullsLast: string;
  readonly nullsFirst: string;
  /** A whole term of ORDER BY, where nothing behind it can say where missing values go. */
  directed?(sql: string, descending: boolean, canBeMissing: boolean): string;
  /** What is appended for at most `count` rows. */
  limit(count: number): string;
}
