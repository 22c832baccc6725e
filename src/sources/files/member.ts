// Parts of JSON text as they are written: DuckDB's own functions read its numbers as doubles.

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const decoder = new TextDecoder();

/** The value of a member, of the first of that name; null where there is none. The text must be valid JSON. */
export function memberOf(json: Uint8Array, name: string): Uint8Array | null {
  let at = skipSpace(json, 0);
  if (json[at] !== 0x7b) return null;
  at = skipSpace(json, at + 1);
  while (at < json.length && json[at] !== 0x7d) {
    const keyEnd = skipString(json, at);
    const isIt = keyOf(json, at, keyEnd) === name;
    const start = skipSpace(json, skipSpace(json, keyEnd) + 1);
    const end = skipValue(json, start);
    if (isIt) return json.subarray(start, end);
    at = skipSpace(json, end);
    if (json[at] === 0x2c) at = skipSpace(json, at + 1);
  }
  return null;
}

/** Stands between elements: valid JSON has it nowhere. */
export const SEPARATOR = 0x1e;

/** The elements of an array, with separators between them; null where it is no array, or has none. */
export function elementsOf(json: Uint8Array): Uint8Array | null {
  let at = skipSpace(json, 0);
  if (json[at] !== 0x5b) return null;
  at = skipSpace(json, at + 1);
  if (json[at] === 0x5d) return null;
  // There is a comma or a bracket for each separator, so the text has room for them.
  const elements = new Uint8Array(json.length);
  for (let length = 0; ; elements[length++] = SEPARATOR) {
    const end = skipValue(json, at);
    elements.set(json.subarray(at, end), length);
    length += end - at;
    at = skipSpace(json, end);
    if (json[at] !== 0x2c) return elements.subarray(0, length);
    at = skipSpace(json, at + 1);
  }
}

function keyOf(json: Uint8Array, start: number, end: number): string {
  const quoted = decoder.decode(json.subarray(start, end));
  return quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

function skipSpace(json: Uint8Array, at: number): number {
  while (at < json.length && json[at]! <= 0x20) at++;
  return at;
}

/** Where the string that begins at `at` is over. */
function skipString(json: Uint8Array, at: number): number {
  for (at++; at < json.length; at++) {
    if (json[at] === BACKSLASH) at++;
    else if (json[at] === QUOTE) return at + 1;
  }
  return at;
}

function skipValue(json: Uint8Array, at: number): number {
  const first = json[at]!;
  if (first === QUOTE) return skipString(json, at);
  if (first !== 0x7b && first !== 0x5b) {
    while (at < json.length && json[at]! > 0x20 && json[at] !== 0x2c && json[at] !== 0x7d && json[at] !== 0x5d) at++;
    return at;
  }
  for (let depth = 0; at < json.length;) {
    const byte = json[at]!;
    if (byte === QUOTE) {
      at = skipString(json, at);
      continue;
    }
    at++;
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return at;
  }
  return at;
}
