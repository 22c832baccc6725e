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
