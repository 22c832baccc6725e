// What is told of a record's attached files, as far as the caller may know it.
import { fileFormat, type FileFormat } from "../../attachments/file-format.ts";
import type { Attachments, ObjectType } from "../../catalog/types.ts";
import { readPage } from "../../engine/page.ts";
import { isOnOffer } from "../../plan/choose.ts";
import type { SourceSession } from "../../sources/source.ts";
import type { Followed } from "./links.ts";
import { preparePage, type Within } from "./page.ts";
import { pageOptions, type RecordsSight } from "./sight.ts";

/** How many files are told with a record. */
export const MOST_FILES = 100;

/** A file attached to a record. */
export interface RecordFile {
  /** Of the record that tells of it; null where it may not be told. */
  readonly key: string | null;
  readonly name: string;
  /** What kind of file it is, as far as its name tells: `fastq`, `pdf`, `unknown`. */
  readonly type: FileFormat;
  /** Bytes, where that is recorded. */
  readonly size: number | null;
}

/** The fields that tell of files, where the caller may know them. */
export interface TellingFields {
  readonly name: string | null;
  readonly size: string | null;
  /** What to ask for, in the words of a page. */
  readonly wanted: { readonly paths?: readonly string[] };
}

export function tellingFields({ link, to }: Followed<Attachments>, { access }: RecordsSight): TellingFields {
  const known = (name: string | null): string | null => {
    const field = to.fields.find((it) => it.name === name);
    return field !== undefined && field.hidden !== true && isOnOffer(access, to, field) ? name : null;
  };
  const name = known(link.fileName ?? link.path);
  const size = known(link.size);
  const paths = [name, size].filter((it) => it !== null);
  return { name, size, wanted: paths.length > 0 ? { paths } : {} };
}

export async function filesAt(
  within: Within | null,
  followed: Followed<Attachments>,
  sight: RecordsSight,
  session: SourceSession,
  signal: AbortSignal,
): Promise<{ readonly data: readonly RecordFile[]; readonly hasMore: boolean }> {
  if (within === null) return { data: [], hasMore: false };
  const fields = tellingFields(followed, sight);
  const items = { ...sight, object: followed.to };
  const { plan, limit } = preparePage(items, { ...fields.wanted, limit: MOST_FILES }, within);
  const { data, keys, hasMore } = await readPage(plan, limit, session, pageOptions(items, [plan], signal));
  return { data: rowsOf(data).map((row, n) => fileOf(row, keys?.[n] ?? null, fields, followed.link.name, n)), hasMore };
}

export type FileRow = Readonly<Record<string, unknown>>;

export function rowsOf(data: Buffer): readonly FileRow[] {
  return JSON.parse(data.toString("utf8")) as readonly FileRow[];
}

/** @param n its place among the record's files, which names what nothing else does */
export function fileOf(
  row: FileRow,
  key: string | null,
  fields: Pick<TellingFields, "name" | "size">,
  list: string,
  n: number,
): RecordFile {
  const path = valueAt(row, fields.name);
  const text = typeof path === "string" || typeof path === "number" ? String(path) : "";
  // A path tells the name by its last part.
  const last = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1);
  const name = last === "" ? `${list}-${key ?? n + 1}` : last;
  const size = Number(valueAt(row, fields.size) ?? NaN);
  return { key, name, type: fileFormat(name), size: Number.isSafeInteger(size) && size >= 0 ? size : null };
}

/** A field of a record; what is inside of JSON is there in objects. */
function valueAt(row: FileRow, name: string | null): unknown {
  if (name === null) return null;
  if (Object.hasOwn(row, name)) return row[name];
  return name.split(".").reduce<unknown>((at, step) => (at as FileRow | null)?.[step] ?? null, row);
}

/** Whether the bytes that a column has may be given to the caller. A column that is only not shown may well hold files. */
export function mayHaveColumn(to: ObjectType, column: string, { access }: RecordsSight): boolean {
  const field = to.fields.find(({ name }) => name === column);
  return field !== undefined && (field.hidden === true || access.mayRead(to, field));
}
