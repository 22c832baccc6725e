import { expect, it } from "vitest";
import { addDuration, parseDuration } from "./duration.ts";

it.each([
  ["P1Y", "2023-03-01", "2024-03-01T00:00:00.000Z"],
  ["P1Y", "2024-02-29", "2025-02-28T00:00:00.000Z"],
  ["P1M", "2024-01-31", "2024-02-29T00:00:00.000Z"],
  ["P1Y2M10D", "2024-01-31", "2025-04-10T00:00:00.000Z"],
  ["P2W", "2024-12-25", "2025-01-08T00:00:00.000Z"],
  ["PT36H", "2024-05-01", "2024-05-02T12:00:00.000Z"],
  ["P1DT1M1S", "2024-05-01", "2024-05-02T00:01:01.000Z"],
])("%s after %s", (text, from, expected) => {
  expect(addDuration(new Date(from), parseDuration(text)!).toISOString()).toBe(expected);
});

it.each(["", "P", "PT", "P1", "1Y", "P-1D", "P1.5D", "P1D ", "P99999Y", "PT999999999999H", "P1H"])(
  "%j is no duration",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);
