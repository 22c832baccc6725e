// Names of elements: valid, told apart, and read back.
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { encodeName, isXmlName } from "./names.ts";

function decoded(name: string): string {
  return name.replaceAll(/_x([0-9A-F]{4}|[0-9A-F]{6})_/g, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}

it.each([
  ["project.name", "project.name"],
  ["Zürich", "Zürich"],
  ["名前", "名前"],
  ["e\u0301", "e\u0301"],
  ["a b", "a_x0020_b"],
  ["1st", "_x0031_st"],
  ["-", "_x002D_"],
  ["a:b", "a_x003A_b"],
  [":", "_x003A_"],
  ["_x", "_x005F_x"],
  ["a_x0020_b", "a_x005F_x0020_b"],
  ["_X_", "_X_"],
  ["a_", "a_"],
  ["xml", "_x0078_ml"],
  ["XmlId", "_x0058_mlId"],
  ["xm", "xm"],
  ["😀", "_x01F600_"],
  ["\u{10fffd}", "_x10FFFD_"],
  ["\n", "_x000A_"],
])("%j is the element %s", (text, name) => {
  expect(encodeName(text)).toBe(name);
});

const part = fc.oneof(
  fc.constantFrom("_", "x", "_x", "xml", "XML", ":", " ", "0", "_x005F_", "_x0020_", "_x01F600_", "😀", "-", ".", "·"),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const text = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));

it("gives a valid name for any text, and the text back, so that no two texts have one name", async () => {
  await fuzz(
    text.filter((name) => name !== ""),
    (original) => {
      const name = encodeName(original);
      expect(isXmlName(name)).toBe(true);
      expect(/^xml/i.test(name)).toBe(false);
      expect(decoded(name)).toBe(original);
    },
    3000,
  );
});

it.each(["", "1a", "a b", "a:b", "-a", "a\u00d7", "😀", "<", "a>"])("%j is no name", (name) => {
  expect(isXmlName(name)).toBe(false);
});
