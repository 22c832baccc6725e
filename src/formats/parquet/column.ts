// A column of the row group that is being gathered: its values as Parquet's PLAIN encoding has them, and which are missing.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { release } from "../../lib/release.ts";
import { Levels } from "./levels.ts";
import type { ParquetType } from "./schema.ts";
import type { Bounds } from "./statistics.ts";

/** Room in front of the values: the levels go there where they are as short as they mostly are. */
const ROOM = 16;
const FIRST_SIZE = 1 << 10;
/** Memory of this size is given back by hand. */
const LARGE = 1 << 16;

/** The rows of a column in a row group: a data page that is not compressed yet, and what is known of it. */
export interface Page {
  readonly column: Column;
  readonly content: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  readonly missing: number;
  readonly bounds: Bounds | null;
  /** What the content lies in. */
  readonly memory: Output;
}

/** Gathers the cells of one column; each physical type has its own. */
export abstract class Column {
  readonly shape: ColumnShape;
  readonly type: ParquetType;
  /** Bytes of a value in a row of this column; of its length where values have one. */
  readonly fixedSize: number;
  /** Encoded values, after `ROOM` bytes. Values of a fixed size are written through `view`, without reserving. */
  protected values = new Output(FIRST_SIZE);
  /** What the values of the row group before were in; null while they are still needed. */
  #spare: Output | null = null;
  protected view: DataView = viewOf(this.values.bytes);
  protected readonly context: WriterContext;
  /** How many were taken. */
  protected rows = 0;
  readonly #levels = new Levels();

  constructor(shape: ColumnShape, type: ParquetType, fixedSize: number, context: WriterContext) {
    this.shape = shape;
    this.type = type;
    this.fixedSize = fixedSize;
    this.context = context;
    this.values.length = ROOM;
  }

  /** Takes rows `from` (inclusive) to `to` (exclusive). */
  append(batch: CellBatch, from: number, to: number): void {
    const { kind, width } = batch;
    const first = this.rows - from;
    this.reserve((to - from) * this.fixedSize);
    for (let row = from, i = from * width + this.shape.cell; row < to; row++, i += width) {
      const cell = kind[i]!;
      if (cell === Kind.missing || !this.write(batch, i, cell)) this.#levels.miss(first + row);
    }
    this.rows += to - from;
  }

  /** Ends the row group: gives its rows, whose memory is to be given back, and starts over with other memory. */
  take(): Page {
    const content = this.#content();
    const { missing } = this.#levels;
    const page = { column: this, content, size: content.length, missing, bounds: this.bounds(), memory: this.values };
    this.reset();
    return page;
  }

  /** Takes back what a page was in, for the next row group but one; what was hardly used is freed, others need it now. */
  giveBack(memory: Output): void {
    if (memory.bytes.length > LARGE && memory.length < memory.bytes.length / 4) release(memory.bytes);
    else this.#spare = memory;
  }

  /** Gives all memory back, after the last row group. */
  close(): void {
    if (this.values.bytes.length > LARGE) release(this.values.bytes);
    if (this.#spare !== null && this.#spare.bytes.length > LARGE) release(this.#spare.bytes);
  }

  /** A data page (version 1) without its header. */
  #content(): Uint8Array {
    const levels = this.#levels.encoded(this.rows);
    const { values } = this;
    let start = ROOM - levels.length;
    if (start < 0) {
      this.reserve(-start);
      values.bytes.copyWithin(levels.length, ROOM, values.length);
      values.length -= start;
      start = 0;
    }
    values.bytes.set(levels, start);
    return values.written().subarray(start);
  }

  /** The smallest and the largest value, or null where they are not kept or there are none. */
  protected bounds(): Bounds | null {
    return null;
  }

  /** Starts over, for the next row group. */
  protected reset(): void {
    this.values = this.#spare ?? new Output(Math.max(FIRST_SIZE, this.values.length + (this.values.length >> 4)));
    this.#spare = null;
    this.view = viewOf(this.values.bytes);
    this.rows = 0;
    this.#levels.reset();
    this.values.length = ROOM;
  }

  /**
   * Writes cell `i`, which is of a kind other than missing.
   * @returns false when it was left out, and counted
   */
  protected abstract write(batch: CellBatch, i: number, kind: number): boolean;

  /** Makes room for `count` more bytes. */
  protected reserve(count: number): void {
    const { bytes } = this.values;
    this.values.reserve(count);
    if (bytes !== this.values.bytes && bytes.length > LARGE) release(bytes);
    if (this.view.buffer !== this.values.bytes.buffer) this.view = viewOf(this.values.bytes);
  }

  /** Counts a value that is left out, or written in another way. */
  protected count(problem: string): void {
    this.context.problems.add(problem, this.shape.name);
  }

  protected leaveOut(problem = "value-left-out"): false {
    this.count(problem);
    return false;
  }
}

/** The same bytes, for numbers of several of them. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
