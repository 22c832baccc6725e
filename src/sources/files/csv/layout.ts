// How a CSV file is laid out, by its first lines: what parts values and lines, the names of its columns, where rows begin.
import { isUtf8 } from "node:buffer";
import { CellBatch } from "../../../cells/batch.ts";
import { Kind } from "../../../cells/kinds.ts";
import { ReaderError } from "../../reader-process.ts";
import { HEAD } from "../head.ts";
import { unique } from "../text-types.ts";
import { single } from "./cells.ts";
import { type CsvDialect, CsvError, CsvScanner, DOUBLED, type LineEnd, SENTINELS } from "./scanner.ts";

/** So many columns a file may have. */
const MOST_COLUMNS = 16_384;
/** So many records say which delimiter it is. */
const RECORDS = 50;
const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/** What is known of a file before its rows are. */
export interface Layout extends CsvDialect {
  readonly names: readonly string[];
  /** Lines before the one that names the columns: they are empty. */
  readonly skipped: number;
  /** Where the rows begin. */
  readonly from: number;
}

/**
 * The layout by the beginning of a file.
 * @param file its name, for people.
 * @param whole whether that is all of it.
 * @throws ReaderError
 */
export function layoutOf(file: string, head: Uint8Array, whole: boolean, delimiters: readonly string[]): Layout {
  const lineEnd = lineEndOf(head);
  const begin = BYTE_ORDER_MARK.equals(head.subarray(0, 3)) ? 3 : 0;
  let from = begin;
  let skipped = 0;
  for (; startsWith(head, from, lineEnd); skipped++) from += lineEnd.length;
  if (Buffer.from(head.subarray(from)).toString().trim() === "") {
    throw new ReaderError("", "the file is empty, so it names no columns");
  }
  const parted = delimiters.map((delimiter) => firstRecords(head, from, whole, { delimiter, lineEnd }));
  const best = parted.reduce((a, b) => (b.score > a.score ? b : a));
  const line = `line ${skipped + 1} of ${file}`;
  if (best.names.length === 0) throw new ReaderError("", `${line}: ${best.error ?? `it has more than ${HEAD} bytes`}`);
  if (!isUtf8(head.subarray(begin, best.end))) throw new ReaderError("", `${line}: it is not UTF-8`);
  return { delimiter: best.delimiter, lineEnd, names: unique(best.names), skipped, from: best.end };
}

/** The first line end that is in no quotes. */
function lineEndOf(head: Uint8Array): LineEnd {
  let quoted = false;
  for (let at = 0; at < head.length; at++) {
    const byte = head[at];
    if (byte === 0x22) quoted = !quoted;
    if (quoted || (byte !== 0x0a && byte !== 0x0d)) continue;
    return byte === 0x0a ? "\n" : head[at + 1] === 0x0a ? "\r\n" : "\r";
  }
  return "\n";
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text.charCodeAt(n)) return false;
  return true;
}

/** The records as a delimiter parts them. */
function firstRecords(
  head: Uint8Array,
  from: number,
  whole: boolean,
  dialect: CsvDialect,
): { delimiter: string; names: readonly string[]; end: number; score: number; error: string | null } {
  const scanner = new CsvScanner(dialect, MOST_COLUMNS, true);
  const batch = new CellBatch(MOST_COLUMNS, 1);
  batch.bytes = new Uint8Array(head.length + SENTINELS);
  batch.bytes.set(head);
  let names: readonly string[] = [];
  let end = from;
  let error: string | null = null;
  const widths: number[] = [];
  try {
    for (let at = from; widths.length < RECORDS;) {
      at = scanner.scan(batch.bytes, at, head.length, whole, batch);
      if (batch.rows === 0) break;
      widths.push(scanner.found);
      if (widths.length > 1) continue;
      names = namesIn(batch, scanner.found);
      end = at;
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    error = cause.message;
  }
  const same = widths.filter((it) => it === widths[0]).length;
  const score = names.length < 2 ? 0 : same / widths.length + names.length / 1e6;
  return { delimiter: dialect.delimiter, names, end, score, error };
}

function namesIn(batch: CellBatch, count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    if (batch.kind[i] === DOUBLED) single(batch, i);
    return batch.kind[i] === Kind.missing
      ? ""
      : Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])).toString();
  });
}
