// Delimited text (RFC 4180 and its relatives): what csv and tsv share.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import type { Dialect, RowWriter, TableShape, WriterContext } from "../cells/row-writer.ts";
import { BOUNDED_SIZE, writeBounded, writeValue } from "../cells/value-text.ts";
import type { Zone } from "../cells/zone.ts";

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const CR = 0x0d;

/** How delimited text is to look. */
export interface Delimited {
  /** One character. */
  readonly delimiter: string;
  readonly header: boolean;
  /** A UTF-8 byte order mark first. */
  readonly bom: boolean;
  readonly quote: "auto" | "all";
  /** What stands for a missing value. */
  readonly null: string;
  readonly newline: "\n" | "\r\n";
  /** Puts an apostrophe before text that a spreadsheet would take for a formula. */
  readonly formulaGuard: boolean;
}

/**
 * Writes delimited text. A value is quoted when it holds the delimiter, a quote, CR or LF, when it reads like the
 * text for missing values, and when it is empty text or binary: so empty and missing stay apart.
 */
export class DelimitedWriter implements RowWriter {
  readonly dialect: Dialect;
  readonly #style: Delimited;
  readonly #names: readonly string[];
  readonly #cells: Uint32Array;
  readonly #zone: Zone | null;
  readonly #delimiter: Uint8Array;
  readonly #null: Uint8Array;
  readonly #newline: Uint8Array;
  readonly #missing: Uint8Array;
  /** 1 for bytes that make quotes necessary. */
  readonly #special = new Uint8Array(256);
  /** Whether numbers and dates need to be looked at for special bytes: only with an odd delimiter or null text. */
  readonly #careful: boolean;
  readonly #scratch = new Output(1 << 12);

