// Pages of lists that are kept in the order of their ids.
interface Page<Item> {
  readonly object: "list";
  readonly data: Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

/**
 * A page of what was asked for with one more than its limit.
 * @param cursorOf what the next page begins after
 */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  shown: (row: Row) => Item,
): Page<Item> {
  const data = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return { object: "list", data: data.map(shown), hasMore, next: hasMore ? cursorOf(data.at(-1)!) : null };
}

/** A list that has one page: there are never many. */
export function wholeList<Item>(data: Item[]): Page<Item> {
  return { object: "list", data, hasMore: false, next: null };
}
