// What only PostgreSQL has: NaN and infinities, arrays of arrays, types of every kind.
import { afterAll, beforeAll, expect, it } from "vitest";
import { duckdb } from "../readers/duckdb.ts";
import { exported, records } from "../setup/export.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.client.query(`
    CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
    CREATE TYPE pair AS (a int, b text); CREATE SCHEMA other; CREATE TABLE other.things (id int PRIMARY KEY); INSERT INTO other.things VALUES (1);
    CREATE TABLE types (
      id smallint PRIMARY KEY, f4 real, f8 float8, n numeric, d date, ts timestamp, tz timestamptz, c char(5), v varchar(10), i interval, p positive,
      moods mood[], floats float8[], nested int[][], dates date[], jsons jsonb[], nums numeric(8,2)[], b jsonb, comp pair, r int4range, ip inet, bits bit(3),
      t timetz, m money, x xml, l bigint, o oid);
    COMMENT ON TABLE types IS E'All types\\nOne of each.'; COMMENT ON COLUMN types.v IS 'A word. And more.';
    INSERT INTO types VALUES
      (1, 'NaN', 'NaN', 'NaN', 'infinity', 'infinity', '-infinity', 'ab', 'cd', '1 year 2 mons 3 days 04:05:06.7', 7,
       '{sad,happy}', '{1.5,NaN,Infinity,NULL}', '{{1,2},{3,4}}', '{2024-05-01,infinity}', ARRAY['{"a": 1}'::jsonb, 'null'], '{1.50,2}', '{"b": 1, "a": [1, 2]}',
       '(1,"x y")', '[1,5)', '10.0.0.1/8', '101', '12:00:00+02', '12.50', '<a>b</a>', 9007199254740993, 4000000000),
      (2, '-0', '-0', '-12.500', '4714-11-24 BC', '294276-12-31 23:59:59.999999', '4714-11-24 00:00:00+00 BC', '', '', '-1 day', 1,
       '{}', '{}', '{}', '{}', '{}', '{}', '[]', '(,)', 'empty', '::1', '000', '23:59:59.5-12', '-0.01', '', -9223372036854775808, 0),
      (3, 0.1, 1e-7, '1e30', '5874897-12-31', '0001-01-01', '2024-05-01 00:00:00+14', 'a b  ', ' x ', '00:00:00', 2,
       '{NULL}', '{0.1,-0}', '{{NULL}}', '{NULL}', '{NULL}', '{NULL}', '"s"', NULL, '(,)', 'fe80::/10', '111', '00:00:00+00', '0', '<x/>', 1, 1)`);
});
afterAll(() => database.drop());

it("writes one of each", async () => {
  const { text, facts } = await exported(database.url, { object: "types", format: "csv" });
  const [header, ...rows] = text.split("\n").map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  const column = (name: string): (string | undefined)[] => rows.slice(0, 3).map((row) => row[header!.indexOf(name)]);
  expect(column("f4")).toEqual(["NaN", "-0", "0.1"]);
  expect(column("f8")).toEqual(["NaN", "-0", "1e-7"]);
  expect(column("n")).toEqual(["NaN", "-12.500", "1000000000000000000000000000000"]);
  expect(column("d")).toEqual(["infinity", "-4713-11-24", "+5874897-12-31"]);
  expect(column("ts")).toEqual(["infinity", "+294276-12-31T23:59:59.999999", "0001-01-01T00:00:00"]);
  expect(column("tz")).toEqual(["-infinity", "-4713-11-24T00:00:00Z", "2024-04-30T10:00:00Z"]);
  expect(column("c")).toEqual(["ab", '""', "a b"]);
  expect(column("v")).toEqual(["cd", '""', " x "]);
  expect(column("i")).toEqual(["P1Y2M3DT4H5M6.7S", "P-1D", "PT0S"]);
  expect(column("moods")).toEqual(['"[""sad"",""happy""]"', "[]", "[null]"]);
  expect(column("floats")).toEqual(['"[1.5,""NaN"",""Infinity"",null]"', "[]", '"[0.1,-0]"']);
  expect(column("nested")).toEqual(['"[[1,2],[3,4]]"', "[]", "[[null]]"]);
  expect(column("dates")).toEqual(['"[""2024-05-01"",""infinity""]"', "[]", "[null]"]);
  expect(column("jsons")).toEqual(['"[{""a"":1},null]"', "[]", "[null]"]);
  expect(column("nums")).toEqual(['"[1.50,2.00]"', "[]", "[null]"]);
  expect(column("b")).toEqual(['"{""a"":[1,2],""b"":1}"', "[]", '"""s"""']);
  expect(column("comp")).toEqual(['"(1,""x y"")"', '"(,)"', ""]);
  expect(column("r")).toEqual(['"[1,5)"', "empty", '"(,)"']);
  expect(column("ip")).toEqual(["10.0.0.1/8", "::1", "fe80::/10"]);
  expect(column("bits")).toEqual(["101", "000", "111"]);
  expect(column("t")).toEqual(["12:00:00+02", "23:59:59.5-12", "00:00:00+00"]);
  expect(column("x")).toEqual(["<a>b</a>", '""', "<x/>"]);
  expect(column("l")).toEqual(["9007199254740993", "-9223372036854775808", "1"]);
  expect(column("o")).toEqual(["4000000000", "0", "1"]);
  expect(facts.problems).toEqual([{ code: "not-a-number-in-json", column: "floats", count: 2 }]);
});

it("writes what JSON has no form for as null, and counts it", async () => {
  const { text, facts } = await exported(database.url, {
    object: "types",
    format: "ndjson",
    paths: ["id", "f4", "f8", "n", "d", "floats"],
  });
  expect(text).toBe(
    [
      `{"id":1,"f4":null,"f8":null,"n":null,"d":"infinity","floats":[1.5,"NaN","Infinity",null]}`,
      `{"id":2,"f4":-0,"f8":-0,"n":-12.500,"d":"-4713-11-24","floats":[]}`,
      `{"id":3,"f4":0.1,"f8":1e-7,"n":1000000000000000000000000000000,"d":"+5874897-12-31","floats":[0.1,-0]}`,
      "",
    ].join("\n"),
  );
  expect(facts.problems.map(({ column, count }) => [column, count])).toEqual([
    ["floats", 2],
    ["f4", 1],
    ["f8", 1],
    ["n", 1],
  ]);
});

it.each<[unknown, number[]]>([
  [{ moods: { $all: ["sad"] } }, [1]],
  [{ moods: { $elemMatch: { $startsWith: "h" } } }, [1]],
  [{ c: "ab" }, [1]],
  [{ d: "infinity" }, [1]],
  [{ tz: { $lt: "0001-01-01" } }, [1, 2]],
  [{ f8: "NaN" }, [1]],
  [{ f4: 0.1 }, [3]],
  [{ ip: { $startsWith: "10." } }, [1]],
  [{ dates: { $elemMatch: { $gte: "2024-05-01" } } }, [1]],
  [{ p: { $gte: 2 } }, [1, 3]],
  [{ jsons: { $elemMatch: { a: 1 } } }, [1]],
])("finds them: %j", async (where, expected) => {
  expect((await records(database.url, { object: "types", paths: ["id"], where })).map(({ id }) => id)).toEqual(
    expected,
  );
});

it("reads schemas and comments", async () => {
  expect(await records(database.url, { object: "other.things" })).toEqual([{ id: 1 }]);
  const { sourceAt } = await import("../../src/sources/index.ts");
  const { objects } = await sourceAt(database.url).introspect(new AbortController().signal);
  expect(objects.get("types")).toMatchObject({ label: "All types", documentation: "All types\nOne of each." });
  const field = objects.get("types")!.fields.find(({ name }) => name === "v")!;
  expect(field).toMatchObject({ native: "character varying(10)", documentation: "A word. And more." });
  expect(field.label).toBeUndefined();
});

/** A database of one test. */
async function moreTables(sql: string): Promise<AsyncDisposable & { readonly url: string }> {
  const { url, client, drop } = await createDatabase();
  await client.query(sql);
  return { url, [Symbol.asyncDispose]: drop };
}

it("gives Parquet decimals of the precision that is declared", async () => {
  await using amounts = await moreTables(`
    CREATE TABLE amounts (id int PRIMARY KEY, a numeric(12,2), b numeric(5), c numeric(38,10), d numeric(40,2), e numeric, r real, t time, day date);
    INSERT INTO amounts VALUES
      (1, 9999999999.99, -12345, 1234567890123456789012345678.0123456789, 1.5, 'NaN', 0.1, '24:00', 'infinity'),
      (2, 'NaN', NULL, -0.0000000001, NULL, 1.50, 'NaN', '23:59:59.999999', '2024-05-01')`);
  const { bytes, facts } = await exported(amounts.url, { object: "amounts", format: "parquet" });
  const [schema, values] = await duckdb(
    bytes,
    "SELECT column_type FROM (DESCRIBE FROM FILE)",
    "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM FILE",
  );
  expect(schema?.rows.flat()).toEqual([
    "BIGINT",
    "DECIMAL(12,2)",
    "DECIMAL(5,0)",
    "DECIMAL(38,10)",
    "VARCHAR",
    "VARCHAR",
    "DOUBLE",
    "TIME",
    "DATE",
  ]);
  expect(values?.rows).toEqual([
    [
      "1",
      "9999999999.99",
      "-12345",
      "1234567890123456789012345678.0123456789",
      "1.50",
      "NaN",
      "0.10000000149011612",
      null,
      null,
    ],
    ["2", null, null, "-0.0000000001", null, "1.50", "nan", "23:59:59.999999", "2024-05-01"],
  ]);
  expect(facts.problems).toEqual([
    { code: "value-left-out", column: "a", count: 1 },
    { code: "date-out-of-range", column: "t", count: 1 },
    { code: "value-left-out", column: "day", count: 1 },
  ]);
});
