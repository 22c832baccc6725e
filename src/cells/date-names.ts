// Names in dates, in UTF-8: months, weekdays, quarters, eras, halves of the day, and how offsets from UTC are shown.
import type { Language } from "../lib/language.ts";

/** How long a name is: three, four or five letters of a pattern. */
export type NameStyle = "short" | "long" | "narrow";

const DAY = 86_400_000;
/** A Monday, the first of a month. */
const MONDAY = Date.UTC(2024, 0, 1);

/** Quarters, which ECMAScript has no names of: CLDR 48. */
const QUARTERS: Readonly<Record<Language, Readonly<Record<NameStyle, readonly string[]>>>> = {
  en: {
    short: ["Q1", "Q2", "Q3", "Q4"],
    long: ["1st quarter", "2nd quarter", "3rd quarter", "4th quarter"],
    narrow: ["1", "2", "3", "4"],
  },
  fr: {
    short: ["T1", "T2", "T3", "T4"],
    long: ["1er trimestre", "2e trimestre", "3e trimestre", "4e trimestre"],
    narrow: ["1", "2", "3", "4"],
  },
};

/** The months from January on. English and French have the same names with a day and alone. */
export function monthNames(language: Language, style: NameStyle): readonly Buffer[] {
  const dates = Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1));
  return named(language, { month: style }, "month", dates);
}

/** The days of the week from Monday on. `shorter` is the style of six letters: Mo, lu. */
export function weekdayNames(language: Language, style: NameStyle | "shorter"): readonly Buffer[] {
  const dates = Array.from({ length: 7 }, (_, day) => MONDAY + day * DAY);
  if (style !== "shorter") return named(language, { weekday: style }, "weekday", dates);
  // ECMAScript does not give them; in both languages they are the beginnings of the short ones.
  return named(language, { weekday: "short" }, "weekday", dates).map((name) => name.subarray(0, 2));
}

/** The quarters of the year. */
export function quarterNames(language: Language, style: NameStyle): readonly Buffer[] {
  return QUARTERS[language][style].map((name) => Buffer.from(name));
}

/** Before Christ, and after. */
export function eraNames(language: Language, style: NameStyle): readonly Buffer[] {
  return named(language, { era: style }, "era", [Date.UTC(-9, 0, 1), MONDAY]);
}

/** Before noon, and after. ECMAScript does not give the narrow ones: CLDR 48. */
export function halfDayNames(language: Language, style: NameStyle): readonly Buffer[] {
  if (style === "narrow" && language === "en") return [Buffer.from("a"), Buffer.from("p")];
  return named(language, { hour: "numeric", hour12: true }, "dayPeriod", [MONDAY, MONDAY + DAY / 2]);
}

/** How an offset from UTC begins (`GMT-`), and how none is shown: CLDR's localized GMT format. */
export function offsetNames(
  language: Language,
  style: "short" | "long",
): { readonly zero: Buffer; readonly east: Buffer; readonly west: Buffer } {
  const shown = (timeZone: string): string => {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: `${style}Offset` });
    return format.formatToParts(MONDAY).find((part) => part.type === "timeZoneName")!.value;
  };
  const beginning = (zone: string): Buffer => Buffer.from(shown(zone).replace(/\d.*$/, ""));
  return { zero: Buffer.from(shown("UTC")), east: beginning("+01:00"), west: beginning("-01:00") };
}

function named(
  language: Language,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  dates: readonly number[],
): readonly Buffer[] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
  return dates.map((date) =>
    Buffer.from(format.formatToParts(date).find((part) => part.type === type)?.value ?? format.format(date)),
  );
}
