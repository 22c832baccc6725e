// Which records are selected: some, by their keys, or every match of a filter but some. A million matches cost nothing.
import type { RecordsFilter } from "./view.ts";

export type Selection =
  | { readonly mode: "keys"; readonly keys: ReadonlySet<string> }
  | {
      readonly mode: "matches";
      /** JSON of the filter that they match. */
      readonly of: string;
      readonly except: ReadonlySet<string>;
    };

export interface Count {
  /** Null where nobody knows. */
  readonly count: number | null;
  readonly exact: boolean;
}

export const NOTHING: Selection = { mode: "keys", keys: new Set() };

/** The selection as it is under a filter: matches of another filter are none of its. */
export function under(selection: Selection, filter: RecordsFilter): Selection {
  return selection.mode === "matches" && selection.of !== JSON.stringify(filter) ? NOTHING : selection;
}

export function everyMatch(filter: RecordsFilter): Selection {
  return { mode: "matches", of: JSON.stringify(filter), except: new Set() };
}

export function isSelected(selection: Selection, key: string): boolean {
  return selection.mode === "keys" ? selection.keys.has(key) : !selection.except.has(key);
}

export function withKeys(selection: Selection, keys: readonly string[], isIn: boolean): Selection {
  const isListed = selection.mode === "keys" ? isIn : !isIn;
  const next = new Set(selection.mode === "keys" ? selection.keys : selection.except);
  for (const key of keys) {
    if (isListed) next.add(key);
    else next.delete(key);
  }
  return selection.mode === "keys" ? { mode: "keys", keys: next } : { ...selection, except: next };
}

/** How many are selected. @param matches how many there are */
export function sizeOf(selection: Selection, matches: Count | undefined): Count {
  if (selection.mode === "keys") return { count: selection.keys.size, exact: true };
  const { count = null, exact = false } = matches ?? {};
  return { count: count === null ? null : Math.max(0, count - selection.except.size), exact };
}

export function isEmpty(selection: Selection): boolean {
  return selection.mode === "keys" && selection.keys.size === 0;
}

/** What to ask the API for. @param key the fields that identify a record: with one, some matches can be left out */
export function selectedFilter(
  selection: Selection,
  filter: RecordsFilter,
  key: readonly string[],
): RecordsFilter & { readonly keys?: readonly string[] } {
  if (selection.mode === "keys") return { keys: [...selection.keys] };
  if (selection.except.size === 0) return filter;
  const rest = { [key[0]!]: { $nin: [...selection.except] } };
  return { ...filter, where: filter.where === undefined ? rest : { $and: [filter.where, rest] } };
}
