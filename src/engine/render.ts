// Tables as the bytes of files: a stream's cells through the format's row writer.
import type { PlacedTable } from "../archive/contents.ts";
import { zipped } from "../archive/zip.ts";
import type { CellBatch } from "../cells/batch.ts";
import { OutputPair } from "../cells/output.ts";
import type {
  Dialect,
  Format,
  NestingRowWriter,
  RowWriter,
  WorkbookWriter,
  WriterContext,
} from "../cells/row-writer.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { DatasetPlan, FilesPlan, TablePlan, TextPlan } from "../plan/plan.ts";
import type { SourceReader } from "../sources/source.ts";
import { FilesCursor } from "./files-cursor.ts";
import { allUsed, ListCursor, NestNode } from "./nest.ts";
import type { Observer } from "./observer.ts";
import { Places } from "./places.ts";
import { type FeedContext, RowFeed } from "./row-feed.ts";
import { shapeOf } from "./table-shape.ts";

/** How many rows a table gave. */
export interface TableFacts {
  readonly name: string;
  rows: number;
}

/** What rendering needs besides the tables and their writer. */
export interface RenderContext extends FeedContext {
  readonly session: SourceReader;
  readonly signal: AbortSignal;
  /** Told of every batch of a root table. */
  readonly onRows: (count: number) => void;
  /** Sees the batches of all tables that become files. */
  readonly observer?: Observer | undefined;
  /** Gets one entry for each table, lists included. */
  readonly facts: TableFacts[];
}

/** A file of an export, whose options were checked. */
export interface OutputFile {
  readonly format: Pick<Format, "name" | "mime" | "compressed"> & { readonly shape: Format["shape"] | "text" };
  /** Its name without the suffix, before it is made safe and different from others. */
  readonly name: string;
  readonly extension: string;
  /** The source that it is read from; null for a fixed text. */
  readonly source: string | null;
  /** Whether its rows are records of a dataset, not of a list. */
  readonly isRoot: boolean;
  /** Its bytes. A chunk is valid until the next but one is asked for. */
  readonly content: (context: RenderContext) => AsyncIterable<Uint8Array>;
  /** The tables it holds, complete when the content was read to its end; empty where XSLT made something else of them. */
  readonly tables: readonly PlacedTable[];
  readonly dialect: Dialect | null;
}

/**
 * Prepares the files of a dataset before its source is opened.
 * @throws usageError when an option does not suit the format
 */
export function filesOf(dataset: DatasetPlan, format: Format, writer: WriterContext): OutputFile[] {
  const { tables, options } = dataset;
  const { fileName } = dataset;
  const { stem, extension } =
    fileName === undefined
      ? { stem: tables[0].name, extension: format.extension }
      : splitName(fileName, format.extension);
  // `samples.measures.csv` for the measures of `samples.csv`.
  const named = (table: TablePlan): Pick<OutputFile, "name" | "extension" | "source" | "isRoot"> => ({
    name: stem + table.name.slice(tables[0].name.length),
    extension,
    source: dataset.source,
    isRoot: table === tables[0],
  });
  if (format.shape === "workbook") {
    const placed: PlacedTable[] = [];
    const workbook = format.writer(tables.map(shapeOf), options, writer);
    const content = (context: RenderContext): AsyncIterable<Uint8Array> =>
      renderWorkbook(tables, workbook, context, placed);
    return [{ format, ...named(tables[0]), content, tables: placed, dialect: null }];
  }
  return tables.map((table): OutputFile => {
    const placed: PlacedTable[] = [];
    if (format.shape === "nested") {
      const nesting = format.writer(shapeOf(table), options, writer);
      return {
        format,
        ...named(table),
        content: (context) => renderNested(table, nesting, context, placed),
        tables: placed,
        dialect: nesting.dialect ?? null,
      };
    }
    const flat = format.writer(shapeOf(table), options, writer);
    const { convert } = flat;
    return {
      format,
      ...named(table),
      content:
        convert === undefined
          ? (context) => renderFlat(table, flat, context, placed)
          : (context) => convert(renderFlat(table, flat, context, []), context.signal),
      tables: placed,
      dialect: flat.dialect ?? null,
    };
  });
}

/** A dataset that is a fixed text. */
export function textFile({ text, fileName }: TextPlan): OutputFile {
  const { stem, extension } = splitName(fileName, "");
  const format = { name: "text", mime: "text/plain", shape: "text" } as const;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text, "utf8");
  };
  return { format, name: stem, extension, source: null, isRoot: false, content, tables: [], dialect: null };
}

