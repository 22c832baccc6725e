import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { writeInteger } from "./integers.ts";
import { NUMBER_SIZE, writeFloat, writeFloat32 } from "./numbers.ts";

function text(write: (bytes: Uint8Array, at: number, value: number) => number, value: number): string {
  const bytes = new Uint8Array(NUMBER_SIZE + 2);
  const end = write(bytes, 1, value);
  expect(end).toBeLessThanOrEqual(NUMBER_SIZE + 1);
  return Buffer.from(bytes.subarray(1, end)).toString("latin1");
}

it("writes every double as ECMAScript does, but keeps -0", async () => {
  const special = fc.constantFrom(
    0,
    0.1 + 0.2,
    1e20,
    1e21,
    123456789.25,
    1e-6,
    1e-7,
    0.0001,
    99999.9999,
    2 ** 53,
    5e-324,
  );
  const decimals = fc
    .tuple(fc.integer(), fc.integer({ min: 0, max: 8 }))
    .map(([digits, scale]) => digits / 10 ** scale);
  // Where digits are counted off: next to powers of ten and of two, in every size that is written without an exponent.
  const edges = fc
    .tuple(fc.constantFrom(2, 10), fc.integer({ min: -70, max: 70 }), fc.integer({ min: -4, max: 4 }))
    .map(([base, power, steps]) => base ** power * (1 + steps * Number.EPSILON));
  const sizes = fc
    .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -8, max: 22 }))
    .map(([digits, power]) => digits * 10 ** power);
  await fuzz(
    fc.oneof(special, decimals, fc.double(), edges, sizes),
    (value) => {
      expect(text(writeFloat, value)).toBe(Object.is(value, -0) ? "-0" : String(value));
    },
    20_000,
  );
});

it("writes safe integers exactly", async () => {
  await fuzz(
    fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.integer({ min: -999, max: 999 })),
    (value) => {
      expect(text(writeInteger, value)).toBe(String(value));
    },
    5_000,
  );
});

it("writes single-precision floats in the shortest form that reads back equal", async () => {
  await fuzz(
    fc.float({ noNaN: true }),
    (value) => {
      const written = text(writeFloat32, value);
      expect(Object.is(Math.fround(Number(written)), value)).toBe(true);
      expect(written.length).toBeLessThanOrEqual(String(value).length + 1);
    },
    5_000,
  );
  expect(text(writeFloat32, Math.fround(0.1))).toBe("0.1");
  expect(text(writeFloat32, Math.fround(16_777_216))).toBe("16777216");
  expect(text(writeFloat32, NaN)).toBe("NaN");
});
