// The bytes of one of a record's attached files.
import { type FileFormat, nameParts } from "../../attachments/file-format.ts";
import {
  fileMissing,
  FileProblem,
  type FileStore,
  openedBytes,
  type OpenedFile,
} from "../../attachments/file-store.ts";
import { type FileRequest, readAhead, type ReadFile } from "../../attachments/read-ahead.ts";
import type { Attachments } from "../../catalog/types.ts";
import { openFor, readValues } from "../../engine/page.ts";
import { failure, WaybillError } from "../../lib/errors.ts";
import { planPage } from "../../plan/page.ts";
import { both } from "../../plan/selection.ts";
import type { Predicate, Value } from "../../query/predicate.ts";
import type { SourceSession } from "../../sources/source.ts";
import { notFound } from "../errors.ts";
import type { OrgCall } from "../org-call.ts";
import { fileOf, mayHaveColumn, MOST_FILES, type RecordFile, tellingFields } from "./files.ts";
import { having, knownKey, keyValues } from "./keys.ts";
import { belonging, filesOf, type Followed, linkingFields } from "./links.ts";
import type { Within } from "./page.ts";
import { recordPlan, theRecord } from "./record.ts";
import { pageOptions, type RecordsSight, recordsSight } from "./sight.ts";

export interface FoundFile {
  readonly name: string;
  readonly type: FileFormat;
  /** Whether its name says that it is compressed: what `type` says is inside. */
  readonly compressed: boolean;
  /**
   * Opens it. What is given holds the file until it was read or `close` was called.
   * @throws failure `file-missing`, `file-unreadable`
   */
  open(): Promise<FileContent>;
}

export interface FileContent {
  /** In bytes. */
  readonly size: number;
  /**
   * A chunk is valid until the next one is asked for.
   * @throws failure `file-unreadable` when the file turns out to be no good
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Where the bytes are, and what is told of them. */
interface Located extends RecordFile {
  /** The path in the store, or the bytes; null where there is none. */
  readonly content: Value | null;
}

/**
 * Finds a file of a record that the caller may see.
 * @param files which of the record's files, as the configuration calls them
 * @param file the key of the record that tells of it; its place among them, from 0, where that key may not be told
 * @throws failure `not-found`, the same for what is not there and what may not be seen; or of the source
 */
export async function findRecordFile(
  call: OrgCall,
  object: string,
  key: string,
  files: string,
  file: string,
): Promise<FoundFile> {
  const sight = await recordsSight(call, object);
  const wanted = filesOf(sight).find(({ link }) => link.name === files);
  const names = wanted === undefined ? [] : linkingFields(sight.object, [wanted]);
  const plan = recordPlan(sight, key, { paths: sight.object.key, tell: names });
  const session = await openFor([plan], sight.source, call.signal);
  let located: Located | null = null;
  try {
    const { told } = await theRecord(plan, sight, session, call.signal);
    const within = wanted === undefined ? null : belonging(sight.object, wanted, names, told, key);
    if (wanted !== undefined && within !== null) {
      located = await locate(file, wanted, within, sight, session, call.signal);
    }
  } finally {
    await session.close();
  }
  if (wanted === undefined || located === null) throw notFound("file");
  const { name, type, size, content } = located;
  const open = (signal: AbortSignal): Promise<OpenedFile> =>
    opened(content, wanted.link.store, sight.org.storeNamed, signal);
  return {
    name,
    type,
    compressed: nameParts(name).compression !== "",
    open: () => read({ place: name, size, open }, call.signal),
  };
}

async function locate(
  file: string,
  followed: Followed<Attachments>,
  { also }: Within,
  sight: RecordsSight,
  session: SourceSession,
  signal: AbortSignal,
): Promise<Located | null> {
  const { link, to } = followed;
  const holder = link.path ?? link.column!;
  if (link.path === null && !mayHaveColumn(to, holder, sight)) return null;
  const items = { ...sight, object: to };
  const known = knownKey(to, sight.access);
  const at = known === null ? placeOf(file) : 0;
  const values = known === null ? null : keyValues(known, file);
  if (at === null || (known !== null && values === null)) return null;
  const where: Predicate | null = known === null || values === null ? also : both(also, having(known, values));
  const fields = tellingFields(followed, sight);
  const request = { choice: fields.choice, where, limit: at + 1, tell: [holder] };
  const plan = planPage(request, to, sight.catalog, sight.access, sight.locale);
  const { rows } = await readValues(plan, session, pageOptions(items, [plan], signal));
  const row = rows[at];
  return row === undefined ? null : { ...fileOf(row, fields, link.name, at), content: row.told[0]! };
}

/** Only those that were told. */
function placeOf(file: string): number | null {
  return /^\d{1,2}$/.test(file) && Number(file) < MOST_FILES ? Number(file) : null;
}

/** As an export opens it. @throws FileProblem */
export async function opened(
  content: Value | null,
  store: string | null,
  storeNamed: (name: string) => Promise<FileStore>,
  signal: AbortSignal,
): Promise<OpenedFile> {
  if (content === null || (store !== null && content.text === "")) throw fileMissing();
  if (store !== null) return (await storeNamed(store)).open(content.text, signal);
  if (content.type === "binary") return openedBytes(Buffer.from(content.text, "base64"));
  if (content.type === "text") return openedBytes(Buffer.from(content.text, "utf8"));
  throw new FileProblem("unreadable", "The column does not hold bytes.");
}

/** As an export reads it: what passes is tried again, and what changed meanwhile is no file. */
async function read(request: FileRequest, signal: AbortSignal): Promise<FileContent> {
  const one = (async function* () {
    yield request;
  })();
  const reading = readAhead(one, { signal, parallel: 1 });
  const { value } = await reading.next().catch(withoutPlace);
  if (value === undefined) throw new Error("nothing was read");
  if ("problem" in value) {
    await reading.return(undefined);
    throw inWords(value.problem);
  }
  return {
    size: value.size,
    chunks: chunksOf(value),
    close: async () => void (await reading.return(undefined)),
  };
}

async function* chunksOf({ content }: ReadFile<FileRequest>): AsyncGenerator<Uint8Array> {
  if (content instanceof Uint8Array) return yield content;
  try {
    yield* content;
  } catch (error) {
    throw error instanceof FileProblem ? inWords(error) : error;
  }
}

export const STORE_FAILED = "The store that has the file cannot be used now.";

/** Where the store is, is nobody's business but the operator's. */
function withoutPlace(error: unknown): never {
  if (!(error instanceof WaybillError)) throw error;
  throw failure("file-store-failed", STORE_FAILED, {
    hint: "Tell whoever runs Waybill: `waybill doctor` says what is wrong with it.",
    cause: error,
  });
}

function inWords(problem: FileProblem): Error {
  const isMissing = problem.reason === "missing";
  return failure(isMissing ? "file-missing" : "file-unreadable", problem.detail, {
    hint: isMissing
      ? "It may have been deleted or moved where files are kept. Tell whoever looks after them."
      : "Try again later, or tell whoever looks after the store of files.",
    cause: problem,
  });
}
