// Selects that need no snapshot beyond their own: read-only like all others, and complete whatever is done to their tables.
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Select } from "../../src/plan/select.ts";
import { postgresSource } from "../../src/sources/postgres/source.ts";
import { openOne, type Source } from "../../src/sources/source.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

let database: TestDatabase;
let source: Source;

beforeAll(async () => {
  database = await createDatabase();
  await database.client.query(`
    CREATE TABLE few (v text); INSERT INTO few VALUES ('a'), ('b');
    CREATE VIEW slow AS SELECT pg_sleep(30)::text AS v;
    CREATE TABLE traces (v text);
    CREATE FUNCTION trace() RETURNS text LANGUAGE sql AS $$ INSERT INTO traces VALUES ('x') RETURNING v $$;
    CREATE VIEW writing AS SELECT trace() AS v;
    CREATE SCHEMA other; CREATE VIEW other.pg_settings AS
      SELECT * FROM pg_catalog.pg_settings WHERE name <> 'default_transaction_read_only'`);
  source = postgresSource(database.url);
});
afterAll(async () => {
  await source.close?.();
  await database.drop();
});

function allOf(table: string, more: Partial<Select> = {}): Select {
  const v = { kind: "column", table: "t", column: "v", type: "text", native: "text", nullable: true } as const;
  const rest = { joins: [], where: null, groupBy: null, having: null, order: [], limit: null, parent: null };
  return { table: "t", from: { name: table }, columns: [v], ...rest, timeZone: "UTC", ...more };
}

async function rowsOf(
  table: string,
  from = source,
  signal = new AbortController().signal,
  more: Partial<Select> = {},
): Promise<number> {
  const reader = await openOne(from, signal);
  try {
    const stream = reader.stream(allOf(table, more));
    let rows = 0;
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) rows += batch.rows;
    expect(stream.rowsSent).toBe(rows);
    return rows;
  } finally {
    await reader.close();
  }
}

async function connections(): Promise<number[]> {
  const { rows } = await database.client.query(`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'waybill'`);
  return (rows as { pid: number }[]).map(({ pid }) => pid);
}

test("one connection serves one after the other, each with what is there then", async () => {
  expect(await rowsOf("few")).toBe(2);
  const first = await connections();
  await database.client.query("INSERT INTO few VALUES ('c')");
  expect(await rowsOf("few")).toBe(3);
  expect(await connections()).toEqual(first);
  await database.client.query("DELETE FROM few WHERE v = 'c'");
});

test("more rows than a batch holds are all there", async () => {
  await database.client.query("CREATE TABLE many AS SELECT repeat(n::text, 20) AS v FROM generate_series(1, 50000) n");
  expect(await rowsOf("many")).toBe(50_000);
});

test.each([0, 1, 2, 7])("of those up to %i there are so many", async (limit) => {
  expect(await rowsOf("few", source, undefined, { limit })).toBe(Math.min(limit, 2));
});

test.each([
  ["as the server has it by itself", ""],
  // As servers that speak the protocol and do not know the setting.
  ["where the server cannot be told so for good", "?options=-c%20search_path%3Dother,public,pg_catalog"],
])("nothing is written, %s", async (_name, options) => {
  const its = postgresSource(database.url + options);
  try {
    await expect(rowsOf("writing", its)).rejects.toThrow(/read-only/);
    expect(await rowsOf("few", its)).toBe(2);
    expect((await database.client.query("SELECT FROM traces")).rowCount).toBe(0);
  } finally {
    await its.close?.();
  }
});

test.each([
  ["", ""],
  [
    ", also where transactions keep their snapshots",
    "?options=-c%20default_transaction_isolation%3Drepeatable%5C%20read",
  ],
])("a table that is written anew meanwhile has all its rows%s", async (_name, options) => {
  const its = postgresSource(database.url + options);
  await rowsOf("few", its);
  const clerk = new Client({ connectionString: database.url });
  await clerk.connect();
  try {
    await clerk.query("BEGIN; LOCK TABLE few IN ACCESS EXCLUSIVE MODE");
    const reading = rowsOf("few", its);
    await expect
      .poll(async () => {
        const { rowCount } = await database.client.query("SELECT FROM pg_locks WHERE NOT granted");
        return rowCount;
      })
      .toBe(1);
    await clerk.query("ALTER TABLE few ADD n float DEFAULT random(); COMMIT");
    expect(await reading).toBe(2);
  } finally {
    await its.close?.();
    await clerk.query("ALTER TABLE few DROP COLUMN IF EXISTS n");
    await clerk.end();
  }
});

test("what fails, or is stopped, leaves no connection and no statement", async () => {
  await expect(rowsOf("nowhere")).rejects.toMatchObject({ code: "source-changed" });
  expect(await rowsOf("few")).toBe(2);
  const aborting = new AbortController();
  const reading = rowsOf("slow", source, aborting.signal);
  await sleep(200);
  aborting.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  await expect
    .poll(async () => {
      const { rowCount } = await database.client.query(
        "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%' AND pid <> pg_backend_pid()",
      );
      return rowCount;
    })
    .toBe(0);
  expect(await rowsOf("few")).toBe(2);
});

test("patterns have their time, and leave the connection as it was", async () => {
  const its = postgresSource(database.url, { patternTime: 100 });
  try {
    const operand = allOf("slow").columns[0]!;
    const reader = await openOne(its, new AbortController().signal);
    const stream = reader.stream(allOf("slow", { where: { op: "match", operand, pattern: "a" } }));
    await expect(stream.next()).rejects.toMatchObject({ code: "source-timeout" });
    await reader.close();
    expect(await rowsOf("few", its)).toBe(2);
  } finally {
    await its.close?.();
  }
});
