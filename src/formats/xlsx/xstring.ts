// Text as ST_Xstring (ISO/IEC 29500-1 section 22.9.2.19): XML with `_xHHHH_` for what XML 1.0 cannot hold.
import type { Output } from "../../cells/output.ts";
import { put } from "../sheet-xml.ts";

/** The most UTF-16 units that a cell of Excel holds. */
export const MAX_UNITS = 32_767;

const encoder = new TextEncoder();
const AMPERSAND = encoder.encode("&amp;");
const LESS = encoder.encode("&lt;");
const GREATER = encoder.encode("&gt;");
const UNDERSCORE = encoder.encode("_x005F_");
const CARRIAGE_RETURN = encoder.encode("_x000D_");
const NONCHARACTER = [encoder.encode("_xFFFE_"), encoder.encode("_xFFFF_")] as const;
const CONTROL = Array.from({ length: 32 }, (_, code) =>
  encoder.encode(`_x${code.toString(16).toUpperCase().padStart(4, "0")}_`),
);

const CR = 0x0d;
const LOW_LINE = 0x5f;

/** 1 for bytes that may not stand as they are: U+FFFE and U+FFFF begin with 0xEF in UTF-8. */
const SPECIAL = new Uint8Array(256);
for (let byte = 0; byte < 0x20; byte++) SPECIAL[byte] = byte === 0x09 || byte === 0x0a ? 0 : 1;
for (const byte of [0x26, 0x3c, 0x3e, LOW_LINE, 0xef]) SPECIAL[byte] = 1;

/**
 * Appends UTF-8 text. Readers get exactly the same text back.
 * @returns whether it holds characters that XML cannot hold, other than CR
 */
export function writeXstring(from: Uint8Array, start: number, end: number, out: Output): boolean {
  // A control character becomes seven bytes.
  out.reserve((end - start) * 7);
  const { bytes } = out;
  let at = out.length;
  let odd = false;
  for (let i = start; i < end; i++) {
    const byte = from[i]!;
    if (SPECIAL[byte] === 0) {
      bytes[at++] = byte;
    } else if (byte === LOW_LINE) {
      if (looksEscaped(from, i, end)) at = put(bytes, at, UNDERSCORE);
      else bytes[at++] = byte;
    } else if (byte === 0x26) {
      at = put(bytes, at, AMPERSAND);
    } else if (byte === 0x3c) {
      at = put(bytes, at, LESS);
    } else if (byte === 0x3e) {
      at = put(bytes, at, GREATER);
    } else if (byte === CR) {
      at = put(bytes, at, CARRIAGE_RETURN);
    } else if (byte < 0x20) {
      at = put(bytes, at, CONTROL[byte]!);
      odd = true;
    } else if (from[i + 1] === 0xbf && from[i + 2]! >= 0xbe) {
      at = put(bytes, at, NONCHARACTER[from[i + 2] === 0xbe ? 0 : 1]);
      odd = true;
      i += 2;
    } else {
      bytes[at++] = byte;
    }
  }
  out.length = at;
  return odd;
}

/**
 * Whether a reader would take the underscore at `i` for the start of an escape: `_xHHHH` and another underscore, or
 * what is written with one. Readers differ on whether the x may be a capital.
 */
function looksEscaped(from: Uint8Array, i: number, end: number): boolean {
  if (i + 6 >= end || (from[i + 1]! | 0x20) !== 0x78) return false;
  for (let n = 2; n < 6; n++) if (!isHex(from[i + n]!)) return false;
  return SPECIAL[from[i + 6]!] !== 0;
}

function isHex(byte: number): boolean {
  const lower = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (lower >= 0x61 && lower <= 0x66);
}

/** Where UTF-8 text must end to have at most `units` UTF-16 units: never within a character. */
export function cutAt(bytes: Uint8Array, start: number, end: number, units: number): number {
  // A character has at most as many units as bytes.
  if (end - start <= units) return end;
  let i = start;
  let left = units;
  while (i < end) {
    const byte = bytes[i]!;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    left -= length === 4 ? 2 : 1;
    if (left < 0) return i;
    i += length;
  }
  return end;
}

/** Whether white space stands at an end of the text, where readers drop it unless they are told not to. */
export function needsPreserve(bytes: Uint8Array, start: number, end: number): boolean {
  return start < end && (isSpace(bytes[start]!) || isSpace(bytes[end - 1]!));
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a;
}
