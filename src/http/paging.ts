// Lists as they are sent.
interface Page<Item> {
  readonly object: "list";
  readonly data: Item[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

/** A page of a list. */
export function pageOf<Row, Item>(
  { data, next }: { readonly data: readonly Row[]; readonly next: string | null },
  shown: (row: Row) => Item,
): Page<Item> {
  return { object: "list", data: data.map((row) => shown(row)), hasMore: next !== null, next };
}

/** A list that has one page. */
export function wholeList<Item>(data: Item[]): Page<Item> {
  return { object: "list", data, hasMore: false, next: null };
}
