// Lists of what is not in the control database, asked for by the same rules as those that are.
import { sql } from "kysely";
import type { InOrg } from "../in-org.ts";
import type { List } from "./list.ts";
import { clausesOf, type ListPage, type Placed } from "./page.ts";

/**
 * A page of items that are given. The list's columns take their values from `given.item`, which is the item as JSON, and
 * `given.position`, its place among the others.
 */
export async function pageOfGiven<Item extends object>(
  { db }: InOrg,
  items: readonly Item[],
  list: List,
  page: ListPage,
): Promise<Placed<Item>[]> {
  const { where, order, place } = clausesOf(list, page);
  const by = order.map((it) => (it.direction === "asc" ? it.by : sql`${it.by} desc`));
  const { rows } = await sql<Placed<{ readonly position: number }>>`
    select given.position::integer as position, ${place} as place
    from jsonb_array_elements(${JSON.stringify(items, storable)}::text::jsonb) with ordinality as given (item, position)
    where ${where} order by ${sql.join(by)} limit ${page.limit ?? null}::bigint`.execute(db);
  return rows.map((row) => ({ ...items[row.position - 1]!, place: row.place }));
}

/** What the database cannot hold is asked for by nobody. */
function storable(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\0", "\u{FFFD}").toWellFormed() : value;
}
