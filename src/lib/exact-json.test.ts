import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exactJson } from "./exact-json.ts";

test.each([
  ["9007199254740993", "9007199254740993"],
  ["[1,2.5,-3]", "[1,2.5,-3]"],
  [
    '{"a":12345678901234567890.123456789,"b":[1e400,1e-400]}',
    '{"a":12345678901234567890.123456789,"b":[1e400,1e-400]}',
  ],
  ["-0", "-0"],
  ["[-0.0]", "[-0.0]"],
  ["1.50", "1.5"],
  ["1e2", "100"],
  ["0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"],
  ["100000000000000000000000", "1e+23"],
  ['"9007199254740993"', '"9007199254740993"'],
  ['{"__proto__":9007199254740993}', '{"__proto__":9007199254740993}'],
  ["5e-324", "5e-324"],
  ["4.9e-324", "4.9e-324"],
])("%s keeps its value", (text, written) => {
  expect(JSON.stringify(exactJson(text))).toBe(written);
});

test("whatever is written with digits is as large as before", () => {
  const digits = fc.stringMatching(/^-?(?:0|[1-9]\d{0,24})(?:\.\d{1,20})?$/);
  fc.assert(
    fc.property(fc.array(digits), (numbers) => {
      const again = JSON.stringify(exactJson(`[${numbers.join(",")}]`));
      const written = again
        .slice(1, -1)
        .split(",")
        .filter((it) => it !== "");
      expect(written.map(plain)).toEqual(numbers.map(plain));
    }),
  );
});

/** Sign, digits and place of the point, without zeros that say nothing. */
function plain(text: string): string {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
  const all = whole + fraction;
  const point = whole.length + Number(exponent);
  const leading = /^0*/.exec(all)![0].length;
  const significant = all.slice(leading).replace(/0+$/, "");
  return `${sign}${significant}@${significant === "" ? 0 : point - leading}`;
}
