// Text, JSON and bytes: each value after its length in four bytes.
import type { CellBatch } from "../../cells/batch.ts";
import { writeJsonValue } from "../../cells/json-value.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { writeValue } from "../../cells/value-text.ts";
import { Column, viewOf } from "./column.ts";
import type { ParquetType } from "./schema.ts";

const LENGTH_SIZE = 4;
/** Up to so many bytes are copied in the loop, which is faster than a call into the runtime. */
const SHORT = 256;
/** The loop copies so many at a time, and so writes a few too many, which are overwritten. */
const WORD = 8;

export class ByteArrayColumn extends Column {
  readonly #content: "string" | "json" | "binary";
  /** The kinds whose bytes are taken as they are. */
  readonly #asItIs = new Uint8Array(16);
  /** The bytes that values were copied from lately. */
  #source: Uint8Array = new Uint8Array(0);
  #words = viewOf(this.#source);

  constructor(shape: ColumnShape, type: ParquetType, content: "string" | "json" | "binary", context: WriterContext) {
    super(shape, type, LENGTH_SIZE, context);
    this.#content = content;
    if (content !== "json") this.#asItIs[Kind.text] = 1;
    if (content === "binary") this.#asItIs[Kind.binary] = 1;
  }

  /** As of other columns, but without a call for each value that is taken as it is. */
  override append(batch: CellBatch, from: number, to: number): void {
    const { kind, width } = batch;
    for (let row = from; row < to;) {
      const others = this.#copy(batch, row, to);
      row = others;
      while (row < to && this.#asItIs[kind[row * width + this.shape.cell]!] === 0) row++;
      if (row > others) super.append(batch, others, row);
    }
  }

  protected write(batch: CellBatch, i: number): boolean {
    if (this.#content === "binary") return this.leaveOut();
    const { values, context } = this;
    const at = values.length;
    this.reserve(LENGTH_SIZE);
    values.length += LENGTH_SIZE;
    if (this.#content === "string") {
      writeValue(batch, i, context.zone, values);
    } else if (!writeJsonValue(batch, i, context.zone, values)) {
      values.length = at;
      return this.leaveOut("not-a-number");
    }
    this.reserve(0);
    this.view.setUint32(at, values.length - at - LENGTH_SIZE, true);
    return true;
  }

  /**
   * Takes rows as long as their bytes are the value.
   * @returns the first row that is something else, or `to`
   */
  #copy(batch: CellBatch, from: number, to: number): number {
    const { bytes: source, kind, start, end, width } = batch;
    if (source !== this.#source) {
      this.#source = source;
      this.#words = viewOf(source);
    }
    const words = this.#words;
    const asItIs = this.#asItIs;
    const { values } = this;
    let { view } = this;
    let at = values.length;
    let row = from;
    for (let i = row * width + this.shape.cell; row < to && asItIs[kind[i]!] !== 0; row++, i += width) {
      const first = start[i]!;
      const length = end[i]! - first;
      const room = LENGTH_SIZE + length + WORD;
      if (at + room > view.byteLength) {
        values.length = at;
        this.reserve(room);
        view = this.view;
      }
      view.setUint32(at, length, true);
      at += LENGTH_SIZE;
      if (length > SHORT || first + length + WORD > source.length) {
        values.bytes.set(source.subarray(first, first + length), at);
      } else {
        for (let n = 0; n < length; n += WORD) view.setBigUint64(at + n, words.getBigUint64(first + n, true), true);
      }
      at += length;
    }
    values.length = at;
    this.rows += row - from;
    return row;
  }
}
