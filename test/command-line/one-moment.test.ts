// A zip of several tables is of one moment: a writer changes orders and their lines together all the time.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printed } from "../readers/programs.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { emptyFolder, waybill } from "./program.ts";

const ORDERS = 5_000;
const EXPORTS = 6;
const SCHEMA = `
CREATE TABLE orders (id integer PRIMARY KEY, lines_count integer NOT NULL, note text);
CREATE TABLE lines (order_id integer NOT NULL REFERENCES orders (id), no integer, PRIMARY KEY (order_id, no));`;

let folder = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-moment-"));
  postgres = await createDatabase();
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

/** Statements that give some neighbouring orders another number of lines, all in one transaction. */
function change(): string {
  const first = 1 + Math.floor(Math.random() * (ORDERS - 100));
  const count = Math.floor(Math.random() * 4);
  const these = `BETWEEN ${first} AND ${first + 99}`;
  const lines = Array.from({ length: count }, (_, no) => `SELECT id, ${no} FROM orders WHERE id ${these}`);
  return [
    "BEGIN",
    `UPDATE orders SET lines_count = ${count} WHERE id ${these}`,
    `DELETE FROM lines WHERE order_id ${these}`,
    ...lines.map((select) => `INSERT INTO lines ${select}`),
    "COMMIT",
  ].join(";\n");
}

function table(archive: string, name: string): string[][] {
  const text = printed("unzip", ["-p", archive, name]);
  return text
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
}

/** Exports orders with their lines while a writer is at work, and counts. */
async function consistent(source: string, write: (sql: string) => Promise<unknown>): Promise<void> {
  const done = new AbortController();
  let changes = 0;
  const writing = (async () => {
    for (; !done.signal.aborted; changes++) {
      await write(change());
      await setImmediate();
    }
  })();
  const sums = new Set<number>();
  for (let n = 0; n < EXPORTS; n++) {
    const archive = join(emptyFolder(), "orders.zip");
    const before = changes;
    const args = ["export", "orders", "-s", source, "-f", "csv", "--include", "lines", "-o", archive, "-q"];
    expect(await waybill(args)).toMatchObject({ code: 0, stderr: "" });
    expect(changes).toBeGreaterThan(before);
    const orders = table(archive, "orders.csv");
    const lines = new Map<string, number>();
    for (const [order = ""] of table(archive, "orders.lines.csv")) lines.set(order, (lines.get(order) ?? 0) + 1);
    expect(orders.length).toBe(ORDERS);
    expect(orders.filter(([id = "", count]) => (lines.get(id) ?? 0) !== Number(count))).toEqual([]);
    sums.add(orders.reduce((sum, [, count]) => sum + Number(count), 0));
  }
  done.abort();
  await writing;
  expect(sums.size).toBeGreaterThan(1);
}

it("PostgreSQL", async () => {
  const { client, url } = postgres;
  await client.query(`${SCHEMA} INSERT INTO orders SELECT i, 0, 'note' FROM generate_series(1, ${ORDERS}) i`);
  await consistent(url, (sql) => client.query(sql));
});

describe.skipIf(noMariadb("MariaDB"))("MariaDB", () => {
  // `lines` is a word of its SQL.
  const quoted = (sql: string): string => sql.replaceAll(/\blines\b/g, "`lines`");

  it("takes turns on one connection", async () => {
    const { client, url, drop } = await createMariadb();
    await client.query(quoted(`${SCHEMA} INSERT INTO orders SELECT seq, 0, 'note' FROM seq_1_to_${ORDERS}`));
    await consistent(url, (sql) => client.query(quoted(sql)));
    await drop();
  });
});

it("SQLite, with a write-ahead log", async () => {
  const file = join(folder, "orders.db");
  using database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; ${SCHEMA}
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${ORDERS})
    INSERT INTO orders SELECT i, 0, 'note' FROM n`);
  await consistent(`sqlite:${file}`, async (sql) => database.exec(sql));
});
