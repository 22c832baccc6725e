// No value and no name changes the shape of the SQL: PostgreSQL's own parser reads what we write.
import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { loadModule, parseSync } from "libpg-query";
import { beforeAll, describe, expect, it } from "vitest";
import type { Catalog, Field, FieldType, ObjectType } from "../../src/catalog/types.ts";
import { WaybillError } from "../../src/lib/errors.ts";
import { dataOf } from "../../src/plan/plan.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { parseWhere } from "../../src/query/parse-where.ts";
import { mariadbDialect } from "../../src/sources/mariadb/dialect.ts";
import { postgresDialect } from "../../src/sources/postgres/dialect.ts";
import { compileSelect } from "../../src/sources/sql/compile.ts";
import type { Statement } from "../../src/sources/sql/dialect.ts";
import { sqliteDialect } from "../../src/sources/sqlite/dialect.ts";
import { fuzz, hostileName, hostileText } from "../setup/fuzz.ts";

/** The names that a catalog is made of. */
interface Names {
  readonly table: string;
  readonly child: string;
  readonly text: string;
  readonly json: string;
  readonly tags: string;
  readonly parent: string;
}

const PLAIN: Names = {
  table: "samples",
  child: "measures",
  text: "name",
  json: "metadata",
  tags: "tags",
  parent: "sample_id",
};

function catalogOf(names: Names): Catalog {
  const field = (name: string, type: FieldType, element?: FieldType): Field => ({
    name,
    column: name,
    type,
    native: element === undefined ? type : "text[]",
    nullable: true,
    ...(element === undefined ? {} : { element }),
  });
  const by = [{ from: "the key", to: names.parent }];
  const table: ObjectType = {
    name: names.table,
    table: { schema: names.table, name: names.table },
    kind: "table",
    fields: [
      field("the key", "integer"),
      field(names.text, "text"),
      field(names.json, "json"),
      field(names.tags, "array", "text"),
    ],
    key: ["the key"],
    references: [],
    lists: [{ name: "the list", object: names.child, by, enforced: true }],
  };
  const children: ObjectType = {
    name: names.child,
    table: { name: names.child },
    kind: "table",
    fields: [field("own key", "integer"), field(names.parent, "integer"), field(names.text, "text")],
    key: ["own key"],
    references: [
      { name: "the parent", object: names.table, by: [{ from: names.parent, to: "the key" }], enforced: true },
    ],
    lists: [],
  };
  return { objects: new Map([table, children].map((type) => [type.name, type])) };
}

/** What a query is filled with. */
type Fill = readonly [string, string, string, string];

/** A query that takes every operator of text, JSON and arrays, references, lists, keys, order and groups. */
function requestOf(names: Names, [a, b, c, d]: Fill): ExportRequest {
  return {
    object: names.table,
    format: "csv",
    paths: ["the key", names.text, `${names.json}.${key(c)}`],
    order: [`-${names.text}`, `${names.json}.${key(d)}`],
    where: {
      $or: [
        { [names.text]: a },
        { [names.text]: { $in: [a, b], $ne: c } },
        { [names.text]: { $contains: b, $startsWith: c } },
        { [names.text]: { $contains: d || "x", $options: "i" } },
        { [names.text]: { $gt: a } },
        { [`${names.json}.${key(d)}`]: { $eq: a, $contains: b } },
        { [names.json]: { $elemMatch: { [key(c)]: a } } },
        { [names.tags]: { $all: [a, b] } },
        { [names.tags]: { $elemMatch: { $startsWith: c } } },
        { "lists.the list": { $elemMatch: { [names.text]: d, [`the parent.${names.text}`]: { $nin: [a, null] } } } },
      ],
    },
  };
}

/** A JSON key: a path's step cannot hold a dot, and what begins with $ is an operator. */
function key(text: string): string {
  const name = text.replaceAll(".", "").replace(/^\$+/, "");
  return name === "" ? "k" : name;
}

