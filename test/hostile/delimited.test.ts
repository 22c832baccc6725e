// Whatever a text holds, a CSV reader gets it back, and with the guard on no spreadsheet takes it for a formula.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Kind } from "../../src/cells/kinds.ts";
import { pythonCsv } from "../readers/python.ts";
import { textBatch, written } from "../setup/batch.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";

const formula = fc
  .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"), hostileText)
  .map((parts) => parts.join(""));
const cell = fc.oneof(hostileText, formula, fc.constant(""), fc.constant(null));
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 20, maxLength: 60 });

it.each([
  ["csv", {}, ","],
  ["csv", { delimiter: ";", newline: "crlf" }, ";"],
  ["csv", { quote: "all", null: "NULL" }, ","],
  ["tsv", {}, "\\t"],
] as const)("%s with %j comes back from Python's reader", async (format, options, delimiter) => {
  const missing = "null" in options ? options.null : "";
  await fuzz(
    rows,
    async (cells) => {
      const [, ...read] = await pythonCsv(await written(format, options, textBatch(cells)), delimiter);
      expect(read).toEqual(cells.map((row) => row.map((text) => text ?? missing)));
    },
    15,
  );
});

const json = fc.tuple(
  fc.oneof(fc.jsonValue(), hostileText, fc.array(fc.integer()), fc.dictionary(hostileText, hostileText)),
  fc.constantFrom(undefined, 1, "\t"),
);

it.each([
  ["csv", {}, ","],
  ["csv", { delimiter: ";", null: "[1,2]" }, ";"],
  ["csv", { quote: "all" }, ","],
  ["tsv", {}, "\\t"],
] as const)("%s with %j has JSON without white space between its tokens", async (format, options, delimiter) => {
  await fuzz(
    fc.array(fc.tuple(json, json), { minLength: 20, maxLength: 60 }),
    async (cells) => {
      const batch = textBatch(cells.map((row) => row.map(([value, space]) => JSON.stringify(value, null, space))));
      batch.kind.fill(Kind.json);
      const [, ...read] = await pythonCsv(await written(format, options, batch), delimiter);
      expect(read).toEqual(cells.map((row) => row.map(([value]) => JSON.stringify(value))));
    },
    15,
  );
});

it("guards against formulas with an apostrophe, and changes nothing else", async () => {
  await fuzz(
    rows,
    async (cells) => {
      const [, ...read] = await pythonCsv(await written("csv", { formulaGuard: true }, textBatch(cells)));
      for (const [r, row] of read.entries()) {
        for (const [c, text] of row.entries()) {
          expect(text).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
          expect([cells[r]![c] ?? "", `'${cells[r]![c] ?? ""}`]).toContain(text);
        }
      }
    },
    15,
  );
});

it("writes a cell of a megabyte", async () => {
  const large = `${'x"'.repeat(1 << 19)}\n`;
  const [, [first, second] = []] = await pythonCsv(await written("csv", {}, textBatch([[large, "after"]])));
  expect(first).toBe(large);
  expect(second).toBe("after");
});
