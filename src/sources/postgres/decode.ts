// Rows of PostgreSQL's binary COPY as cells (PostgreSQL documentation, COPY, "Binary Format"; *_send functions of each type).
import { CellBatch } from "../../cells/batch.ts";
import { writeJsonValue } from "../../cells/json-value.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import type { FieldType } from "../../catalog/types.ts";
import type { ByteWindow } from "../byte-window.ts";
import { writeNumeric } from "./numeric.ts";

/** What the types are on the wire, as small integers for the decoder's switch. */
const WIRE: Readonly<Record<FieldType, number>> = {
  text: 0,
  integer: 1,
  decimal: 2,
  float: 3,
  boolean: 4,
  date: 5,
  time: 6,
  datetime: 7,
  instant: 8,
  uuid: 9,
  binary: 10,
  json: 11,
  array: 12,
  any: 0,
};

/** Days and seconds from 1970-01-01 to PostgreSQL's epoch, 2000-01-01. */
const EPOCH_DAYS = 10_957;
const EPOCH_SECONDS = EPOCH_DAYS * 86_400;
const TWO_32 = 4_294_967_296;

/** Decodes the fields of a row, given the type of each. */
export class RowDecoder {
  readonly #wire: Uint8Array;

  constructor(types: readonly FieldType[]) {
    this.#wire = Uint8Array.from(types, (type) => WIRE[type]);
  }

  /**
   * Decodes the tuple at `at` of the window into row `row`.
   * @returns where the tuple ends, or -1 for the trailer that ends the data.
   */
  decode(window: ByteWindow, at: number, batch: CellBatch, row: number): number {
    const bytes = window.bytes;
    const fields = (bytes[at]! << 8) | bytes[at + 1]!;
    if (fields === 0xffff) return -1;
    if (fields !== this.#wire.length) throw new Error(`a row has ${fields} fields instead of ${this.#wire.length}`);
    at += 2;
    const first = row * batch.width;
    for (let c = 0; c < fields; c++) {
      const length = readInt32(window.bytes, at);
      at += 4;
      if (length < 0) {
        batch.kind[first + c] = Kind.missing;
        continue;
      }
      this.#cell(window, at, length, this.#wire[c]!, batch, first + c);
      at += length;
    }
    return at;
  }

  #cell(window: ByteWindow, at: number, length: number, wire: number, batch: CellBatch, i: number): void {
    const bytes = window.bytes;
    switch (wire) {
      case 0:
        batch.kind[i] = Kind.text;
        batch.start[i] = at;
        batch.end[i] = at + length;
        return;
      case 1:
        decodeInteger(window, at, length, batch, i);
        return;
      case 2: {
        const start = window.scratch;
        writeNumeric(window, at);
        batch.kind[i] = Kind.digits;
        batch.start[i] = start;
        batch.end[i] = window.scratch;
        return;
      }
      case 3:
        batch.kind[i] = length === 4 ? Kind.float32 : Kind.float;
        batch.number[i] = length === 4 ? window.view.getFloat32(at) : window.view.getFloat64(at);
        return;
      case 4:
        batch.kind[i] = Kind.boolean;
        batch.number[i] = bytes[at]!;
        return;
      case 5: {
        const days = readInt32(bytes, at);
        if (days === 0x7fffffff || days === -0x80000000) {
          setInfinity(window, days > 0, batch, i);
          return;
        }
        batch.kind[i] = Kind.date;
        batch.number[i] = days + EPOCH_DAYS;
        return;
      }
      case 6:
        batch.kind[i] = Kind.time;
        batch.number[i] = readInt32(bytes, at) * TWO_32 + (readInt32(bytes, at + 4) >>> 0);
        return;
      case 7:
      case 8:
        decodeTimestamp(window, at, wire === 7 ? Kind.datetime : Kind.instant, batch, i);
        return;
      case 9:
        batch.kind[i] = Kind.uuid;
        batch.start[i] = at;
        return;
      case 10:
        batch.kind[i] = Kind.binary;
        batch.start[i] = at;
        batch.end[i] = at + length;
        return;
      case 11: {
        // jsonb is sent as a version byte and text, json as text alone.
        const skip = length > 0 && bytes[at] === 1 ? 1 : 0;
        batch.kind[i] = Kind.json;
        batch.start[i] = at + skip;
        batch.end[i] = at + length;
        return;
      }
      default:
        this.#array(window, at, batch, i);
    }
  }

