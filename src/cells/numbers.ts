// Canonical text of numbers, written as bytes. Each function writes at `at` and returns where it stopped.

import { writeInteger, writePadded } from "./integers.ts";
import { writeShortest } from "./shortest.ts";

const ZERO = 48;
const MINUS = 45;

/** The most bytes that `writeInteger` or `writeFloat` writes. */
export const NUMBER_SIZE = 32;

/** Writes a double as ECMAScript does (ECMA-262 Number::toString), but keeps the sign of zero. */
export function writeFloat(bytes: Uint8Array, at: number, value: number): number {
  // Up to 15 digits, a decimal that reads as the double is its shortest form: no two such decimals read as the same.
  const scaled = Math.round(value * 1e4);
  if (scaled / 1e4 === value && scaled < 1e15 && scaled > -1e15 && value !== 0) return writeScaled(bytes, at, scaled);
  if (value < 0) bytes[at] = MINUS;
  const end = value < 0 ? writeShortest(bytes, at + 1, -value) : writeShortest(bytes, at, value);
  return end >= 0 ? end : writeAscii(bytes, at, value === 0 && 1 / value < 0 ? "-0" : String(value));
}

/** Writes a whole number of ten-thousandths. */
function writeScaled(bytes: Uint8Array, at: number, scaled: number): number {
  if (scaled < 0) {
    bytes[at++] = MINUS;
    scaled = -scaled;
  }
  const whole = Math.floor(scaled / 1e4);
  const fraction = scaled - whole * 1e4;
  at = writeInteger(bytes, at, whole);
  if (fraction === 0) return at;
  bytes[at++] = 46;
  at = writePadded(bytes, at, fraction, 4);
  while (bytes[at - 1] === ZERO) at--;
  return at;
}

/** Writes a single-precision float: the shortest decimal that reads back as the same single. */
export function writeFloat32(bytes: Uint8Array, at: number, value: number): number {
  if (!Number.isFinite(value) || value === 0) return writeFloat(bytes, at, value);
  for (let precision = 1; precision < 9; precision++) {
    const shorter = Number(value.toPrecision(precision));
    if (Math.fround(shorter) === value) return writeAscii(bytes, at, String(shorter));
  }
  return writeAscii(bytes, at, String(Number(value.toPrecision(9))));
}

/** Writes a string of ASCII characters. */
export function writeAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
  return at;
}
