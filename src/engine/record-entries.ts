// The entries that an archive has of records and their files; what could not be had is listed instead.
import mime from "mime";
import { type ArchivedFile, measuredEntry, type MeasuredEntry, MISSING_FILES } from "../archive/contents.ts";
import { EntryAbandoned, zipped } from "../archive/zip.ts";
import { FileProblem } from "../attachments/file-store.ts";
import { readAhead } from "../attachments/read-ahead.ts";
import { isCompressed } from "../attachments/stored-kinds.ts";
import { failure } from "../lib/errors.ts";
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
 * @param folder what all paths begin with: that of a bag's payload, or nothing
 * @param archived gets the files as they were written
 * @throws failure `nothing-to-export` when only files were asked for and there is none
 */
export async function* recordEntries(
  plan: RecordsPlan,
  context: RequestContext,
  folder: string,
  archived: ArchivedFile[],
): AsyncGenerator<MeasuredEntry> {
  const missing: Missing[] = [];
  const before = archived.length;
  if (plan.zipFiles) {
    const content = zipped(files(plan, context, "", [], missing));
    const entry = measuredEntry({ name: folder + FILES_ZIP, content, stored: true });
    yield entry;
    archived.push(fileOf(entry));
  } else {
    yield* files(plan, context, folder, archived, missing);
  }
  if (plan.layout === "files" && archived.length === before && missing.length === 0) {
    const kinds = plan.formats === null ? "" : ` of the kinds ${plan.formats.join(", ")}`;
    throw failure("nothing-to-export", `The records that were chosen have no files${kinds}.`, {
      hint: "Choose other records or other kinds of file.",
    });
  }
  if (missing.length === 0) return;
  for (const { request, problem } of missing) context.problems.add(`file-${problem.reason}`, request.files ?? "");
  const list = measuredEntry({ name: folder + MISSING_FILES, content: listOf(missing) });
  yield list;
  archived.push(fileOf(list));
}

async function* files(
  plan: RecordsPlan,
  context: RequestContext,
  folder: string,
  archived: ArchivedFile[],
  missing: Missing[],
): AsyncGenerator<MeasuredEntry> {
  for await (const read of readAhead(recordRequests(plan, context), { signal: context.signal })) {
    const { request } = read;
    if ("problem" in read) {
      missing.push({ request, problem: read.problem });
      continue;
    }
    const { record, pair, place } = request;
    const content = read.content instanceof Uint8Array ? read.content : orAbandoned(read.content, request, missing);
    const before = missing.length;
    const entry = measuredEntry({ name: folder + place, content, stored: isCompressed(place) });
    yield entry;
    if (missing.length > before) continue;
    const paired = pair === null ? {} : { direction: pair.direction, pairedWith: folder + pair.with };
    archived.push({ ...fileOf(entry), about: { record, ...paired } });
    if (request.files !== null) context.attached.count++;
  }
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
    throw new EntryAbandoned(error);
  }
}

/** A file that is no table. */
function fileOf({ name: path, measure }: MeasuredEntry): ArchivedFile {
  const type = mime.getType(path) ?? "application/octet-stream";
  const format = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return { path, format, mime: type, ...measure, nested: false, tables: [], dialect: null };
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
