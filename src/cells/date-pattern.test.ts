import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { compileDatePattern } from "./date-pattern.ts";
import { daysOf } from "./parse-time.ts";

const bytes = new Uint8Array(4096);
const DAY = 86_400;

function shown(pattern: string, seconds: number, language: "en" | "fr" = "en", offset = 0, name = "UTC"): string {
  const end = compileDatePattern(pattern, language).write(bytes, 0, seconds, 123_456, { offset, name });
  return Buffer.from(bytes.subarray(0, end)).toString();
}

function refusal(pattern: string): PatternError | undefined {
  try {
    compileDatePattern(pattern, "en");
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(PatternError);
    return error as PatternError;
  }
}

/** Wednesday, 1 May 2024, 13:04:09.123456. */
const MOMENT = Date.UTC(2024, 4, 1, 13, 4, 9) / 1000;

describe("a date pattern", () => {
  it.each([
    ["dd/MM/yyyy", "01/05/2024", "01/05/2024"],
    ["EEEE d MMMM yyyy", "Wednesday 1 May 2024", "mercredi 1 mai 2024"],
    ["EEE, MMM d, yy", "Wed, May 1, 24", "mer., mai 1, 24"],
    ["EEEEE EEEEEE MMMMM", "W We M", "M me M"],
    ["QQQ QQQQ QQQQQ Q qq", "Q2 2nd quarter 2 2 02", "T2 2e trimestre 2 2 02"],
    ["YYYY-'W'ww-e", "2024-W18-3", "2024-W18-3"],
    ["h:mm a aaaaa", "1:04 PM p", "1:04 PM PM"],
    ["HH:mm:ss.SSS", "13:04:09.123", "13:04:09.123"],
    ["S SSSSSS SSSSSSSSS", "1 123456 123456000", "1 123456 123456000"],
    ["A", "47049123", "47049123"],
    ["G GGGG GGGGG", "AD Anno Domini A", "ap. J.-C. après Jésus-Christ ap. J.-C."],
    ["D DDD", "122 122", "122 122"],
    ["d 'de' MMMM 'o''clock' ''yy''", "1 de May o'clock '24'", "1 de mai o'clock '24'"],
    ["yyyy年M月d日", "2024年5月1日", "2024年5月1日"],
    ["'😀' yyyy 😀\n", "😀 2024 😀\n", "😀 2024 😀\n"],
  ])("%s is written in English and French", (pattern, english, french) => {
    expect(shown(pattern, MOMENT)).toBe(english);
    expect(shown(pattern, MOMENT, "fr")).toBe(french);
  });

  it.each([
    [-43, "44 44 0044 -43 -0043 BC"],
    [0, "1 01 0001 0 0000 BC"],
    [1, "1 01 0001 1 0001 AD"],
    [9999, "9999 99 9999 9999 9999 AD"],
    [12_024, "12024 24 12024 12024 12024 AD"],
    [290_000, "290000 00 290000 290000 290000 AD"],
    [-290_000, "290001 01 290001 -290000 -290000 BC"],
  ])("counts the year %i in its era with y, and on with u", (year, expected) => {
    expect(shown("y yy yyyy u uuuu G", daysOf(year, 3, 15) * DAY + 5)).toBe(expected);
  });

  it.each([
    [[2020, 12, 31], "2020-53-4"],
    [[2021, 1, 3], "2020-53-7"],
    [[2021, 1, 4], "2021-01-1"],
    [[2024, 12, 30], "2025-01-1"],
    [[0, 1, 1], "-1-52-6"],
    [[-44, 3, 15], "-44-11-4"],
  ] as const)("%j is in the ISO week %s", ([year, month, day], expected) => {
    expect(shown("Y-ww-e", daysOf(year, month, day) * DAY)).toBe(expected);
  });

  it.each([
    [0, "12 00 00 24 AM"],
    [11 * 3600, "11 11 11 11 AM"],
    [12 * 3600, "12 12 00 12 PM"],
    [23 * 3600, "11 23 11 23 PM"],
  ])("shows the hour at %i seconds in four ways", (seconds, expected) => {
    expect(shown("hh HH KK kk a", seconds)).toBe(expected);
    expect(shown("hh HH KK kk a", seconds - 20_000 * DAY)).toBe(expected);
  });

  it.each([
    [7200, "+02 +0200 +02:00 +0200 +02:00 | GMT+2 GMT+02:00 | +02:00"],
    [-12_600, "-0330 -0330 -03:30 -0330 -03:30 | GMT-3:30 GMT-03:30 | -03:30"],
    [-2588, "-0043 -0043 -00:43 -004308 -00:43:08 | GMT-0:43:08 GMT-00:43:08 | -00:43:08"],
    [-8, "Z Z Z -000008 -00:00:08 | GMT-0:00:08 GMT-00:00:08 | -00:00:08"],
  ])("shows an offset of %i seconds", (offset, expected) => {
    expect(shown("X XX XXX XXXX XXXXX | O OOOO | ZZZZZ", 0, "en", offset)).toBe(expected);
  });

  it("shows no offset as Z or as zeros, and the zone by its name", () => {
    expect(shown("X XX XXX XXXX XXXXX x xx xxx Z ZZZZZ VV", 0)).toBe("Z Z Z Z Z +00 +0000 +00:00 +0000 Z UTC");
    expect(shown("x xx xxx", 0, "en", -8)).toBe("+00 +0000 +00:00");
    expect(shown("VV", 0, "en", 0, "America/Argentina/ComodRivadavia")).toBe("America/Argentina/ComodRivadavia");
    const end = compileDatePattern("XXX VV", "fr").write(bytes, 0, 0, 0, null);
    expect(Buffer.from(bytes.subarray(0, end)).toString()).toBe("Z UTC");
  });

  it.each([
    ["dd/MM/yyyy", { date: true, time: false, zone: false }],
    ["HH:mm", { date: false, time: true, zone: false }],
    ["VV", { date: false, time: false, zone: true }],
    ["yyyy HH XXX", { date: true, time: true, zone: true }],
  ])("%s tells what it needs", (pattern, needs) => expect(compileDatePattern(pattern, "fr").needs).toEqual(needs));

  it("gives the same text again, whatever came in between", async () => {
    const pattern = compileDatePattern("EEEE d MMMM uuuu HH:mm:ss", "fr");
    const text = (seconds: number): string =>
      Buffer.from(bytes.subarray(0, pattern.write(bytes, 0, seconds, 0, null))).toString();
    await fuzz(
      // 4096 days and minutes apart, texts stand in each other's place.
      fc.tuple(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 0, max: 86_399 }),
      ),
      ([day, turns, second]) => {
        const seconds = day * DAY + second;
        const first = text(seconds);
        const other = text(seconds + turns * 4096 * DAY);
        expect(other === first).toBe(turns === 0);
        expect(text(seconds)).toBe(first);
      },
      2_000,
    );
  });
});

