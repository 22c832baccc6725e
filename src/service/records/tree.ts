// Trees of records: pages of records with what they refer to, their lists and their files, read in one snapshot.
import { openOne } from "../../sources/source.ts";
import type { OrgCall } from "../org-call.ts";
import { having, knownKey, keyValues } from "./keys.ts";
import type { Within } from "./page.ts";
import { recordsSight } from "./sight.ts";
import { countAll } from "./tree/count.ts";
import { isOneStatement, type PreparedPage, preparePage } from "./tree/prepare.ts";
import { readJsonPage } from "./tree/json.ts";
import { readPages, type TreeReading } from "./tree/read.ts";
import type { JsonPage, TreePage, TreeRecord, WantedMember, WantedPage, WantedRecord } from "./tree/wanted.ts";

export type * from "./tree/wanted.ts";

/**
 * A page of the records of an object type that the caller may see, with what is wanted of each.
 * @throws usageError naming the place in the question; failure `forbidden`, `not-found`, `page-too-large`, or of the source
 */
export async function readConnection(call: OrgCall, object: string, page: WantedPage): Promise<TreePage> {
  return connection(call, object, page, readTree);
}

/**
 * The same page, written as JSON while it is read.
 * @param members of each record
 * @throws as `readConnection`
 */
export async function readConnectionJson(
  call: OrgCall,
  object: string,
  page: WantedPage,
  members: readonly WantedMember[],
): Promise<JsonPage> {
  return connection(call, object, page, jsonTree(members));
}

async function connection<Page>(call: OrgCall, object: string, page: WantedPage, read: Read<Page>): Promise<Page> {
  const sight = await recordsSight(call, object, page.namespace);
  return readOne(preparePage(page, sight), null, read, call.signal);
}

/**
 * The record that has a key, with what is wanted of it; null where there is none, or none that the caller may see.
 * @throws as `readConnection`
 */
export async function readRecord(
  call: OrgCall,
  object: string,
  key: string,
  of: WantedRecord,
): Promise<TreeRecord | null> {
  const page = await record(call, object, key, of, readTree);
  return page?.records[0] ?? null;
}

/**
 * The same record, written as JSON while it is read.
 * @throws as `readConnection`
 */
export async function readRecordJson(
  call: OrgCall,
  object: string,
  key: string,
  of: WantedRecord,
  members: readonly WantedMember[],
): Promise<Uint8Array | null> {
  const page = await record(call, object, key, of, jsonTree(members));
  return page === null || page.records === 0 ? null : page.json;
}

async function record<Page>(
  call: OrgCall,
  object: string,
  key: string,
  of: WantedRecord,
  read: Read<Page>,
): Promise<Page | null> {
  const sight = await recordsSight(call, object);
  const prepared = preparePage({ size: 1, cursors: false, count: false, of }, sight);
  const fields = knownKey(sight.object, sight.access);
  const values = fields === null ? null : keyValues(fields, key);
  if (fields === null || values === null) return null;
  return readOne(prepared, { also: having(fields, values), as: null }, read, call.signal);
}

type Read<Page> = (prepared: PreparedPage, within: Within | null, reading: TreeReading) => Promise<Page>;

const readTree: Read<TreePage> = async (prepared, within, reading) => {
  const [page] = await readPages(prepared, [within], reading);
  return page!;
};

function jsonTree(members: readonly WantedMember[]): Read<JsonPage> {
  return (prepared, within, reading) => readJsonPage(prepared, members, within, reading);
}

/** For how many milliseconds files are read for one answer. */
const FILES_WITHIN = 15_000;

async function readOne<Page>(
  prepared: PreparedPage,
  within: Within | null,
  read: Read<Page>,
  signal: AbortSignal,
): Promise<Page> {
  const { source } = prepared.sight;
  const session = await (isOneStatement(prepared) ? openOne(source, signal) : source.open(1, signal, "by check"));
  const reading: TreeReading = { session, signal, answer: { bytes: 0 }, files: { left: FILES_WITHIN }, counts: [] };
  let page: Page;
  try {
    page = await read(prepared, within, reading);
    await session.check?.();
  } finally {
    await session.close();
  }
  await countAll(reading.counts, signal);
  return page;
}
