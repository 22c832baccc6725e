// Rows of the binary protocol as cells (MariaDB documentation, "Resultset row", binary form; lengths are little-endian).
import type { FieldType } from "../../catalog/types.ts";
import type { CellBatch } from "../../cells/batch.ts";
import { isJson } from "../../cells/json-text.ts";
import { Kind } from "../../cells/kinds.ts";
import { daysOf } from "../../cells/parse-time.ts";
import type { ByteWindow } from "../byte-window.ts";
import { Wire } from "./wire.ts";

/** What the server says of a column of a result. */
export interface WireColumn {
  readonly type: number;
  readonly unsigned: boolean;
}

/** What is read of a column: a wire type and our type together, as small integers for the decoder's switch. */
const Read = {
  text: 0,
  int8: 1,
  uint8: 2,
  int16: 3,
  uint16: 4,
  int32: 5,
  uint32: 6,
  int64: 7,
  uint64: 8,
  float: 9,
  double: 10,
  decimal: 11,
  date: 12,
  datetime: 13,
  instant: 14,
  time: 15,
  binary: 16,
  json: 17,
  uuid: 18,
  bit: 19,
} as const;

const INTEGERS: Readonly<Record<number, readonly [signed: number, unsigned: number] | undefined>> = {
  [Wire.tiny]: [Read.int8, Read.uint8],
  [Wire.short]: [Read.int16, Read.uint16],
  [Wire.year]: [Read.uint16, Read.uint16],
  [Wire.int24]: [Read.int32, Read.uint32],
  [Wire.long]: [Read.int32, Read.uint32],
  [Wire.longlong]: [Read.int64, Read.uint64],
};

const TWO_32 = 4_294_967_296;

/** Decodes the columns of a row, given what the server says of each and the type that the catalog knows. */
export class RowDecoder {
  readonly #read: Uint8Array;
  readonly #boolean: Uint8Array;

  constructor(columns: readonly WireColumn[], types: readonly FieldType[]) {
    this.#read = Uint8Array.from(columns, (column, n) => readOf(column, types[n] ?? "text"));
    this.#boolean = Uint8Array.from(types, (type) => (type === "boolean" ? 1 : 0));
  }

  /** Decodes the row of which the bitmap of missing values begins at `at` into row `row`; gives where it ends. */
  decode(window: ByteWindow, at: number, batch: CellBatch, row: number): number {
    const { bytes } = window;
    const read = this.#read;
    const width = read.length;
    const first = row * batch.width;
    const bitmap = at;
    at += (width + 9) >> 3;
    for (let c = 0; c < width; c++) {
      const i = first + c;
      // The first two bits of the bitmap are not used.
      const bit = c + 2;
      if ((bytes[bitmap + (bit >> 3)]! & (1 << (bit & 7))) !== 0) {
        batch.kind[i] = Kind.missing;
        continue;
      }
      at = this.#cell(window, at, read[c]!, batch, i);
      if (this.#boolean[c] === 1) setBoolean(batch, i);
    }
    return at;
  }

  #cell(window: ByteWindow, at: number, read: number, batch: CellBatch, i: number): number {
    const { bytes, view } = window;
    switch (read) {
      case Read.int8:
        return integer(batch, i, (bytes[at]! << 24) >> 24, at + 1);
      case Read.uint8:
        return integer(batch, i, bytes[at]!, at + 1);
      case Read.int16:
        return integer(batch, i, ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16, at + 2);
      case Read.uint16:
        return integer(batch, i, bytes[at]! | (bytes[at + 1]! << 8), at + 2);
      case Read.int32:
        return integer(batch, i, readInt32(bytes, at), at + 4);
      case Read.uint32:
        return integer(batch, i, readInt32(bytes, at) >>> 0, at + 4);
      case Read.int64:
      case Read.uint64:
        longInteger(window, at, read === Read.uint64, batch, i);
        return at + 8;
      case Read.float:
        batch.kind[i] = Kind.float32;
        batch.number[i] = view.getFloat32(at, true);
        return at + 4;
      case Read.double:
        batch.kind[i] = Kind.float;
        batch.number[i] = view.getFloat64(at, true);
        return at + 8;
      case Read.date:
      case Read.datetime:
      case Read.instant:
        return moment(window, at, read, batch, i);
      case Read.time:
        return timeOfDay(window, at, batch, i);
    }
    const length = lengthAt(bytes, at);
    const start = at + lengthSize(bytes[at]!);
    const end = start + length;
    batch.start[i] = start;
    batch.end[i] = end;
    switch (read) {
      case Read.decimal:
        batch.kind[i] = Kind.digits;
        // ZEROFILL puts zeros in front, which are no part of the value.
        for (let n = start; bytes[n] === 0x30 && isDigit(bytes[n + 1]); n++) batch.start[i] = n + 1;
        break;
      case Read.binary:
        batch.kind[i] = Kind.binary;
        break;
      case Read.json:
        batch.kind[i] = isJson(bytes, start, end) ? Kind.json : Kind.text;
        break;
      case Read.uuid:
        batch.kind[i] = length === 36 ? Kind.uuid : Kind.text;
        if (length === 36) packUuid(bytes, start);
        break;
      case Read.bit: {
        let value = 0;
        for (let b = start; b < end; b++) value = value * 256 + bytes[b]!;
        batch.kind[i] = Kind.integer;
        batch.number[i] = value;
        break;
      }
      default:
        batch.kind[i] = Kind.text;
    }
    return end;
  }
}

