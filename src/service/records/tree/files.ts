// The files of records: a statement for all records, and the bytes only where their checksums are wanted.
import { createHash } from "node:crypto";
import { FileProblem, type FileStore } from "../../../attachments/file-store.ts";
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

/** What is read with where files are. */
export interface FilesReading extends Reading {
  /** For how many milliseconds they may still be read for the answer: where a store hangs, the rest of it is there. */
  readonly files: { left: number };
}

/**
 * @param parents what the files of each record must fulfil
 * @returns in the order of the records
 * @throws failure of the source, `page-too-large`
 */
export async function readFiles(
  { wanted, link: followed, sight }: FilesShape,
  parents: readonly Predicate[],
  reading: FilesReading,
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
  const opening: { store?: Promise<FileStore> } = {};
  const storeNamed = (name: string): Promise<FileStore> => (opening.store ??= sight.org.storeNamed(name));
  const open = async (content: Value | null, signal: AbortSignal): ReturnType<FileRequest["open"]> => {
    try {
      return await opened(content, link.store, storeNamed, signal);
    } catch (error) {
      // One store that fails is no reason to answer nothing.
      if (error instanceof WaybillError) throw new FileProblem("unreadable", STORE_FAILED, { cause: error });
      throw error;
    }
  };
  try {
    await readChecksums(unread, reading);
  } finally {
    await opening.store?.then(
      (it) => it.close(),
      () => {},
    );
  }
  return all;
}

const CLOSED = "You may not have what the file holds.";
const TOO_LATE = "The file could not be read in time.";

/** How many files are opened at once. */
const AT_ONCE = 4;

async function readChecksums(unread: readonly Unread[], { signal, files }: FilesReading): Promise<void> {
  if (unread.length === 0) return;
  const requests = (async function* () {
    yield* unread;
  })();
  const begun = Date.now();
  const enough = AbortSignal.timeout(files.left);
  try {
    for await (const read of readAhead(requests, { signal: AbortSignal.any([signal, enough]), parallel: AT_ONCE })) {
      const { file } = read.request;
      if ("problem" in read) file.problem = read.problem.detail;
      else await checksum(read);
    }
  } catch (error) {
    if (!enough.aborted || signal.aborted) throw error;
    for (const { file } of unread) if (file.sha256 === null) file.problem ??= TOO_LATE;
  } finally {
    files.left = Math.max(0, files.left - (Date.now() - begun));
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
