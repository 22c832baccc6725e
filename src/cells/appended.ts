// Bytes that rules put behind those of a batch: labels, pseudonyms, formatted dates.
import type { CellBatch } from "./batch.ts";
import { Output } from "./output.ts";

/** One for a stream of batches. The batch's own bytes are copied once, when the first rule has something to add. */
export class Appended {
  /** Most streams have nothing to add. */
  readonly #out = new Output(0);
  #open = false;

  /** A new batch has come. */
  begin(): void {
    this.#open = false;
  }

  /**
   * Makes room for `count` bytes, to be written at the output's `length`. Cells of the batch may point at them; what
   * `batch.bytes` was before stays readable until the next batch.
   */
  reserve(batch: CellBatch, count: number): Output {
    const out = this.#out;
    if (!this.#open) {
      out.length = 0;
      out.reserve(batch.bytes.length + count);
      out.append(batch.bytes);
      this.#open = true;
    } else {
      out.reserve(count);
    }
    batch.bytes = out.bytes;
    return out;
  }
}
