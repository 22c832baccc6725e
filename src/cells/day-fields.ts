// The fields of date patterns that a date alone answers: Unicode TR35 part 4, "Date Field Symbol Table".
import type { Language } from "../lib/language.ts";
import { eraNames, monthNames, type NameStyle, quarterNames, weekdayNames } from "./date-names.ts";
import { type Field, moment, namePiece, numberPiece, type Piece, widths, writeAtLeast } from "./date-moment.ts";
import { writePadded } from "./integers.ts";
import { civil, toCivil } from "./times.ts";

/** The most digits of a year, and with its sign. */
const YEAR = 6;
const SIGNED_YEAR = 7;
const MINUS = 45;

/** Years of any number of letters pad with zeros. What is longer than this is a slip. */
const YEAR_WIDTHS = widths(9);

/** The styles of three, four and five letters. */
const STYLES: readonly NameStyle[] = ["short", "long", "narrow"];
const styleOf = (width: number): NameStyle => STYLES[Math.max(width, 3) - 3]!;

const month = (width: number, language: Language): Piece =>
  width <= 2
    ? numberPiece(width, 2, () => moment.month)
    : namePiece(monthNames(language, styleOf(width)), () => moment.month - 1);

const quarter = (width: number, language: Language): Piece =>
  width <= 2
    ? numberPiece(width, 1, quarterOfYear)
    : namePiece(quarterNames(language, styleOf(width)), () => quarterOfYear() - 1);

const weekday = (width: number, language: Language): Piece =>
  namePiece(weekdayNames(language, width === 6 ? "shorter" : styleOf(width)), weekdayFromMonday);

export const DAY_FIELDS: Readonly<Record<string, Field>> = {
  G: {
    part: "date",
    same: "day",
    widths: widths(5),
    piece: (width, language) => namePiece(eraNames(language, styleOf(width)), () => (moment.year > 0 ? 1 : 0)),
  },
  y: {
    part: "date",
    same: "day",
    widths: YEAR_WIDTHS,
    piece: (width) => (width === 2 ? numberPiece(2, 2, () => yearOfEra() % 100) : numberPiece(width, YEAR, yearOfEra)),
  },
  u: { part: "date", same: "day", widths: YEAR_WIDTHS, piece: (width) => signedYear(width, () => moment.year) },
  Y: { part: "date", same: "day", widths: YEAR_WIDTHS, piece: (width) => signedYear(width, weekYear, width === 2) },
  Q: { part: "date", same: "day", widths: widths(5), piece: quarter },
  q: { part: "date", same: "day", widths: widths(5), piece: quarter },
  M: { part: "date", same: "day", widths: widths(5), piece: month },
  L: { part: "date", same: "day", widths: widths(5), piece: month },
  w: { part: "date", same: "day", widths: widths(2), piece: (width) => numberPiece(width, 2, weekOfYear) },
  d: { part: "date", same: "day", widths: widths(2), piece: (width) => numberPiece(width, 2, () => moment.dayOfMonth) },
  D: { part: "date", same: "day", widths: widths(3), piece: (width) => numberPiece(width, 3, dayOfYear) },
  E: { part: "date", same: "day", widths: widths(6), piece: weekday },
  e: {
    part: "date",
    same: "day",
    widths: widths(6),
    piece: (width, language) =>
      width <= 2 ? numberPiece(width, 1, () => weekdayFromMonday() + 1) : weekday(width, language),
  },
  c: {
    part: "date",
    same: "day",
    widths: widths(6),
    piece: (width, language) =>
      width <= 2 ? numberPiece(1, 1, () => weekdayFromMonday() + 1) : weekday(width, language),
  },
};

/** A year that may be before 1, with a sign; `short` keeps its last two digits. */
function signedYear(digits: number, value: () => number, short = false): Piece {
  return {
    size: Math.max(digits + 1, SIGNED_YEAR),
    write: (bytes, at) => {
      let year = value();
      if (year < 0) {
        bytes[at++] = MINUS;
        year = -year;
      }
      return short ? writePadded(bytes, at, year % 100, 2) : writeAtLeast(bytes, at, year, digits);
    },
  };
}

/** 1 for 1 BC as for AD 1. */
function yearOfEra(): number {
  return moment.year > 0 ? moment.year : 1 - moment.year;
}

function quarterOfYear(): number {
  return ((moment.month + 2) / 3) | 0;
}

/** From 0, Monday, to 6. The first of 1970 was a Thursday. */
function weekdayFromMonday(): number {
  return (((moment.day + 3) % 7) + 7) % 7;
}

/** Days of a common year before each month, from January on. */
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function dayOfYear(): number {
  return dayInYear(moment.year, moment.month, moment.dayOfMonth);
}

function dayInYear(year: number, monthOfYear: number, dayOfMonth: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return BEFORE_MONTH[monthOfYear - 1]! + dayOfMonth + (leap && monthOfYear > 2 ? 1 : 0);
}

/** Puts the Thursday of the week into `civil`: an ISO week belongs to the year of its Thursday. */
function toThursday(): void {
  toCivil(moment.day + 3 - weekdayFromMonday());
}

function weekYear(): number {
  toThursday();
  return civil[0]!;
}

function weekOfYear(): number {
  toThursday();
  return (((dayInYear(civil[0]!, civil[1]!, civil[2]!) - 1) / 7) | 0) + 1;
}