function statements(names: Names, fill: Fill): Record<"postgres" | "sqlite" | "mariadb", Statement> {
  const format = { name: "csv", shape: "table" as const };
  const [dataset] = dataOf(planExport(requestOf(names, fill), catalogOf(names), format, fullAccess));
  const { select } = dataset!.tables[0];
  return {
    postgres: compileSelect(select, postgresDialect),
    sqlite: compileSelect(select, sqliteDialect),
    mariadb: compileSelect(select, mariadbDialect),
  };
}

const PLACES = new Set(["location", "stmt_len", "stmt_location", "rexpr_list_start", "rexpr_list_end"]);

/** A hash of a statement's parse tree with constants and names taken out, and those. */
function shapeOf(sql: string): { shape: string; strings: Set<string> } {
  const strings = new Set<string>();
  const shape = JSON.stringify(parseSync(sql), (member: string, value: unknown) => {
    if (PLACES.has(member)) return undefined;
    // The parser leaves out what is empty.
    if (member === "sval" && typeof value === "object" && JSON.stringify(value) === "{}") {
      strings.add("");
      return { sval: "?" };
    }
    if (typeof value !== "string") return value;
    if (!["sval", "relname", "schemaname"].includes(member)) return value;
    strings.add(value);
    return "?";
  });
  return { shape: createHash("sha256").update(shape).digest("hex"), strings };
}

/**
 * MariaDB's SQL with its literals and names taken out, and those: what is left between hexadecimal literals, names in
 * backticks (where one is written twice) and the few words in quotes that are ours.
 */
function mariadbShapeOf(sql: string): { shape: string; texts: Set<string>; names: Set<string> } {
  const texts = new Set<string>();
  const names = new Set<string>();
  const shape = sql
    .replaceAll(/X'([0-9a-f]*)'|`((?:[^`]|``)*)`|'[^'\\]*'/g, (token, hex?: string, name?: string) => {
      if (hex !== undefined) texts.add(Buffer.from(hex, "hex").toString("utf8"));
      if (name !== undefined) names.add(name.replaceAll("``", "`"));
      return hex !== undefined ? "?" : name !== undefined ? "name" : token;
    })
    // How many characters a text begins with.
    .replaceAll(/, \d+\) = _utf8mb4/g, ", n) = _utf8mb4");
  return { shape, texts, names };
}

const fill = fc.tuple(hostileText, hostileText, hostileText, hostileText);

