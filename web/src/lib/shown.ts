// Numbers, sizes, dates and durations as the reader's language and time zone have them.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "./time-zone.ts";

export interface Shown {
  readonly number: (value: number) => string;
  /** `1.2M`, where there is little room. */
  readonly compact: (value: number) => string;
  /** `1.5 MB`: thousands, as disks are counted. */
  readonly bytes: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly date: (value: string | Date) => string;
  /** A day of the calendar, `2024-05-01`: it has no time zone. */
  readonly day: (value: string) => string;
  readonly dateTime: (value: string | Date) => string;
  /** `2 hours ago`, `in 3 days`. */
  readonly relative: (value: string | Date) => string;
  /** `4 minutes`: in its largest unit. */
  readonly duration: (seconds: number) => string;
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const STEPS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

export function useShown(): Shown {
  const { t, i18n } = useTranslation();
  const timeZone = useTimeZone();
  const language = i18n.language;
  return useMemo(
    () => ({
      ...wordsOf(language, timeZone),
      duration(seconds) {
        const [unit, size] = largest(seconds);
        return t(`common.durations.${unit}s`, { count: Math.round(seconds / size) });
      },
    }),
    [t, language, timeZone],
  );
}

/** Formats are dear to make, and a list has hundreds of moments. */
const made = new Map<string, Words>();

type Words = Omit<Shown, "duration">;

function wordsOf(language: string, timeZone: string): Words {
  const key = `${language} ${timeZone}`;
  const words = made.get(key) ?? makeWords(language, timeZone);
  made.set(key, words);
  return words;
}

function makeWords(language: string, timeZone: string): Words {
  const number = new Intl.NumberFormat(language);
  const compact = new Intl.NumberFormat(language, { notation: "compact", maximumSignificantDigits: 3 });
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const sizes = UNITS.map(
    (unit) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short", maximumSignificantDigits: 3 }),
  );
  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    bytes(value) {
      const step = Math.min(UNITS.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
      if (step > 0) return sizes[step]!.format(value / 1000 ** step);
      // Languages that write `kB` write some bytes as `byte`.
      const parts = sizes[1]!.formatToParts(value);
      return parts.map(({ type, value: part }) => (type === "unit" ? part.replace("k", "") : part)).join("");
    },
    percent: (share) => percent.format(share),
    date: (value) => date.format(new Date(value)),
    day: (value) => day.format(new Date(`${value}T00:00:00Z`)),
    dateTime: (value) => dateTime.format(new Date(value)),
    relative(value) {
      const seconds = (new Date(value).getTime() - Date.now()) / 1000;
      const [unit, size] = largest(seconds);
      return relative.format(Math.round(seconds / size), unit);
    },
  };
}

function largest(seconds: number): (typeof STEPS)[number] {
  return STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? STEPS[3];
}
