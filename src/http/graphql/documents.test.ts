import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { readDocument } from "./documents.ts";

const schema = buildSchema("type Query { a: Int }");
const read = (text: string, of = schema): unknown => readDocument(text, of, {});
const long = (n: number, length: number): string => `{a}#${n}`.padEnd(length, "x");

test("documents are kept for their schema", () => {
  expect(read("{a}")).toBe(read("{a}"));
  expect(read("{a}")).not.toBe(read("{a}", buildSchema("type Query { a: Int }")));
  expect(read(long(0, 20_001))).not.toBe(read(long(0, 20_001)));
});

test("no more of them are kept than a number of characters, the last ones", () => {
  const [used, first] = [read("{a b: a}"), read(long(1, 20_000))];
  const last = Array.from({ length: 24 }, (_, n) => {
    expect(read("{a b: a}")).toBe(used);
    return read(long(2 + n, 20_000));
  });
  expect(last.every((it, n) => it === read(long(2 + n, 20_000)))).toBe(true);
  expect(read(long(1, 20_000))).not.toBe(first);
});

test("short ones do not add up to more either", () => {
  const first = read("{a c0: a}");
  for (let n = 1; n <= 10_000; n++) read(`{a c${n}: a}`);
  expect(read("{a c0: a}")).not.toBe(first);
});
