import { describe, expect, it } from "vitest";
import type { Catalog, FieldType, ObjectType } from "../catalog/types.ts";
import { WaybillError } from "../lib/errors.ts";
import { parseWhere, type WhereOptions } from "./parse-where.ts";

const field = (name: string, type: FieldType, more: object = {}): ObjectType["fields"][number] => ({
  name,
  column: name,
  type,
  native: type,
  nullable: true,
  ...more,
});

const samples: ObjectType = {
  name: "samples",
  table: { name: "samples" },
  kind: "table",
  fields: [
    field("id", "integer"),
    field("name", "text"),
    field("depth", "decimal"),
    field("on", "date"),
    field("at", "instant"),
    field("ok", "boolean"),
    field("uid", "uuid"),
    field("data", "json"),
    field("tags", "array", { element: "text" }),
    field("project_id", "integer"),
    field("$odd", "text"),
    field("blob", "binary"),
  ],
  key: ["id"],
  references: [{ name: "project", object: "samples", by: [{ from: "project_id", to: "id" }], enforced: true }],
  lists: [{ name: "measures", object: "samples", by: [{ from: "id", to: "project_id" }], enforced: true }],
};
const catalog: Catalog = { objects: new Map([["samples", samples]]) };

function refused(
  where: unknown,
  options?: WhereOptions,
): { code: string; pointer: string | undefined; message: string } {
  try {
    parseWhere(where, samples, catalog, options);
  } catch (error) {
    if (error instanceof WaybillError && error.kind === "usage") {
      return { code: error.code, pointer: error.places[0]?.pointer, message: error.message };
    }
    throw error;
  }
  throw new Error("it was not refused");
}

describe("what does not suit is refused, naming the place", () => {
  it.each<[unknown, string, string]>([
    [[], "condition-not-suited", "/where"],
    ["text", "condition-not-suited", "/where"],
    [{ nam: 1 }, "unknown-field", "/where/nam"],
    [{ "project.nam": 1 }, "unknown-field", "/where/project.nam"],
    [{ "name.x": 1 }, "unknown-field", "/where/name.x"],
    [{ __proto__x: 1 }, "unknown-field", "/where/__proto__x"],
    [{ "a/b~c": 1 }, "unknown-field", "/where/a~1b~0c"],
    [{ $where: 1 }, "unknown-operator", "/where/$where"],
    [{ id: { $gtt: 1 } }, "unknown-operator", "/where/id/$gtt"],
    [{ id: { gt: 1 } }, "condition-not-suited", "/where/id/gt"],
    [{ id: {} }, "condition-not-suited", "/where/id"],
    [{ id: [1] }, "value-not-suited", "/where/id"],
    [{ id: "one" }, "value-not-suited", "/where/id"],
    [{ id: 1.5 }, "value-not-suited", "/where/id"],
    [{ id: 2 ** 53 }, "value-not-suited", "/where/id"],
    [{ id: { $gt: null } }, "value-not-suited", "/where/id/$gt"],
    [{ id: { $in: 1 } }, "value-not-suited", "/where/id/$in"],
    [{ id: { $in: [1, "x"] } }, "value-not-suited", "/where/id/$in/1"],
    [{ id: { $regex: "1" } }, "operator-not-suited", "/where/id/$regex"],
    [{ depth: "1,5" }, "value-not-suited", "/where/depth"],
    [{ ok: "yes" }, "value-not-suited", "/where/ok"],
    [{ ok: { $gt: true } }, "operator-not-suited", "/where/ok/$gt"],
    [{ on: "2024-02-30" }, "value-not-suited", "/where/on"],
    [{ on: "2024-05-01T00:00:00" }, "value-not-suited", "/where/on"],
    [{ on: "+999999-01-01" }, "value-not-suited", "/where/on"],
    [{ at: 5 }, "value-not-suited", "/where/at"],
    [{ uid: "x" }, "value-not-suited", "/where/uid"],
    [{ blob: "not base64!" }, "value-not-suited", "/where/blob"],
    [{ name: 5 }, "value-not-suited", "/where/name"],
    [{ name: "a\0b" }, "value-not-suited", "/where/name"],
    [{ name: "\ud800" }, "value-not-suited", "/where/name"],
    [{ name: { $regex: "(" } }, "pattern-not-suited", "/where/name/$regex"],
    [{ name: { $contains: 5 } }, "value-not-suited", "/where/name/$contains"],
    [{ name: { $exists: 1 } }, "value-not-suited", "/where/name/$exists"],
    [{ name: { $eq: "x", $options: "i" } }, "operator-not-suited", "/where/name/$options"],
    [{ name: { $regex: "x", $options: "im" } }, "value-not-suited", "/where/name/$options"],
    [{ name: { $not: "x" } }, "condition-not-suited", "/where/name/$not"],
    [{ name: { $size: 1 } }, "operator-not-suited", "/where/name/$size"],
    [{ tags: "x" }, "operator-not-suited", "/where/tags"],
    [{ tags: { $all: [] } }, "value-not-suited", "/where/tags/$all"],
    [{ tags: { $size: -1 } }, "value-not-suited", "/where/tags/$size"],
    [{ tags: { $elemMatch: { key: 1 } } }, "unknown-field", "/where/tags/$elemMatch/key"],
    [{ "data.k": { $eq: [1] } }, "value-not-suited", "/where/data.k/$eq"],
    [{ "data.k": { $gt: true } }, "value-not-suited", "/where/data.k/$gt"],
    [{ measures: 5 }, "operator-not-suited", "/where/measures"],
    [{ measures: { $gt: 5 } }, "operator-not-suited", "/where/measures/$gt"],
    [{ measures: { $x: 5 } }, "unknown-operator", "/where/measures/$x"],
    [{ "measures.name": "x" }, "operator-not-suited", "/where/measures.name"],
    [{ $and: [] }, "condition-not-suited", "/where/$and"],
    [{ $or: {} }, "condition-not-suited", "/where/$or"],
    [{ $or: [{}, 5] }, "condition-not-suited", "/where/$or/1"],
    [{ $not: [] }, "condition-not-suited", "/where/$not"],
  ])("%j: %s at %s", (where, code, pointer) => {
    expect(refused(where)).toMatchObject({ code, pointer });
  });

  it.each([
    "(",
    ")",
    "a)",
    "[",
    "[]",
    "a**",
    "a*?",
    "*a",
    "+",
    "?",
    "{2}",
    "a{2,1}",
    "a{256}",
    "a{x}",
    "^*",
    "$+",
    "(?=a)",
    "(?i)a",
    "(?<n>a)",
    "\\1",
    "\\b",
    "\\p{L}",
    "\\",
    "[z-a]",
    "[[:alpha:]]",
    "[a",
    "a]",
    "}",
    "x".repeat(256),
    "((a{200}){200})",
  ])("pattern %j", (pattern) => {
    expect(refused({ name: { $regex: pattern } }).code).toBe("pattern-not-suited");
  });
});

