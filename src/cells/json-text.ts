// JSON text as bytes (RFC 8259): checking it, and writing it without white space.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Writes the JSON text at start..end without the white space between its tokens and returns where it stopped.
 * The text must be valid; `bytes` needs room for as much as there was.
 */
export function writeCompactJson(from: Uint8Array, start: number, end: number, bytes: Uint8Array, at: number): number {
  let i = start;
  while (i < end) {
    const byte = from[i++]!;
    if (byte <= 0x20) continue;
    bytes[at++] = byte;
    if (byte !== QUOTE) continue;
    while (i < end) {
      const inside = from[i++]!;
      bytes[at++] = inside;
      if (inside === QUOTE) break;
      if (inside === BACKSLASH) bytes[at++] = from[i++]!;
    }
  }
  return at;
}

/** What may come next in a JSON text. */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_OR_END = 2;
const KEY = 3;
const COMMA_OR_END = 4;

/** Whether start..end is one valid JSON text (RFC 8259), nested at most 1,000 deep. */
export function isJson(bytes: Uint8Array, start: number, end: number): boolean {
  const inObject: boolean[] = [];
  let expect = VALUE;
  let i = start;
  for (;;) {
    i = skipSpace(bytes, i, end);
    if (i >= end) return expect === COMMA_OR_END && inObject.length === 0;
    const byte = bytes[i]!;
    if (expect === COMMA_OR_END) {
      if (inObject.length === 0) return false;
      const object = inObject[inObject.length - 1]!;
      i++;
      if (byte === 0x2c) expect = object ? KEY : VALUE;
      else if (byte === (object ? 0x7d : 0x5d)) inObject.pop();
      else return false;
    } else if (expect === KEY || expect === KEY_OR_END) {
      if (byte === 0x7d && expect === KEY_OR_END) {
        inObject.pop();
        expect = COMMA_OR_END;
        i++;
        continue;
      }
      if (byte !== QUOTE) return false;
      i = skipSpace(bytes, skipString(bytes, i, end), end);
      if (i >= end || bytes[i] !== 0x3a) return false;
      i++;
      expect = VALUE;
    } else if (byte === 0x5d && expect === VALUE_OR_END) {
      inObject.pop();
      expect = COMMA_OR_END;
      i++;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (inObject.length === 1000) return false;
      inObject.push(byte === 0x7b);
      expect = byte === 0x7b ? KEY_OR_END : VALUE_OR_END;
      i++;
    } else {
      i = byte === QUOTE ? skipString(bytes, i, end) : skipLiteral(bytes, i, end);
      if (i > end) return false;
      expect = COMMA_OR_END;
    }
  }
}

function skipSpace(bytes: Uint8Array, i: number, end: number): number {
  while (i < end) {
    const byte = bytes[i]!;
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    i++;
  }
  return i;
}

/** Where the string that begins at `i` is over, or past `end` when it is none. */
function skipString(bytes: Uint8Array, i: number, end: number): number {
  i++;
  while (i < end) {
    const byte = bytes[i++]!;
    if (byte === QUOTE) return i;
    if (byte < 0x20) return end + 1;
    if (byte !== BACKSLASH) continue;
    const escaped = bytes[i++];
    if (escaped === 0x75) {
      for (let n = 0; n < 4; n++) if (!isHex(bytes[i++] ?? 0)) return end + 1;
    } else if (escaped === undefined || !'"\\/bfnrt'.includes(String.fromCharCode(escaped))) {
      return end + 1;
    }
  }
  return end + 1;
}

/** Where the number, `true`, `false` or `null` that begins at `i` is over, or past `end` when it is none. */
function skipLiteral(bytes: Uint8Array, i: number, end: number): number {
  const first = bytes[i]!;
  if (first === 0x74) return skipWord(bytes, i, end, "true");
  if (first === 0x66) return skipWord(bytes, i, end, "false");
  if (first === 0x6e) return skipWord(bytes, i, end, "null");
  if (first === 0x2d) i++;
  if (i >= end || !isDigit(bytes[i]!)) return end + 1;
  if (bytes[i] === 0x30) i++;
  else i = skipDigits(bytes, i, end);
  if (i < end && bytes[i] === 0x2e) {
    if (i + 1 >= end || !isDigit(bytes[i + 1]!)) return end + 1;
    i = skipDigits(bytes, i + 1, end);
  }
  if (i < end && (bytes[i] === 0x65 || bytes[i] === 0x45)) {
    i++;
    if (bytes[i] === 0x2b || bytes[i] === 0x2d) i++;
    if (i >= end || !isDigit(bytes[i]!)) return end + 1;
    i = skipDigits(bytes, i, end);
  }
  return i;
}

function skipWord(bytes: Uint8Array, i: number, end: number, word: string): number {
  if (i + word.length > end) return end + 1;
  for (let n = 0; n < word.length; n++) if (bytes[i + n] !== word.charCodeAt(n)) return end + 1;
  return i + word.length;
}

function skipDigits(bytes: Uint8Array, i: number, end: number): number {
  while (i < end && isDigit(bytes[i]!)) i++;
  return i;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
