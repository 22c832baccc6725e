// Values of a query, converted by the type of the field that they are compared with.
import type { FieldType } from "../catalog/types.ts";
import { parseTime } from "../cells/parse-time.ts";
import { TIME_SIZE, writeDate, writeDateTime, writeInstant, writeTime } from "../cells/times.ts";
import type { Zone } from "../cells/zone.ts";
import { plainDecimal } from "../lib/decimal-text.ts";
import { inputError } from "../lib/errors.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import type { Value } from "./predicate.ts";

/** Most digits of a number. */
const MAX_DIGITS = 1_000;
/** The years that every database can compare (PostgreSQL's timestamps reach from 4713 BC to 294276). */
const FIRST_YEAR_SECONDS = Date.UTC(-4712, 0, 1) / 1000;
const LAST_YEAR_SECONDS = 9_224_318_015_999;

/** What a type expects, in words. */
const EXPECTED: Readonly<Record<FieldType, Sentence>> = {
  text: sentence`text in quotes`,
  integer: sentence`a whole number (in quotes when it has more than 15 digits)`,
  decimal: sentence`a decimal number (in quotes when it has more than 15 digits)`,
  float: sentence`a number`,
  boolean: sentence`true or false`,
  date: sentence`a date such as "2024-05-01"`,
  time: sentence`a time such as "12:34:56"`,
  datetime: sentence`a local date and time such as "2024-05-01T12:34:56", without a zone`,
  instant: sentence`a date and time such as "2024-05-01T12:34:56Z"`,
  uuid: sentence`a UUID such as "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"`,
  binary: sentence`base64 text`,
  json: sentence`text, a number, true or false`,
  any: sentence`text or a number`,
  array: sentence`nothing`,
};

/**
 * Converts a JSON value to the type it is compared with; never null, which means missing.
 * @param zone what a date and time without a zone is in, for instants.
 * @throws inputError `value-not-suited`
 */
export function convertValue(input: unknown, type: FieldType, pointer: string, zone: Zone | null): Value {
  const value = convert(input, type, zone);
  if (value !== null) return value;
  throw inputError(
    "value-not-suited",
    pointer,
    sentence`${shown(input)} does not fit here.`,
    sentence`The field takes ${EXPECTED[type]}.`,
  );
}

/** Text that databases can hold: well-formed Unicode without U+0000. */
export function isStorableText(input: unknown): input is string {
  return typeof input === "string" && input.isWellFormed() && !input.includes("\0");
}

function convert(input: unknown, type: FieldType, zone: Zone | null): Value | null {
  switch (type) {
    case "text":
      return isStorableText(input) ? { type, text: input } : null;
    case "integer":
      return valueOf(type, wholeNumber(input));
    case "decimal":
      return valueOf(type, decimalNumber(input));
    case "float":
      return valueOf(type, double(input));
    case "boolean":
      return input === true || input === "true" || input === false || input === "false"
        ? { type, text: String(input) }
        : null;
    case "date":
    case "time":
    case "datetime":
    case "instant":
      return valueOf(type, typeof input === "string" ? time(input, type, zone) : null);
    case "uuid":
      return valueOf(type, typeof input === "string" ? uuid(input) : null);
    case "binary":
      return valueOf(type, typeof input === "string" ? base64(input) : null);
    case "json":
      if (typeof input === "boolean") return { type: "boolean", text: String(input) };
      return typeof input === "number" ? convert(input, "float", zone) : convert(input, "text", zone);
    case "any":
      return typeof input === "number" ? convert(input, "float", zone) : convert(input, "text", zone);
    case "array":
      return null;
  }
}

function valueOf(type: FieldType, text: string | null): Value | null {
  return text === null ? null : { type, text };
}

function wholeNumber(input: unknown): string | null {
  if (typeof input === "number") return Number.isSafeInteger(input) ? String(input) : null;
  const plain =
    typeof input === "string" && input.length <= MAX_DIGITS && /^-?\d+$/.test(input) ? plainDecimal(input) : null;
  return plain;
}

/** JSON numbers past 15 digits have lost some on the way here: those must come in quotes. */
function decimalNumber(input: unknown): string | null {
  if (typeof input === "number") {
    if (!Number.isFinite(input) || (Number.isInteger(input) && !Number.isSafeInteger(input))) return null;
    return plainDecimal(String(input));
  }
  if (typeof input !== "string" || input.length > MAX_DIGITS) return null;
  const plain = plainDecimal(input);
  return plain === null || plain.length > MAX_DIGITS ? null : plain;
}

function double(input: unknown): string | null {
  if (typeof input === "number") return Number.isFinite(input) ? String(input) : null;
  if (typeof input !== "string") return null;
  if (input === "NaN" || input === "Infinity" || input === "-Infinity") return input;
  if (plainDecimal(input) === null) return null;
  const number = Number(input);
  return Number.isFinite(number) ? String(number) : null;
}

const text = new Uint8Array(TIME_SIZE);

function time(input: string, type: "date" | "time" | "datetime" | "instant", zone: Zone | null): string | null {
  if (type !== "time" && (input === "infinity" || input === "-infinity")) return input;
  const bytes = Buffer.from(input, "utf8");
  const { kind, number, microseconds } = parseTime(bytes, 0, bytes.length);
  if (kind === "none" || (kind === "time") !== (type === "time")) return null;
  if (kind === "time") return written(writeTime(text, 0, number * 1e6 + microseconds));
  const local = kind === "date" ? number * 86_400 : number;
  if (local < FIRST_YEAR_SECONDS || local > LAST_YEAR_SECONDS) return null;
  if (type === "date") return kind === "date" ? written(writeDate(text, 0, number)) : null;
  const fraction = kind === "date" ? 0 : microseconds;
  if (type === "datetime") return kind === "instant" ? null : written(writeDateTime(text, 0, local, fraction));
  const seconds = kind === "instant" || zone === null ? local : zone.instantAt(local);
  return written(writeInstant(text, 0, seconds, fraction, null));
}

function written(length: number): string {
  return Buffer.from(text.subarray(0, length)).toString("latin1");
}

/** Lower case with hyphens (RFC 9562 section 4); braces and missing hyphens are forgiven. */
function uuid(input: string): string | null {
  const parts = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i.exec(input);
  return parts === null ? null : parts.slice(1).join("-").toLowerCase();
}

/** Base64 (RFC 4648 section 4) with its padding. */
function base64(input: string): string | null {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(input)
    ? Buffer.from(input, "base64").toString("base64")
    : null;
}

/** A value of the input, short enough for a message. */
function shown(input: unknown): string {
  const json = JSON.stringify(input) ?? String(input);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
