// Durations as ISO 8601 writes them (section 5.5.2): P1Y, P7D, PT12H.

/** A duration in the parts that it is written in. Weeks are seven days. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly seconds: number;
}

const FORM = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
/** More than anybody keeps anything, and few enough for dates. */
const MOST = 10_000;

/** Reads a duration of whole parts; null for anything else. */
export function parseDuration(text: string): Duration | null {
  const parts: (string | undefined)[] | undefined = FORM.exec(text)?.slice(1);
  if (parts === undefined) return null;
  const [years, months, weeks, days, hours, minutes, seconds] = parts.map((part = "0") => Number(part));
  if (Math.max(years!, months!, weeks!, days!) > MOST) return null;
  const time = hours! * 3600 + minutes! * 60 + seconds!;
  return time > MOST * 86_400 ? null : { years: years!, months: months!, days: weeks! * 7 + days!, seconds: time };
}

/**
 * A moment later by a duration: years and months by the calendar, in UTC. A day that a month lacks is its last one.
 */
export function addDuration(date: Date, { years, months, days, seconds }: Duration): Date {
  const month = date.getUTCMonth() + months + years * 12;
  const first = Date.UTC(date.getUTCFullYear(), month, 1);
  const inMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), inMonth) - 1;
  const time = date.getTime() - Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  return new Date(first + (day + days) * 86_400_000 + time + seconds * 1000);
}
