// Trees of records: pages of records with what they refer to, their lists and their files, read in one snapshot.
import { openOne } from "../../sources/source.ts";
import type { OrgCall } from "../org-call.ts";
import { having, knownKey, keyValues } from "./keys.ts";
import type { Within } from "./page.ts";
import { recordsSight } from "./sight.ts";
import { countAll } from "./tree/count.ts";
import { isOneStatement, type PreparedPage, preparePage } from "./tree/prepare.ts";
import { readPages, type TreeReading } from "./tree/read.ts";
import type { TreePage, TreeRecord, WantedPage, WantedRecord } from "./tree/wanted.ts";

export type { TreeFile, TreeFiles, TreePage, TreeRecord, WantedPage, WantedRecord } from "./tree/wanted.ts";

/**
 * A page of the records of an object type that the caller may see, with what is wanted of each.
 * @throws usageError naming the place in the question; failure `forbidden`, `not-found`, `page-too-large`, or of the source
 */
export async function readConnection(call: OrgCall, object: string, page: WantedPage): Promise<TreePage> {
  const sight = await recordsSight(call, object, page.namespace);
  return readOne(preparePage(page, sight), null, call.signal);
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
  const sight = await recordsSight(call, object);
  const prepared = preparePage({ size: 1, cursors: false, count: false, of }, sight);
  const fields = knownKey(sight.object, sight.access);
  const values = fields === null ? null : keyValues(fields, key);
  if (fields === null || values === null) return null;
  const { records } = await readOne(prepared, { also: having(fields, values), as: null }, call.signal);
  return records[0] ?? null;
}

/** For how many milliseconds files are read for one answer. */
const FILES_WITHIN = 15_000;

async function readOne(prepared: PreparedPage, within: Within | null, signal: AbortSignal): Promise<TreePage> {
  const { source } = prepared.sight;
  const session = await (isOneStatement(prepared) ? openOne(source, signal) : source.open(1, signal, "by check"));
  const reading: TreeReading = { session, signal, answer: { bytes: 0 }, files: { left: FILES_WITHIN }, counts: [] };
  let page: TreePage;
  try {
    [page] = (await readPages(prepared, [within], reading)) as [TreePage];
    await session.check?.();
  } finally {
    await session.close();
  }
  await countAll(reading.counts, signal);
  return page;
}
