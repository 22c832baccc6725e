// Dates and times of the demo records: counted in seconds since 1970, written as SQLite applications keep them.

export const HOUR = 60 * 60;
export const DAY = 24 * HOUR;
export const YEAR = 365 * DAY;

/** Seconds since 1970-01-01T00:00:00Z of a date, or of a date and time with its zone. */
export function seconds(text: string): number {
  return Date.parse(text) / 1000;
}

/** `2024-05-01T12:34:56Z` */
export function instant(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19)}Z`;
}

/** `2024-05-01T12:34:56.789Z`, as JavaScript and its kin write it. */
export function preciseInstant(time: number, milliseconds: number): string {
  return new Date(time * 1000 + milliseconds).toISOString();
}

/** `2024-05-01 12:34:56`: a clock on a wall, no zone. */
export function localTime(time: number): string {
  return instant(time).slice(0, 19).replace("T", " ");
}

/** `2024-05-01` */
export function date(time: number): string {
  return instant(time).slice(0, 10);
}
