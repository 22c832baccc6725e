// A JSON scalar taken out of its JSON: `"soil"` becomes the text soil, 3 a number, true a boolean, null nothing.
import type { FieldType } from "../catalog/types.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { parseTime } from "./parse-time.ts";
import { readUuid } from "./uuid.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Takes what the JSON of cell `cell` holds for a type that it is said to have: text that is a date becomes one, and so
 * on. What does not fit stays what it is.
 */
export function unwrapJsonAs(batch: CellBatch, cell: number, type: FieldType): void {
  unwrapJson(batch, cell);
  const { kind, start, end, bytes } = batch;
  const time = TIMES[type];
  if (time === undefined && type !== "float" && type !== "uuid") return;
  for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
    if (type === "float") {
      if (kind[i] !== Kind.digits) continue;
      batch.number[i] = Number(Buffer.from(bytes.subarray(start[i], end[i])).toString("latin1"));
      kind[i] = Kind.float;
    } else if (kind[i] === Kind.text && time === undefined) {
      if (readUuid(bytes, start[i]!, end[i]!, bytes, start[i]!)) kind[i] = Kind.uuid;
    } else if (kind[i] === Kind.text && time !== undefined) {
      const parsed = parseTime(bytes, start[i]!, end[i]!);
      if (parsed.kind !== type) continue;
      kind[i] = time;
      batch.number[i] = type === "time" ? parsed.number * 1e6 + parsed.microseconds : parsed.number;
      if (type === "datetime" || type === "instant") start[i] = parsed.microseconds;
    }
  }
}

/** Takes text that is a date, a time or both (ISO 8601) for what it says; other text stays. */
export function readTimes(batch: CellBatch, cell: number): void {
  const { kind, start, end, bytes } = batch;
  for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
    if (kind[i] !== Kind.text) continue;
    const parsed = parseTime(bytes, start[i]!, end[i]!);
    const time = parsed.kind === "none" ? undefined : TIMES[parsed.kind];
    if (time === undefined) continue;
    kind[i] = time;
    batch.number[i] = parsed.kind === "time" ? parsed.number * 1e6 + parsed.microseconds : parsed.number;
    if (parsed.kind === "datetime" || parsed.kind === "instant") start[i] = parsed.microseconds;
  }
}

const TIMES: Readonly<Partial<Record<FieldType, Kind>>> = {
  date: Kind.date,
  time: Kind.time,
  datetime: Kind.datetime,
  instant: Kind.instant,
};

/** Unwraps cell `cell` of every row. Arrays and objects stay JSON. Text with escapes is decoded in its place. */
export function unwrapJson(batch: CellBatch, cell: number): void {
  const { kind, start, end, bytes } = batch;
  for (let row = 0; row < batch.rows; row++) {
    const i = row * batch.width + cell;
    if (kind[i] !== Kind.json) continue;
    let from = start[i]!;
    let to = end[i]!;
    while (from < to && bytes[from]! <= 0x20) from++;
    while (to > from && bytes[to - 1]! <= 0x20) to--;
    start[i] = from;
    end[i] = to;
    const first = bytes[from]!;
    if (first === QUOTE) {
      kind[i] = Kind.text;
      start[i] = from + 1;
      end[i] = decodeEscapes(bytes, from + 1, to - 1);
    } else if (first === 0x74 || first === 0x66) {
      kind[i] = Kind.boolean;
      batch.number[i] = first === 0x74 ? 1 : 0;
    } else if (first === 0x6e) {
      kind[i] = Kind.missing;
    } else if (first !== 0x7b && first !== 0x5b) {
      setNumber(batch, i);
    }
  }
}

/** Exact digits where the number has no exponent, else a double. */
function setNumber(batch: CellBatch, i: number): void {
  const text = Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])).toString("latin1");
  if (!/[eE]/.test(text)) {
    batch.kind[i] = Kind.digits;
    return;
  }
  const number = Number(text);
  if (!Number.isFinite(number)) return;
  batch.kind[i] = Kind.float;
  batch.number[i] = number;
}

/** Decodes the escapes of a JSON string (RFC 8259 section 7) where it stands; gives where it ends now. */
function decodeEscapes(bytes: Uint8Array, start: number, end: number): number {
  let escape = start;
  while (escape < end && bytes[escape] !== BACKSLASH) escape++;
  if (escape === end) return end;
  const text = JSON.parse(Buffer.from(bytes.subarray(start - 1, end + 1)).toString("utf8")) as string;
  // UTF-8 is never longer than its escaped form, and a lone surrogate becomes U+FFFD, which is shorter.
  return start + new TextEncoder().encodeInto(text, bytes.subarray(start, end)).written;
}
