// Today by the date patterns that people use most (docs/date-patterns.md has all; the preview shows any).

export const DATE_PATTERNS = [
  "yyyy-MM-dd",
  "dd/MM/yyyy",
  "MM/dd/yyyy",
  "dd.MM.yyyy",
  "d MMMM yyyy",
  "d MMM yyyy",
  "EEEE d MMMM yyyy",
  "yyyyMMdd",
  "MM/yyyy",
  "yyyy",
  "QQQ yyyy",
] as const;

export const TIME_PATTERNS = [
  "HH:mm",
  "HH:mm:ss",
  "yyyy-MM-dd HH:mm",
  "yyyy-MM-dd HH:mm:ss",
  "dd/MM/yyyy HH:mm",
  "MM/dd/yyyy h:mm a",
] as const;

/** A date by one of the patterns above, in the browser's own zone. */
export function exampleOf(pattern: string, date: Date, language: string): string {
  const name = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(language, options).format(date);
  const two = (value: number): string => String(value).padStart(2, "0");
  const quarter = Math.floor(date.getMonth() / 3) + 1;
  const parts: Readonly<Record<string, string>> = {
    yyyy: String(date.getFullYear()),
    MMMM: name({ month: "long" }),
    MMM: name({ month: "short" }),
    MM: two(date.getMonth() + 1),
    dd: two(date.getDate()),
    d: String(date.getDate()),
    EEEE: name({ weekday: "long" }),
    QQQ: `${language === "fr" ? "T" : "Q"}${quarter}`,
    HH: two(date.getHours()),
    h: String(date.getHours() % 12 || 12),
    mm: two(date.getMinutes()),
    ss: two(date.getSeconds()),
    a: date.getHours() < 12 ? "AM" : "PM",
  };
  return pattern.replaceAll(/([a-zA-Z])\1*/g, (letters) => parts[letters] ?? letters);
}
