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

/** Gathers the cells of one column; each physical type has its own. */
export abstract class Column {
  readonly shape: ColumnShape;
  readonly type: ParquetType;
  /** Bytes of a value in a row of this column; of its length where values have one. */
  readonly fixedSize: number;
  /** Encoded values, after `ROOM` bytes. Values of a fixed size are written through `view`, without reserving. */
  protected values = new Output(FIRST_SIZE);
  protected view: DataView = viewOf(this.values);
  protected readonly context: WriterContext;
  readonly #levels = new Levels();
  #rows = 0;

  constructor(shape: ColumnShape, type: ParquetType, fixedSize: number, context: WriterContext) {
    this.shape = shape;
    this.type = type;
    this.fixedSize = fixedSize;
    this.context = context;
    this.values.length = ROOM;
  }

  /** How many rows are missing. */
  get missing(): number {
    return this.#levels.missing;
  }

  /** Takes rows `from` (inclusive) to `to` (exclusive). */
  append(batch: CellBatch, from: number, to: number): void {
    const { kind, width } = batch;
    const first = this.#rows - from;
    this.reserve((to - from) * this.fixedSize);
    for (let row = from, i = from * width + this.shape.cell; row < to; row++, i += width) {
      const cell = kind[i]!;
      if (cell === Kind.missing || !this.write(batch, i, cell)) this.#levels.miss(first + row);
    }
    this.#rows += to - from;
  }

  /** The content of a data page (version 1) that holds all rows; valid until the next row is taken. */
  page(): Uint8Array {
    const levels = this.#levels.encoded(this.#rows);
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
  bounds(): Bounds | null {
    return null;
  }

  /** Starts over, for the next row group. Gives memory back that this one hardly used: others need it now. */
  reset(): void {
    if (this.values.bytes.length > LARGE && this.values.length < this.values.bytes.length / 4) this.#renew();
    this.#rows = 0;
    this.#levels.reset();
    this.values.length = ROOM;
  }

  /** Gives all memory back, after the last row group. */
  close(): void {
    if (this.values.bytes.length > LARGE) this.#renew();
  }

  #renew(): void {
    release(this.values.bytes);
    this.values = new Output(FIRST_SIZE);
    this.view = viewOf(this.values);
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
    if (this.view.buffer !== this.values.bytes.buffer) this.view = viewOf(this.values);
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

function viewOf({ bytes }: Output): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
