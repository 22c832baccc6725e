import { expect, it } from "vitest";
import { instantOf, localOf } from "./zoned.ts";

it.each([
  ["2024-05-01 12:34:56", "Europe/Paris", "2024-05-01T10:34:56Z"],
  ["2024-01-01 00:00:00", "Europe/Paris", "2023-12-31T23:00:00Z"],
  ["2024-03-31 03:30:00", "Europe/Paris", "2024-03-31T01:30:00Z"],
  ["2024-10-27 12:00:00", "America/New_York", "2024-10-27T16:00:00Z"],
  ["2024-05-01 12:00:00", "Asia/Kolkata", "2024-05-01T06:30:00Z"],
])("%s in %s is %s, and back", (local, zone, instant) => {
  expect(instantOf(local, zone)).toBe(instant);
  expect(localOf(instant, zone)).toBe(local);
});

it("knows what is no time", () => {
  expect(localOf("", "Europe/Paris")).toBeNull();
});
