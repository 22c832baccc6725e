// Values of CSV as the cells that DuckDB's own would be: the text is known to be canonical.
import type { CellBatch } from "../../../cells/batch.ts";
import { Kind } from "../../../cells/kinds.ts";
import { daysAt, microsecondsAt, packUuid, secondsAt } from "./forms.ts";
import { DOUBLED } from "./scanner.ts";

const DAY = 86_400;
const QUOTE = 0x22;
const ZERO = 0x30;
const MINUS = 0x2d;
/** Integers of so many characters are safe. */
const SAFE_LENGTH = 15;
/** What may stand before a `T` in the text of a date and time, and the time behind it. */
const DATE_LENGTH = 11;
const TIME_LENGTH = 8;

type Maker = (batch: CellBatch, i: number) => void;

/** What makes a cell of text in canonical form, by DuckDB's name of its type. */
function makerOf(native: string): Maker | null {
  switch (native) {
    case "BIGINT":
      return integer;
    case "BOOLEAN":
      return ({ bytes, kind, start, number }, i) => {
        kind[i] = Kind.boolean;
        number[i] = bytes[start[i]!] === 0x74 ? 1 : 0;
      };
    case "DATE":
      return ({ bytes, kind, start, number }, i) => {
        kind[i] = Kind.date;
        number[i] = daysAt(bytes, start[i]!);
      };
    case "TIME":
      return ({ bytes, kind, start, end, number }, i) => {
        kind[i] = Kind.time;
        const at = start[i]!;
        number[i] = secondsAt(bytes, at) * 1e6 + microsecondsAt(bytes, at + TIME_LENGTH, end[i]!);
      };
    case "TIMESTAMP":
      return (batch, i) => moment(batch, i, Kind.datetime, batch.end[i]!);
    case "TIMESTAMP WITH TIME ZONE":
      return (batch, i) => moment(batch, i, Kind.instant, batch.end[i]! - 1);
    case "UUID":
      return ({ bytes, kind, start }, i) => {
        kind[i] = Kind.uuid;
        packUuid(bytes, start[i]!);
      };
    case "VARCHAR":
      return null;
    // Decimals keep their digits.
    default:
      return ({ kind }, i) => {
        kind[i] = Kind.digits;
      };
  }
}

function integer(batch: CellBatch, i: number): void {
  const { bytes } = batch;
  const start = batch.start[i]!;
  const end = batch.end[i]!;
  if (end - start > SAFE_LENGTH) {
    const value = Number(Buffer.from(bytes.subarray(start, end)).toString("latin1"));
    const fits = Number.isSafeInteger(value) || isLeast(bytes, start, end);
    batch.kind[i] = fits ? Kind.integer : Kind.digits;
    if (fits) batch.number[i] = value;
    return;
  }
  const negative = bytes[start] === MINUS;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at++) value = value * 10 + bytes[at]! - ZERO;
  batch.kind[i] = Kind.integer;
  batch.number[i] = negative ? -value : value;
}

const LEAST = "-9007199254740992";

/** Doubles hold -2^53, and nothing else is taken for it. */
function isLeast(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === LEAST.length && Buffer.from(bytes.subarray(start, end)).toString("latin1") === LEAST;
}

function moment({ bytes, kind, start, number }: CellBatch, i: number, its: Kind, end: number): void {
  const at = start[i]!;
  kind[i] = its;
  number[i] = daysAt(bytes, at) * DAY + secondsAt(bytes, at + DATE_LENGTH);
  start[i] = microsecondsAt(bytes, at + DATE_LENGTH + TIME_LENGTH, end);
}

/** What is done to a column of every batch. */
export function cellsOf(column: number, native: string): (batch: CellBatch) => void {
  const make = makerOf(native);
  return (batch) => {
    const { kind, width } = batch;
    const to = batch.rows * width;
    if (make === null) {
      for (let i = column; i < to; i += width) if (kind[i] === DOUBLED) single(batch, i);
    } else {
      for (let i = column; i < to; i += width) if (kind[i] !== Kind.missing) make(batch, i);
    }
  };
}

/** Makes doubled quotes single ones, in place. */
export function single({ bytes, kind, start, end }: CellBatch, i: number): void {
  const to = end[i]!;
  let at = start[i]!;
  while (bytes[at] !== QUOTE) at++;
  let free = at;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at++;
    bytes[free++] = byte;
  }
  end[i] = free;
  kind[i] = Kind.text;
}
