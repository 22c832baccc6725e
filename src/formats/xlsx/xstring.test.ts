import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Output } from "../../cells/output.ts";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { cutAt, needsPreserve, writeXstring } from "./xstring.ts";

function written(text: string): { xml: string; odd: boolean } {
  const bytes = Buffer.from(text, "utf8");
  const out = new Output(4);
  const odd = writeXstring(bytes, 0, bytes.length, out);
  return { xml: Buffer.from(out.written()).toString("utf8"), odd };
}

/** What a reader makes of it, as ST_Xstring is defined. */
function readBack(xml: string): string {
  const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  return xml
    .replace(/&\w+;/g, (entity) => entities[entity]!)
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

describe("ST_Xstring", () => {
  it.each([
    ["a & b < c > d", "a &amp; b &lt; c &gt; d", false],
    ["tab\tline\nend", "tab\tline\nend", false],
    ["a\r\nb", "a_x000D_\nb", false],
    ["\u0001\u001f", "_x0001__x001F_", true],
    ["\ufffe\uffff\ufffd\ufeff", "_xFFFE__xFFFF_\ufffd\ufeff", true],
    ["_x0041_", "_x005F_x0041_", false],
    ["_x00e9_ _X00E9_", "_x005F_x00e9_ _x005F_X00E9_", false],
    ["snake_case_x12_ _x004", "snake_case_x12_ _x004", false],
    ["_x0041", "_x0041", false],
    ["_x0041\r", "_x005F_x0041_x000D_", false],
  ])("writes %j as %j", (text, xml, odd) => {
    expect(written(text)).toEqual({ xml, odd });
    expect(readBack(xml)).toBe(text);
  });

  it("gives back whatever was written", async () => {
    const piece = fc.constantFrom("_", "x", "X", "0", "005F", "a", "\r", "\n", "\u0002", "&", "😀", "\uffff", "é");
    await fuzz(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      expect(readBack(written(text).xml)).toBe(text);
    });
  });

  it("keeps white space at the ends", () => {
    const needs = (text: string): boolean => needsPreserve(Buffer.from(text), 0, Buffer.byteLength(text));
    expect(["", "a b", " a", "a\n", "\t", "a\r"].map(needs)).toEqual([false, false, true, true, true, false]);
  });
});

describe("cutting", () => {
  it.each([
    ["x".repeat(32_767), 32_767],
    ["x".repeat(32_768), 32_767],
    ["é".repeat(32_768), 32_767],
    ["日".repeat(20_000), 20_000],
    ["😀".repeat(20_000), 32_766],
    [`x${"😀".repeat(20_000)}`, 32_767],
  ])("leaves at most 32,767 units and whole characters (%#)", (text, units) => {
    const bytes = Buffer.from(`?${text}`);
    const cut = bytes.subarray(1, cutAt(bytes, 1, bytes.length, 32_767)).toString("utf8");
    expect(cut).toBe(text.slice(0, units));
    expect(cut.isWellFormed()).toBe(true);
  });
});
