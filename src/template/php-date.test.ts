import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { fromPhpPattern, looksLikePhp } from "./php-date.ts";

describe("date formats of PHP", () => {
  it.each([
    ["d/m/Y H:i:s", "dd/MM/yyyy HH:mm:ss"],
    ["j F Y", "d MMMM yyyy"],
    ["l jS", 3],
    ["D, d M y g:i A", "EEE, dd MMM yy h:mm a"],
    ["Y-m-d\\TH:i:s.vP", "yyyy-MM-dd'T'HH:mm:ss.SSSxxx"],
    ["d \\d\\e F", "dd 'de' MMMM"],
    ["H\\hi", "HH'h'mm"],
    ["G\\'\\l", "H'''l'"],
    ["l, \\t\\h\\e j.", "EEEE, 'the' d."],
    ["d \\l'\\a\\n", "dd 'l''an'"],
    ["Y'y", "yyyy''yy"],
    ["\\\\Y", "\\yyyy"],
    ["Y\\", "yyyy\\"],
    ["", ""],
    ["k", "'k'"],
  ])("%s is %s", (php, expected) => {
    if (typeof expected === "string") expect(fromPhpPattern(php)).toBe(expected);
    else expect(refusal(php)?.index).toBe(expected);
  });

  it.each([..."SwztLXxaBITZU"])("%s has no counterpart", (letter) => {
    const error = refusal(`Y ${letter}`)!;
    expect(error).toMatchObject({ code: "wrong-php-date-pattern", kind: "usage", index: 2 });
    expect(error.message).toMatch(
      new RegExp(`^The PHP date pattern has ${letter}, .+, at character 3, which Unicode patterns cannot show\\.$`),
    );
    expect(error.hint).toMatch(/\.$/);
  });

  it.each([
    ["dj", 1],
    ["Y HG", 3],
    ["mF", 1],
    ["Yo", -1],
    ["Yy", 1],
  ])("%s: two fields that would become one are refused at %i", (php, index) => {
    if (index < 0) expect(fromPhpPattern(php)).toBe("yyyyY");
    else expect(refusal(php)).toMatchObject({ index, hint: "Put a space between them." });
  });

  it("become a pattern or are refused inside, whatever they are", async () => {
    await fuzz(
      fc.string({ unit: "binary", maxLength: 20 }),
      (php) => {
        const error = refusal(php);
        if (error === undefined) return;
        expect(error.index).toBeGreaterThanOrEqual(0);
        expect(error.index).toBeLessThan(php.length);
      },
      5_000,
    );
  });
});

describe("what looks like PHP", () => {
  it.each(["Y-m-d", "d/m/Y", "d/m/Y H:i", "j F Y", "d.m.y", "H:i", "n/j/Y g:i A", "Y"])("%s does", (pattern) =>
    expect(looksLikePhp(pattern)).toBe(true),
  );

  it.each(["dd/MM/yyyy", "d/M/y", "HH:mm", "yyyy", "YYYY-MM-DD", "d MMMM yyyy", "", "jS F", "H:m", "-", "\\Y"])(
    "%s need not",
    (pattern) => expect(looksLikePhp(pattern)).toBe(false),
  );
});

function refusal(pattern: string): PatternError | undefined {
  try {
    fromPhpPattern(pattern);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(PatternError);
    return error as PatternError;
  }
}