describe("hostile values and names", () => {
  beforeAll(() => loadModule());

  it("leave the shape of PostgreSQL's SQL as it is, and arrive unchanged", async () => {
    const plain = shapeOf(statements(PLAIN, ["a1", "b1", "c1", "d1"]).postgres.text);
    await fuzz(fill, (values) => {
      const { shape, strings } = shapeOf(statements(PLAIN, values).postgres.text);
      expect(shape).toBe(plain.shape);
      for (const value of [values[0], values[1], key(values[2]), key(values[3])]) {
        expect(strings).toContain(value);
      }
    });
  });

  it("never reach SQLite's SQL, but are bound", async () => {
    const plain = statements(PLAIN, ["a1", "b1", "c1", "d1"]).sqlite;
    await fuzz(fill, (values) => {
      const { text, values: bound } = statements(PLAIN, values).sqlite;
      expect(text).toBe(plain.text);
      expect(bound).toContain(values[0]);
      expect(bound).toContain(values[1]);
    });
  });

  it("reach MariaDB's SQL as hexadecimal digits alone", async () => {
    // What lets an index help is there for ASCII only.
    const withoutIndex = (shape: string): string =>
      shape.replaceAll(/ AND name\.name IN \((?:_utf8mb4 \?(?:, )?)+\)/g, "");
    const plain = mariadbShapeOf(statements(PLAIN, ["a1", "b1", "c1", "d1"]).mariadb.text);
    await fuzz(fill, (values) => {
      const { mariadb } = statements(PLAIN, values);
      const { shape, texts } = mariadbShapeOf(mariadb.text);
      expect(withoutIndex(shape)).toBe(withoutIndex(plain.shape));
      expect(mariadb.values).toEqual([]);
      for (const value of [values[0], values[1]]) expect(texts).toContain(value);
      for (const value of [values[2], values[3]]) expect(texts).toContain(`$.${JSON.stringify(key(value))}`);
    });
  });

  const names = fc
    .record({
      table: hostileName,
      child: hostileName,
      text: hostileName,
      json: hostileName,
      tags: hostileName,
      parent: hostileName,
    })
    .filter(
      (its) =>
        new Set([...Object.values(its).map((name) => name.toLowerCase()), "lists", "the key", "own key"]).size === 9,
    )
    .filter(
      (its) => !Object.values(its).some((name) => name.startsWith("$") || name.startsWith("-") || name.includes(".")),
    );

  it("leave the shape of PostgreSQL's SQL as it is when they are names", async () => {
    const plain = shapeOf(statements(PLAIN, ["a1", "b1", "c1", "d1"]).postgres.text);
    await fuzz(names, (its) => {
      const { shape, strings } = shapeOf(statements(its, ["a1", "b1", "c1", "d1"]).postgres.text);
      expect(shape).toBe(plain.shape);
      for (const name of Object.values(its)) expect(strings).toContain(name);
    });
  });

  it("leave the shape of MariaDB's SQL as it is when they are names", async () => {
    const plain = mariadbShapeOf(statements(PLAIN, ["a1", "b1", "c1", "d1"]).mariadb.text);
    await fuzz(names, (its) => {
      const found = mariadbShapeOf(statements(its, ["a1", "b1", "c1", "d1"]).mariadb.text);
      expect(found.shape).toBe(plain.shape);
      for (const name of Object.values(its)) expect(found.names).toContain(name);
    });
  });

  it("are understood by SQLite as the names that they are", async () => {
    await fuzz(
      names,
      (its) => {
        const database = new DatabaseSync(":memory:");
        const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
        database.function("waybill_match", { varargs: true }, () => 1);
        database.exec(`ATTACH ':memory:' AS ${quoted(its.table)}`);
        database.exec(
          `CREATE TABLE ${quoted(its.table)}.${quoted(its.table)} ("the key", ${[its.text, its.json, its.tags].map(quoted).join(", ")})`,
        );
        database.exec(
          `CREATE TABLE ${quoted(its.child)} ("own key", ${[its.parent, its.text].map(quoted).join(", ")})`,
        );
        const { text, values } = statements(its, ["a1", "b1", "c1", "d1"]).sqlite;
        expect(database.prepare(text).all(...(values as string[]))).toEqual([]);
        database.close();
      },
      100,
    );
  });
});

describe("arbitrary queries", () => {
  const catalog = catalogOf(PLAIN);
  const operator = fc.constantFrom(
    "$eq",
    "$ne",
    "$gt",
    "$in",
    "$nin",
    "$exists",
    "$regex",
    "$options",
    "$contains",
    "$size",
    "$all",
    "$elemMatch",
    "$not",
    "$and",
    "$or",
    "$nor",
    "$where",
    "name",
    "metadata",
    "metadata.a",
    "tags",
    "the key",
    "the list",
    "lists.the list",
    "__proto__",
    "constructor",
    "toString",
    "",
  );
  const query = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.oneof(fc.jsonValue({ maxDepth: 1 }), hostileText, fc.double(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(operator, tie("value"), { maxKeys: 3 }),
    ),
  })).value;

  it("are either understood or refused in plain words, with a place", async () => {
    await fuzz(
      query,
      (input) => {
        const object = catalog.objects.get("samples")!;
        try {
          expect(parseWhere(input, object, catalog).op).toBeTypeOf("string");
        } catch (error) {
          if (!(error instanceof WaybillError)) throw error;
          expect(error.kind).toBe("usage");
          expect(error.message).toMatch(/[.…]$/);
          expect(error.places[0]?.pointer).toMatch(/^\/where/);
        }
      },
      3_000,
    );
  });
});
