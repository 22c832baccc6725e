// Labels instead of codes: a cell whose canonical text is a known code becomes the text of its label.
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { hash } from "./recent.ts";
import { writeValue } from "./value-text.ts";

const encoder = new TextEncoder();

/** A code and where its label is. */
interface Entry {
  readonly code: Uint8Array;
  readonly at: number;
  readonly to: number;
}

/** Codes that are whole numbers below this are found without making text of them. */
const SMALL = 256;

/** The labels of one column. A code that has none is kept. */
export class Translation {
  /** By the hash of their text; codes with the same hash follow one another. */
  readonly #codes: ReadonlyMap<number, readonly Entry[]>;
  /** By the number that the code is the text of. */
  readonly #small: readonly (Entry | undefined)[];
  readonly #labels: Uint8Array;
  readonly #text = new Output(256);

  /** @param labels the label of each code by the code's canonical text. */
  constructor(labels: Readonly<Record<string, string>>) {
    const entries = Object.entries(labels).map(([code, label]) => ({
      code: encoder.encode(code),
      label: encoder.encode(label),
    }));
    let at = 0;
    const placed = entries.map(({ code, label }): Entry => ({ code, at, to: (at += label.length) }));
    this.#codes = Map.groupBy(placed, ({ code }) => hash(code, 0, code.length));
    this.#small = Array.from({ length: SMALL }, (_, number) => {
      const code = encoder.encode(String(number));
      return this.#find(code, 0, code.length);
    });
    this.#labels = Buffer.concat(entries.map(({ label }) => label));
  }

  /** Translates cell `cell` of every row. The labels are put behind the batch's bytes. */
  apply(batch: CellBatch, cell: number, appended: Appended): void {
    const { kind, start, end } = batch;
    const out = appended.reserve(batch, this.#labels.length);
    const base = out.length;
    out.append(this.#labels);
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (kind[i] === Kind.missing) continue;
      const found = this.#entryOf(batch, i);
      if (found === undefined) continue;
      kind[i] = Kind.text;
      start[i] = base + found.at;
      end[i] = base + found.to;
    }
  }

  #entryOf(batch: CellBatch, i: number): Entry | undefined {
    const kind = batch.kind[i];
    if (kind === Kind.text) return this.#find(batch.bytes, batch.start[i]!, batch.end[i]!);
    const number = batch.number[i]!;
    if (kind === Kind.integer && number >= 0 && number < SMALL) return this.#small[number];
    const text = this.#text;
    text.length = 0;
    writeValue(batch, i, null, text);
    return this.#find(text.bytes, 0, text.length);
  }

  #find(bytes: Uint8Array, from: number, to: number): Entry | undefined {
    const entries = this.#codes.get(hash(bytes, from, to));
    if (entries === undefined) return undefined;
    for (const entry of entries) if (isAt(entry.code, bytes, from, to)) return entry;
    return undefined;
  }
}

function isAt(code: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (code.length !== to - from) return false;
  for (let n = 0; n < code.length; n++) if (code[n] !== bytes[from + n]) return false;
  return true;
}
