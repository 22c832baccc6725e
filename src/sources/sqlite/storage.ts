// How SQLite databases keep what SQLite has no type for: declared types, booleans, UUIDs.
import type { FieldType } from "../../catalog/types.ts";

/**
 * The type that a declared column type stands for. SQLite itself only derives an affinity from it
 * (https://www.sqlite.org/datatype3.html section 3.1); the names are those that applications and their frameworks use.
 */
export function declaredType(declared: string): FieldType {
  const name = declared.toUpperCase();
  if (name === "") return "any";
  if (name.includes("BOOL")) return "boolean";
  if (name.includes("JSON")) return "json";
  if (/UUID|GUID|UNIQUEIDENTIFIER/.test(name)) return "uuid";
  if (/^(?:TIMESTAMPTZ|TIMESTAMP.*WITH TIME ZONE|DATETIMEOFFSET|INSTANT)/.test(name)) return "instant";
  if (/^(?:DATETIME|TIMESTAMP|SMALLDATETIME)/.test(name)) return "datetime";
  if (/^DATE\b/.test(name)) return "date";
  if (/^TIME\b/.test(name)) return "time";
  if (/^(?:DEC|NUMERIC|NUMBER|MONEY)/.test(name)) return "decimal";
  if (name.includes("INT")) return "integer";
  if (/CHAR|CLOB|TEXT|STRING|ENUM/.test(name)) return "text";
  if (/BLOB|BINARY|BYTEA/.test(name)) return "binary";
  if (/REAL|FLOA|DOUB/.test(name)) return "float";
  return "any";
}

/** Whether a column of a declared type keeps numbers as text: its affinity is TEXT, as with `DECIMAL TEXT`. */
export function keepsText(declared: string): boolean {
  return /CHAR|CLOB|TEXT/i.test(declared) && !/INT/i.test(declared);
}

/** What text means as a boolean, or null. */
export function booleanOf(text: string): boolean | null {
  switch (text.toLowerCase()) {
    case "true":
    case "t":
    case "yes":
    case "y":
    case "on":
    case "1":
      return true;
    case "false":
    case "f":
    case "no":
    case "n":
    case "off":
    case "0":
      return false;
    default:
      return null;
  }
}

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
