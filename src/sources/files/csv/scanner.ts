// Where the values of CSV lie (RFC 4180, as DuckDB's strict mode reads it): bytes in, offsets out, no value is copied.
import type { CellBatch } from "../../../cells/batch.ts";
import { Kind } from "../../../cells/kinds.ts";

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;

/** How the records of a file end: as its first line does. Any other end, outside of quotes, is refused. */
export type LineEnd = "\n" | "\r\n" | "\r";

/** What parts values and records from each other. */
export interface CsvDialect {
  /** One ASCII character. */
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
}

/** What is wrong with a record, and where in the bytes that were scanned. */
export class CsvError extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** The kind of a value in which quotes are doubled; it is text when they have been made single ones. */
export const DOUBLED = 15;

/** So many bytes behind those to be scanned are written to. */
export const SENTINELS = 2;

/**
 * Finds the values of records: of kind `text`, or `missing` where there is nothing between two delimiters, not even
 * quotes. A space before quotes and those behind them are no part of a value; lines that are empty are no records,
 * unless there is one column only; a record may have delimiters behind its last value.
 */
export class CsvScanner {
  readonly width: number;
  readonly #delimiter: number;
  readonly #loose: boolean;
  readonly #lineEnd: LineEnd;
  /** How many values the last record had. */
  found = 0;
  /** 1 for bytes that end a value that is not quoted. */
  readonly #ends = new Uint8Array(256);

  /** @param width how many values each record has; at most so many where `loose` is set. */
  constructor({ delimiter, lineEnd }: CsvDialect, width: number, loose = false) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#lineEnd = lineEnd;
    this.#loose = loose;
    this.width = width;
    for (const byte of [this.#delimiter, LF, CR]) this.#ends[byte] = 1;
  }

  /**
   * Scans the records at `at`..`end` into a batch, as many as it holds.
   * @param final whether the bytes end where the file does. Otherwise a record that is not seen to end is left.
   * @returns where the next record begins.
   * @throws CsvError
   */
  scan(bytes: Uint8Array, at: number, end: number, final: boolean, batch: CellBatch): number {
    const { kind, start, end: ends, width, capacity } = batch;
    const delimiter = this.#delimiter;
    const isEnd = this.#ends;
    // Nothing needs to look for the end of the bytes: values of both kinds end there.
    bytes[end] = LF;
    bytes[end + 1] = QUOTE;
    let rows = 0;
    let column = 0;
    let record = at;
    let hasMore = false;
    // A record of which something was seen goes on to the end of the file.
    const most = final ? 0 : Infinity;
    while (at < end || column > most) {
      let first = at;
      let byte = bytes[at]!;
      if (byte === SPACE && bytes[at + 1] === QUOTE && at + 1 < end) byte = bytes[++at]!;
      let last: number;
      let its: number = Kind.text;
      if (byte === QUOTE) {
        first = ++at;
        for (;;) {
          while (bytes[at] !== QUOTE) at++;
          if (at + 1 >= end || bytes[at + 1] !== QUOTE) break;
          its = DOUBLED;
          at += 2;
        }
        last = at++;
        if (at > end) {
          if (!final) break;
          throw new CsvError("value with unterminated quote found", record);
        }
        while (bytes[at] === SPACE) at++;
        if (isEnd[bytes[at]!] === 0) throw new CsvError("there is text behind a quoted value", record);
      } else {
        while (isEnd[bytes[at]!] === 0) at++;
        last = at;
        if (first === last) its = Kind.missing;
      }
      if (column < width) {
        const i = rows * width + column;
        kind[i] = its;
        start[i] = first;
        ends[i] = last;
      } else if (its !== Kind.missing) {
        hasMore = true;
      }
      column++;
      if (bytes[at] === delimiter && at < end) {
        at++;
        continue;
      }
      const next = this.#afterLine(bytes, at, end, final, record);
      if (next < 0) break;
      at = next;
      this.found = column;
      if (column === width || (column > width && !hasMore)) rows++;
      else if (column > 1 || last > record) {
        if (!this.#loose || hasMore) {
          throw new CsvError(`expected number of columns: ${width} found: ${column}`, record);
        }
        rows++;
      }
      column = 0;
      record = at;
      if (rows === capacity) break;
    }
    batch.rows = rows;
    return record;
  }

  /** Where the next record begins, behind a line end; -1 where that is not among these bytes. */
  #afterLine(bytes: Uint8Array, at: number, end: number, final: boolean, record: number): number {
    if (at >= end) return final ? end : -1;
    const byte = bytes[at]!;
    switch (this.#lineEnd) {
      case "\n":
        if (byte === LF) return at + 1;
        break;
      case "\r":
        if (byte === CR) return at + 1;
        break;
      case "\r\n":
        if (byte !== CR) break;
        if (at + 1 >= end && !final) return -1;
        if (bytes[at + 1] === LF && at + 1 < end) return at + 2;
    }
    throw new CsvError(`its line end is another one than that of the first line`, record);
  }
}