describe("limits", () => {
  const nested = (levels: number): unknown => (levels === 0 ? { id: 1 } : { $not: nested(levels - 1) });

  it("of depth", () => {
    expect(parseWhere(nested(19), samples, catalog).op).toBe("not");
    expect(refused(nested(20)).code).toBe("too-deep");
    expect(refused(nested(5_000)).code).toBe("too-deep");
    let deep: unknown = { $eq: 1 };
    for (let n = 0; n < 30; n++) deep = { $not: deep };
    expect(refused({ id: deep }).code).toBe("too-deep");
    expect(refused(JSON.parse(`${'{"$and":['.repeat(50_00)}{}${"]}".repeat(50_00)}`)).code).toBe("too-deep");
  });

  it("of references", () => {
    const path = (count: number): object => ({ [`${"project.".repeat(count)}name`]: "x" });
    expect(parseWhere(path(8), samples, catalog).op).toBe("compare");
    expect(refused(path(9)).code).toBe("too-deep");
  });

  it("of conditions, values and bytes", () => {
    const many = (count: number): object => ({ $or: Array.from({ length: count }, () => ({ id: 1 })) });
    expect(parseWhere(many(100), samples, catalog).op).toBe("or");
    expect(refused(many(101)).code).toBe("too-many-conditions");
    expect(refused({ id: { $in: Array.from({ length: 10_001 }, () => 1) } }).code).toBe("too-many-values");
    expect(refused({ name: "x".repeat(64 * 1024) }).code).toBe("too-long");
    expect(refused({ tags: { $all: Array.from({ length: 101 }, () => "x") } }).code).toBe("too-many-conditions");
  });
});

describe("access", () => {
  const access = {
    mayRead: (_object: ObjectType, { name }: { name: string }) => name !== "depth" && name !== "project_id",
  };

  it("refuses fields that may not be read, through references and lists too", () => {
    for (const where of [
      { depth: 1 },
      { "project.depth": 1 },
      { measures: { $elemMatch: { depth: 1 } } },
      { project: 1 },
    ]) {
      expect(refused(where, { access }).code).toBe("unknown-field");
    }
    expect(parseWhere({ "project.name": "x" }, samples, catalog, { access }).op).toBe("compare");
  });
});

describe("what is understood", () => {
  const operand = (name: string, type: FieldType): object => ({
    kind: "field",
    through: [],
    field: name,
    keys: [],
    type,
  });

  it("converts values to canonical text", () => {
    const value = (where: unknown, options?: WhereOptions): unknown => {
      const predicate = parseWhere(where, samples, catalog, options);
      return predicate.op === "compare" ? predicate.value.text : predicate;
    };
    expect(value({ id: "-007" })).toBe("-7");
    expect(value({ depth: "1e21" })).toBe("1000000000000000000000");
    expect(value({ depth: 0.000001 })).toBe("0.000001");
    expect(value({ at: "2024-05-01" }, { timeZone: "Europe/Paris" })).toBe("2024-04-30T22:00:00Z");
    expect(value({ at: "2024-05-01T12:00:00.500+05:30" })).toBe("2024-05-01T06:30:00.5Z");
    expect(value({ uid: "{7D9F5A3C1B2E4C6D8F90A1B2C3D4E5F6}" })).toBe("7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6");
    expect(value({ on: "0000-03-01" })).toBe("0000-03-01");
  });

  it("takes a reference for its key, and fields that begin with $ for themselves", () => {
    expect(parseWhere({ project: 5 }, samples, catalog)).toMatchObject({
      op: "compare",
      operand: operand("project_id", "integer"),
    });
    expect(parseWhere({ $odd: "x" }, samples, catalog)).toMatchObject({
      op: "compare",
      operand: operand("$odd", "text"),
    });
  });

  it("asks nothing when it is empty", () => {
    expect(parseWhere({}, samples, catalog)).toEqual({ op: "constant", value: true });
    expect(parseWhere({ id: { $in: [] } }, samples, catalog)).toEqual({ op: "constant", value: false });
  });

  it("lets $ne and $nin match missing values", () => {
    expect(parseWhere({ id: { $ne: 1 } }, samples, catalog)).toMatchObject({
      op: "or",
      of: [{ op: "not" }, { op: "missing" }],
    });
    expect(parseWhere({ id: { $nin: [1] } }, samples, catalog)).toMatchObject({
      op: "or",
      of: [{ op: "not" }, { op: "missing" }],
    });
    expect(parseWhere({ id: { $nin: [1, null] } }, samples, catalog)).toMatchObject({ op: "and" });
  });
});
