import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { plainDecimal } from "../../lib/decimal-text.ts";
import { addDecimals, decimalKey, decimalOf, decimalText, meanOf } from "./decimal.ts";

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: 0, max: 30 }))
  .map(([digits, scale]) => ({ digits, scale }));
const scaled = ({ digits, scale }: { digits: bigint; scale: number }): bigint => digits * 10n ** BigInt(30 - scale);

it("gives keys that sort as the values do", async () => {
  await fuzz(
    fc.tuple(decimal, decimal),
    ([a, b]) => {
      const [left, right] = [scaled(a), scaled(b)];
      expect(Math.sign(Buffer.compare(Buffer.from(decimalKey(a)), Buffer.from(decimalKey(b))))).toBe(
        left < right ? -1 : left > right ? 1 : 0,
      );
    },
    20_000,
  );
});

it("reads its own text, and adds exactly", async () => {
  await fuzz(
    fc.tuple(decimal, decimal),
    ([a, b]) => {
      expect(decimalOf(decimalText(a))).toEqual(a);
      expect(scaled(addDecimals(a, b)!)).toBe(scaled(a) + scaled(b));
    },
    2_000,
  );
});

it("takes means to the nearest double", () => {
  expect(meanOf({ digits: 2n, scale: 0 }, 3n)).toBe(2 / 3);
  expect(meanOf({ digits: -1n, scale: 1 }, 3n)).toBe(-0.1 / 3);
});

it("writes numbers out without an exponent", async () => {
  await fuzz(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    (value) => {
      const plain = plainDecimal(String(value));
      expect(plain).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(plain)).toBe(value === 0 ? 0 : value);
    },
    5_000,
  );
  expect(["1.50", "007", "-0.0", "1e3", "12e-1", "5e-3", "x", "1.", ".5", "0x10"].map(plainDecimal)).toEqual([
    "1.50",
    "7",
    "0.0",
    "1000",
    "1.2",
    "0.005",
    null,
    null,
    null,
    null,
  ]);
});
