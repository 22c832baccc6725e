// The order of chosen columns as keys and the mouse change it.
import { describe, expect, it } from "vitest";
import { matching, placed, shifted } from "./choice.ts";

describe("the picker of columns", () => {
  it("moves several columns at once, and leaves what is at the end", () => {
    expect(shifted(["a", "b", "c", "d"], new Set(["b", "d"]), -1)).toEqual(["b", "a", "d", "c"]);
    expect(shifted(["b", "a", "d"], new Set(["b", "d"]), -1)).toEqual(["b", "d", "a"]);
    expect(shifted(["a", "b", "c", "d"], new Set(["c", "d"]), 1)).toEqual(["a", "b", "c", "d"]);
    expect(shifted(["a", "b", "c"], new Set(["a", "b"]), 1)).toEqual(["c", "a", "b"]);
  });

  it("puts columns before another, and behind all otherwise", () => {
    expect(placed(["a", "b"], ["x", "y"], "b")).toEqual(["a", "x", "y", "b"]);
    expect(placed(["a", "x", "b"], ["x"], "a")).toEqual(["x", "a", "b"]);
    expect(placed(["a"], ["x"], null)).toEqual(["a", "x"]);
    expect(placed(["a"], ["x"], "gone")).toEqual(["a", "x"]);
  });

  it("finds columns by every word, whatever their case and accents", () => {
    const choices = [
      { path: "metadata.depth", label: "Profondeur", documentation: "Sous la surface." },
      { path: "state", label: "État" },
    ];
    const found = (search: string): readonly string[] => matching(choices, search).map(({ path }) => path);
    expect(found("etat")).toEqual(["state"]);
    expect(found(" SURFACE depth ")).toEqual(["metadata.depth"]);
    expect(found("depth state")).toEqual([]);
    expect(found("")).toHaveLength(2);
  });
});
