// docs/date-patterns.md says what is so.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDatePattern } from "../../src/cells/read-date-pattern.ts";
import { PatternError } from "../../src/lib/pattern-error.ts";
import { fromPhpPattern } from "../../src/template/php-date.ts";
import { written } from "./random-patterns.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/date-patterns.md"), "utf8");
const MOMENT = Date.UTC(2024, 4, 1, 13, 4, 9) / 1000;
const PARIS = { offset: 7200, name: "Europe/Paris" };

/** The cells of the rows that begin with code, of the table under a heading. */
function rows(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]!.split("\n## ")[0]!;
  const lines = section.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );
}

const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

describe("docs/date-patterns.md", () => {
  it.each(rows("Letters").map((row) => [codes(row[0]!)[0]!, row[2]!, row[3]!]))(
    "%s is written as it says",
    (pattern, english, french) => {
      expect(written(pattern, "en", MOMENT, 123_456, PARIS)).toBe(english);
      expect(written(pattern, "fr", MOMENT, 123_456, PARIS)).toBe(french);
    },
  );

  it.each(rows("What is refused").flatMap((row) => codes(row[0]!)))("%s is refused", (pattern) =>
    expect(() => readDatePattern(pattern)).toThrow(PatternError),
  );

  it("has all of PHP's letters", () => {
    const pairs = rows("Formats of PHP").flatMap((row) => [0, 2, 4, 6].map((n) => [row[n]!, row[n + 1]!]));
    const documented = pairs.filter(([php]) => php !== "").map((pair) => pair.flatMap(codes));
    expect(documented.map(([php]) => [php, fromPhpPattern(php!)])).toEqual(documented);
    const [, refused] = page.split("Refused, since Unicode patterns cannot show them:");
    const letters = codes(refused!);
    for (const letter of letters) expect(() => fromPhpPattern(letter)).toThrow(PatternError);
    const all = [...documented.map(([php]) => php!), ...letters.slice(0, -1)].toSorted().join("");
    const known = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"].filter((letter) => !isText(letter));
    expect(all).toBe(known.join(""));
  });
});

function isText(letter: string): boolean {
  try {
    return fromPhpPattern(letter) === `'${letter}'`;
  } catch {
    return false;
  }
}
