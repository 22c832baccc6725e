// Canonical text of dates and times (ISO 8601), written as bytes. Each function writes at `at` and returns where it stopped.
import { writePadded } from "./integers.ts";
import type { Zone } from "./zone.ts";

/** The most bytes that one of these functions writes. */
export const TIME_SIZE = 48;

const DAY = 86_400;
const DASH = 45;
const PLUS = 43;
const COLON = 58;
const POINT = 46;
const T = 84;
const Z = 90;

/** Dates of the years 1 to 9999 that were written lately, by their last bits: the same days come again and again. */
const RECENT = 4096;
const recentDays = new Int32Array(RECENT).fill(0x7fffffff);
const recentText = new Uint8Array(RECENT * 10);

/** Writes a date: `2024-05-01`; years before 1 and after 9999 signed, as ISO 8601 has them (`-0043-03-15`). */
export function writeDate(bytes: Uint8Array, at: number, days: number): number {
  const slot = days & (RECENT - 1);
  const known = slot * 10;
  if (recentDays[slot] === days) {
    for (let n = 0; n < 10; n++) bytes[at + n] = recentText[known + n]!;
    return at + 10;
  }
  const end = writeCivil(bytes, at, days);
  if (end === at + 10) {
    recentDays[slot] = days;
    for (let n = 0; n < 10; n++) recentText[known + n] = bytes[at + n]!;
  }
  return end;
}

/** Where `toCivil` puts year, month (1 to 12) and day of the month. */
export const civil = new Int32Array(3);

/** The civil date of a day since 1970, in the proleptic Gregorian calendar, with a year 0. The next call replaces it. */
export function toCivil(days: number): void {
  // Days to a civil date, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra =
    ((dayOfEra - ((dayOfEra / 1460) | 0) + ((dayOfEra / 36_524) | 0) - ((dayOfEra / 146_096) | 0)) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0));
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  civil[0] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  civil[1] = month;
  civil[2] = dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1;
}

/** Writes the civil date of a day. */
function writeCivil(bytes: Uint8Array, at: number, days: number): number {
  toCivil(days);
  let year = civil[0]!;
  if (year < 0) {
    bytes[at++] = DASH;
    year = -year;
  } else if (year > 9999) {
    bytes[at++] = PLUS;
  }
  at = writePadded(bytes, at, year, year < 1e4 ? 4 : year < 1e5 ? 5 : year < 1e6 ? 6 : 7);
  bytes[at++] = DASH;
  at = writePadded(bytes, at, civil[1]!, 2);
  bytes[at++] = DASH;
  return writePadded(bytes, at, civil[2]!, 2);
}

/** Writes a time of day: `12:34:56`, with a fraction only as far as it is not zero. */
export function writeTime(bytes: Uint8Array, at: number, microseconds: number): number {
  const seconds = Math.floor(microseconds / 1e6);
  return writeClock(bytes, at, seconds, microseconds - seconds * 1e6);
}

/** Writes a local date and time: `2024-05-01T12:34:56`. */
export function writeDateTime(bytes: Uint8Array, at: number, seconds: number, microseconds: number): number {
  const days = Math.floor(seconds / DAY);
  at = writeDate(bytes, at, days);
  bytes[at++] = T;
  return writeClock(bytes, at, seconds - days * DAY, microseconds);
}

/** Writes a point in time: `2024-05-01T12:34:56Z`, or in another zone with its offset (`…+02:00`). */
export function writeInstant(
  bytes: Uint8Array,
  at: number,
  seconds: number,
  microseconds: number,
  zone: Zone | null,
): number {
  if (zone === null) {
    at = writeDateTime(bytes, at, seconds, microseconds);
    bytes[at++] = Z;
    return at;
  }
  const offset = zone.offsetAt(seconds);
  at = writeDateTime(bytes, at, seconds + offset, microseconds);
  bytes[at++] = offset < 0 ? DASH : PLUS;
  const size = Math.abs(offset);
  at = writePadded(bytes, at, (size / 3600) | 0, 2);
  bytes[at++] = COLON;
  at = writePadded(bytes, at, ((size % 3600) / 60) | 0, 2);
  if (size % 60 !== 0) {
    bytes[at++] = COLON;
    at = writePadded(bytes, at, size % 60, 2);
  }
  return at;
}

function writeClock(bytes: Uint8Array, at: number, secondOfDay: number, microseconds: number): number {
  const hours = (secondOfDay / 3600) | 0;
  const minutes = ((secondOfDay / 60) | 0) - hours * 60;
  at = writePadded(bytes, at, hours, 2);
  bytes[at++] = COLON;
  at = writePadded(bytes, at, minutes, 2);
  bytes[at++] = COLON;
  at = writePadded(bytes, at, secondOfDay - hours * 3600 - minutes * 60, 2);
  if (microseconds === 0) return at;
  bytes[at++] = POINT;
  at = writePadded(bytes, at, microseconds, 6);
  while (bytes[at - 1] === 48) at--;
  return at;
}
