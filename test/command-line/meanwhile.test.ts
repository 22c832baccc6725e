// Tables that change between the look at them and the export: a lock holds the export until the change is made.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Ended, emptyFolder, expectFailure, filesIn, start, until } from "./program.ts";

const CSV = "id,code\n1,a\n2,b\n3,c\n";

let database: TestDatabase;
/** Sees what happens now: inside of a transaction, PostgreSQL shows one state of its activity throughout. */
let watcher: Client;
let out = "";
let clerk = "";

beforeAll(async () => {
  database = await createDatabase();
  await database.client.query("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN PASSWORD 'secret-of-reader'");
  watcher = new Client({ connectionString: database.url });
  await watcher.connect();
  const url = new URL(database.url);
  url.username = "reader";
  url.password = "secret-of-reader";
  clerk = url.href;
});
afterAll(async () => {
  await watcher.end();
  await database.client.query("DROP OWNED BY reader; DROP ROLE reader");
  await database.drop();
});

/** Exports a table that is locked when the export comes to it; `change` is made before it is let go. */
async function changedBy(change: string): Promise<Ended> {
  const { client } = database;
  await client.query(`DROP TABLE IF EXISTS stock; CREATE TABLE stock (id integer PRIMARY KEY, code text, spare text);
    INSERT INTO stock VALUES (1, 'a'), (2, 'b'), (3, 'c'); GRANT SELECT ON stock TO reader`);
  out = emptyFolder();
  writeFileSync(join(out, "stock.csv"), "as it was");
  await client.query("BEGIN; LOCK TABLE stock IN ACCESS EXCLUSIVE MODE");
  onTestFinished(async () => {
    await client.query("ROLLBACK");
  });
  const run = start(["export", "stock", "--source", clerk, "--paths", "id,code", "-o", join(out, "stock.csv"), "-q"]);
  await until(async () => {
    const { rows } = await watcher.query(
      "SELECT 1 FROM pg_stat_activity WHERE usename = 'reader' AND wait_event_type = 'Lock'",
    );
    return rows.length === 1;
  }, 10_000);
  await client.query(`${change}; COMMIT`);
  return run.ended;
}

it.each([
  ["a table that is dropped", "DROP TABLE stock", /has changed since it was read: .*stock.*\n {2}Run the export again/],
  ["a column that is dropped", "ALTER TABLE stock DROP code", /has changed since it was read: .*code/],
  ["a column that is renamed", "ALTER TABLE stock RENAME code TO mark", /has changed since it was read: .*code/],
  ["a right that is revoked", "REVOKE SELECT ON stock FROM reader", /does not allow this: permission denied/],
])("%s fails the export, and the old file stays", async (_name, change, message) => {
  expectFailure(await changedBy(change), 1, message);
  expect(filesIn(out)).toEqual(["stock.csv"]);
  expect(readFileSync(join(out, "stock.csv"), "utf8")).toBe("as it was");
});

it.each([
  ["a column that is added", "ALTER TABLE stock ADD extra integer DEFAULT 7"],
  ["rows that are added", "INSERT INTO stock VALUES (4, 'd')"],
  ["a column of no interest that goes", "ALTER TABLE stock DROP spare"],
])("%s changes nothing", async (_name, change) => {
  const { code, stderr } = await changedBy(change);
  expect([code, stderr]).toEqual([0, ""]);
  expect(readFileSync(join(out, "stock.csv"), "utf8")).toMatch(/^id,code\n1,a\n2,b\n3,c\n(4,d\n)?$/);
});

// PostgreSQL writes such tables anew, and shows none of their rows to snapshots from before.
it.each([
  ["a wider key", "ALTER TABLE stock ALTER id TYPE bigint", CSV],
  ["another type", "ALTER TABLE stock ALTER code TYPE integer USING ascii(code)", "id,code\n1,97\n2,98\n3,99\n"],
  ["a new column that has to be computed", "ALTER TABLE stock ADD extra float DEFAULT random()", CSV],
])("%s gives every row or an error, but never fewer", async (_name, change, csv) => {
  const ended = await changedBy(change);
  const written = readFileSync(join(out, "stock.csv"), "utf8");
  if (ended.code === 0) {
    expect([CSV, csv]).toContain(written);
  } else {
    expectFailure(ended, 1, /has changed/);
    expect(written).toBe("as it was");
  }
  expect(filesIn(out)).toEqual(["stock.csv"]);
});
