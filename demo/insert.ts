// Rows on their way into the demo database.
import type { SQLInputValue } from "node:sqlite";

/** Column names and values; every row of a table has the same columns. */
export type Row = Readonly<Record<string, SQLInputValue>>;

/** Writes rows into a table. */
export type Insert = (table: string, rows: Iterable<Row>) => void;

/** Something that SQLite keeps as JSON text. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** SQLite keeps booleans as 0 and 1. */
export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** Rows with an `id` in front, from 1 on. */
export function numbered(rows: readonly Row[]): Row[] {
  return rows.map((row, n) => ({ id: n + 1, ...row }));
}
