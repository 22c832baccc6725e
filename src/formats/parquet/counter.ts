// Rows of a Parquet file as it passes by: its end says how many.
import type { RowCounter } from "../../cells/row-counter.ts";
import { parquetRowCount } from "./row-count.ts";

/** Bytes at the end of the file that are kept: metadata of some ten thousand row groups. */
const KEPT = 1 << 24;

/** Keeps the end of a file, and reads the number of rows from it. */
export class ParquetCounter implements RowCounter {
  #chunks: Uint8Array[] = [];
  #length = 0;

  add(chunk: Uint8Array): void {
    const end = chunk.slice(-KEPT);
    this.#chunks.push(end);
    this.#length += end.length;
    while (this.#length - this.#chunks[0]!.length >= KEPT) this.#length -= this.#chunks.shift()!.length;
  }

  rows(): number {
    const rows = parquetRowCount(Buffer.concat(this.#chunks));
    if (rows === null) throw new Error(`its metadata has more than ${KEPT} bytes`);
    return rows;
  }
}