/** How a column is read. What the catalog's type does not fit is read as what it is. */
function readOf({ type, unsigned }: WireColumn, wanted: FieldType): number {
  const integers = INTEGERS[type];
  if (integers !== undefined) return integers[unsigned ? 1 : 0];
  switch (type) {
    case Wire.float:
      return Read.float;
    case Wire.double:
      return Read.double;
    case Wire.decimal:
    case Wire.oldDecimal:
      return Read.decimal;
    case Wire.date:
      return Read.date;
    case Wire.datetime:
    case Wire.timestamp:
      return wanted === "instant" ? Read.instant : Read.datetime;
    case Wire.time:
      return Read.time;
    case Wire.bit:
      return Read.bit;
    default:
      return wanted === "json" || wanted === "binary" || wanted === "uuid" ? Read[wanted] : Read.text;
  }
}

/** Numbers other than 0 and 1 in a column of booleans stay what they are. */
function setBoolean(batch: CellBatch, i: number): void {
  const number = batch.number[i]!;
  if (batch.kind[i] === Kind.integer && (number === 0 || number === 1)) batch.kind[i] = Kind.boolean;
}

function integer(batch: CellBatch, i: number, value: number, end: number): number {
  batch.kind[i] = Kind.integer;
  batch.number[i] = value;
  return end;
}

function longInteger(window: ByteWindow, at: number, unsigned: boolean, batch: CellBatch, i: number): void {
  const low = readInt32(window.bytes, at) >>> 0;
  const high = readInt32(window.bytes, at + 4);
  if (high >= -0x200000 && high < 0x200000 && !(unsigned && high < 0)) {
    batch.kind[i] = Kind.integer;
    batch.number[i] = high * TWO_32 + low;
    return;
  }
  const value = unsigned ? window.view.getBigUint64(at, true) : window.view.getBigInt64(at, true);
  scratchText(window, value.toString(), Kind.digits, batch, i);
}

/**
 * A date, or a date and time: year, month, day, then hour, minute, second, then microseconds, as far as they are not
 * zero. What is no day of the calendar (`0000-00-00`, `2024-00-00`, `2024-02-30`) stays the text that was stored.
 */
