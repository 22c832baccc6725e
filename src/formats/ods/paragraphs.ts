// Text as paragraphs of ODF (ODF 1.3 part 3 section 6.1.2: spaces collapse, line ends and tabs are elements).
import { writeInteger } from "../../cells/integers.ts";
import type { Output } from "../../cells/output.ts";
import { put } from "../sheet-xml.ts";

const encoder = new TextEncoder();
const AMPERSAND = encoder.encode("&amp;");
const LESS = encoder.encode("&lt;");
const GREATER = encoder.encode("&gt;");
const QUOTE = encoder.encode("&quot;");
const BETWEEN = encoder.encode("</text:p><text:p>");
const TAB_ELEMENT = encoder.encode("<text:tab/>");
const SPACE_ELEMENT = encoder.encode("<text:s/>");
const SPACES_OPEN = encoder.encode(`<text:s text:c="`);
const SPACES_CLOSE = encoder.encode(`"/>`);
const TAB_REFERENCE = encoder.encode("&#9;");
const LF_REFERENCE = encoder.encode("&#10;");
const CR_REFERENCE = encoder.encode("&#13;");
const REPLACEMENT = encoder.encode("\ufffd");

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/** 1 for bytes that may not stand as they are: U+FFFE and U+FFFF begin with 0xEF in UTF-8. */
const SPECIAL = new Uint8Array(256);
SPECIAL.fill(1, 0, SPACE + 1);
for (const byte of [0x22, 0x26, 0x3c, 0x3e, 0xef]) SPECIAL[byte] = 1;

/** So many bytes are written before there is made room again; a line end becomes seventeen. */
const SLICE = 1 << 14;
const GROWTH = 17;
/** What a character that is begun within a slice may need beyond it. */
const MARGIN = 64;

/**
 * Appends UTF-8 text as what stands inside of `<text:p>`, with further paragraphs for further lines (which end in LF,
 * CR or both). Control characters become the pictures that Unicode has of them.
 * @returns whether there were characters that XML cannot hold
 */
export function writeParagraphs(from: Uint8Array, start: number, end: number, out: Output): boolean {
  let { bytes } = out;
  let at = out.length;
  let odd = false;
  let room = start;
  for (let i = start; i < end; i++) {
    if (i >= room) {
      out.length = at;
      out.reserve(Math.min(end - i, SLICE) * GROWTH + MARGIN);
      bytes = out.bytes;
      room = i + SLICE;
    }
    const byte = from[i]!;
    if (SPECIAL[byte] === 0 || byte === 0x22) {
      bytes[at++] = byte;
    } else if (byte === SPACE) {
      if (i > start && i + 1 < end && from[i - 1]! > SPACE && from[i + 1]! > SPACE) {
        bytes[at++] = byte;
        continue;
      }
      const first = i;
      while (i + 1 < end && from[i + 1] === SPACE) i++;
      at = writeSpaces(bytes, at, i + 1 - first);
    } else if (byte === LF || byte === CR) {
      if (byte === CR && i + 1 < end && from[i + 1] === LF) i++;
      at = put(bytes, at, BETWEEN);
    } else if (byte === TAB) {
      at = put(bytes, at, TAB_ELEMENT);
    } else if (isOdd(from, i)) {
      odd = true;
      at = writePicture(bytes, at, byte);
      if (byte === 0xef) i += 2;
    } else {
      at = writeCharacter(bytes, at, byte);
    }
  }
  out.length = at;
  return odd;
}

/** Appends UTF-8 text as what stands inside of an attribute, line ends exactly as they are. */
export function writeAttribute(from: Uint8Array, start: number, end: number, out: Output): void {
  let { bytes } = out;
  let at = out.length;
  let room = start;
  for (let i = start; i < end; i++) {
    if (i >= room) {
      out.length = at;
      out.reserve(Math.min(end - i, SLICE) * GROWTH + MARGIN);
      bytes = out.bytes;
      room = i + SLICE;
    }
    const byte = from[i]!;
    if (SPECIAL[byte] === 0 || byte === SPACE) {
      bytes[at++] = byte;
    } else if (byte === LF) {
      at = put(bytes, at, LF_REFERENCE);
    } else if (byte === CR) {
      at = put(bytes, at, CR_REFERENCE);
    } else if (byte === TAB) {
      at = put(bytes, at, TAB_REFERENCE);
    } else if (isOdd(from, i)) {
      at = writePicture(bytes, at, byte);
      if (byte === 0xef) i += 2;
    } else {
      at = writeCharacter(bytes, at, byte);
    }
  }
  out.length = at;
}

/** Whether a control character other than white space, U+FFFE or U+FFFF begins at `i`. */
function isOdd(from: Uint8Array, i: number): boolean {
  const byte = from[i]!;
  return byte < SPACE || (byte === 0xef && from[i + 1] === 0xbf && from[i + 2]! >= 0xbe);
}

/** Writes the picture of a control character (U+2400 and on), or U+FFFD. */
function writePicture(bytes: Uint8Array, at: number, byte: number): number {
  if (byte === 0xef) return put(bytes, at, REPLACEMENT);
  bytes[at++] = 0xe2;
  bytes[at++] = 0x90;
  bytes[at++] = 0x80 + byte;
  return at;
}

function writeCharacter(bytes: Uint8Array, at: number, byte: number): number {
  if (byte === 0x26) return put(bytes, at, AMPERSAND);
  if (byte === 0x3c) return put(bytes, at, LESS);
  if (byte === 0x3e) return put(bytes, at, GREATER);
  if (byte === 0x22) return put(bytes, at, QUOTE);
  bytes[at++] = byte;
  return at;
}

function writeSpaces(bytes: Uint8Array, at: number, count: number): number {
  if (count === 1) return put(bytes, at, SPACE_ELEMENT);
  at = writeInteger(bytes, put(bytes, at, SPACES_OPEN), count);
  return put(bytes, at, SPACES_CLOSE);
}
