import { describe, expect, it } from "vitest";
import { readIdentifiers } from "./identifiers.ts";
import { everyMatch, isSelected, NOTHING, selectedFilter, sizeOf, under, withKeys } from "./selection.ts";
import { readView, writeView } from "./view.ts";

const million = { count: 1_000_000, exact: true };

describe("a selection", () => {
  it("holds keys, over pages and filters", () => {
    const some = withKeys(withKeys(NOTHING, ["1", "2"], true), ["1"], false);
    expect(sizeOf(some, million)).toEqual({ count: 1, exact: true });
    expect(under(some, { search: "else" })).toBe(some);
    expect(selectedFilter(some, {}, ["id"])).toEqual({ keys: ["2"] });
  });

  it("of every match is the filter, without a key", () => {
    const all = everyMatch({ where: { a: 1 } });
    expect(isSelected(all, "17")).toBe(true);
    expect(sizeOf(all, million).count).toBe(1_000_000);
    expect(selectedFilter(all, { where: { a: 1 } }, ["id"])).toEqual({ where: { a: 1 } });
  });

  it("of every match can leave some out", () => {
    const but = withKeys(everyMatch({ where: { a: 1 } }), ["3"], false);
    expect(sizeOf(but, million).count).toBe(999_999);
    expect(selectedFilter(but, { where: { a: 1 } }, ["id"])).toEqual({
      where: { $and: [{ a: 1 }, { id: { $nin: ["3"] } }] },
    });
    expect(selectedFilter(but, {}, ["id"])).toEqual({ where: { id: { $nin: ["3"] } } });
  });

  it("of every match ends with its filter", () => {
    expect(under(everyMatch({ where: { a: 1 } }), { where: { a: 2 } })).toBe(NOTHING);
  });
});

it("reads identifiers as they are pasted", () => {
  expect(readIdentifiers('a, b;c\td\r\n"e f"\n\n a')).toEqual(["a", "b", "c", "d", "e f"]);
});

it.each([
  ["", ""],
  ["where=%7B%22a%22%3A1%7D&q=wet+soil&columns=a%2Cb.c&sort=-a&limit=100", undefined],
  ["where=%5Bx", undefined],
  ["columns=%5B%22a%2Cb%22%5D", undefined],
  ["columns=", ""],
])("keeps a view in the address: %s", (address, same) => {
  const params = new URLSearchParams(address);
  expect(writeView(readView(params)).toString()).toBe(address === "columns=" ? "columns=" : (same ?? address));
});