  constructor(table: TableShape, style: Delimited, context: WriterContext) {
    const encoder = new TextEncoder();
    this.#style = style;
    this.dialect = {
      delimiter: style.delimiter,
      lineTerminator: style.newline,
      quoteChar: '"',
      doubleQuote: true,
      header: style.header,
      ...(style.null === "" ? {} : { nullSequence: style.null }),
    };
    this.#names = table.columns.map((column) => column.name);
    this.#cells = Uint32Array.from(table.columns, (column) => column.cell);
    this.#zone = context.zone;
    this.#delimiter = encoder.encode(style.delimiter);
    this.#null = encoder.encode(style.null);
    this.#newline = encoder.encode(style.newline);
    for (const byte of [QUOTE, LF, CR, this.#delimiter[0]!]) this.#special[byte] = 1;
    this.#careful = style.quote === "all" || style.null !== "" || !",;\t|".includes(style.delimiter);
    // A row of one missing value would be a blank line, which many readers skip.
    this.#missing = encoder.encode(table.columns.length === 1 && style.null === "" ? '""' : style.null);
  }

  head(out: Output): void {
    if (this.#style.bom) out.append(Uint8Array.of(0xef, 0xbb, 0xbf));
    if (!this.#style.header) return;
    const encoder = new TextEncoder();
    this.#names.forEach((name, c) => {
      if (c > 0) out.append(this.#delimiter);
      const bytes = encoder.encode(name);
      this.#text(bytes, 0, bytes.length, out);
    });
    out.append(this.#newline);
  }

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    const { kind, start, end, width } = batch;
    const cells = this.#cells;
    const careful = this.#careful;
    const zone = this.#zone;
    const separator = this.#delimiter.length === 1 ? this.#delimiter[0]! : -1;
    for (let row = from; row < to; row++) {
      const first = row * width;
      for (let c = 0; c < cells.length; c++) {
        if (c > 0) {
          if (separator < 0) {
            out.append(this.#delimiter);
          } else {
            out.reserve(1);
            out.bytes[out.length++] = separator;
          }
        }
        const i = first + cells[c]!;
        const cell = kind[i]!;
        if (cell === Kind.text) {
          this.#text(batch.bytes, start[i]!, end[i]!, out);
        } else if (cell === Kind.missing) {
          if (this.#missing.length > 0) out.append(this.#missing);
        } else if (cell === Kind.json && writeQuotedJson(batch.bytes, start[i]!, end[i]!, out)) {
          // Most JSON has a string in it, and is quoted for that.
        } else if (careful || cell === Kind.json) {
          const scratch = this.#scratch;
          scratch.length = 0;
          writeValue(batch, i, zone, scratch);
          this.#plain(scratch.bytes, 0, scratch.length, out);
        } else if (cell === Kind.binary && start[i] === end[i]) {
          this.#plain(batch.bytes, start[i]!, end[i]!, out);
        } else if (cell === Kind.digits || cell === Kind.binary || cell === Kind.word) {
          writeValue(batch, i, zone, out);
        } else {
          out.reserve(BOUNDED_SIZE);
          out.length = writeBounded(batch, i, cell, zone, out.bytes, out.length);
        }
      }
      out.append(this.#newline);
    }
  }

  tail(): void {}

  /** Text that somebody wrote: guarded against formulas when asked. */
  #text(from: Uint8Array, start: number, end: number, out: Output): void {
    if (this.#style.formulaGuard && start < end && looksLikeFormula(from, start, end)) {
      const scratch = this.#scratch;
      scratch.length = 0;
      scratch.reserve(end - start + 1);
      scratch.bytes[scratch.length++] = APOSTROPHE;
      scratch.append(from.subarray(start, end));
      this.#plain(scratch.bytes, 0, scratch.length, out);
      return;
    }
    this.#plain(from, start, end, out);
  }

  /** Copies a value, quoted where needed. */
  #plain(from: Uint8Array, start: number, end: number, out: Output): void {
    out.reserve((end - start) * 2 + 2);
    const bytes = out.bytes;
    const special = this.#special;
    const begin = out.length;
    let at = begin;
    let i = start;
    if (this.#style.quote === "auto") {
      while (i < end) {
        const byte = from[i]!;
        if (special[byte] !== 0) break;
        bytes[at++] = byte;
        i++;
      }
      if (i === end && start < end && !this.#isNull(from, start, end)) {
        out.length = at;
        return;
      }
    }
    at = begin;
    bytes[at++] = QUOTE;
    for (i = start; i < end; i++) {
      const byte = from[i]!;
      if (byte === QUOTE) bytes[at++] = QUOTE;
      bytes[at++] = byte;
    }
    bytes[at++] = QUOTE;
    out.length = at;
  }

  #isNull(from: Uint8Array, start: number, end: number): boolean {
    const missing = this.#null;
    if (missing.length !== end - start) return false;
    for (let i = 0; i < missing.length; i++) if (from[start + i] !== missing[i]) return false;
    return true;
  }
}

/** Writes JSON text without white space, and quoted, in one go where it has a string in it; else it writes nothing. */
function writeQuotedJson(from: Uint8Array, start: number, end: number, out: Output): boolean {
  out.reserve((end - start) * 2 + 2);
  const { bytes } = out;
  let at = out.length;
  bytes[at++] = QUOTE;
  let hasString = false;
  for (let i = start; i < end;) {
    const byte = from[i++]!;
    if (byte <= 0x20) continue;
    bytes[at++] = byte;
    if (byte !== QUOTE) continue;
    hasString = true;
    bytes[at++] = QUOTE;
    while (i < end) {
      let inside = from[i++]!;
      bytes[at++] = inside;
      if (inside === QUOTE) {
        bytes[at++] = QUOTE;
        break;
      }
      if (inside !== BACKSLASH) continue;
      inside = from[i++]!;
      bytes[at++] = inside;
      if (inside === QUOTE) bytes[at++] = QUOTE;
    }
  }
  if (!hasString) return false;
  bytes[at++] = QUOTE;
  out.length = at;
  return true;
}

/** Whether text begins as a formula would in a spreadsheet: = + - @ tab CR LF, or the full-width forms of the first four. */
function looksLikeFormula(from: Uint8Array, start: number, end: number): boolean {
  const first = from[start]!;
  if (first === 0x3d || first === 0x2b || first === 0x2d || first === 0x40) return true;
  if (first === 0x09 || first === CR || first === LF) return true;
  // U+FF1D ＝, U+FF0B ＋, U+FF0D －, U+FF20 ＠ in UTF-8.
  if (first !== 0xef || start + 2 >= end || from[start + 1] !== 0xbc) return false;
  const third = from[start + 2]!;
  return third === 0x9d || third === 0x8b || third === 0x8d || third === 0xa0;
}
