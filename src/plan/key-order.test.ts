import { expect, it } from "vitest";
import type { FieldType } from "../catalog/types.ts";
import { compareKeyParts } from "./key-order.ts";

const ORDERS: readonly (readonly [FieldType, readonly string[]])[] = [
  [
    "integer",
    ["-9007199254740993", "-9007199254740992", "-20", "-3", "0", "3", "20", "9007199254740992", "9007199254740993"],
  ],
  [
    "decimal",
    [
      "-Infinity",
      "-1.5",
      "-1.25",
      "-0.1",
      "0",
      "0.10",
      "1.2",
      "1.25",
      "9007199254740993.1",
      "9007199254740993.2",
      "Infinity",
      "NaN",
    ],
  ],
  ["float", ["-Infinity", "-1e+300", "-1.5", "1e-7", "0.1", "2", "1e+21", "Infinity", "NaN"]],
  [
    "date",
    [
      "-infinity",
      "-0044-03-15",
      "-0043-01-01",
      "0001-01-01",
      "2024-05-01",
      "2024-10-01",
      "9999-12-31",
      "+10000-01-01",
      "infinity",
    ],
  ],
  ["instant", ["2024-05-01T12:34:56Z", "2024-05-01T12:34:56.05Z", "2024-05-01T12:34:56.5Z", "2024-05-01T12:34:57Z"]],
  ["time", ["00:00:00", "00:00:00.1", "12:30:00"]],
  ["text", ["", "A", "a", "a ", "ab", "é", "日本", "\uff21", "😀", "😁"]],
  ["boolean", ["false", "true"]],
  ["uuid", ["0f000000-0000-4000-8000-000000000000", "a0000000-0000-4000-8000-000000000000"]],
  ["binary", ["", "AA==", "AAE=", "AQ==", "/w=="]],
  ["any", ["-5", "1.5", "2", "10", "A", "a"]],
];

it.each(ORDERS)("puts %s keys into the order of the databases", (type, texts) => {
  const compare = compareKeyParts([type]);
  const mixed = texts.toReversed().map((text) => [text]);
  expect(mixed.toSorted(compare).flat()).toEqual(texts);
  for (const text of texts) expect(compare([text], [text])).toBe(0);
});

it("compares one column after the other", () => {
  const compare = compareKeyParts(["text", "integer"]);
  const keys = [
    ["a", "10"],
    ["b", "1"],
    ["a", "9"],
  ];
  expect(keys.toSorted(compare)).toEqual([
    ["a", "9"],
    ["a", "10"],
    ["b", "1"],
  ]);
});
