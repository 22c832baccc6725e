import { describe, expect, it } from "vitest";
import { parseWhere } from "./json.ts";
import { emptyCondition, emptyGroup } from "./model.ts";
import { problemsByItem } from "./problems.ts";
import { readWhere } from "./read-where.ts";
import { finished, readDay, scalarOf } from "./scalars.ts";
import { writeWhere } from "./write-where.ts";

const written = (where: unknown): unknown => writeWhere(readWhere(where)).where;

describe("a filter that is read and written", () => {
  it.each([
    [{ status: 1 }],
    [{ status: 1, name: { $contains: "2022", $options: "i" } }],
    [{ name: { $not: { $startsWith: "A" } } }],
    [{ total: { $gte: "99.90", $lte: "120.10" } }],
    [{ status: { $in: [1, null] }, kind: { $nin: ["a"] } }],
    [{ comment: { $exists: false }, name: { $exists: true } }],
    [{ tags: { $all: ["a"] }, lines: { $size: 0 } }],
    [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] }],
    [{ $or: [{ a: 1 }, { $and: [{ b: 2 }, { $nor: [{ c: 3 }, { d: 4 }] }] }] }],
    [{ lines: { $elemMatch: { price: { $gt: 5 } } } }],
    [{ $and: [{ lines: { $elemMatch: { price: 5 } } }, { a: 1 }] }],
  ])("is the same: %j", (where) => {
    expect(written(where)).toEqual(where);
  });

  it.each([
    [{}, undefined],
    [undefined, undefined],
    [{ a: null }, { a: { $exists: false } }],
    [{ a: { $ne: null } }, { a: { $exists: true } }],
    [{ $not: { a: 1 } }, { $nor: [{ a: 1 }] }],
    [{ a: { $gt: 1, $lt: 5 } }, { $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] }],
    [{ $or: [{ a: 1, b: 2 }] }, { a: 1, b: 2 }],
  ])("means the same: %j", (where, same) => {
    expect(written(where)).toEqual(same);
  });

  it("keeps what is not right, so that the API says what is wrong", () => {
    expect(written("[")).toBe("[");
    expect(written({ $foo: 1 })).toEqual({ $foo: 1 });
  });

  it("leaves out conditions that are not complete", () => {
    const group = emptyGroup("any", [emptyCondition(), { ...emptyCondition(), path: "a" }, emptyGroup("all")]);
    expect(writeWhere(group).where).toBeUndefined();
  });
});

it("finds the condition that a problem is about", () => {
  const group = readWhere({ $or: [{ a: 1 }, { "b/c": { $gt: "x" } }] });
  const { places } = writeWhere(group);
  const { byItem, others } = problemsByItem(
    [
      { pointer: "/where/$or/1/b~1c/$gt", code: "value-not-suited", detail: "No number." },
      { pointer: "/where", code: "too-long", detail: "Too long." },
      { pointer: "/order/0", code: "unknown-field", detail: "Elsewhere." },
    ],
    places,
    "/where",
  );
  expect([...byItem]).toEqual([[group.items[1]!.id, "No number."]]);
  expect(others.map(({ code }) => code)).toEqual(["too-long"]);
});

describe("values that are typed", () => {
  it.each([
    ["12", "integer", 12],
    ["1,5", "decimal", 1.5],
    ["1.", "decimal", "1."],
    ["12345678901234567890", "integer", "12345678901234567890"],
    ["007", "text", "007"],
    ["true", "boolean", true],
    ["7", "json", 7],
  ])("%s as %s", (text, type, value) => {
    expect(scalarOf(text, type)).toBe(value);
  });

  it("are finished when they are left", () => {
    expect(finished("1.50", "decimal")).toBe(1.5);
    expect(finished("12345678901234567890", "integer")).toBe("12345678901234567890");
  });
});

it("loses no digit of numbers that are written by hand", () => {
  expect(parseWhere('{"a": 12345678901234567890, "b": 1.50}')).toEqual({ a: "12345678901234567890", b: 1.5 });
});

it.each([
  ["2024-05-01", "2024-05-01"],
  ["1/5/2024", "2024-05-01"],
  ["01.05.2024", "2024-05-01"],
  ["2024-05-01T10:00:00Z", "2024-05-01"],
  ["31/2/2024", null],
  ["yesterday", null],
])("reads %s as a day", (text, day) => {
  expect(readDay(text)).toBe(day);
});
