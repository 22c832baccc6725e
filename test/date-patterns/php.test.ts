// Date formats of PHP, after they became Unicode patterns, against PHP itself.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromPhpPattern } from "../../src/template/php-date.ts";
import { needed } from "../readers/programs.ts";
import { seed } from "../setup/fuzz.ts";
import { written } from "./random-patterns.ts";

/** What PHP's formats are made of. o stands with W, and i with hours: Unicode patterns refuse anything else as a slip. */
const FIELDS = [..."dDjlNWFmMnYyAgGhHsuveOPpcr", "o-\\WW", "H:i", "g:i A", "G\\hi"];
const TEXTS = ["/", " ", "-", ", ", "\\T", "'", "''", "\\\\", "\\d\\e", "é", "\\'", "fkq", "年", "{}", "\\é"];

const format = fc
  .array(fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...FIELDS)), { minLength: 1, maxLength: 7 })
  .map((pairs) => pairs.flat().join(""));

const cases = fc.record({
  format,
  seconds: fc.integer({ min: Date.parse("0001-01-03") / 1000, max: Date.parse("9999-12-29") / 1000 }),
  microseconds: fc.integer({ min: 0, max: 999_999 }),
  minutes: fc.option(fc.integer({ min: -14 * 60, max: 14 * 60 })),
});

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
const offsetText = (minutes: number): string =>
  `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;

describe("date formats of PHP", () => {
  it("write what PHP writes", () => {
    const asked = fc.sample(cases, { numRuns: 2000, seed });
    const zones = asked.map((one) => (one.minutes === null ? null : offsetText(one.minutes)));
    const input = JSON.stringify(asked.map((one, n) => [one.format, one.seconds, one.microseconds, zones[n]]));
    const script = join(import.meta.dirname, "php.php");
    const expected = JSON.parse(execFileSync(needed("php"), [script], { input, encoding: "utf8" })) as string[];
    const ours = asked.map((one, n) => {
      const offset = (one.minutes ?? 0) * 60;
      const zone = one.minutes === null ? null : { offset, name: zones[n]! };
      // gmdate() knows whole seconds only.
      const microseconds = one.minutes === null ? 0 : one.microseconds;
      return [one.format, written(fromPhpPattern(one.format), "en", one.seconds + offset, microseconds, zone)];
    });
    expect(ours).toEqual(asked.map((one, n) => [one.format, expected[n]]));
  });
});
