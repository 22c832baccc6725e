// Reads dates and times from text (ISO 8601, and SQL's form with a space), for sources that keep them as text.

/** What was read. One record is reused: take what you need before the next call. */
export interface ParsedTime {
  /** What the text held: a date alone, a local date and time, a point in time, a time of day, or none of them. */
  kind: "date" | "datetime" | "instant" | "time" | "none";
  /** Days since 1970-01-01 for a date; seconds since 1970 otherwise (UTC for an instant, since midnight for a time). */
  number: number;
  microseconds: number;
}

const parsed: ParsedTime = { kind: "none", number: 0, microseconds: 0 };
const NONE: ParsedTime = { kind: "none", number: 0, microseconds: 0 };

let bytes: Uint8Array = new Uint8Array(0);
let at = 0;
let stop = 0;

/**
 * Reads `2024-05-01`, `2024-05-01T12:34:56.789`, the same with a space, with `Z` or an offset, or `12:34:56`.
 * Years before 1 and after 9999 are signed. Text with more than it can keep (nanoseconds) is none.
 */
export function parseTime(from: Uint8Array, start: number, end: number): ParsedTime {
  bytes = from;
  at = start;
  stop = end;
  if (end - start >= 5 && bytes[start + 2] === COLON) {
    const clock = readClock();
    if (clock < 0 || at !== stop) return NONE;
    parsed.kind = "time";
    parsed.number = clock;
    return parsed;
  }
  const days = readDate();
  if (Number.isNaN(days)) return NONE;
  if (at === stop) {
    parsed.kind = "date";
    parsed.number = days;
    parsed.microseconds = 0;
    return parsed;
  }
  const separator = bytes[at++]!;
  if (separator !== 0x54 && separator !== 0x74 && separator !== 0x20) return NONE;
  const clock = readClock();
  if (clock < 0) return NONE;
  parsed.number = days * 86_400 + clock;
  if (at === stop) {
    parsed.kind = "datetime";
    return parsed;
  }
  const offset = readOffset();
  if (Number.isNaN(offset) || at !== stop) return NONE;
  parsed.kind = "instant";
  parsed.number -= offset;
  return parsed;
}

const COLON = 0x3a;
const DASH = 0x2d;
const PLUS = 0x2b;

/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar (after Howard Hinnant). */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function readDate(): number {
  let sign = 1;
  const first = bytes[at];
  if (first === DASH || first === PLUS) {
    sign = first === DASH ? -1 : 1;
    at++;
  }
  const begin = at;
  const year = readDigits(6);
  const width = at - begin;
  if (width < 4 || (width > 4 && first !== DASH && first !== PLUS) || bytes[at++] !== DASH) return NaN;
  const month = readTwo();
  if (bytes[at++] !== DASH) return NaN;
  const day = readTwo();
  if (at > stop || month < 1 || month > 12 || day < 1 || day > daysInMonth(sign * year, month)) return NaN;
  return daysOf(sign * year, month, day);
}

/** Seconds since midnight, or -1; leaves the fraction in `parsed.microseconds`. */
function readClock(): number {
  const hours = readTwo();
  if (bytes[at++] !== COLON) return -1;
  const minutes = readTwo();
  let seconds = 0;
  parsed.microseconds = 0;
  if (at < stop && bytes[at] === COLON) {
    at++;
    seconds = readTwo();
    if (at < stop && bytes[at] === 0x2e) {
      at++;
      const begin = at;
      const fraction = readDigits(6);
      if (at === begin) return -1;
      parsed.microseconds = fraction * 10 ** (6 - (at - begin));
      while (at < stop && bytes[at] === 0x30) at++;
    }
  }
  if (at > stop || !(hours <= 23 && minutes <= 59 && seconds <= 59) || hours < 0 || minutes < 0 || seconds < 0)
    return -1;
  return hours * 3600 + minutes * 60 + seconds;
}

/** Seconds east of UTC: `Z`, `+02`, `+02:00`, `+0200`. */
function readOffset(): number {
  const first = bytes[at++];
  if (first === 0x5a || first === 0x7a) return 0;
  if (first !== DASH && first !== PLUS) return NaN;
  const hours = readTwo();
  if (at < stop && bytes[at] === COLON) at++;
  const minutes = at < stop ? readTwo() : 0;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return NaN;
  return (first === DASH ? -1 : 1) * (hours * 3600 + minutes * 60);
}

function readTwo(): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  at += 2;
  return at <= stop && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Up to `most` digits. */
function readDigits(most: number): number {
  let value = 0;
  for (let n = 0; n < most && at < stop; n++) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    at++;
  }
  return value;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
