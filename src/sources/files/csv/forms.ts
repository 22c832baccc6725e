// The forms of text: of which types it is the canonical text (docs/types.md), and the values it stands for.

const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const T = 0x54;
const Z = 0x5a;

/** What text is. No text has two forms, and nothing but `text` and its own form fits what has one; integers are also decimals. */
export const Form = {
  text: 1,
  /** An integer of 64 bits. */
  integer: 2,
  /** A number with a point, or an integer beyond 64 bits. */
  decimal: 4,
  boolean: 8,
  date: 16,
  time: 32,
  datetime: 64,
  instant: 128,
  uuid: 256,
} as const;

/** The form of the text at start..end, which is not empty. */
export function formOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const first = bytes[start]!;
  if (first === MINUS || (first >= ZERO && first <= ZERO + 9)) {
    const form = numberForm(bytes, start, end);
    if (form !== Form.text) return form;
    if (length === 10 && dateAt(bytes, start)) return Form.date;
    if (length < 19) return length >= 8 && isTime(bytes, start, end) ? Form.time : Form.text;
    const isInstant = bytes[end - 1] === Z;
    if (bytes[start + 10] === T) {
      const isIt = dateAt(bytes, start) && isClock(bytes, start + 11, isInstant ? end - 1 : end);
      return isIt ? (isInstant ? Form.instant : Form.datetime) : Form.text;
    }
  } else if ((length === 4 && isWord(bytes, start, TRUE)) || (length === 5 && isWord(bytes, start, FALSE))) {
    return Form.boolean;
  }
  return length === 36 && isUuid(bytes, start) ? Form.uuid : Form.text;
}

const TRUE = Buffer.from("true");
const FALSE = Buffer.from("false");
/** The digits of the ends of the range of 64 bits. */
const MOST = Buffer.from("9223372036854775807");
const LEAST = Buffer.from("9223372036854775808");

function isWord(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let n = 0; n < word.length; n++) if (bytes[start + n] !== word[n]) return false;
  return true;
}

/** All digits as they are, no zeros in front, no negative zero. */
function numberForm(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  const from = negative ? start + 1 : start;
  let at = from;
  while (at < end && isDigit(bytes[at]!)) at++;
  if (at === from || (bytes[from] === ZERO && at > from + 1)) return Form.text;
  if (at === end) {
    if (negative && bytes[from] === ZERO) return Form.text;
    const digits = end - from;
    if (digits < 19) return Form.integer;
    return digits > 19 || isBeyond(bytes, from, negative ? LEAST : MOST) ? Form.decimal : Form.integer;
  }
  if (bytes[at] !== POINT || at + 1 === end) return Form.text;
  for (let n = at + 1; n < end; n++) if (!isDigit(bytes[n]!)) return Form.text;
  if (negative) {
    let n = from;
    while (n < end && (bytes[n] === ZERO || bytes[n] === POINT)) n++;
    if (n === end) return Form.text;
  }
  return Form.decimal;
}

/** Whether digits stand for more than as many others do. */
function isBeyond(bytes: Uint8Array, start: number, most: Uint8Array): boolean {
  for (let n = 0; n < most.length; n++) {
    if (bytes[start + n] !== most[n]) return bytes[start + n]! > most[n]!;
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

/** Two digits as a number; 100 or more, or NaN, where they are none. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NaN : tens * 10 + ones;
}

const DAYS = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether there is a date of the years 1 to 9999 at `at`. */
function dateAt(bytes: Uint8Array, at: number): boolean {
  const year = pair(bytes, at) * 100 + pair(bytes, at + 2);
  const month = pair(bytes, at + 5);
  const day = pair(bytes, at + 8);
  if (!(year > 0 && month > 0 && month <= 12 && day > 0 && day <= DAYS[month]!)) return false;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return false;
  return bytes[at + 4] === MINUS && bytes[at + 7] === MINUS;
}

/** Whether there is a time of day: `12:34:56`, with a fraction only as far as it is not zero. */
function isClock(bytes: Uint8Array, at: number, end: number): boolean {
  const length = end - at;
  if (length < 8 || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false;
  if (!(pair(bytes, at) < 24 && pair(bytes, at + 3) < 60 && pair(bytes, at + 6) < 60)) return false;
  if (length === 8) return true;
  if (length < 10 || length > 15 || bytes[at + 8] !== POINT || bytes[end - 1] === ZERO) return false;
  for (let n = at + 9; n < end; n++) if (!isDigit(bytes[n]!)) return false;
  return true;
}

const MIDNIGHT = Buffer.from("24:00:00");

/** A time of day may also be the end of it. */
function isTime(bytes: Uint8Array, start: number, end: number): boolean {
  return isClock(bytes, start, end) || (end - start === 8 && isWord(bytes, start, MIDNIGHT));
}

/** The values of hexadecimal digits in lower case; 16 and more for what is none. */
const HEX = new Uint8Array(256).fill(0xff);
for (let n = 0; n < 16; n++) HEX[n.toString(16).charCodeAt(0)] = n;

function isUuid(bytes: Uint8Array, start: number): boolean {
  for (let n = 8; n <= 23; n += 5) if (bytes[start + n] !== MINUS) return false;
  let seen = 0;
  for (let n = 0; n < 8; n++) seen |= HEX[bytes[start + n]!]!;
  for (let n = 9; n < 13; n++) seen |= HEX[bytes[start + n]!]!;
  for (let n = 14; n < 18; n++) seen |= HEX[bytes[start + n]!]!;
  for (let n = 19; n < 23; n++) seen |= HEX[bytes[start + n]!]!;
  for (let n = 24; n < 36; n++) seen |= HEX[bytes[start + n]!]!;
  return seen < 16;
}

/** Days since 1970-01-01 of the date at `at`, which is one. */
export function daysAt(bytes: Uint8Array, at: number): number {
  const month = pair(bytes, at + 5);
  // Years begin with March (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  const year = pair(bytes, at) * 100 + pair(bytes, at + 2) - (month <= 2 ? 1 : 0);
  const dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0;
  const leaps = ((year / 4) | 0) - ((year / 100) | 0) + ((year / 400) | 0);
  return year * 365 + leaps + dayOfYear + pair(bytes, at + 8) - 1 - 719_468;
}

/** Seconds since midnight of the time at `at`, which is one. */
export function secondsAt(bytes: Uint8Array, at: number): number {
  return pair(bytes, at) * 3600 + pair(bytes, at + 3) * 60 + pair(bytes, at + 6);
}

/** Microseconds of the fraction of a second at start..end, which is empty or begins with a point. */
export function microsecondsAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let n = start + 1; n < start + 7; n++) value = value * 10 + (n < end ? bytes[n]! - ZERO : 0);
  return value;
}

/** Writes the 16 bytes of the UUID at `at`, which is one, over the beginning of it. */
export function packUuid(bytes: Uint8Array, at: number): void {
  for (let n = 0, from = at; n < 16; n++, from += 2) {
    if (n === 4 || n === 6 || n === 8 || n === 10) from++;
    bytes[at + n] = (HEX[bytes[from]!]! << 4) | HEX[bytes[from + 1]!]!;
  }
}
