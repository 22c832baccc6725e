// UUIDs as text (RFC 9562 section 4), in the forms that people and programs write them.
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;
const HYPHEN = 0x2d;

/**
 * Reads a UUID written with or without braces, hyphens (8-4-4-4-12) and capitals at start..end of `bytes`, and writes
 * its 16 bytes to `to`, which may be where it stands.
 * @returns whether it is one; if not, nothing of value was written.
 */
export function readUuid(bytes: Uint8Array, start: number, end: number, to: Uint8Array, at: number): boolean {
  let i = start;
  if (bytes[i] === LEFT_BRACE && bytes[end - 1] === RIGHT_BRACE) {
    i++;
    end--;
  }
  const hyphens = end - i === 36;
  if (!hyphens && end - i !== 32) return false;
  if (!isUuid(bytes, i, hyphens)) return false;
  for (let n = 0; n < 16; n++) {
    if (hyphens && (n === 4 || n === 6 || n === 8 || n === 10)) i++;
    to[at + n] = (HEX[bytes[i]!]! << 4) | HEX[bytes[i + 1]!]!;
    i += 2;
  }
  return true;
}

function isUuid(bytes: Uint8Array, start: number, hyphens: boolean): boolean {
  const length = hyphens ? 36 : 32;
  for (let n = 0; n < length; n++) {
    const byte = bytes[start + n]!;
    if (hyphens && (n === 8 || n === 13 || n === 18 || n === 23) ? byte !== HYPHEN : HEX[byte] === 0xff) return false;
  }
  return true;
}

/** The value of each hexadecimal digit, 0xff for other bytes. */
const HEX = new Uint8Array(256).fill(0xff);
for (let n = 0; n < 16; n++) {
  HEX[n.toString(16).charCodeAt(0)] = n;
  HEX[n.toString(16).toUpperCase().charCodeAt(0)] = n;
}
