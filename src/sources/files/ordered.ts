// Rows that lie in their file in the order that is asked for need not be sorted, which would take memory for all of them.
import type { Condition, Select } from "../../plan/select.ts";
import { identifier } from "./quote.ts";

/** A SELECT of the number of rows whose value does not follow on the row before; the first row is one of them. */
export function unordered(value: string, follows: "<" | ">", from: string): string {
  return `SELECT count(*) FROM (SELECT ${value} ${follows} lag(${value}) OVER () AS follows FROM ${from}) WHERE follows IS NOT TRUE`;
}

/** Whether a column of a table rises from every row to the next; null where that is not known. */
export type Rises = (table: string, column: string) => boolean | null;

/** The select without its order where that is known to be the order in which a file has its rows. */
export function orderKnown(select: Select, rising: Rises): Select {
  const first = firstOrder(select);
  if (first === null || first.descending || rising(first.table, first.column) !== true) return select;
  return { ...select, order: [] };
}

/**
 * The select without its order where that is the order in which a file has its rows: where the first column that is
 * ordered by rises (or falls) from every row to the next.
 * @param ask finds out what is not known.
 */
export async function withoutOrder(
  select: Select,
  rising: Rises,
  ask: (sql: string) => Promise<(string | null)[][]>,
): Promise<Select> {
  const first = firstOrder(select);
  if (first === null) return select;
  const known = first.descending ? null : rising(first.table, first.column);
  if (known !== null) return known ? { ...select, order: [] } : select;
  const follows = first.descending ? "<" : ">";
  const [answer] = await ask(unordered(identifier(first.column), follows, identifier(first.table)));
  return Number(answer?.[0]) <= 1 ? { ...select, order: [] } : select;
}

/** What rows are ordered by first, where they may lie in this order. */
function firstOrder(select: Select): { table: string; column: string; descending: boolean } | null {
  const [first] = select.order;
  // What comes after a place is told by the order.
  if (select.after !== undefined || select.before !== undefined) return null;
  const isOfGroups = select.groupBy !== null || select.last !== undefined || select.each !== undefined;
  const isPlain = select.parent === null && select.joins.length === 0 && !isOfGroups;
  if (first?.by.kind !== "column" || !isPlain || !("name" in select.from) || !keepsOrder(select.where)) return null;
  if (first.by.type === "json" || first.by.type === "array" || first.by.native.endsWith(" TEXT")) return null;
  return { table: select.from.name, column: first.by.column, descending: first.descending };
}

/** Whether a condition looks at each row alone: DuckDB makes joins of the others, which keep no order. */
function keepsOrder(where: Condition | null): boolean {
  if (where === null) return true;
  switch (where.op) {
    case "and":
    case "or":
      return where.of.every(keepsOrder);
    case "not":
      return keepsOrder(where.of);
    case "element":
    case "all":
    case "listSize":
    case "some":
      return false;
    // DuckDB makes a join of a long list.
    case "in":
      return where.values.length < 3;
    case "oneOf":
      return where.rows.length < 3;
    default:
      return true;
  }
}
