// Dates, numbers and sizes in the reader's language.
import type { Language } from "../lib/language.ts";

/** A word for a number of things, by the language's plural categories (CLDR). */
export type Forms = Partial<Readonly<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** A number and its word, which stay on one line: `1,048,576 records`. */
export function counted(language: Language, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
  return `${shownNumber(language, count)}\u00A0${form}`;
}

export function shownNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Bytes in the unit that suits them, in steps of 1000: `12.3 MB`. */
export function shownSize(language: Language, bytes: number): string {
  // What would be shown as 1000 is 1 of the next unit.
  const step = UNITS.findIndex((_, index) => bytes < 999.5 * 1000 ** index);
  const index = step === -1 ? UNITS.length - 1 : step;
  const unit = { style: "unit", unit: UNITS[index]!, unitDisplay: index === 0 ? "long" : "short" } as const;
  const value = bytes / 1000 ** index;
  const shown = new Intl.NumberFormat(language, { ...unit, maximumFractionDigits: value < 100 && index > 0 ? 1 : 0 });
  return shown.format(value).replaceAll(" ", "\u00A0");
}

/** Day and time in a zone, with the zone's name: `Sunday, March 1, 2026 at 3:05 PM (Central European Standard Time)`. */
export function shownMoment(language: Language, date: Date, timeZone: string): string {
  const zone = knownZone(timeZone);
  const name = partsOf(language, date, { timeZone: zone, timeZoneName: "long" }).find(
    (it) => it.type === "timeZoneName",
  );
  const shown = joined(language, partsOf(language, date, { dateStyle: "full", timeStyle: "short", timeZone: zone }));
  // A space that some programs have no glyph for.
  return `${shown} (${name?.value ?? zone})`.replaceAll("\u202F", "\u00A0");
}

/** The day in a zone: `March 1, 2026`. */
export function shownDay(language: Language, date: Date, timeZone: string): string {
  return joined(language, partsOf(language, date, { dateStyle: "long", timeZone: knownZone(timeZone) }));
}

function partsOf(
  language: Language,
  date: Date,
  options: Intl.DateTimeFormatOptions,
): readonly Intl.DateTimeFormatPart[] {
  return new Intl.DateTimeFormat(language, options).formatToParts(date);
}

/** In French the first of a month is an ordinal, which CLDR has no pattern for. */
function joined(language: Language, parts: readonly Intl.DateTimeFormatPart[]): string {
  return parts
    .map(({ type, value }) => (language === "fr" && type === "day" && value === "1" ? "1er" : value))
    .join("");
}

/** A zone that the program's data does not know must not keep a mail from being sent. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
