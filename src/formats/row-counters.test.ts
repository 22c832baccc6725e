import * as fc from "fast-check";
import { fuzz } from "../../test/setup/fuzz.ts";
import { describe, expect, it } from "vitest";
import type { RowCounter } from "../cells/row-counter.ts";
import { DelimitedCounter, ElementCounter, JsonArrayCounter, LineCounter, SheetRowCounter } from "./row-counters.ts";

function counted(counter: RowCounter, text: string, size: number): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) counter.add(bytes.subarray(at, at + size));
  return counter.rows();
}

describe("row counters", () => {
  it.each<[string, () => RowCounter, string, number]>([
    ["delimited", () => new DelimitedCounter(true), 'a,b\n1,"x\ny ""z"""\n2,\n', 2],
    ["delimited without header", () => new DelimitedCounter(false), '1,"\r\n"\r\n', 1],
    ["lines", () => new LineCounter(), '{"a":1}\n{"a":2}\n', 2],
    ["no lines", () => new LineCounter(), "", 0],
    ["objects", () => new JsonArrayCounter(false), '[\n{"a":[{"b":"}]"}]},\n{"c":"\\"[{"}\n]\n', 2],
    ["no objects", () => new JsonArrayCounter(false), "[]\n", 0],
    ["arrays", () => new JsonArrayCounter(true), '[\n["a"],\n[1],\n[[2]]\n]\n', 2],
    ["elements", () => new ElementCounter(), '<?xml version="1.0"?>\n<r a="b"><x><y/>&gt;</x><x/><x></x></r>\n', 3],
  ])("count %s, wherever chunks end", (_, counter, text, rows) => {
    for (let size = 1; size <= text.length + 1; size++) expect(counted(counter(), text, size)).toBe(rows);
  });

  it.each<[string, () => RowCounter, string, string]>([
    ["quotes", () => new DelimitedCounter(true), 'a\n"b\n', "ends within quotes"],
    ["a last line", () => new DelimitedCounter(true), "a\nb", "last line has no end"],
    ["no header", () => new DelimitedCounter(true), "", "no header"],
    ["an open record", () => new LineCounter(), '{"a":1}\n{"a"', "last line has no end"],
    ["an open array", () => new JsonArrayCounter(false), '[{"a":1}', "middle of a value"],
    ["two arrays", () => new JsonArrayCounter(false), "[][]", "not one JSON array"],
    ["no array header", () => new JsonArrayCounter(true), "[]", "no header"],
    ["an open element", () => new ElementCounter(), "<r><x>", "ends within an element"],
    ["two roots", () => new ElementCounter(), "<r/><r/>", "not one XML document"],
  ])("refuse %s", (_, counter, text, message) => {
    expect(() => counted(counter(), text, 3)).toThrow(message);
  });

  it("count rows of sheets, wherever chunks end", async () => {
    const tags = ["<sheetData>", "<row r=", "<ro", "w ", "<<row ", "</row>", "<sheet", "Data"];
    await fuzz(
      fc.tuple(fc.array(fc.constantFrom(...tags)), fc.integer({ min: 1, max: 14 })),
      ([parts, size]) => {
        const text = `<sheetData><row >${parts.join("")}`;
        const counter = new SheetRowCounter("<sheetData", "<row ");
        for (let at = 0; at < text.length; at += size) counter.add(Buffer.from(text.slice(at, at + size)));
        const [, ...sheets] = text.split("<sheetData");
        expect(counter.sheets()).toEqual(sheets.map((sheet) => sheet.split("<row ").length - 2));
      },
      500,
    );
  });
});
