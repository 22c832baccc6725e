// What the editor does with the columns of a table.
import { type Column, newColumn, newKey } from "./model.ts";
import type { Choice } from "./use-choices.ts";

export type Columns = readonly Column[];

/** @param to a place from 0; what is beyond the ends is the end */
export function moved<T extends { readonly key: string }>(items: readonly T[], key: string, to: number): readonly T[] {
  const from = items.findIndex((it) => it.key === key);
  const at = Math.min(Math.max(0, to), items.length - 1);
  if (from === -1 || from === at) return items;
  const rest = items.toSpliced(from, 1);
  return rest.toSpliced(at, 0, items[from]!);
}

export function changed(columns: Columns, key: string, some: Partial<Column>): Columns {
  return columns.map((it) => (it.key === key ? { ...it, ...some } : it));
}

/** Another field: its stable id and type are no longer those of the one before. */
export function withField(column: Column, field: string): Column {
  const others = Object.fromEntries(Object.entries(column.others).filter(([name]) => name !== "id" && name !== "type"));
  return { ...column, field, others };
}

export function duplicated(columns: Columns, key: string): Columns {
  const at = columns.findIndex((it) => it.key === key);
  return at === -1 ? columns : columns.toSpliced(at + 1, 0, { ...columns[at]!, key: newKey() });
}

/**
 * Columns for the fields at paths, of which some may not be on offer, as keys of JSON. Where a header is taken, the path
 * stands in its place: no two columns are called the same.
 */
export function columnsOf(paths: readonly string[], choices: readonly Choice[], there: Columns): Columns {
  const taken = new Set(there.map(headerOf));
  const headers = new Map(choices.map(({ path, header }) => [path, header]));
  return paths.map((path) => {
    const header = headers.get(path) ?? path;
    const name = header === path || taken.has(header) ? "" : header;
    taken.add(name === "" ? path : name);
    return newColumn(path, name);
  });
}

export function headerOf({ name, field }: Column): string {
  return name === "" ? (field ?? "") : name;
}
