import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { daysOf, parseTime } from "./parse-time.ts";
import { TIME_SIZE, writeDate, writeDateTime, writeInstant, writeTime } from "./times.ts";
import { Zone, zoneNamed } from "./zone.ts";

const bytes = new Uint8Array(TIME_SIZE);
const text = (end: number): string => Buffer.from(bytes.subarray(0, end)).toString("latin1");
const parsed = (input: string): ReturnType<typeof parseTime> => {
  const from = Buffer.from(input);
  return { ...parseTime(from, 0, from.length) };
};

/** What ECMAScript writes, with the years that it signs as we do. */
function iso(days: number): string {
  const date = new Date(days * 86_400_000).toISOString().slice(0, -14);
  return date
    .replace(/^([+-])00(\d{4}-)/, (_, sign: string, rest: string) => (sign === "+" ? rest : `-${rest}`))
    .replace(/^([+-])0(\d{5}-)/, "$1$2");
}

describe("dates", () => {
  it("are written as ECMAScript writes them, years before 1 and after 9999 signed", async () => {
    await fuzz(
      fc.integer({ min: -3_000_000, max: 90_000_000 }),
      (days) => {
        expect(text(writeDate(bytes, 0, days))).toBe(iso(days));
      },
      5_000,
    );
  });

  it("are read back as the day that they are", async () => {
    await fuzz(
      fc.integer({ min: -3_000_000, max: 30_000_000 }),
      (days) => {
        expect(parsed(text(writeDate(bytes, 0, days)))).toMatchObject({ kind: "date", number: days });
      },
      5_000,
    );
    expect(daysOf(1970, 1, 1)).toBe(0);
    expect(daysOf(0, 3, 1)).toBe(-719_468);
  });

  it.each([
    "2024-02-30",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-1-1",
    "24-01-01",
    "12024-01-01",
    "2024-05-01x",
    "2024-05-01T",
    "",
    "-",
    "T12:00",
    "2024-05-01T24:00:00",
    "2024-05-01T12:60:00",
    "2024-05-01T12:00:00+24:00",
    "2024-05-01T12:00:00.",
    "2024-05-01T12:00:00.1234567",
  ])("%j is none", (input) => expect(parsed(input).kind).toBe("none"));

  it.each([
    ["2024-05-01 12:34", { kind: "datetime", number: Date.UTC(2024, 4, 1, 12, 34) / 1000, microseconds: 0 }],
    [
      "2024-05-01T12:34:56.5Z",
      { kind: "instant", number: Date.UTC(2024, 4, 1, 12, 34, 56) / 1000, microseconds: 500_000 },
    ],
    [
      "2024-05-01 12:34:56.123456+02",
      { kind: "instant", number: Date.UTC(2024, 4, 1, 10, 34, 56) / 1000, microseconds: 123_456 },
    ],
    ["2024-05-01t12:34:56-0330", { kind: "instant", number: Date.UTC(2024, 4, 1, 16, 4, 56) / 1000, microseconds: 0 }],
    ["12:34:56.000001", { kind: "time", number: 45_296, microseconds: 1 }],
  ])("%j is read", (input, expected) => expect(parsed(input)).toEqual(expected));
});

describe("times", () => {
  it("have a fraction only as far as it is not zero", () => {
    expect(text(writeTime(bytes, 0, 0))).toBe("00:00:00");
    expect(text(writeTime(bytes, 0, 45_296_100_000))).toBe("12:34:56.1");
    expect(text(writeDateTime(bytes, 0, -1, 999_999))).toBe("1969-12-31T23:59:59.999999");
  });

  it("come back from their own text", async () => {
    await fuzz(
      fc.tuple(fc.integer({ min: -200_000_000_000, max: 250_000_000_000 }), fc.integer({ min: 0, max: 999_999 })),
      ([seconds, microseconds]) => {
        expect(parsed(text(writeInstant(bytes, 0, seconds, microseconds, null)))).toEqual({
          kind: "instant",
          number: seconds,
          microseconds,
        });
      },
      5_000,
    );
  });
});

describe("zones", () => {
  it("show an instant with the offset that reads back to it", async () => {
    const names = fc.constantFrom(
      "Europe/Paris",
      "America/St_Johns",
      "Asia/Kathmandu",
      "Australia/Lord_Howe",
      "Pacific/Apia",
      "Africa/Monrovia",
    );
    await fuzz(
      fc.tuple(names, fc.integer({ min: -3_000_000_000, max: 4_000_000_000 })),
      ([name, seconds]) => {
        const zone = new Zone(name);
        const shown = text(writeInstant(bytes, 0, seconds, 0, zone));
        // Offsets of local mean time have seconds, which ISO 8601 readers do not know.
        const [, sign, hours, minutes, rest = "0"] = /([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(shown)!;
        const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(rest));
        expect(Date.parse(`${shown.slice(0, 19)}Z`) / 1000 - offset).toBe(seconds);
        expect(new Date(seconds * 1000).toLocaleString("sv-SE", { timeZone: name })).toBe(
          shown.slice(0, 19).replace("T", " "),
        );
      },
      300,
    );
  });

  it("take a local time back to its instant, the earlier one where clocks show it twice", () => {
    const paris = new Zone("Europe/Paris");
    const local = (...parts: [number, number, number, number, number]): number => Date.UTC(...parts) / 1000;
    expect(paris.instantAt(local(2024, 6, 1, 12, 0))).toBe(local(2024, 6, 1, 10, 0));
    expect(paris.instantAt(local(2024, 9, 27, 2, 30))).toBe(local(2024, 9, 27, 0, 30));
    expect(paris.instantAt(local(2024, 2, 31, 2, 30))).toBe(local(2024, 2, 31, 1, 30));
    expect(paris.instantAt(local(2024, 2, 31, 3, 0))).toBe(local(2024, 2, 31, 1, 0));
  });

  it("are refused by a name that nobody knows", () => {
    expect(() => new Zone("Mars/Olympus")).toThrow(`There is no time zone "Mars/Olympus".`);
    expect(zoneNamed("UTC")).toBeNull();
  });
});
