// One table as the bytes of a file: the stream's cells through the format's row writer.
import { Output } from "../cells/output.ts";
import type { Problems } from "../cells/problems.ts";
import type { Format, NestingRowWriter, RowWriter, TableShape, WriterContext } from "../cells/row-writer.ts";
import { failure } from "../lib/errors.ts";
import type { DatasetPlan, TablePlan } from "../plan/plan.ts";
import type { SourceSession } from "../sources/source.ts";
import { allUsed, ListCursor, NestNode } from "./nest.ts";
import { RowFeed } from "./row-feed.ts";

/** Bytes that are gathered before they are passed on. */
const CHUNK_SIZE = 1 << 18;

/** What a table gave. */
export interface TableFacts {
  readonly name: string;
  rows: number;
}

/** What rendering needs besides the dataset and its writer. */
export interface RenderContext {
  readonly session: SourceSession;
  readonly problems: Problems;
  /** Told of every batch of a root table. */
  readonly onRows: (count: number) => void;
  /** Gets one entry for each table, lists included. */
  readonly facts: TableFacts[];
}

/** Two outputs in turn, so that one can be written away while the next is filled. */
class OutputPair {
  readonly #first = new Output();
  readonly #second = new Output();
  current: Output = this.#first;

  /** Goes on with the other one, emptied. */
  turn(): Output {
    this.current = this.current === this.#first ? this.#second : this.#first;
    this.current.length = 0;
    return this.current;
  }
}

/** A dataset whose options were checked, ready to be rendered. */
export type Renderer = (context: RenderContext) => AsyncGenerator<Uint8Array>;

/**
 * Prepares a dataset before its source is opened. A chunk is valid until the next but one is asked for.
 * @throws usageError when an option does not suit the format
 */
export function rendererOf(dataset: DatasetPlan, format: Format, writer: WriterContext): Renderer {
  const { table, options } = dataset;
  if (format.nests) {
    const nesting = format.writer(shapeOf(table), options, writer);
    return (context) => renderNested(table, nesting, context);
  }
  const flat = format.writer(shapeOf(table), options, writer);
  return (context) => renderFlat(table, flat, context);
}

async function* renderFlat(table: TablePlan, writer: RowWriter, context: RenderContext): AsyncGenerator<Uint8Array> {
  const feed = feedOf(table, context, context.onRows);
  const outputs = new OutputPair();
  let out = outputs.current;
  writer.head(out);
  for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
    writer.rows(batch, 0, batch.rows, out);
    if (out.length < CHUNK_SIZE) continue;
    yield out.written();
    out = outputs.turn();
  }
  writer.tail(out);
  yield out.written();
  context.facts.push({ name: table.name, rows: feed.rows });
}

async function* renderNested(
  table: TablePlan,
  writer: NestingRowWriter,
  context: RenderContext,
): AsyncGenerator<Uint8Array> {
  if (table.lists.length === 0) {
    yield* renderFlat(table, writer, context);
    return;
  }
  const feeds: { name: string; feed: RowFeed }[] = [];
  const feed = feedOf(table, context, context.onRows);
  feeds.push({ name: table.name, feed });
  const root = nodeOf(table, writer, context, feeds);
  const outputs = new OutputPair();
  let out = outputs.current;
  writer.head(out);
  let index = 0;
  for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
    for (let row = 0; row < batch.rows; row++) {
      root.begin(batch, row, index++, out);
      for (let waiting = root.step(out); waiting !== null; waiting = root.step(out)) {
        // What was written so far need not be kept while waiting, however many items a single record has.
        if (out.length >= CHUNK_SIZE) {
          yield out.written();
          out = outputs.turn();
        }
        await waiting.fill();
      }
      if (out.length < CHUNK_SIZE) continue;
      yield out.written();
      out = outputs.turn();
    }
  }
  if (!(await allUsed(root.cursors))) {
    throw failure("rows-lost", `Some records of the lists of ${table.name} found no parent.`, {
      hint: "This is a defect of Waybill; nothing was written.",
    });
  }
  writer.tail(out);
  yield out.written();
  for (const { name, feed: its } of feeds) context.facts.push({ name, rows: its.rows });
}

function nodeOf(
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
  return new RowFeed(table, context.session.stream(table.select), context.problems, onRows);
}

function shapeOf(table: TablePlan): TableShape {
  return {
    name: table.name,
    columns: table.columns,
    groups: table.groups,
    lists: table.lists.map(({ name, table: list }) => ({ name, table: shapeOf(list) })),
  };
}
