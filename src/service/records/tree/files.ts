// The files of records: a statement for all records, and the bytes only where their checksums are wanted.
import { createHash } from "node:crypto";
import { FileProblem } from "../../../attachments/file-store.ts";
import { type FileRequest, readAhead, type ReadFile } from "../../../attachments/read-ahead.ts";
import { WaybillError } from "../../../lib/errors.ts";
import type { Predicate, Value } from "../../../query/predicate.ts";
import { readEach, type Reading } from "../each.ts";
import { opened, STORE_FAILED } from "../file.ts";
import { fileOf, mayHaveColumn, tellingFields } from "../files.ts";
import type { RecordShape } from "./prepare.ts";
import type { TreeFile, TreeFiles } from "./wanted.ts";

type FilesShape = RecordShape["files"][number];

/** A file whose checksum is wanted. */
interface Unread extends FileRequest {
  readonly file: { -readonly [K in keyof TreeFile]: TreeFile[K] };
}

/**
 * @param parents what the files of each record must fulfil
 * @returns in the order of the records
 * @throws failure of the source, `page-too-large`
 */
export async function readFiles(
  { wanted, link: followed, sight }: FilesShape,
  parents: readonly Predicate[],
  reading: Reading,
): Promise<TreeFiles[]> {
  if (parents.length === 0) return [];
  const { link, to } = followed;
  const fields = tellingFields(followed, sight);
  const holder = link.path ?? link.column!;
  const isRead = wanted.checksum && (link.path !== null || mayHaveColumn(to, holder, sight));
  const request = { choice: fields.choice, where: null, tell: isRead ? [holder] : [] };
  const found = await readEach(request, wanted.first, parents, sight, reading);
  const unread: Unread[] = [];
  const all = found.map(({ rows, hasMore }): TreeFiles => {
    const files = rows.map((row, n): TreeFile => {
      const { key, name, type, size } = fileOf(row, fields, link.name, n);
      const file = { at: key ?? String(n), name, format: type, size, sha256: null, problem: null };
      if (isRead) unread.push({ file, place: name, size, open: (signal) => open(row.told[0]!, signal) });
      else if (wanted.checksum) return { ...file, problem: CLOSED };
      return file;
    });
    return { files, hasMore };
  });
  const open = async (content: Value | null, signal: AbortSignal): ReturnType<FileRequest["open"]> => {
    try {
      return await opened(content, link.store, sight.org.storeNamed, signal);
    } catch (error) {
      // One store that fails is no reason to answer nothing.
      if (error instanceof WaybillError) throw new FileProblem("unreadable", STORE_FAILED, { cause: error });
      throw error;
    }
  };
  await readChecksums(unread, reading.signal);
  return all;
}

const CLOSED = "You may not have what the file holds.";

/** How many files are opened at once. */
const AT_ONCE = 4;

async function readChecksums(unread: readonly Unread[], signal: AbortSignal): Promise<void> {
  const requests = (async function* () {
    yield* unread;
  })();
  for await (const read of readAhead(requests, { signal, parallel: AT_ONCE })) {
    const { file } = read.request;
    if ("problem" in read) file.problem = read.problem.detail;
    else await checksum(read);
  }
}

async function checksum({ request: { file }, content }: ReadFile<Unread>): Promise<void> {
  const hash = createHash("sha256");
  try {
    if (content instanceof Uint8Array) hash.update(content);
    else for await (const chunk of content) hash.update(chunk);
    file.sha256 = hash.digest("hex");
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    file.problem = error.detail;
  }
}