function moment(window: ByteWindow, at: number, read: number, batch: CellBatch, i: number): number {
  const { bytes } = window;
  const length = bytes[at++]!;
  const year = length === 0 ? 0 : bytes[at]! | (bytes[at + 1]! << 8);
  const month = length === 0 ? 0 : bytes[at + 2]!;
  const day = length === 0 ? 0 : bytes[at + 3]!;
  const hour = length < 7 ? 0 : bytes[at + 4]!;
  const minute = length < 7 ? 0 : bytes[at + 5]!;
  const second = length < 7 ? 0 : bytes[at + 6]!;
  const microseconds = length < 11 ? 0 : readInt32(bytes, at + 7);
  if (month === 0 || day === 0 || (day > 28 && day > daysIn(year, month))) {
    const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
    const text = read === Read.date ? date : `${date} ${clock(hour, minute, second, microseconds)}`;
    scratchText(window, text, Kind.text, batch, i);
  } else if (read === Read.date) {
    batch.kind[i] = Kind.date;
    batch.number[i] = daysOf(year, month, day);
  } else {
    batch.kind[i] = read === Read.instant ? Kind.instant : Kind.datetime;
    batch.number[i] = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    batch.start[i] = microseconds;
  }
  return at + length;
}

/** MariaDB's TIME is a span from -838:59:59 to 838:59:59; what is no time of day is written as that text. */
function timeOfDay(window: ByteWindow, at: number, batch: CellBatch, i: number): number {
  const { bytes } = window;
  const length = bytes[at++]!;
  const negative = length > 0 && bytes[at] === 1;
  const days = length === 0 ? 0 : readInt32(bytes, at + 1);
  const hour = length === 0 ? 0 : bytes[at + 5]!;
  const minute = length === 0 ? 0 : bytes[at + 6]!;
  const second = length === 0 ? 0 : bytes[at + 7]!;
  const microseconds = length < 12 ? 0 : readInt32(bytes, at + 8);
  if (negative || days > 0) {
    const text = `${negative ? "-" : ""}${clock(days * 24 + hour, minute, second, microseconds)}`;
    scratchText(window, text, Kind.text, batch, i);
  } else {
    batch.kind[i] = Kind.time;
    batch.number[i] = (hour * 3600 + minute * 60 + second) * 1e6 + microseconds;
  }
  return at + length;
}

function clock(hour: number, minute: number, second: number, microseconds: number): string {
  const fraction = microseconds === 0 ? "" : `.${digits(microseconds, 6).replace(/0+$/, "")}`;
  return `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}${fraction}`;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, "0");
}

function daysIn(year: number, month: number): number {
  return daysOf(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - daysOf(year, month, 1);
}

/** Puts ASCII text into the scratch room. */
function scratchText(window: ByteWindow, text: string, kind: Kind, batch: CellBatch, i: number): void {
  const start = window.scratch;
  window.reserveScratch(text.length);
  for (let n = 0; n < text.length; n++) window.bytes[window.scratch++] = text.charCodeAt(n);
  batch.kind[i] = kind;
  batch.start[i] = start;
  batch.end[i] = window.scratch;
}

/** Writes the 16 bytes of a UUID over its own text, which the server writes with hyphens in lower case. */
function packUuid(bytes: Uint8Array, start: number): void {
  let from = start;
  for (let n = 0; n < 16; n++) {
    if (n === 4 || n === 6 || n === 8 || n === 10) from++;
    bytes[start + n] = (hexDigit(bytes[from]!) << 4) | hexDigit(bytes[from + 1]!);
    from += 2;
  }
}

function hexDigit(character: number): number {
  return character <= 0x39 ? character - 0x30 : (character | 0x20) - 0x57;
}

function isDigit(character: number | undefined): boolean {
  return character !== undefined && character >= 0x30 && character <= 0x39;
}

/** A signed 32-bit little-endian integer. */
function readInt32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** A length-encoded integer. */
export function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0xfb) return first;
  const low = bytes[at + 1]! | (bytes[at + 2]! << 8);
  if (first === 0xfc) return low;
  if (first === 0xfd) return low | (bytes[at + 3]! << 16);
  return (readInt32(bytes, at + 1) >>> 0) + (readInt32(bytes, at + 5) >>> 0) * TWO_32;
}

/** How many bytes a length-encoded integer takes that begins with `first`. */
export function lengthSize(first: number): number {
  return first < 0xfb ? 1 : first === 0xfc ? 3 : first === 0xfd ? 4 : 9;
}
