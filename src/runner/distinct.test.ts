// Different values: the exact count up to a thousand, then an estimate that is close.
import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { Distinct, EXACT } from "./distinct.ts";

function ofTexts(all: Iterable<string>): Distinct {
  const distinct = new Distinct();
  for (const text of all) {
    // At odd places too.
    const bytes = Buffer.from(`xyz${text}!`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    distinct.addBytes(bytes, view, 3, bytes.length - 1);
  }
  return distinct;
}

function* texts(count: number): Generator<string> {
  for (let n = 0; n < count; n++) yield "ab".repeat(n % 7) + String(n);
}

it("is exact up to a thousand, however often they come", () => {
  for (const count of [0, 1, 31, 32, 33, 64, 999, EXACT]) {
    const distinct = ofTexts([...texts(count), ...texts(count)]);
    expect([distinct.count, distinct.isExact]).toEqual([count, true]);
  }
});

it("keeps texts apart that differ in one place, or by zeros at their ends", () => {
  const all = [
    "",
    "\0",
    "\0\0",
    "\0\0\0\0",
    "\0\0\0\0\0",
    "a",
    "a\0",
    "b",
    "ab",
    "ba",
    "abcd",
    "abcde",
    "abcdf",
    "bbcde",
  ];
  expect(ofTexts([...all, ...all]).count).toBe(all.length);
});

it("numbers values in the order in which they come", () => {
  const distinct = new Distinct();
  expect([5, -0, 0, 5, NaN, NaN, 0.1, -0].map((value) => distinct.addNumber(value, 0))).toEqual([
    0, 1, 2, 0, 3, 3, 4, 1,
  ]);
  expect([distinct.addNumber(5, 1), distinct.addNumber(5, 0)]).toEqual([5, 0]);
});

it.each([1_001, 2_000, 5_000, 20_000, 100_000, 1_000_000])("is close to %d", (count) => {
  const salt = randomBytes(4).toString("hex");
  const random = new Distinct();
  for (let n = 0; n < count; n++) random.addNumber(n, 0);
  for (let n = 0; n < 1000; n++) random.addNumber(n, 0);
  const ofText = ofTexts(
    (function* () {
      for (let n = 0; n < count; n++) yield `${salt}-${n}`;
    })(),
  );
  for (const distinct of [random, ofText]) {
    expect(distinct.isExact).toBe(false);
    // Nearly four times the standard error.
    expect(Math.abs(distinct.count / count - 1), `${distinct.count} with ${salt}`).toBeLessThan(0.06);
  }
});
