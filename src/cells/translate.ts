// Labels instead of codes: a cell whose canonical text is a known code becomes the text of its label.
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { hash } from "./recent.ts";
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
  apply(batch: CellBatch, cell: number, appended: Appended): void {
    const { kind, start, end } = batch;
    const out = appended.reserve(batch, this.#labels.length);
    const base = out.length;
    out.append(this.#labels);
    const text = this.#text;
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (kind[i] === Kind.missing) continue;
      text.length = 0;
      if (kind[i] !== Kind.text) writeValue(batch, i, null, text);
      const found =
        kind[i] === Kind.text ? this.#find(batch.bytes, start[i]!, end[i]!) : this.#find(text.bytes, 0, text.length);
      if (found === undefined) continue;
      kind[i] = Kind.text;
      start[i] = base + found.at;
      end[i] = base + found.to;
    }
  }

  #find(bytes: Uint8Array, from: number, to: number): { readonly at: number; readonly to: number } | undefined {
    const codes = this.#codes.get(hash(bytes, from, to));
    return codes?.find(({ code }) => code.length === to - from && code.every((byte, n) => byte === bytes[from + n]));
  }
}
