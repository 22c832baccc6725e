// Ranges of days of the calendar, both ends included, as the server counts them (src/plan/range.ts).

const FORM = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;
const DAY = 86_400_000;

/**
 * The last day that a range may reach to: of a year from 2023-01-01 it is 2023-12-31.
 * @param from `2023-01-01`
 * @param max an ISO 8601 duration; one that is not understood allows everything
 */
export function lastDayOf(from: string, max: string): string | null {
  const parts: (string | undefined)[] | undefined = FORM.exec(max)?.slice(1);
  if (parts === undefined) return null;
  const [years, months, weeks, days] = parts.map((part = "0") => Number(part));
  const first = new Date(`${from}T00:00:00Z`);
  const month = first.getUTCMonth() + months! + years! * 12;
  const inMonth = new Date(Date.UTC(first.getUTCFullYear(), month + 1, 0)).getUTCDate();
  // A day that a month lacks is its last one.
  const day = Math.min(first.getUTCDate(), inMonth) + weeks! * 7 + days!;
  return dayOf(new Date(Date.UTC(first.getUTCFullYear(), month, day) - DAY));
}

/** `P1Y` in its parts, in the order of their sizes. */
export function partsOf(max: string): readonly (readonly [unit: "years" | "months" | "days", count: number])[] {
  const [years = "0", months = "0", weeks = "0", days = "0"] = FORM.exec(max)?.slice(1) ?? [];
  const all = [
    ["years", Number(years)],
    ["months", Number(months)],
    ["days", Number(weeks) * 7 + Number(days)],
  ] as const;
  return all.filter(([, count]) => count > 0);
}

/** Ranges that are often wanted, of a day in a time zone; only those that a realm allows. */
export function usualRanges(today: string, max: string): readonly Usual[] {
  const [year, month] = today.split("-").map(Number) as [number, number];
  const usual = [
    { name: "lastMonth", from: utcDay(year, month - 2, 1), to: utcDay(year, month - 1, 0) },
    { name: "lastQuarter", from: utcDay(year, quarter(month) - 3, 1), to: utcDay(year, quarter(month), 0) },
    { name: "lastYear", from: utcDay(year - 1, 0, 1), to: utcDay(year, 0, 0) },
    { name: "thisYear", from: utcDay(year, 0, 1), to: today },
  ] as const;
  return usual.filter(({ from, to }) => {
    const last = lastDayOf(from, max);
    return last === null || to <= last;
  });
}

export interface Usual {
  readonly name: "lastMonth" | "lastQuarter" | "lastYear" | "thisYear";
  readonly from: string;
  readonly to: string;
}

/** The first month of the quarter of a month, from 0. */
function quarter(month: number): number {
  return Math.floor((month - 1) / 3) * 3;
}

function utcDay(year: number, month: number, day: number): string {
  return dayOf(new Date(Date.UTC(year, month, day)));
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Today, in a time zone. */
export function todayIn(timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return parts.format(new Date());
}
