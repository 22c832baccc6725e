// Labels instead of codes: a cell whose canonical text is a known code becomes the text of its label.
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { writeValue } from "./value-text.ts";

const encoder = new TextEncoder();

/** The labels of one column. A code that has none is kept. */
export class Translation {
  /** By the hash of their text; codes with the same hash follow one another. */
  readonly #codes: ReadonlyMap<
    number,
    readonly { readonly code: Uint8Array; readonly at: number; readonly to: number }[]
  >;
  readonly #labels: Uint8Array;
  readonly #text = new Output(256);
  /** What the batch's bytes become: the same, and the labels. */
  #bytes: Uint8Array = new Uint8Array(0);

  /** @param labels the label of each code by the code's canonical text. */
  constructor(labels: Readonly<Record<string, string>>) {
    const entries = Object.entries(labels).map(([code, label]) => ({
      code: encoder.encode(code),
      label: encoder.encode(label),
    }));
    let at = 0;
    const placed = entries.map(({ code, label }) => ({ code, at, to: (at += label.length) }));
    this.#codes = Map.groupBy(placed, ({ code }) => hash(code, 0, code.length));
    this.#labels = Buffer.concat(entries.map(({ label }) => label));
  }

  /** Translates cell `cell` of every row. The labels are put behind the batch's bytes. */
  apply(batch: CellBatch, cell: number): void {
    const base = batch.bytes.length;
    const text = this.#text;
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (batch.kind[i] === Kind.missing) continue;
      text.length = 0;
      writeValue(batch, i, null, text);
      const found = this.#codes
        .get(hash(text.bytes, 0, text.length))
        ?.find(({ code }) => code.length === text.length && code.every((byte, n) => byte === text.bytes[n]));
      if (found === undefined) continue;
      batch.kind[i] = Kind.text;
      batch.start[i] = base + found.at;
      batch.end[i] = base + found.to;
    }
    const size = base + this.#labels.length;
    if (this.#bytes.length < size) this.#bytes = new Uint8Array(size * 2);
    this.#bytes.set(batch.bytes);
    this.#bytes.set(this.#labels, base);
    batch.bytes = this.#bytes;
  }
}

/** FNV-1a, 32 bits (draft-eastlake-fnv section 2). */
function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let n = start; n < end; n++) value = Math.imul(value ^ bytes[n]!, 0x01000193);
  return value >>> 0;
}
