// Text as the content of an element (XML 1.0, sections 2.2 and 2.4).
import type { Output } from "../../cells/output.ts";

const encoder = new TextEncoder();
/** What stands instead of a byte. `]]>` may not stand in content, so every `>` is escaped. */
const INSTEAD: (Uint8Array | null)[] = Array.from({ length: 256 }, (_, byte) => instead(byte));
/** First byte of U+FFFE and U+FFFF in UTF-8, and of much else. */
const LEAD = 0xef;

/** 1 for bytes that cannot simply be copied, or that begin what cannot. */
const special = Uint8Array.from({ length: 256 }, (_, byte) => (INSTEAD[byte] !== null || byte === LEAD ? 1 : 0));

/** Longer stretches are copied by the runtime, which is faster than byte by byte. */
const SHORT = 64;

/**
 * Appends UTF-8 text at start..end, escaped. CR becomes a reference, since a parser would make LF of it; characters
 * that XML cannot hold become their control pictures (U+2400 and on) or U+FFFD.
 * @returns whether there were characters that XML cannot hold
 */
export function writeEscaped(from: Uint8Array, start: number, end: number, out: Output): boolean {
  out.reserve(end - start);
  const { bytes } = out;
  let at = out.length;
  let i = start;
  if (end - start <= SHORT) {
    while (i < end) {
      const byte = from[i]!;
      if (special[byte] !== 0) break;
      bytes[at++] = byte;
      i++;
    }
    out.length = at;
  } else {
    i = copyPlain(from, i, end, out);
  }
  let odd = false;
  while (i < end) {
    const byte = from[i]!;
    const replacement = INSTEAD[byte]!;
    if (replacement !== null) {
      out.append(replacement);
      if (byte < 0x20 && byte !== 0x0d) odd = true;
      i++;
    } else if (i + 2 < end && from[i + 1] === 0xbf && from[i + 2]! >= 0xbe) {
      out.append(REPLACEMENT);
      odd = true;
      i += 3;
    } else {
      out.append(LEAD_ALONE);
      i++;
    }
    i = copyPlain(from, i, end, out);
  }
  return odd;
}

const REPLACEMENT = encoder.encode("\ufffd");
const LEAD_ALONE = Uint8Array.of(LEAD);

/** Copies up to the next special byte and gives its place. */
function copyPlain(from: Uint8Array, start: number, end: number, out: Output): number {
  let i = start;
  while (i < end && special[from[i]!] === 0) i++;
  if (i > start) out.append(from.subarray(start, i));
  return i;
}

function instead(byte: number): Uint8Array | null {
  switch (byte) {
    case 0x26:
      return encoder.encode("&amp;");
    case 0x3c:
      return encoder.encode("&lt;");
    case 0x3e:
      return encoder.encode("&gt;");
    case 0x0d:
      return encoder.encode("&#13;");
    case 0x09:
    case 0x0a:
      return null;
    default:
      return byte < 0x20 ? encoder.encode(String.fromCodePoint(0x2400 + byte)) : null;
  }
}
