// Records one by one, as the files that an archive has of each: the record itself, and what is attached to it.
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { type FileStore, fileMissing, FileProblem, openedBytes } from "../attachments/file-store.ts";
import type { FileRequest } from "../attachments/read-ahead.ts";
import { Appended } from "../cells/appended.ts";
import { Output } from "../cells/output.ts";
import type { WriterContext } from "../cells/row-writer.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { RecordsPlan } from "../plan/plan.ts";
import { textsOf } from "./cell-texts.ts";
import type { AttachedFile } from "./files-cursor.ts";
import { allUsed } from "./nest.ts";
import { FILES, fillPlaces } from "./places.ts";
import { type PlacedFile, RecordNames } from "./record-names.ts";
import type { RecordWriter } from "./record-document.ts";
import { cursorsOf, nodeOf, type RenderContext } from "./render.ts";
import { RowFeed } from "./row-feed.ts";

/** A file of a record that is wanted in the archive. */
export interface RecordFileRequest extends FileRequest {
  /** The record's key, or its number. */
  readonly record: string;
  /** Which of the record's files it is: the name of the configuration; null for the record itself. */
  readonly files: string | null;
  readonly pair: PlacedFile["pair"];
}

export interface RequestContext extends RenderContext {
  readonly writer: WriterContext;
  /** Files of further fonts for PDFs. */
  readonly fonts: readonly string[];
  /** Counts the files that were written, but for those that are the record itself. */
  readonly attached: { count: number };
  readonly storeNamed: (name: string) => Promise<FileStore>;
}

/** What is wanted, record by record, in order. */
export async function* recordRequests(plan: RecordsPlan, context: RequestContext): AsyncGenerator<RecordFileRequest> {
  const { session, zone, onRows } = context;
  const feed = new RowFeed(plan.table, session.stream(plan.table.select), context, ({ rows }) => onRows(rows));
  const cursors = cursorsOf(plan.files, context);
  const records = plan.layout === "folders" ? await recordWriter(plan, context) : null;
  const feeds: { name: string; feed: RowFeed }[] = [];
  const root = records === null ? null : nodeOf(plan.table, records, context, feeds);
  const prefix = plan.layout === "tables" && !plan.zipFiles ? FILES : "";
  const names = new RecordNames(plan, prefix, records !== null, zone);
  const out = new Output();
  const appended = new Appended();
  for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
    appended.begin();
    for (let row = 0; row < batch.rows; row++) {
      const attached: AttachedFile[] = [];
      for (const cursor of cursors) await cursor.take(batch, row, attached);
      const { folder, name, files } = names.place(batch, row, attached);
      if (root !== null && records !== null) {
        const inFolder = files.map((it) => ({ ...it, place: it.place.slice(folder.length + 1) }));
        fillPlaces(plan, batch, row, inFolder, appended);
        out.length = 0;
        root.begin(batch, row, 0, out);
        for (let waiting = root.step(out); waiting !== null; waiting = root.step(out)) await waiting.fill();
        const made = records.take(out);
        const title = textsOf(plan.tags, batch, row, zone).get("record.title");
        const shown = inFolder.map(({ place, size }) => ({ name: place, size, note: null }));
        // What a PDF's streams leave behind is taken away between turns of the event loop.
        await turnOfEventLoop();
        yield ownFile(`${folder}/record.json`, name, made.json);
        yield ownFile(
          `${folder}/record.pdf`,
          name,
          made.pdf(title === undefined || title === "" ? name : title, name, shown),
        );
      }
      for (const file of files) yield attachedFile(file, name, context);
    }
  }
  const complete = root === null || (await allUsed(root.cursors));
  if (!complete || !(await allTaken(cursors))) {
    throw failure("rows-lost", sentence`Some files or lists of ${plan.table.name} found no record.`, {
      hint: sentence`This is a defect of Waybill; nothing was written.`,
    });
  }
  if (plan.layout !== "tables") context.facts.push({ name: plan.table.name, rows: feed.rows });
  for (const { name, feed: its } of feeds) context.facts.push({ name, rows: its.rows });
}

async function allTaken(cursors: readonly { used(): Promise<boolean> }[]): Promise<boolean> {
  for (const cursor of cursors) if (!(await cursor.used())) return false;
  return true;
}

/** What makes PDFs takes a moment to load, which other exports need not pay for. */
async function recordWriter(
  { table, cells }: RecordsPlan,
  { writer, fonts: extra }: RequestContext,
): Promise<RecordWriter> {
  const [documents, fonts] = await Promise.all([
    import("./record-document.ts"),
    import("../archive/record-pdf/fonts.ts"),
  ]);
  return new documents.RecordWriter(table, cells, writer, fonts.loadFonts(extra));
}

function ownFile(place: string, record: string, bytes: Uint8Array): RecordFileRequest {
  return { place, record, files: null, pair: null, size: null, open: async () => openedBytes(bytes) };
}

function attachedFile(file: PlacedFile, record: string, { storeNamed }: RequestContext): RecordFileRequest {
  const { place, size, content, plan, pair } = file;
  return {
    place,
    record,
    files: plan.name,
    pair,
    size,
    async open(signal) {
      if (content === null || content === "") throw fileMissing();
      if (typeof content !== "string") return openedBytes(content);
      if (plan.store === null) throw new FileProblem("unreadable", "The column does not hold bytes.");
      return (await storeNamed(plan.store)).open(content, signal);
    },
  };
}
