// Ranges of days, as the server counts them.
import { describe, expect, test } from "vitest";
import { addDuration, parseDuration } from "../../../../src/lib/duration.ts";
import { lastDayOf, partsOf, todayIn, usualRanges } from "./range.ts";

describe("the last day that a range may reach to", () => {
  test("of a year is the day before its anniversary, in leap years too", () => {
    expect(lastDayOf("2023-01-01", "P1Y")).toBe("2023-12-31");
    expect(lastDayOf("2024-01-01", "P1Y")).toBe("2024-12-31");
    expect(lastDayOf("2024-02-29", "P1Y")).toBe("2025-02-27");
    expect(lastDayOf("2023-08-31", "P6M")).toBe("2024-02-28");
  });

  test("is the server's, for whatever duration and day", () => {
    for (const max of ["P1Y", "P3M", "P2W", "P30D", "P1Y6M", "P1M1D"]) {
      for (let day = 0; day < 800; day += 7) {
        const from = new Date(Date.UTC(2023, 0, 1 + day));
        const last = new Date(addDuration(from, parseDuration(max)!).getTime() - 86_400_000);
        const text = from.toISOString().slice(0, 10);
        expect([text, max, lastDayOf(text, max)]).toEqual([text, max, last.toISOString().slice(0, 10)]);
      }
    }
  });

  test("is none where the duration is not of days", () => {
    expect(lastDayOf("2023-01-01", "PT12H")).toBeNull();
    expect(partsOf("PT12H")).toEqual([]);
  });
});

test("a duration is told in years, months and days", () => {
  expect(partsOf("P1Y6M")).toEqual([
    ["years", 1],
    ["months", 6],
  ]);
  expect(partsOf("P2W3D")).toEqual([["days", 17]]);
});

test("usual ranges are whole months, quarters and years, and only those that a realm allows", () => {
  const of = (today: string, max: string) =>
    Object.fromEntries(usualRanges(today, max).map(({ name, from, to }) => [name, [from, to]]));
  expect(of("2024-03-15", "P1Y")).toEqual({
    lastMonth: ["2024-02-01", "2024-02-29"],
    lastQuarter: ["2023-10-01", "2023-12-31"],
    lastYear: ["2023-01-01", "2023-12-31"],
    thisYear: ["2024-01-01", "2024-03-15"],
  });
  expect(of("2024-01-02", "P1M")).toEqual({
    lastMonth: ["2023-12-01", "2023-12-31"],
    thisYear: ["2024-01-01", "2024-01-02"],
  });
});

test("today is that of the time zone", () => {
  expect(todayIn("Europe/Paris")).toMatch(/^\d{4}-\d\d-\d\d$/);
});
