// The one renderer: the canonical text of every kind of cell (CONTRACT section 4), whichever database it comes from.
import type { CellBatch } from "./batch.ts";
import { writeCompactJson } from "./json-text.ts";
import { Kind } from "./kinds.ts";
import { writeInteger } from "./integers.ts";
import { NUMBER_SIZE, writeAscii, writeFloat, writeFloat32 } from "./numbers.ts";
import type { Output } from "./output.ts";
import { TIME_SIZE, writeDate, writeDateTime, writeInstant, writeTime } from "./times.ts";
import type { Zone } from "./zone.ts";

const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const BASE64 = Uint8Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (digit) =>
  digit.charCodeAt(0),
);

/** Appends the canonical text of cell `i`, unquoted; nothing for a missing one. Instants are shown in `zone` (null is UTC). */
export function writeValue(batch: CellBatch, i: number, zone: Zone | null, out: Output): void {
  const kind = batch.kind[i]!;
  switch (kind) {
    case Kind.missing:
      return;
    case Kind.text:
    case Kind.digits:
    case Kind.word:
      copy(batch.bytes, batch.start[i]!, batch.end[i]!, out);
      return;
    case Kind.json: {
      const start = batch.start[i]!;
      const end = batch.end[i]!;
      out.reserve(end - start);
      out.length = writeCompactJson(batch.bytes, start, end, out.bytes, out.length);
      return;
    }
    case Kind.binary:
      writeBase64(batch.bytes, batch.start[i]!, batch.end[i]!, out);
      return;
    default:
      out.reserve(BOUNDED_SIZE);
      out.length = writeBounded(batch, i, kind, zone, out.bytes, out.length);
  }
}

/** The most bytes that `writeBounded` writes. */
export const BOUNDED_SIZE: number = Math.max(NUMBER_SIZE, TIME_SIZE, 36);

/** Writes a cell of one of the kinds whose text is short, ASCII and without quotes; gives where it stopped. */
export function writeBounded(
  batch: CellBatch,
  i: number,
  kind: number,
  zone: Zone | null,
  bytes: Uint8Array,
  at: number,
): number {
  const number = batch.number[i]!;
  switch (kind) {
    case Kind.integer:
      return writeInteger(bytes, at, number);
    case Kind.float:
      return writeFloat(bytes, at, number);
    case Kind.instant:
      return writeInstant(bytes, at, number, batch.start[i]!, zone);
    case Kind.date:
      return writeDate(bytes, at, number);
    case Kind.boolean:
      return writeAscii(bytes, at, number === 0 ? "false" : "true");
    case Kind.uuid:
      return writeUuid(batch.bytes, batch.start[i]!, bytes, at);
    case Kind.datetime:
      return writeDateTime(bytes, at, number, batch.start[i]!);
    case Kind.time:
      return writeTime(bytes, at, number);
    case Kind.float32:
      return writeFloat32(bytes, at, number);
    default:
      throw new Error(`no text for cells of kind ${kind}`);
  }
}

function copy(from: Uint8Array, start: number, end: number, out: Output): void {
  out.reserve(end - start);
  const bytes = out.bytes;
  let at = out.length;
  if (end - start > 64) {
    bytes.set(from.subarray(start, end), at);
    out.length = at + end - start;
    return;
  }
  for (let i = start; i < end; i++) bytes[at++] = from[i]!;
  out.length = at;
}

/** Writes 16 bytes as a UUID in lower case (RFC 9562 section 4). */
function writeUuid(from: Uint8Array, start: number, bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) bytes[at++] = 45;
    const byte = from[start + i]!;
    bytes[at++] = HEX[byte >> 4]!;
    bytes[at++] = HEX[byte & 15]!;
  }
  return at;
}

/** Appends bytes as base64 with padding (RFC 4648 section 4). */
export function writeBase64(from: Uint8Array, start: number, end: number, out: Output): void {
  out.reserve(Math.ceil((end - start) / 3) * 4);
  const bytes = out.bytes;
  let at = out.length;
  let i = start;
  for (; i + 2 < end; i += 3) {
    const three = (from[i]! << 16) | (from[i + 1]! << 8) | from[i + 2]!;
    bytes[at++] = BASE64[three >> 18]!;
    bytes[at++] = BASE64[(three >> 12) & 63]!;
    bytes[at++] = BASE64[(three >> 6) & 63]!;
    bytes[at++] = BASE64[three & 63]!;
  }
  if (i < end) {
    const two = i + 1 < end;
    const last = (from[i]! << 16) | (two ? from[i + 1]! << 8 : 0);
    bytes[at++] = BASE64[last >> 18]!;
    bytes[at++] = BASE64[(last >> 12) & 63]!;
    bytes[at++] = two ? BASE64[(last >> 6) & 63]! : 61;
    bytes[at++] = 61;
  }
  out.length = at;
}
