// What a date pattern's fields are made of: the moment that is being written, and writers of numbers and names.
import type { Language } from "../lib/language.ts";
import { writePadded } from "./integers.ts";
import { civil, toCivil } from "./times.ts";

/** Writes one part of the moment at `at` and returns where it stopped. */
export type Writer = (bytes: Uint8Array, at: number) => number;

/** A part of a pattern: what it writes, and the most bytes of it. */
export interface Piece {
  readonly size: number;
  readonly write: Writer;
}

/** What a letter of a pattern stands for. */
export interface Field {
  readonly part: "date" | "time" | "zone";
  /** Whether its text is the same all through a day, in the same minute of any day, or in the same second of any minute. */
  readonly same: "day" | "minute" | "second" | null;
  /** How many times the letter may be written in a row. */
  readonly widths: readonly number[];
  readonly piece: (width: number, language: Language) => Piece;
}

/** The moment that is being written: one for all, since it lives no longer than a call. All of its numbers are whole. */
export const moment = {
  /** Days since 1970. */
  day: 0,
  year: 1970,
  month: 1,
  dayOfMonth: 1,
  /** Seconds since midnight. */
  second: 0,
  microseconds: 0,
  /** Seconds east of UTC. */
  offset: 0,
  zone: "UTC",
};

/** Makes it the date of `moment`. */
export function setDay(day: number): void {
  toCivil(day);
  moment.day = day;
  moment.year = civil[0]!;
  moment.month = civil[1]!;
  moment.dayOfMonth = civil[2]!;
}

/** From 1 to `last`. */
export function widths(last: number): readonly number[] {
  return Array.from({ length: last }, (_, n) => n + 1);
}

/** A field of a number from 0 to 10^9 - 1 with leading zeros to so many digits. */
export function numberPiece(digits: number, most: number, value: () => number): Piece {
  const size = Math.max(digits, most);
  if (digits === most) return { size, write: (bytes, at) => writePadded(bytes, at, value(), digits) };
  return { size, write: (bytes, at) => writeAtLeast(bytes, at, value(), digits) };
}

/** A field that is one of these names. */
export function namePiece(names: readonly Uint8Array[], index: () => number): Piece {
  return {
    size: Math.max(...names.map((name) => name.length)),
    write: (bytes, at) => writeBytes(bytes, at, names[index()]!),
  };
}

/** Writes bytes as they are: they are few, so that a loop beats `set`. */
export function writeBytes(bytes: Uint8Array, at: number, from: Uint8Array): number {
  for (let n = 0; n < from.length; n++) bytes[at + n] = from[n]!;
  return at + from.length;
}

/** Writes a number from 0 to 10^9 - 1 with leading zeros to so many digits, or with more digits where it has more. */
export function writeAtLeast(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let width = digits;
  while (value >= POWERS[width]!) width++;
  return writePadded(bytes, at, value, width);
}

const POWERS = Float64Array.from({ length: 11 }, (_, n) => 10 ** n);
