import { expect, it } from "vitest";
import { typedBatch } from "../../test/setup/typed-batch.ts";
import { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { Translation } from "./translate.ts";
import { writeValue } from "./value-text.ts";

function texts(batch: CellBatch): string[] {
  return Array.from({ length: batch.rows * batch.width }, (_, i) => {
    const out = new Output(16);
    writeValue(batch, i, null, out);
    return Buffer.from(out.written()).toString("utf8");
  });
}

it("shows labels instead of codes of every kind, and keeps codes that have none", () => {
  const batch = typedBatch([
    [
      [Kind.integer, 1],
      [Kind.text, "1"],
    ],
    [
      [Kind.boolean, 1],
      [Kind.text, "b"],
    ],
    [
      [Kind.text, "à"],
      [Kind.text, "a"],
    ],
    [
      [Kind.digits, "1.50"],
      [Kind.text, "c"],
    ],
    [[Kind.text, "unknown"], [Kind.missing]],
    [[Kind.missing], [Kind.text, "1"]],
    [
      [Kind.text, ""],
      [Kind.text, "1"],
    ],
  ]);
  new Translation({ 1: "Frais €", true: "oui", à: "", "1.50": "one and a half" }).apply(batch, 0, new Appended());
  expect(texts(batch)).toEqual([
    "Frais €",
    "1",
    "oui",
    "b",
    "",
    "a",
    "one and a half",
    "c",
    "unknown",
    "",
    "",
    "1",
    "",
    "1",
  ]);
  expect(batch.kind[10]).toBe(Kind.missing);
});

it("serves one batch after the other, and two columns of one batch", () => {
  const first = new Translation({ a: "A", b: "B" });
  const second = new Translation({ x: "the letter x" });
  for (const text of ["a", "b", "a longer text than before", "a"]) {
    const batch = typedBatch([
      [
        [Kind.text, text],
        [Kind.text, "x"],
      ],
    ]);
    const appended = new Appended();
    first.apply(batch, 0, appended);
    second.apply(batch, 1, appended);
    expect(texts(batch)).toEqual([text.length > 1 ? text : text.toUpperCase(), "the letter x"]);
  }
});

it("does not take names of JavaScript objects for labels", () => {
  const batch = typedBatch([[[Kind.text, "constructor"]], [[Kind.text, "__proto__"]]]);
  new Translation({ a: "A" }).apply(batch, 0, new Appended());
  expect(texts(batch)).toEqual(["constructor", "__proto__"]);
});
