// Text, JSON and bytes: each value after its length in four bytes.
import type { CellBatch } from "../../cells/batch.ts";
import { writeJsonValue } from "../../cells/json-value.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { writeValue } from "../../cells/value-text.ts";
import { Column } from "./column.ts";
import type { ParquetType } from "./schema.ts";

const LENGTH_SIZE = 4;
/** Up to so many bytes are copied in the loop, which is faster than a call into the runtime. */
const SHORT = 64;

export class ByteArrayColumn extends Column {
  readonly #content: "string" | "json" | "binary";
  /** The kind whose bytes are taken as they are. */
  readonly #plain: number;

  constructor(shape: ColumnShape, type: ParquetType, content: "string" | "json" | "binary", context: WriterContext) {
    super(shape, type, LENGTH_SIZE, context);
    this.#content = content;
    this.#plain = content === "string" ? Kind.text : content === "binary" ? Kind.binary : -1;
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    if (kind === this.#plain) {
      this.#copy(batch.bytes, batch.start[i]!, batch.end[i]!);
      return true;
    }
    if (this.#content === "binary") {
      if (kind !== Kind.text) return this.leaveOut();
      this.#copy(batch.bytes, batch.start[i]!, batch.end[i]!);
      return true;
    }
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

  #copy(from: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const { values } = this;
    let at = values.length;
    if (at + LENGTH_SIZE + length > values.bytes.length) this.reserve(LENGTH_SIZE + length);
    const { bytes } = values;
    this.view.setUint32(at, length, true);
    at += LENGTH_SIZE;
    values.length = at + length;
    if (length > SHORT) bytes.set(from.subarray(start, end), at);
    else for (let n = start; n < end; n++) bytes[at++] = from[n]!;
  }
}
