// Comparison keys: SQLite values whose own `=` and `<` have our meaning for a type.
import type { FieldType } from "../../catalog/types.ts";
import { parseTime } from "../../cells/parse-time.ts";
import { decimalKey, decimalOf } from "./decimal.ts";
import { readUuid } from "../../cells/uuid.ts";
import { booleanOf } from "./storage.ts";

type SqlValue = null | number | bigint | string | Uint8Array;

const INFINITY = 9_223_372_036_854_775_807n;

/** Types that are compared by key; the others are compared by SQLite itself. */
export const KEYED: ReadonlySet<FieldType> = new Set(["date", "time", "datetime", "instant", "boolean", "uuid"]);

/**
 * The key of a stored value: microseconds for dates and times, 0 or 1 for booleans, canonical text for UUIDs, text
 * that sorts by value for decimals. Null when the value does not read as its type.
 */
export function comparisonKey(type: FieldType, value: SqlValue): null | bigint | string {
  if (value === null) return null;
  switch (type) {
    case "boolean": {
      if (typeof value === "string") {
        const read = booleanOf(value);
        return read === null ? null : BigInt(read);
      }
      const number = value instanceof Uint8Array ? NaN : Number(value);
      return number === 0 || number === 1 ? BigInt(number) : null;
    }
    case "uuid": {
      if (value instanceof Uint8Array) return value.length === 16 ? Buffer.from(value).toString("hex") : null;
      const bytes = encoder.encode(String(value));
      return readUuid(bytes, 0, bytes.length, uuid, 0) ? uuid.toString("hex") : null;
    }
    case "decimal": {
      const decimal = decimalOf(value);
      return decimal === null ? null : decimalKey(decimal);
    }
    default: {
      if (value === "infinity") return INFINITY;
      if (value === "-infinity") return -INFINITY;
      const time = timeOf(value);
      return time === null ? null : BigInt(time.seconds) * 1_000_000n + BigInt(time.microseconds);
    }
  }
}

const encoder = new TextEncoder();
const uuid = Buffer.alloc(16);

/** The time that text holds, in seconds since 1970 (since midnight for a time of day), or null. */
export function timeOf(value: SqlValue): { seconds: number; microseconds: number; instant: boolean } | null {
  if (typeof value !== "string") return null;
  const bytes = encoder.encode(value);
  const { kind, number, microseconds } = parseTime(bytes, 0, bytes.length);
  if (kind === "none") return null;
  return { seconds: kind === "date" ? number * 86_400 : number, microseconds, instant: kind === "instant" };
}
