// What is told of a record's attached files, as far as the caller may know it.
import { fileFormat, type FileFormat } from "../../attachments/file-format.ts";
import type { Attachments, ObjectType } from "../../catalog/types.ts";
import type { ValueRow } from "../../engine/page.ts";
import { type Choice, fieldColumn, isOnOffer } from "../../plan/choose.ts";
import { readEach, type Reading } from "./each.ts";
import type { Followed } from "./links.ts";
import type { Within } from "./page.ts";
import type { RecordsSight } from "./sight.ts";

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
  readonly choice: Choice;
  /** Where the name and the size are among them. */
  readonly name: number | null;
  readonly size: number | null;
}

export function tellingFields({ link, to }: Followed<Attachments>, { access }: RecordsSight): TellingFields {
  const columns: Choice["columns"] = [];
  const known = (name: string | null): number | null => {
    const field = to.fields.find((it) => it.name === name);
    if (field === undefined || field.hidden === true || !isOnOffer(access, to, field)) return null;
    return columns.push(fieldColumn(to, field)) - 1;
  };
  const name = known(link.fileName ?? link.path);
  const size = known(link.size);
  return { choice: { object: to, columns, groups: [], lists: [] }, name, size };
}

/** The files of one record. */
export async function filesAt(
  within: Within | null,
  followed: Followed<Attachments>,
  sight: RecordsSight,
  reading: Reading,
): Promise<{ readonly data: readonly RecordFile[]; readonly hasMore: boolean }> {
  if (within === null) return { data: [], hasMore: false };
  const fields = tellingFields(followed, sight);
  const items = { ...sight, object: followed.to };
  const [found] = await readEach({ choice: fields.choice, where: null }, MOST_FILES, [within.also], items, reading);
  const { rows, hasMore } = found!;
  return { data: rows.map((row, n) => fileOf(row, fields, followed.link.name, n)), hasMore };
}

/** @param n its place among the record's files, which names what nothing else does */
export function fileOf(
  { key, values }: Pick<ValueRow, "key" | "values">,
  fields: TellingFields,
  list: string,
  n: number,
): RecordFile {
  const path = fields.name === null ? null : values[fields.name];
  const text = typeof path === "string" || typeof path === "number" ? String(path) : "";
  // A path tells the name by its last part.
  const last = text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1);
  const name = last === "" ? `${list}-${key ?? n + 1}` : last;
  const size = Number((fields.size === null ? null : values[fields.size]) ?? NaN);
  return { key, name, type: fileFormat(name), size: Number.isSafeInteger(size) && size >= 0 ? size : null };
}

/** Whether the bytes that a column has may be given to the caller. A column that is only not shown may well hold files. */
export function mayHaveColumn(to: ObjectType, column: string, { access }: RecordsSight): boolean {
  const field = to.fields.find(({ name }) => name === column);
  return field !== undefined && (field.hidden === true || access.mayRead(to, field));
}
