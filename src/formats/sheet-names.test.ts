import { describe, expect, it } from "vitest";
import { SheetNames } from "./sheet-names.ts";

function taken(...wanted: string[]): string[] {
  const names = new SheetNames();
  return wanted.map((name) => names.take(name));
}

describe("names of sheets", () => {
  it("keeps what is allowed", () => {
    expect(taken("samples", "samples.measures", "Größe & <b>", "it's", " ")).toEqual([
      "samples",
      "samples.measures",
      "Größe & <b>",
      "it's",
      " ",
    ]);
  });

  it("replaces what is forbidden", () => {
    expect(taken("a[b]:c*d?e/f\\g", "'quoted'", "", "a\nb\0", "\ud800x", "\ufffe")).toEqual([
      "a_b__c_d_e_f_g",
      "_quoted_",
      "Sheet",
      "a_b_",
      "\ufffdx",
      "_",
    ]);
  });

  it("keeps off the name that Excel reserves", () => {
    expect(taken("History", "HISTORY")).toEqual(["History~2", "HISTORY~3"]);
  });

  it("tells names apart that differ in case, or beyond what fits", () => {
    expect(taken("Orders", "orders", "ORDERS")).toEqual(["Orders", "orders~2", "ORDERS~3"]);
    expect(taken(`${"x".repeat(40)}1`, `${"x".repeat(40)}2`)).toEqual(["x".repeat(31), `${"x".repeat(29)}~2`]);
  });

  it("cuts neither a surrogate pair nor to an apostrophe", () => {
    expect(taken(`${"x".repeat(30)}😀`, `${"y".repeat(30)}'s`)).toEqual(["x".repeat(30), `${"y".repeat(30)}_`]);
  });

  it("numbers the further sheets of a table within the length", () => {
    const names = new SheetNames();
    const [first, other] = [names.take("long".repeat(10)), names.take("a (2)")];
    names.take("a");
    expect([names.further(first, 2), names.further(first, 13), other, names.further("a", 2)]).toEqual([
      `${"long".repeat(10).slice(0, 27)} (2)`,
      `${"long".repeat(10).slice(0, 26)} (13)`,
      "a (2)",
      "a (2)~2",
    ]);
  });
});
