import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { FIRST_DAY, LAST_DAY, SERIAL_SIZE, toMilliseconds, writeSerial, writeSerialTime } from "./serial.ts";

const DAY = 86_400_000;

function serial(iso: string): string {
  const at = Date.parse(iso);
  const day = Math.floor(at / DAY);
  const bytes = Buffer.alloc(SERIAL_SIZE);
  return bytes.toString("latin1", 0, writeSerial(bytes, 0, day, at - day * DAY));
}

describe("serial numbers", () => {
  it.each([
    ["1900-03-01T00:00:00Z", "61"],
    ["1970-01-01T00:00:00Z", "25569"],
    ["2024-02-29T12:00:00Z", "45351.5"],
    ["2024-05-01T06:00:00Z", "45413.25"],
    ["2024-05-01T12:34:56Z", "45413.524259259259"],
    ["9999-12-31T23:59:59.999Z", "2958465.999999988426"],
  ])("writes %s as %s", (iso, expected) => {
    expect(serial(iso)).toBe(expected);
  });

  it("comes back to the millisecond", async () => {
    const first = FIRST_DAY * DAY;
    const last = (LAST_DAY + 1) * DAY - 1;
    await fuzz(fc.integer({ min: first, max: last }), (at) => {
      const read = Number(serial(new Date(at).toISOString()));
      expect(Math.round((read - 25_569) * DAY)).toBe(at);
      expect(Math.floor(read)).toBe(Math.floor(at / DAY) + 25_569);
    });
  });

  it("writes times of day as parts of a day", async () => {
    const bytes = Buffer.alloc(SERIAL_SIZE);
    const time = (ms: number): string => bytes.toString("latin1", 0, writeSerialTime(bytes, 0, ms));
    expect([0, DAY / 2, 1, DAY - 1].map(time)).toEqual(["0", "0.5", "0.00000001157407", "0.99999998842593"]);
    await fuzz(fc.integer({ min: 0, max: DAY - 1 }), (ms) => {
      expect(Math.round(Number(time(ms)) * DAY)).toBe(ms);
    });
  });

  it("rounds to milliseconds, but never to the next second", () => {
    expect([0, 499, 500, 123_456, 999_499, 999_500, 999_999].map(toMilliseconds)).toEqual([
      0, 0, 1, 123, 999, 999, 999,
    ]);
  });
});
