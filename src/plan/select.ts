// One SELECT as data: it only selects, joins, filters, groups and orders. A dialect says it in a database's own SQL.
import type { FieldType, Relation } from "../catalog/types.ts";
import type { Predicate, Value } from "../query/predicate.ts";

/** A column of one of the tables of a select. */
export interface ColumnExpression {
  readonly kind: "column";
  /** The alias of the table that it belongs to. */
  readonly table: string;
  readonly column: string;
  readonly type: FieldType;
  readonly element?: FieldType;
  /** The type's name in the database. */
  readonly native: string;
  readonly nullable: boolean;
}

/** The value at a path of keys inside of a JSON column or of a JSON element, as JSON. */
export interface KeysExpression {
  readonly kind: "keys";
  readonly of: ColumnExpression | ElementExpression;
  readonly keys: readonly string[];
  readonly type: "json";
}

/** The element at hand inside of an `element` predicate. */
export interface ElementExpression {
  readonly kind: "element";
  readonly type: FieldType;
}

/** A part of a date: `2024`, `2024-05`, `2024-05-01`. Instants are taken in the plan's time zone. */
export interface DatePartExpression {
  readonly kind: "datePart";
  readonly part: "year" | "month" | "day";
  readonly of: ScalarExpression;
  readonly type: "text";
}

/** No value: the place of a fixed value, or of a column that is no more. */
export interface NothingExpression {
  readonly kind: "nothing";
  readonly type: "text";
}

export type ScalarExpression =
  | ColumnExpression
  | KeysExpression
  | ElementExpression
  | DatePartExpression
  | NothingExpression;

/** A measure over a group. `of` is null for the count of records. */
export interface MeasureExpression {
  readonly kind: "measure";
  readonly measure: "count" | "distinct" | "sum" | "mean" | "min" | "max";
  readonly of: ScalarExpression | null;
  readonly type: FieldType;
}

/** Which of the conditions of `each` a row is given for, from 0. */
export interface WhichExpression {
  readonly kind: "which";
  readonly type: "integer";
}

export type Expression = ScalarExpression | MeasureExpression | WhichExpression;

/** The records of a list, as seen from a row of the table named by `from`. */
export interface ListScope {
  /** The alias of the table that the list belongs to. */
  readonly parent: string;
  /** The select's own alias for a record of the list. */
  readonly table: string;
  readonly from: Relation;
  /** Columns of the parent (`from`) and of the list (`to`) that must be equal. */
  readonly by: readonly { readonly from: ColumnExpression; readonly to: ColumnExpression }[];
  readonly joins: readonly Join[];
  /** What the principal may see of the list. */
  readonly policy: Condition | null;
}

export type Condition = Predicate<Expression, ListScope>;

/** A reference followed: at most one row of `from` for each row so far; none where the policy hides it. */
export interface Join {
  readonly table: string;
  readonly from: Relation;
  readonly by: readonly { readonly from: ColumnExpression; readonly to: ColumnExpression }[];
  /** What the principal may see of the object type that is arrived at. */
  readonly policy: Condition | null;
}

export interface Order {
  readonly by: Expression;
  /** Missing values come last ascending and first descending. Text is ordered by code point. */
  readonly descending: boolean;
}

/** A place in the order of a select: only rows after it are given, or only those before. */
export interface After {
  /** What the place has of each expression of the order, null where it is missing; of JSON a number and a text. */
  readonly values: readonly (readonly (Value | null)[])[];
  /**
   * `near`: only rows that have a value of the order's first expression exactly where the place has one. `far`: only
   * the others, where they come later. Each is a range of an index on it, which both together are not.
   */
  readonly part: "near" | "far" | "all";
}

/** A list's select is bound to its parents: the very rows, in the very order, that the parent's select gives. */
export interface ParentBinding {
  readonly select: Select;
  /** The parent's unique columns (`from`, in the parent's select) and the columns here (`to`) that point at them. */
  readonly by: readonly { readonly from: ColumnExpression; readonly to: ColumnExpression }[];
}

/** Of the rows that are alike in `by`, only the first in this order. */
export interface FirstOfEach {
  readonly by: readonly ScalarExpression[];
  readonly order: readonly Order[];
}

/** One SELECT. The result's cells are `columns`, in order. */
export interface Select {
  readonly table: string;
  readonly from: Relation;
  readonly joins: readonly Join[];
  readonly columns: readonly Expression[];
  readonly where: Condition | null;
  /** Group by these, and give one row a group; null for records. */
  readonly groupBy: readonly ScalarExpression[] | null;
  readonly having: Condition | null;
  /** With a parent: the order within one parent. */
  readonly order: readonly Order[];
  /** All rows when absent. Not together with groups, nor with `last`. */
  readonly after?: After;
  /** The place that rows come before; its part is `all`. */
  readonly before?: After;
  /**
   * Rows that fulfil the first of these besides `where`, then those of the second, and so on: of each as many as `limit`
   * says, in `order`; one group of each where there are groups. No row fulfils two. Not together with a place, `last` or a parent.
   */
  readonly each?: readonly Condition[];
  readonly limit: number | null;
  /** All rows when absent. */
  readonly last?: FirstOfEach;
  readonly parent: ParentBinding | null;
  /** IANA name; date parts of instants are taken in it. */
  readonly timeZone: string;
}
