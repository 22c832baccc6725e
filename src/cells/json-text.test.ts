import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { isJson, writeCompactJson } from "./json-text.ts";

const spaced = fc
  .tuple(fc.jsonValue(), fc.constantFrom("", " ", "\t", "\n"))
  .map(([value, space]) => JSON.stringify(value, null, space));

/** JSON with a character changed, put in, or taken out. */
const broken = fc
  .tuple(
    spaced,
    fc.nat(),
    fc.constantFrom("", '"', "\\", ",", "}", "]", "{", "[", ":", "0", "-", ".", "e", "t", "\u0001", "x"),
  )
  .map(([json, place, put]) => {
    const at = place % (json.length + 1);
    return json.slice(0, at) + put + json.slice(at + (place % 2));
  });

it("knows JSON as JSON.parse does", async () => {
  await fuzz(
    fc.oneof(spaced, broken),
    (text) => {
      const bytes = Buffer.from(`x${text}x`);
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect(isJson(bytes, 1, bytes.length - 1)).toBe(valid);
    },
    20_000,
  );
});

it("writes JSON without its white space, and nothing else changed", async () => {
  await fuzz(
    fc.tuple(fc.jsonValue(), fc.constantFrom(" ", "\t", "  ")),
    ([value, space]) => {
      const from = Buffer.from(JSON.stringify(value, null, space));
      const to = new Uint8Array(from.length);
      expect(Buffer.from(to.subarray(0, writeCompactJson(from, 0, from.length, to, 0))).toString()).toBe(
        JSON.stringify(value),
      );
    },
    5_000,
  );
});
