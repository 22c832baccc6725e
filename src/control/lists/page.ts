// A page of a list: a condition, an order that is total, and the place where the page before ended.
import { type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Predicate } from "../../query/predicate.ts";
import { conditionOf } from "./condition.ts";
import { bound, comparable, type List, type ListOrder } from "./list.ts";

export interface ListPage {
  /** Checked against the list's columns. */
  readonly where?: Predicate | null;
  /** The list's own when absent; the last one of it is unique. */
  readonly order?: readonly ListOrder[];
  /** The place of the item that the page begins after. */
  readonly after?: Place | null;
  /** How many at most; all when absent. */
  readonly limit?: number;
}

/** What an item has in the columns that the list is ordered by, as canonical text; null for what is missing. */
export type Place = readonly (string | null)[];

export type Placed<Item> = Item & { readonly place: Place };

/** The parts of a statement that reads a page. */
export interface Clauses {
  readonly where: RawBuilder<boolean>;
  readonly order: readonly { readonly by: RawBuilder<unknown>; readonly direction: "asc" | "desc" }[];
  readonly place: RawBuilder<Place>;
}

export function clausesOf(list: List, { where = null, order = list.order, after = null }: ListPage): Clauses {
  const conditions = [
    ...(where === null ? [] : [conditionOf(where, list)]),
    ...(after === null ? [] : [behind(list, order, after)]),
  ];
  const columns = order.map(({ by }) => list.columns[by]!);
  return {
    where: conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `),
    order: order.map(({ descending }, n) => {
      return { by: comparable(columns[n]!), direction: descending ? ("desc" as const) : ("asc" as const) };
    }),
    // As text: times of the database are finer than those of JavaScript.
    place: sql`array[${sql.join(columns.map(({ value }) => sql`${value}::text`))}]`,
  };
}

/** Items that come after a place: they are the same in some columns, and further in the next one. */
function behind({ columns }: List, order: readonly ListOrder[], place: Place): RawBuilder<boolean> {
  const ways: RawBuilder<boolean>[] = [];
  const same: RawBuilder<boolean>[] = [];
  for (const [n, { by, descending }] of order.entries()) {
    const column = columns[by]!;
    const text = place[n] ?? null;
    const compared = comparable(column);
    const further =
      text === null
        ? descending && sql<boolean>`${column.value} is not null`
        : descending
          ? sql<boolean>`${compared} < ${bound(text, column.type)}`
          : column.nullable
            ? sql<boolean>`(${compared} > ${bound(text, column.type)} or ${column.value} is null)`
            : sql<boolean>`${compared} > ${bound(text, column.type)}`;
    if (further !== false) ways.push(sql`(${sql.join([...same, further], sql` and `)})`);
    same.push(text === null ? sql`${column.value} is null` : sql`${compared} = ${bound(text, column.type)}`);
  }
  return sql`(${sql.join(ways, sql` or `)})`;
}

/** Reads a page of what a query gives. Its tables are named as the list's columns name them. */
export function readPage<Tables, Table extends keyof Tables, Item>(
  query: SelectQueryBuilder<Tables, Table, Item>,
  list: List,
  page: ListPage,
): Promise<Placed<Item>[]> {
  const { where, order, place } = clausesOf(list, page);
  let read = query.select(place.as("place")).where(where);
  for (const { by, direction } of order) read = read.orderBy(by, direction);
  if (page.limit !== undefined) read = read.limit(page.limit);
  return read.execute() as unknown as Promise<Placed<Item>[]>;
}
