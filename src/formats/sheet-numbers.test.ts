import { expect, it } from "vitest";
import { digitsFit, integerFits } from "./sheet-numbers.ts";

function fits(text: string): boolean {
  const bytes = Buffer.from(`9${text}9`, "latin1");
  return digitsFit(bytes, 1, bytes.length - 1);
}

it.each([
  ["0", true],
  ["-0.00", true],
  [`0.${"0".repeat(400)}`, true],
  ["123456789012345", true],
  ["1234567890123456", false],
  ["-123456789012345", true],
  ["12345678.9012345", true],
  ["12345678.90123456", false],
  ["0.000000000123456789012345", true],
  ["0.0000000001234567890123456", false],
  ["123456789012345000000", true],
  ["1234567890123450000001", false],
  ["1.000000000000000000000", true],
  ["100000000000000.5", false],
  ["10000000000000.5", true],
  [`9${"0".repeat(307)}`, true],
  [`1${"0".repeat(308)}`, false],
  [`0.${"0".repeat(306)}1`, true],
  [`0.${"0".repeat(307)}1`, false],
])("says whether %s keeps all of its digits: %s", (text, expected) => {
  expect(fits(text)).toBe(expected);
});

it("knows safe integers of more than 15 digits", () => {
  expect([999_999_999_999_999, 1e15, -9_007_199_254_740_990, Number.MAX_SAFE_INTEGER].map(integerFits)).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(integerFits(Number.MIN_SAFE_INTEGER)).toBe(false);
});
