// Rows from the reader process as cells. SQLite keeps any kind of value in any column; the declared type says how to take it.
import type { CellBatch } from "../../cells/batch.ts";
import { isJson } from "../../cells/json-text.ts";
import { Kind } from "../../cells/kinds.ts";
import { parseTime } from "../../cells/parse-time.ts";
import type { FieldType } from "../../catalog/types.ts";
import { Tag } from "./protocol.ts";
import { readUuid } from "../../cells/uuid.ts";
import { booleanOf } from "./storage.ts";

/**
 * Decodes rows of a frame into a batch, from `at` on, until the batch or the frame is full.
 * A value that is not what its column's type says stays what it is.
 * @returns where it stopped.
 */
export function decodeRows(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  types: readonly FieldType[],
  batch: CellBatch,
): number {
  let row = 0;
  while (row < batch.capacity && at < bytes.length) {
    at += 4;
    const first = row * batch.width;
    for (let c = 0; c < types.length; c++) {
      const i = first + c;
      const tag = bytes[at++]!;
      if (tag === Tag.missing) {
        batch.kind[i] = Kind.missing;
      } else if (tag === Tag.integer || tag === Tag.real) {
        batch.number[i] = view.getFloat64(at, true);
        batch.kind[i] = tag === Tag.integer ? Kind.integer : Kind.float;
        at += 8;
        if (types[c] === "boolean") setBoolean(batch, i);
      } else {
        const length = view.getUint32(at, true);
        at += 4;
        batch.start[i] = at;
        batch.end[i] = at + length;
        if (tag === Tag.text) setText(bytes, types[c]!, batch, i);
        else if (tag === Tag.digits) batch.kind[i] = Kind.digits;
        else setBlob(types[c]!, batch, i);
        at += length;
      }
    }
    row++;
  }
  batch.rows = row;
  batch.bytes = bytes;
  return at;
}

function setBoolean(batch: CellBatch, i: number): void {
  const number = batch.number[i]!;
  if (number === 0 || number === 1) batch.kind[i] = Kind.boolean;
}

/** Text in a column of another type: what it means when it reads as that type, else the text itself. */
function setText(bytes: Uint8Array, type: FieldType, batch: CellBatch, i: number): void {
  const start = batch.start[i]!;
  const end = batch.end[i]!;
  batch.kind[i] = Kind.text;
  switch (type) {
    case "date":
    case "datetime":
    case "instant":
    case "time":
      setTime(bytes, type, batch, i);
      return;
    case "json":
      if (isJson(bytes, start, end)) batch.kind[i] = Kind.json;
      return;
    case "decimal":
      if (isDecimal(bytes, start, end)) batch.kind[i] = Kind.digits;
      return;
    case "boolean": {
      const value = booleanOf(latin1(bytes, start, end));
      if (value === null) return;
      batch.kind[i] = Kind.boolean;
      batch.number[i] = value ? 1 : 0;
      return;
    }
    case "uuid":
      // A UUID is written over its own text, which is longer.
      if (readUuid(bytes, start, end, bytes, start)) batch.kind[i] = Kind.uuid;
  }
}

function setTime(bytes: Uint8Array, type: FieldType, batch: CellBatch, i: number): void {
  const start = batch.start[i]!;
  const end = batch.end[i]!;
  const { kind, number, microseconds } = parseTime(bytes, start, end);
  if (kind === "none") {
    if (isInfinity(bytes, start, end)) batch.kind[i] = Kind.word;
    return;
  }
  if ((kind === "time") !== (type === "time")) return;
  if (kind === "time") {
    batch.kind[i] = Kind.time;
    batch.number[i] = number * 1e6 + microseconds;
  } else if (kind === "date" && type === "date") {
    batch.kind[i] = Kind.date;
    batch.number[i] = number;
  } else {
    batch.kind[i] = kind === "instant" || type === "instant" ? Kind.instant : Kind.datetime;
    batch.number[i] = kind === "date" ? number * 86_400 : number;
    batch.start[i] = microseconds;
  }
}

function setBlob(type: FieldType, batch: CellBatch, i: number): void {
  batch.kind[i] = type === "uuid" && batch.end[i] === batch.start[i]! + 16 ? Kind.uuid : Kind.binary;
}

/** Whether text is `-?digits(.digits)?`. */
function isDecimal(bytes: Uint8Array, start: number, end: number): boolean {
  let i = bytes[start] === 0x2d ? start + 1 : start;
  const whole = i;
  while (i < end && bytes[i]! >= 0x30 && bytes[i]! <= 0x39) i++;
  if (i === whole || (bytes[whole] === 0x30 && i - whole > 1)) return false;
  if (i === end) return true;
  if (bytes[i++] !== 0x2e) return false;
  const fraction = i;
  while (i < end && bytes[i]! >= 0x30 && bytes[i]! <= 0x39) i++;
  return i === end && i > fraction;
}

function isInfinity(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > 9) return false;
  const word = latin1(bytes, start, end);
  return word === "infinity" || word === "-infinity";
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 64) return "";
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}
