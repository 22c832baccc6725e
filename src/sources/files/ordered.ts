// Rows that lie in their file in the order that is asked for need not be sorted, which would take memory for all of them.
import type { Condition, Select } from "../../plan/select.ts";
import { identifier } from "./quote.ts";

/**
 * The select without its order where that is the order in which a file has its rows: where the first column that is
 * ordered by rises (or falls) from every row to the next.
 */
export async function withoutOrder(
  select: Select,
  ask: (sql: string) => Promise<(string | null)[][]>,
): Promise<Select> {
  const [first] = select.order;
  const isPlain = select.parent === null && select.joins.length === 0 && select.groupBy === null;
  if (first?.by.kind !== "column" || !isPlain || !("name" in select.from) || !keepsOrder(select.where)) return select;
  if (first.by.type === "json" || first.by.type === "array" || first.by.native.endsWith(" TEXT")) return select;
  const column = identifier(first.by.column);
  const before = `lag(${column}) OVER ()`;
  const rising = `${column} ${first.descending ? "<" : ">"} ${before}`;
  const [answer] = await ask(
    `SELECT count(*) FROM (SELECT ${rising} AS rising FROM ${identifier(select.from.name)}) WHERE rising IS NOT TRUE`,
  );
  // The first row has none before it.
  return Number(answer?.[0]) <= 1 ? { ...select, order: [] } : select;
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
    default:
      return true;
  }
}
