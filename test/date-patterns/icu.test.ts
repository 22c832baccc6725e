// Date patterns against ICU, which Unicode's patterns come from, as PHP has it.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seed } from "../setup/fuzz.ts";
import { leaveOut, needed, printed } from "../readers/programs.ts";
import { language, patternOf, written } from "./random-patterns.ts";

const CASES = 10_000;

const upTo = (letter: string, most: number): readonly string[] =>
  Array.from({ length: most }, (_, n) => letter.repeat(n + 1));

/** All fields but VV, for which ICU would need its own zones. Y stands with w, m with hours, D without a month. */
const CLOCK = [
  ["h", "H", "K", "k", "s"].flatMap((letter) => upTo(letter, 2)),
  ["HH:mm", "H'h'm", "k.mm", "Kmm", "S", "SS", "SSS", "SSSSS", "SSSSSSSSS", "A", "AAAA", "AAAAAAAAA"],
  ["X", "x", "Z", "a"].flatMap((letter) => upTo(letter, 5)),
  ["O", "OOOO", "''", "'o''clock'"],
].flat();
const DATE = [
  ["E", "e", "c"].flatMap((letter) => upTo(letter, 6)),
  ["G", "Q", "q"].flatMap((letter) => upTo(letter, 5)),
  ["y", "u"].flatMap((letter) => upTo(letter, 7)),
  ["Yw", "YYww", "YYYYYw", "YYYY-'W'ww", "w", "ww"],
].flat();
const MONTHS = [...upTo("M", 5), ...upTo("L", 5), "d", "dd"];
const DAYS_OF_YEAR = upTo("D", 3);

const offset = fc.oneof(
  fc.integer({ min: -11, max: 13 }).map((hours) => (hours || 14) * 3600),
  fc.integer({ min: -47, max: 47 }).map((halves) => (halves || 1) * 1800),
  fc.integer({ min: 1, max: 86_399 }),
  fc.integer({ min: -86_399, max: -1 }),
);

/** ICU's name of a zone that is nothing but an offset. */
function zoneOf(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [size / 3600, (size / 60) % 60, size % 60].map((one) => String(Math.floor(one)).padStart(2, "0"));
  return `GMT${seconds < 0 ? "-" : "+"}${parts.join(":")}`;
}

const cases = fc.record({
  language,
  fields: fc.oneof(patternOf([...CLOCK, ...DATE, ...MONTHS]), patternOf([...CLOCK, ...DATE, ...DAYS_OF_YEAR])),
  milliseconds: fc.oneof(
    fc.integer({ min: Date.parse("0001-01-02"), max: Date.parse("9999-12-30") }),
    // ICU ends about the year 5.8 million; ECMAScript's dates at 275760.
    fc.integer({ min: -8.6e15, max: 8.6e15 }),
  ),
  offset,
});

/** Texts alone are refused. */
const hasField = (pattern: string): boolean => /[A-Za-z]/.test(pattern.replace(/'[^']*'/g, ""));

describe("date patterns", () => {
  it("write what ICU writes, any field, in any year", { timeout: 120_000 }, () => {
    if (!printed("php", ["-m"]).includes("\nintl\n")) leaveOut("PHP has no extension intl");
    const asked = fc
      .sample(cases, { numRuns: CASES, seed })
      .map((one) => ({ ...one, pattern: one.fields.flat().join("") }))
      .filter((one) => hasField(one.pattern));
    expect(asked.length).toBeGreaterThan(CASES * 0.9);
    const input = JSON.stringify(asked.map((one) => [one.language, one.pattern, one.milliseconds, zoneOf(one.offset)]));
    const script = join(import.meta.dirname, "icu.php");
    const output = execFileSync(needed("php"), [script], { input, encoding: "utf8", maxBuffer: 1 << 28 });
    const expected: unknown = JSON.parse(output);
    const ours = asked.map((one) => {
      const seconds = Math.floor(one.milliseconds / 1000);
      const microseconds = (one.milliseconds - seconds * 1000) * 1000;
      return written(one.pattern, one.language, seconds + one.offset, microseconds, { offset: one.offset, name: "" });
    });
    const named = (texts: unknown): unknown[] =>
      (texts as string[]).map((text, n) => [asked[n]!.language, asked[n]!.pattern, asked[n]!.milliseconds, text]);
    expect(named(ours)).toEqual(named(expected));
  });
});
