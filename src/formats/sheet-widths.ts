// How wide the columns of a sheet should be, measured on its first rows.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import { BOUNDED_SIZE, writeBounded } from "../cells/value-text.ts";

/** The narrowest and the widest that a column becomes, in characters. */
export const MIN_WIDTH = 6;
export const MAX_WIDTH = 60;
/** Room for the button of the filter, and for bold type. */
const HEADER_MARGIN = 4;
const CELL_MARGIN = 2;
/** Looking at more bytes of a text does not make its column wider. */
const ENOUGH = MAX_WIDTH * 4;

/** Measures what it is shown. */
export class ColumnWidths {
  readonly #cells: Uint32Array;
  readonly #widths: Uint8Array;
  readonly #scratch = new Output(BOUNDED_SIZE);

  /** @param cells which cell of a row each column shows */
  constructor(names: readonly string[], cells: Uint32Array) {
    this.#cells = cells;
    this.#widths = Uint8Array.from(names, (name) => {
      const bytes = new TextEncoder().encode(name);
      return clamp(textWidth(bytes, 0, bytes.length) + HEADER_MARGIN);
    });
  }

  /** Looks at a row. */
  measure(batch: CellBatch, row: number): void {
    for (let c = 0; c < this.#cells.length; c++) {
      const width = clamp(this.#shown(batch, row * batch.width + this.#cells[c]!) + CELL_MARGIN);
      if (width > this.#widths[c]!) this.#widths[c] = width;
    }
  }

  /** For each column a whole number of characters, from `MIN_WIDTH` to `MAX_WIDTH`. */
  list(): Uint8Array {
    return this.#widths;
  }

  /** About how many characters a cell shows. */
  #shown(batch: CellBatch, i: number): number {
    const kind = batch.kind[i]!;
    switch (kind) {
      case Kind.missing:
        return 0;
      case Kind.text:
      case Kind.digits:
      case Kind.json:
      case Kind.word:
        return textWidth(batch.bytes, batch.start[i]!, batch.end[i]!);
      case Kind.binary:
        return Math.ceil((batch.end[i]! - batch.start[i]!) / 3) * 4;
      default:
        return writeBounded(batch, i, kind, null, this.#scratch.bytes, 0);
    }
  }
}

/** How wide the longest line is; letters of East Asia and pictures are two wide. */
function textWidth(bytes: Uint8Array, start: number, end: number): number {
  const stop = Math.min(end, start + ENOUGH);
  let longest = 0;
  let width = 0;
  for (let i = start; i < stop; i++) {
    const byte = bytes[i]!;
    if (byte === 0x0a) {
      longest = Math.max(longest, width);
      width = 0;
    } else if ((byte & 0xc0) !== 0x80) {
      width += (byte >= 0xe3 && byte <= 0xed) || byte >= 0xf0 ? 2 : 1;
    }
  }
  return Math.max(longest, width);
}

function clamp(width: number): number {
  return Math.min(Math.max(width, MIN_WIDTH), MAX_WIDTH);
}
