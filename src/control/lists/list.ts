// What a list is made of: the names that its readers ask by, and where their values are in the database.
import { type RawBuilder, sql } from "kysely";
import type { FieldType } from "../../catalog/types.ts";
import { postgresYear } from "../../lib/postgres-year.ts";

/** A type of values that lists have, with what PostgreSQL calls it. Whole numbers are of any length there. */
const NATIVE = {
  text: sql`text`,
  integer: sql`numeric`,
  boolean: sql`boolean`,
  instant: sql`timestamptz`,
  uuid: sql`uuid`,
} as const satisfies Partial<Record<FieldType, RawBuilder<unknown>>>;
type ScalarType = keyof typeof NATIVE;

export interface ListColumn {
  /** Arrays are of text. */
  readonly type: ScalarType | "array";
  readonly nullable: boolean;
  readonly value: RawBuilder<unknown>;
  /** There for the list's own order only: nobody can ask for it. */
  readonly hidden?: true;
}

export interface ListOrder {
  /** A column's name, of no array. */
  readonly by: string;
  readonly descending: boolean;
}

export interface List {
  /** What errors call it. */
  readonly name: string;
  /** By the names that its readers know. */
  readonly columns: Readonly<Record<string, ListColumn>>;
  /** What it is ordered by when nobody asks for something else; the last one of it is unique. */
  readonly order: readonly ListOrder[];
  /** The column whose values are unique. */
  readonly key: string;
}

/** What values are compared and ordered as: text by code point. Missing ones are last, and first where the order descends. */
export function comparable({ type, value }: Pick<ListColumn, "type" | "value">): RawBuilder<unknown> {
  return type === "text" ? sql`${value} collate "C"` : value;
}

/**
 * A value of a query, bound. Drivers that look at the type of a parameter see text.
 * @param text canonical (CONTRACT section 4)
 */
export function bound(text: string, type: ListColumn["type"]): RawBuilder<unknown> {
  return sql`${written(text, type)}::text::${nativeOf(type)}`;
}

/** Some of them, as an array. */
export function boundAll(texts: readonly string[], type: ListColumn["type"]): RawBuilder<unknown> {
  return sql`${texts.map((text) => written(text, type))}::text[]::${nativeOf(type)}[]`;
}

function written(text: string, type: ListColumn["type"]): string {
  return type === "instant" ? postgresYear(text) : text;
}

function nativeOf(type: ListColumn["type"]): RawBuilder<unknown> {
  // What is compared with an array are its elements.
  return NATIVE[type === "array" ? "text" : type];
}
