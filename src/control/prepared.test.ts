import { PGlite, types } from "@electric-sql/pglite";
import * as fc from "fast-check";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onlyConnection } from "./prepared.ts";

type Client = Awaited<ReturnType<ReturnType<typeof onlyConnection>["connect"]>>;

let database: PGlite;
let client: Client;
let db: Kysely<unknown>;
beforeAll(async () => {
  database = await PGlite.create("memory://", { parsers: { [types.INT8]: Number } });
  const pool = onlyConnection(database);
  client = await pool.connect();
  db = new Kysely({ dialect: new PostgresDialect({ pool }) });
}, 60_000);
afterAll(() => db.destroy());

const ask = async (text: string, values: unknown[] = []): Promise<unknown[]> =>
  (await client.query<unknown>(text, values)).rows;
const run = (text: string) => sql.raw(text).execute(db);

/** What PGlite's own `query` gives, or the code of its error. */
async function plainly(text: string, values: unknown[]): Promise<unknown> {
  return database.query(text, values).then(
    ({ rows }) => rows,
    (error: { code: string }) => error.code,
  );
}

async function prepared(text: string, values: unknown[]): Promise<unknown> {
  return ask(text, values).catch((error: { code: string }) => error.code);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "",
    "'",
    "''",
    "\\",
    "\\'; drop table x; --",
    "$1",
    "NULL",
    "null",
    '{"',
    "\u2028",
    "\0",
    "é💧",
    "\n\r\t",
  ),
);
const json = fc.oneof(
  fc.jsonValue().map((it) => JSON.stringify(it)),
  fc.constant('{"deep":[{"a":null},[]," \\u2028 \'\\\\"]}'),
);
const instant = fc.date({
  min: new Date(-62_135_596_800_000),
  max: new Date(253_402_300_799_999),
  noInvalidDate: true,
});
/** A value of each type that columns and parameters of the control database have. */
const VALUES = {
  text,
  uuid: fc.uuid(),
  boolean: fc.boolean(),
  integer: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  bigint: fc.oneof(fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  numeric: fc.bigInt().map(String),
  "double precision": fc.double({ noNaN: true }),
  timestamptz: fc.oneof(
    instant,
    instant.map((it) => it.toISOString()),
  ),
  jsonb: json,
  bytea: fc.uint8Array(),
  "text[]": fc.array(text),
  "uuid[]": fc.array(fc.uuid()),
} as const;

test("values of every type come back as from a statement that is not prepared, and are refused as there", async () => {
  const names = Object.keys(VALUES);
  const statement = `select ${names.map((type, n) => `$${n + 1}::${type} as "a ${type}"`).join(", ")}`;
  const row = fc.tuple(...Object.values(VALUES).map((it) => fc.option<unknown>(it, { freq: 10 })));
  await fc.assert(
    fc.asyncProperty(row, async (values) => {
      // PGlite's decoder takes a byte order mark away.
      fc.pre(!values.some((it) => String(it).includes("\u{FEFF}")));
      expect(await prepared(statement, values)).toEqual(await plainly(statement, values));
    }),
    { numRuns: 500 },
  );
  expect(await prepared("select $1::text", ["\0"])).toBe("22021");
  expect(await prepared("select $1::uuid", ["x"])).toBe("22P02");
});

test("text is kept whole", async () => {
  for (const it of ["\u{FEFF}first", "\u2028", "é", "\u{1F4A7}", "a'b\\c", ""]) {
    expect(await ask("select $1::text as it, 1 as after", [it])).toEqual([{ it, after: 1 }]);
  }
  expect(await ask("select $1::text as it, $2::text as next", ["é\u{DC00}", "next"])).toEqual([
    { it: "é\u{FFFD}", next: "next" },
  ]);
});

test("rows that are changed are counted", async () => {
  await run("create table counted (x int)");
  const one = { command: "INSERT", rowCount: 2, rows: [] };
  for (let n = 0; n < 3; n++) expect(await client.query("insert into counted values ($1), ($1)", [n])).toEqual(one);
  expect(await client.query("update counted set x = x where x > $1 returning x", [1])).toMatchObject({ rowCount: 2 });
  expect(await client.query("delete from counted where x = $1", [7])).toMatchObject({ command: "DELETE", rowCount: 0 });
});

test("after an error everything goes on, in a transaction that is rolled back and outside", async () => {
  await run("create table kept (x int primary key)");
  const add = "insert into kept values ($1)";
  for (let n = 0; n < 8; n++) {
    await ask(add, [n]);
    await expect(ask(add, [n])).rejects.toMatchObject({ code: "23505", constraint: "kept_pkey" });
    await expect(ask("select nothing from kept")).rejects.toMatchObject({ code: "42703" });
    const failed = db.transaction().execute(async (its) => {
      await sql`insert into kept values (${100 + n})`.execute(its);
      // Asked for the first time in a transaction that has failed, and again after it.
      await sql`insert into kept values (${n})`.execute(its).catch(() => {});
      await sql.raw(`select ${n} as x`).execute(its);
    });
    await expect(failed).rejects.toMatchObject({ code: "25P02" });
    expect(await ask(`select ${n} as x`)).toEqual([{ x: n }]);
  }
  expect(await ask("select count(*)::int as n from kept")).toEqual([{ n: 8 }]);
  const unnoticed = db.transaction().execute((its) => sql`select 1/0`.execute(its).catch(() => {}));
  await expect(unnoticed).rejects.toThrow("rolled back");
});

test("a table that is altered, or no longer altered, is seen as it is", async () => {
  await run("create table altered (x int)");
  await run("insert into altered values (1)");
  const all = "select * from altered";
  const added = "insert into altered (x) values ($1) returning *";
  for (let n = 0; n < 8; n++) {
    await ask(all);
    await ask(added, [1]);
  }
  await run("alter table altered add y text default 'new'");
  expect((await ask(all))[0]).toEqual({ x: 1, y: "new" });
  expect(await ask(added, [2])).toEqual([{ x: 2, y: "new" }]);
  const taken = db.transaction().execute(async (its) => {
    await sql`alter table altered alter x type text`.execute(its);
    expect((await sql.raw(all).execute(its)).rows[0]).toEqual({ x: "1", y: "new" });
    throw new Error("taken back");
  });
  await expect(taken).rejects.toThrow("taken back");
  expect((await ask(all))[0]).toEqual({ x: 1, y: "new" });
  await run("drop table altered");
  await expect(ask(all)).rejects.toMatchObject({ code: "42P01" });
  await run("create table altered (z boolean)");
  await run("insert into altered values (true)");
  expect(await ask(all)).toEqual([{ z: true }]);
});

test("cursors of one name are read as what they are", async () => {
  await db.transaction().execute(async (its) => {
    for (const [select, rows] of [
      ["select 1 as a", [{ a: 1 }]],
      ["select 'x' as b, true as c", [{ b: "x", c: true }]],
    ] as const) {
      await sql.raw(`declare it cursor for ${select}`).execute(its);
      expect((await sql.raw("fetch 10 from it").execute(its)).rows).toEqual(rows);
      await sql.raw("close it").execute(its);
    }
  });
});

test("more statements than are kept are answered all the same", async () => {
  const known = "select count(*)::int as n, min(name) as first from pg_prepared_statements";
  for (let round = 0; round < 2; round++) {
    for (let n = 0; n < 350; n++)
      expect(await ask(`select $1::int + ${n} as it`, [round])).toEqual([{ it: round + n }]);
  }
  const { rows } = await database.query<{ n: number }>(known);
  expect(rows[0]!.n).toBeLessThanOrEqual(301);
  expect(rows[0]!.n).toBeGreaterThan(200);
  const long = `select array[${Array.from({ length: 3000 }, (_, n) => `$${n + 1}::int`).join(", ")}] as them`;
  const before = (await database.query(known)).rows;
  const them = Array.from({ length: 3000 }, (_, n) => n);
  expect(await ask(long, them)).toEqual([{ them }]);
  expect((await database.query(known)).rows).toEqual(before);
});
