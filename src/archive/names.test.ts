import * as fc from "fast-check";
import { fuzz } from "../../test/setup/fuzz.ts";
import { describe, expect, it } from "vitest";
import { folded, NamesInFolder, safeName } from "./names.ts";

describe("names of files", () => {
  it.each([
    ["samples", "csv", "samples.csv"],
    ["samples.measures", "csv", "samples.measures.csv"],
    ["../../etc/passwd", "", "_.._.._etc_passwd"],
    ["..", "", "__"],
    [".", "csv", "_..csv"],
    ["", "csv", "_.csv"],
    ["", "", "_"],
    ["C:\\Windows\\x", "txt", "C__Windows_x.txt"],
    ["con", "csv", "_con.csv"],
    ["NUL.tar", "gz", "_NUL.tar.gz"],
    ["lpt¹", "", "_lpt¹"],
    ["COM0 ", "txt", "_COM0 .txt"],
    ["console", "csv", "console.csv"],
    ["ends with dot.", "", "ends with dot_"],
    ["ends with space ", "", "ends with space_"],
    ["  begins", "csv", "begins.csv"],
    ["~/home", "", "_~_home"],
    ["a\u202etxt.exe", "", "a_txt.exe"],
    ["a\nb\u0000c", "csv", "a_b_c.csv"],
    ["lone \ud800", "csv", "lone \ufffd.csv"],
  ])("makes %j with %j into %j", (text, extension, name) => {
    expect(safeName(text, extension)).toBe(name);
  });

  it("cuts at 255 bytes, between characters, and keeps the extension", () => {
    const name = safeName("é".repeat(300), "csv");
    expect(name).toBe(`${"é".repeat(125)}.csv`);
    expect(Buffer.byteLength(safeName("👩‍👩‍👧‍👦".repeat(40), "csv"))).toBeLessThanOrEqual(255);
    expect(safeName("👩‍👩‍👧‍👦".repeat(40), "csv")).toMatch(/^(?:👩‍👩‍👧‍👦)+\.csv$/u);
  });

  it("keeps names apart that some file system takes for one", () => {
    const names = new NamesInFolder(["README.txt"]);
    expect(["a", "A", "a", "é", "e\u0301", "readme"].map((text) => names.take(text, "txt"))).toEqual([
      "a.txt",
      "A (2).txt",
      "a (3).txt",
      "é.txt",
      "é (2).txt",
      "readme (2).txt",
    ]);
  });

  it("gives names that stay in their folder and differ, whatever the text", async () => {
    const anyName = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.stringMatching(/^[./\\: ~]{0,6}(?:con|nul|a|A)?[. ]{0,3}$/),
    );
    await fuzz(
      fc.tuple(fc.array(anyName, { minLength: 1, maxLength: 8 }), fc.constantFrom("", "csv", "tar.gz")),
      ([texts, extension]) => {
        const folder = new NamesInFolder();
        const names = texts.map((text) => folder.take(text, extension));
        expect(new Set(names.map(folded)).size).toBe(names.length);
        for (const name of names) {
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
          expect(name).toMatch(/^[^\p{Cc}<>:"/\\|?*]+$/u);
          expect(name).not.toMatch(/^[.~ ]|[. ]$/);
          expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
          expect(name.endsWith(extension)).toBe(true);
          // What is safe already stays as it is.
          expect(safeName(name)).toBe(name);
        }
      },
      300,
    );
  });
});
