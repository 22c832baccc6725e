// The entries that an archive has of records and their files; what could not be had is listed instead.
import { hash } from "node:crypto";
import mime from "mime";
import { type ArchivedFile, type Measure, measured, MISSING_FILES } from "../archive/contents.ts";
import { type Entry, EntryAbandoned, zipped } from "../archive/zip.ts";
import { FileProblem } from "../attachments/file-store.ts";
import { readAhead } from "../attachments/read-ahead.ts";
import { isCompressed } from "../attachments/stored-kinds.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { keepHeapSmall } from "../lib/small-heap.ts";
import type { RecordsPlan } from "../plan/plan.ts";
import { FILES_ZIP } from "./places.ts";
import { type RecordFileRequest, recordRequests, type RequestContext } from "./record-requests.ts";

/** A file that could not be had. */
interface Missing {
  readonly request: RecordFileRequest;
  readonly problem: FileProblem;
}

/**
 * The entries of records, in order; then the list of what is missing. Each must be read to its end before the next.
 * @param archived gets the files as they were written
 * @throws failure `nothing-to-export` when only files were asked for and there is none
 */
export async function* recordEntries(
  plan: RecordsPlan,
  context: RequestContext,
  archived: ArchivedFile[],
): AsyncGenerator<Entry> {
  keepHeapSmall();
  const missing: Missing[] = [];
  const before = archived.length;
  if (plan.zipFiles) {
    const measure: Measure = { bytes: 0, sha256: "" };
    const content = measured(zipped(files(plan, context, [], missing)), measure);
    yield { name: FILES_ZIP, content, stored: true };
    archived.push(fileOf(FILES_ZIP, measure));
  } else {
    yield* files(plan, context, archived, missing);
  }
  if (plan.layout === "files" && archived.length === before && missing.length === 0) {
    const kinds = plan.formats === null ? "" : sentence` of the kinds ${plan.formats.join(", ")}`;
    throw failure("nothing-to-export", sentence`The records that were chosen have no files${kinds}.`, {
      hint: sentence`Choose other records or other kinds of file.`,
    });
  }
  if (missing.length === 0) return;
  for (const { request, problem } of missing) context.problems.add(`file-${problem.reason}`, request.files ?? "");
  const list = listOf(missing);
  yield { name: MISSING_FILES, content: list };
  archived.push(fileOf(MISSING_FILES, measureOf(list)));
}

async function* files(
  plan: RecordsPlan,
  context: RequestContext,
  archived: ArchivedFile[],
  missing: Missing[],
): AsyncGenerator<Entry> {
  let isFirst = archived.length === 0;
  for await (const read of readAhead(recordRequests(plan, context), { signal: context.signal })) {
    const { request } = read;
    if ("problem" in read) {
      missing.push({ request, problem: read.problem });
      continue;
    }
    const { record, pair, place } = request;
    const about = { record, ...(pair === null ? {} : { direction: pair.direction, pairedWith: pair.with }) };
    const { content } = read;
    const whole = content instanceof Uint8Array;
    // Before it is given away, since its memory is used again.
    const measure: Measure = whole ? measureOf(content) : { bytes: 0, sha256: "" };
    // 7-Zip does not open a zip that begins with an entry which is abandoned.
    if (!whole && isFirst) yield folderOf(place);
    isFirst = false;
    const before = missing.length;
    const chunks = whole ? content : orAbandoned(measured(content, measure), request, missing);
    yield { name: place, content: chunks, stored: isCompressed(place) };
    if (missing.length > before) continue;
    archived.push({ ...fileOf(place, measure), about });
    if (request.files !== null) context.attached.count++;
  }
}

function folderOf(place: string): Entry {
  return { name: place.slice(0, place.lastIndexOf("/") + 1), content: new Uint8Array(0), stored: true };
}

/** A file that fails midway is listed as missing, and what was written of it is no entry of the archive. */
async function* orAbandoned(
  content: AsyncIterable<Uint8Array>,
  request: RecordFileRequest,
  missing: Missing[],
): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    missing.push({ request, problem: error });
    throw new EntryAbandoned();
  }
}

/** A file that is no table. */
function fileOf(path: string, measure: Measure): ArchivedFile {
  const type = mime.getType(path) ?? "application/octet-stream";
  const format = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return { path, format, mime: type, ...measure, nested: false, tables: [], dialect: null };
}

function measureOf(bytes: Uint8Array): Measure {
  return { bytes: bytes.length, sha256: hash("sha256", bytes) };
}

/** The list as CSV (RFC 4180): the record, the file, why it is missing. */
function listOf(missing: readonly Missing[]): Uint8Array {
  const lines = missing.map(({ request, problem }) => [request.record, request.place, problem.reason, problem.detail]);
  const text = [["record", "file", "reason", "detail"], ...lines].map((line) => line.map(quoted).join(",")).join("\n");
  return Buffer.from(`${text}\n`, "utf8");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