/** A file name and its suffix: its own where it has one, else the usual one. */
function splitName(fileName: string, usual: string): { stem: string; extension: string } {
  if (usual !== "" && fileName.toLowerCase().endsWith(`.${usual}`))
    return { stem: fileName.slice(0, -usual.length - 1), extension: usual };
  const [, stem, extension] = /^(.+)\.([A-Za-z0-9]{1,8})$/.exec(fileName) ?? [];
  return stem === undefined || extension === undefined ? { stem: fileName, extension: usual } : { stem, extension };
}

async function* renderWorkbook(
  tables: readonly TablePlan[],
  writer: WorkbookWriter,
  context: RenderContext,
  placed: PlacedTable[],
): AsyncGenerator<Uint8Array> {
  const feeds: RowFeed[] = [];
  const parts = writer.parts((n) => {
    const feed = feedOf(tables[n]!, context, n === 0 ? context.onRows : () => {});
    feeds.push(feed);
    return feed;
  });
  yield* zipped(parts);
  feeds.forEach((feed, n) => context.facts.push({ name: tables[n]!.name, rows: feed.rows }));
  for (const { name, table, rows } of writer.sheets) placed.push({ table: tables[table]!, sheet: name, rows });
}

async function* renderFlat(
  table: TablePlan,
  writer: RowWriter,
  context: RenderContext,
  placed: PlacedTable[],
): AsyncGenerator<Uint8Array> {
  const feed = feedOf(table, context, context.onRows);
  const out = new OutputPair();
  writer.head(out.current);
  for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
    await writer.rows(batch, 0, batch.rows, out.current);
    if (out.full) yield out.turn();
  }
  await writer.tail(out.current);
  yield out.turn();
  context.facts.push({ name: table.name, rows: feed.rows });
  placed.push({ table, sheet: null, rows: feed.rows });
}

async function* renderNested(
  table: TablePlan,
  writer: NestingRowWriter,
  context: RenderContext,
  placed: PlacedTable[],
): AsyncGenerator<Uint8Array> {
  if (table.lists.length === 0) {
    yield* renderFlat(table, writer, context, placed);
    return;
  }
  const feeds: { name: string; feed: RowFeed }[] = [];
  const feed = feedOf(table, context, context.onRows);
  feeds.push({ name: table.name, feed });
  const root = nodeOf(table, writer, context, feeds);
  const out = new OutputPair();
  writer.head(out.current);
  let index = 0;
  for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
    for (let row = 0; row < batch.rows; row++) {
      root.begin(batch, row, index++, out.current);
      for (let waiting = root.step(out.current); waiting !== null; waiting = root.step(out.current)) {
        // What was written so far need not be kept while waiting, however many items a single record has.
        if (out.full) yield out.turn();
        await waiting.fill();
      }
      if (out.full) yield out.turn();
    }
  }
  if (!(await allUsed(root.cursors))) {
    throw failure("rows-lost", sentence`Some records of the lists of ${table.name} found no parent.`, {
      hint: sentence`This is a defect of Waybill; nothing was written.`,
    });
  }
  await writer.tail(out.current);
  yield out.turn();
  for (const { name, feed: its } of feeds) context.facts.push({ name, rows: its.rows });
  placed.push({ table, sheet: null, rows: feed.rows });
}

/** What merges the lists of a table into its rows. */
export function nodeOf(
  table: TablePlan,
  writer: NestingRowWriter,
  context: RenderContext,
  feeds: { name: string; feed: RowFeed }[],
): NestNode {
  const cursors = table.lists.map((list, n) => {
    const feed = feedOf(list.table, context, () => {});
    feeds.push({ name: list.table.name, feed });
    return new ListCursor(list, feed, nodeOf(list.table, writer.lists[n]!.items, context, feeds));
  });
  return new NestNode(writer, cursors);
}

function feedOf(table: TablePlan, context: RenderContext, onRows: (count: number) => void): RowFeed {
  const { places: plan } = table;
  const places = plan === undefined ? null : new Places(plan, cursorsOf(plan.files, context), context.zone);
  const seen = context.observer?.table(table);
  const onBatch = (batch: CellBatch): void => {
    seen?.(batch);
    onRows(batch.rows);
  };
  return new RowFeed(table, context.session.stream(table.select), context, onBatch, places);
}

/** Opens the streams of attached files. */
export function cursorsOf(files: readonly FilesPlan[], context: Omit<RenderContext, "onRows">): FilesCursor[] {
  return files.map((plan) => {
    const stream = context.session.stream(plan.table.select);
    return new FilesCursor(plan, new RowFeed(plan.table, stream, context, () => {}), context.zone);
  });
}