describe("a wrong date pattern", () => {
  it.each([
    ["yyyy-MM-ddTHH:mm", 10, "has T at character 11, which is not a field of it", "Put text between apostrophes: 'T'."],
    ["d b", 2, "has b at character 3, which is not a field of it", "Use a for AM and PM."],
    [
      "HH:mm z",
      6,
      "has z at character 7, which is not a field",
      "Use VV for the zone (Europe/Paris), XXX for its offset",
    ],
    ["yyyy MMMMMM", 5, "has MMMMMM at character 6, 6 letters long", "Use M, MM, MMM, MMMM, MMMMM."],
    ["VVV", 0, "has VVV at character 1, 3 letters long", "Use VV."],
    ["OO", 0, "has OO at character 1, 2 letters long", "Use O, OOOO."],
    ["yyyy 'at", 5, "opens an apostrophe at character 6 and never closes it", "Write two apostrophes for one"],
    ["d'", 1, "opens an apostrophe at character 2", "Write two apostrophes for one"],
    ["", 0, "shows nothing of the date", "Use letters such as dd/MM/yyyy"],
    ["'dd/MM/yyyy'", 0, "shows nothing of the date", "Use letters such as dd/MM/yyyy, without apostrophes."],
    ["dd/MM/YYYY", 6, "has Y, the year of a week, at character 7, and no week", "Use y for the year, or add ww."],
    ["DD/MM/yyyy", 0, "has D, the day of the year, at character 1 beside a month", "Use d for the day of the month."],
    ["dd/mm/yyyy", 3, "has m, minutes, at character 4 without hours", "Use M for the month, or add HH."],
    [`yyyy${"-".repeat(300)}`, 255, "is longer than 255 characters", "Shorten it."],
  ])("%s is refused at %i", (pattern, index, message, hint) => {
    const error = refusal(pattern)!;
    expect(error).toMatchObject({ code: "wrong-date-pattern", kind: "usage", index });
    expect(error.message).toContain(`The date pattern ${message}`);
    expect(error.hint).toContain(hint);
  });

  it.each([..."UrWFgljJCbBzvfinopqtINPRT".replace("q", "")])("%s is no field", (letter) => {
    expect(refusal(`yyyy ${letter}`)).toMatchObject({ index: 5, hint: expect.stringMatching(/\.$/) });
  });

  it.each(["mm:ss", "ww/YYYY", "DDD/yyyy", "d"])("%s means what it says", (pattern) =>
    expect(refusal(pattern)).toBeUndefined(),
  );

  it("is refused at one of its characters, and any other never exceeds its size", async () => {
    const letters = fc.constantFrom(
      ..."GyYuUrQqMLlwWdDFgEecabBhHKkjJCmsSAzZOvVXxT'-/ é".split(""),
      "''",
      "yyyy",
      "MMMM",
    );
    const texts = fc.oneof(
      fc.array(letters, { maxLength: 12 }).map((all) => all.join("")),
      fc.string({ unit: "binary", maxLength: 20 }),
    );
    const seconds = fc.oneof(
      fc.integer({ min: -9_213_000_000_000, max: 9_089_000_000_000 }),
      fc.constantFrom(-9_213_000_000_000, 9_089_000_000_000, -1, 0),
    );
    const name = fc.string({ unit: "binary-ascii", maxLength: 90 });
    let compiled = 0;
    await fuzz(
      fc.tuple(texts, fc.constantFrom("en", "fr"), seconds, fc.integer({ min: -86_399, max: 86_399 }), name),
      ([text, language, at, offset, zone]) => {
        const error = refusal(text);
        if (error !== undefined) {
          expect(error.index).toBeGreaterThanOrEqual(0);
          expect(error.index).toBeLessThan(Math.max(1, text.length));
          return;
        }
        compiled++;
        const pattern = compileDatePattern(text, language);
        for (const again of [7, 7, 9]) {
          bytes.fill(255, 0, pattern.size + 20);
          const end = pattern.write(bytes, again, at, 999_999, { offset, name: zone });
          expect(end).toBeLessThanOrEqual(again + pattern.size);
          expect(bytes.subarray(again + pattern.size, again + pattern.size + 5)).toEqual(new Uint8Array(5).fill(255));
          expect(bytes.subarray(0, again)).toEqual(new Uint8Array(again).fill(255));
          expect(Buffer.from(bytes.subarray(again, end)).toString()).not.toContain("\ufffd");
        }
      },
      10_000,
    );
    expect(compiled).toBeGreaterThan(500);
  });
});
