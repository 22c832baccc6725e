// Cells as JSON values (RFC 8259).
import type { CellBatch } from "./batch.ts";
import { writeCompactJson } from "./json-text.ts";
import { Kind } from "./kinds.ts";
import type { Output } from "./output.ts";
import { BOUNDED_SIZE, writeBase64, writeBounded, writeValue } from "./value-text.ts";
import type { Zone } from "./zone.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NULL = Uint8Array.from("null", (letter) => letter.charCodeAt(0));

/** 0: as it is; 1: as \u00XX; otherwise the letter after the backslash. */
const ESCAPE = new Uint8Array(256);
for (let byte = 0; byte < 0x20; byte++) ESCAPE[byte] = 1;
for (const [byte, letter] of [
  [0x08, "b"],
  [0x09, "t"],
  [0x0a, "n"],
  [0x0c, "f"],
  [0x0d, "r"],
  [QUOTE, '"'],
  [BACKSLASH, "\\"],
] as const) {
  ESCAPE[byte] = letter.charCodeAt(0);
}

/**
 * Appends cell `i` as a JSON value: numbers and booleans bare, missing as null, JSON as it is but compact, everything
 * else as a string of its canonical text.
 * @returns false when the value has no exact form in JSON (NaN, the infinities) and null was written instead.
 */
export function writeJsonValue(batch: CellBatch, i: number, zone: Zone | null, out: Output): boolean {
  const kind = batch.kind[i]!;
  switch (kind) {
    case Kind.text:
      writeJsonString(batch.bytes, batch.start[i]!, batch.end[i]!, out);
      return true;
    case Kind.missing:
      out.append(NULL);
      return true;
    case Kind.json: {
      const start = batch.start[i]!;
      const end = batch.end[i]!;
      out.reserve(end - start);
      out.length = writeCompactJson(batch.bytes, start, end, out.bytes, out.length);
      return true;
    }
    case Kind.digits: {
      const start = batch.start[i]!;
      const end = batch.end[i]!;
      const last = batch.bytes[end - 1]!;
      if (last > 0x39) {
        out.append(NULL);
        return false;
      }
      out.reserve(end - start);
      let at = out.length;
      for (let n = start; n < end; n++) out.bytes[at++] = batch.bytes[n]!;
      out.length = at;
      return true;
    }
    case Kind.float:
    case Kind.float32:
      if (!Number.isFinite(batch.number[i]!)) {
        out.append(NULL);
        return false;
      }
      out.reserve(BOUNDED_SIZE);
      out.length = writeBounded(batch, i, kind, zone, out.bytes, out.length);
      return true;
    case Kind.integer:
    case Kind.boolean:
      out.reserve(BOUNDED_SIZE);
      out.length = writeBounded(batch, i, kind, zone, out.bytes, out.length);
      return true;
    case Kind.binary:
      out.reserve(2);
      out.bytes[out.length++] = QUOTE;
      writeBase64(batch.bytes, batch.start[i]!, batch.end[i]!, out);
      out.reserve(1);
      out.bytes[out.length++] = QUOTE;
      return true;
    case Kind.word:
      writeJsonString(batch.bytes, batch.start[i]!, batch.end[i]!, out);
      return true;
    default: {
      out.reserve(BOUNDED_SIZE + 2);
      out.bytes[out.length++] = QUOTE;
      out.length = writeBounded(batch, i, kind, zone, out.bytes, out.length);
      out.bytes[out.length++] = QUOTE;
      return true;
    }
  }
}

/** Appends the canonical text of cell `i` as a JSON string; a missing one is an empty string. */
export function writeJsonText(batch: CellBatch, i: number, zone: Zone | null, out: Output): void {
  const kind = batch.kind[i]!;
  if (kind === Kind.text || kind === Kind.digits || kind === Kind.word) {
    writeJsonString(batch.bytes, batch.start[i]!, batch.end[i]!, out);
    return;
  }
  if (kind === Kind.json) throw new Error("JSON is no text of its own");
  // The texts of all other kinds have nothing to escape.
  out.reserve(1);
  out.bytes[out.length++] = QUOTE;
  writeValue(batch, i, zone, out);
  out.reserve(1);
  out.bytes[out.length++] = QUOTE;
}

/** So much text is escaped at a time: in the worst case it becomes six times as long. */
const SLICE = 1 << 16;

/** Appends UTF-8 text as a JSON string, escaping only what RFC 8259 section 7 demands. */
export function writeJsonString(from: Uint8Array, start: number, end: number, out: Output): void {
  out.reserve(1);
  out.bytes[out.length++] = QUOTE;
  for (let at = start; at < end; at += SLICE) writeEscaped(from, at, Math.min(end, at + SLICE), out);
  out.reserve(1);
  out.bytes[out.length++] = QUOTE;
}

function writeEscaped(from: Uint8Array, start: number, end: number, out: Output): void {
  out.reserve((end - start) * 6);
  const bytes = out.bytes;
  let at = out.length;
  for (let i = start; i < end; i++) {
    const byte = from[i]!;
    const escape = ESCAPE[byte]!;
    if (escape === 0) {
      bytes[at++] = byte;
    } else if (escape === 1) {
      bytes[at++] = BACKSLASH;
      bytes[at++] = 0x75;
      bytes[at++] = 0x30;
      bytes[at++] = 0x30;
      bytes[at++] = 0x30 + (byte >> 4);
      const low = byte & 15;
      bytes[at++] = low < 10 ? 0x30 + low : 0x57 + low;
    } else {
      bytes[at++] = BACKSLASH;
      bytes[at++] = escape;
    }
  }
  out.length = at;
}