  /** An array as JSON text in the scratch room (array_send: dimensions, then the elements in row-major order). */
  #array(window: ByteWindow, at: number, batch: CellBatch, i: number): void {
    const view = window.view;
    const dimensions = view.getInt32(at);
    const wire = WIRE_OF_OID.get(view.getInt32(at + 8));
    if (wire === undefined) throw new Error(`no decoder for elements of type ${view.getInt32(at + 8)}`);
    const lengths: number[] = [];
    for (let d = 0; d < dimensions; d++) lengths.push(view.getInt32(at + 12 + d * 8));
    const element = new CellBatch(1, 1);
    const out = new Output(256);
    let next = at + 12 + dimensions * 8;
    const nest = (depth: number): void => {
      writeCharacter(out, "[");
      const count = lengths[depth] ?? 0;
      for (let n = 0; n < count; n++) {
        if (n > 0) writeCharacter(out, ",");
        if (depth + 1 < dimensions) {
          nest(depth + 1);
          continue;
        }
        const length = readInt32(window.bytes, next);
        next += 4;
        if (length < 0) {
          element.kind[0] = Kind.missing;
        } else {
          this.#cell(window, next, length, wire, element, 0);
          next += length;
        }
        element.bytes = window.bytes;
        if (!writeJsonValue(element, 0, null, out)) {
          // JSON has no NaN: inside of an array it is written as the word.
          batch.inexact[i % batch.width]!++;
          out.length -= 4;
          const word = element.kind[0] === Kind.digits ? digitsOf(element) : String(element.number[0]);
          for (const character of JSON.stringify(word)) writeCharacter(out, character);
        }
      }
      writeCharacter(out, "]");
    };
    nest(0);
    window.reserveScratch(out.length);
    window.bytes.set(out.written(), window.scratch);
    batch.kind[i] = Kind.json;
    batch.start[i] = window.scratch;
    batch.end[i] = window.scratch += out.length;
  }
}

/** Element types of arrays by their OID in pg_type. */
const WIRE_OF_OID = new Map<number, number>([
  [16, WIRE.boolean],
  [17, WIRE.binary],
  [19, WIRE.text],
  [20, WIRE.integer],
  [21, WIRE.integer],
  [23, WIRE.integer],
  [25, WIRE.text],
  [114, WIRE.json],
  [700, WIRE.float],
  [701, WIRE.float],
  [1043, WIRE.text],
  [1082, WIRE.date],
  [1083, WIRE.time],
  [1114, WIRE.datetime],
  [1184, WIRE.instant],
  [1700, WIRE.decimal],
  [2950, WIRE.uuid],
  [3802, WIRE.json],
]);

function decodeInteger(window: ByteWindow, at: number, length: number, batch: CellBatch, i: number): void {
  const bytes = window.bytes;
  batch.kind[i] = Kind.integer;
  if (length === 4) {
    batch.number[i] = readInt32(bytes, at);
    return;
  }
  if (length === 2) {
    batch.number[i] = (((bytes[at]! << 8) | bytes[at + 1]!) << 16) >> 16;
    return;
  }
  const high = readInt32(bytes, at);
  if (high >= -0x200000 && high < 0x200000) {
    batch.number[i] = high * TWO_32 + (readInt32(bytes, at + 4) >>> 0);
    return;
  }
  const text = window.view.getBigInt64(at).toString();
  const start = window.scratch;
  window.reserveScratch(text.length);
  for (let n = 0; n < text.length; n++) window.bytes[window.scratch++] = text.charCodeAt(n);
  batch.kind[i] = Kind.digits;
  batch.start[i] = start;
  batch.end[i] = window.scratch;
}

/** Microseconds since 2000 as a 64-bit integer, split into seconds and microseconds without passing through a double. */
function decodeTimestamp(window: ByteWindow, at: number, kind: Kind, batch: CellBatch, i: number): void {
  const bytes = window.bytes;
  const high = readInt32(bytes, at);
  const low = readInt32(bytes, at + 4) >>> 0;
  if ((high === 0x7fffffff && low === 0xffffffff) || (high === -0x80000000 && low === 0)) {
    setInfinity(window, high > 0, batch, i);
    return;
  }
  // 2^32 = 4294 * 10^6 + 967296, so every product below is a safe integer.
  const rest = high * 967_296 + low;
  const carried = Math.floor(rest / 1e6);
  batch.kind[i] = kind;
  batch.number[i] = high * 4294 + carried + EPOCH_SECONDS;
  batch.start[i] = rest - carried * 1e6;
}

function setInfinity(window: ByteWindow, positive: boolean, batch: CellBatch, i: number): void {
  const word = positive ? "infinity" : "-infinity";
  const start = window.scratch;
  window.reserveScratch(word.length);
  for (let n = 0; n < word.length; n++) window.bytes[window.scratch++] = word.charCodeAt(n);
  batch.kind[i] = Kind.word;
  batch.start[i] = start;
  batch.end[i] = window.scratch;
}

/** A signed 32-bit big-endian integer. */
export function readInt32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

function digitsOf(element: CellBatch): string {
  return Buffer.from(element.bytes.subarray(element.start[0], element.end[0])).toString("latin1");
}

function writeCharacter(out: Output, character: string): void {
  out.reserve(1);
  out.bytes[out.length++] = character.charCodeAt(0);
}
