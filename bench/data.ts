// The tables of the benchmarks: the same rows in PostgreSQL and SQLite, made by formulas, the same every time.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import QueryStream from "pg-query-stream";
import { makeMariadbBench, makeMariadbNarrow } from "./mariadb.ts";
import { psql, runCommand } from "./processes.ts";
import { wideRows, wideTables } from "./templates.ts";
import type { Workbench } from "./workbench.ts";

/** How many records have children where they are listed only. */
const CHILDREN = 10_000;

/** How many rows a parent table holds. */
const PARENTS = 1000;

const SPEED_TABLES = `
CREATE TABLE bench_parent (id integer PRIMARY KEY, name text NOT NULL, region text NOT NULL);
INSERT INTO bench_parent
SELECT i, 'Project ' || i, (ARRAY['North', 'East', 'South', 'West'])[1 + i % 4] FROM generate_series(1, ${PARENTS}) i;
CREATE TABLE bench (
  id bigint PRIMARY KEY, parent_id integer NOT NULL, code text NOT NULL, name text NOT NULL, price numeric(12,2),
  ratio float8, active boolean, created timestamptz, day date, note text, ref uuid, metadata jsonb);
INSERT INTO bench
SELECT i, 1 + i % ${PARENTS}, lpad((i::bigint * 7919 % 1000000)::text, 8, '0'), 'Sample ' || md5(i::text),
  (i::bigint * 37 % 1000000)::numeric / 100, sin(i), i % 3 = 0,
  timestamptz '2020-01-01 00:00:00Z' + i * interval '61.123456 seconds', date '2020-01-01' + i % 1500,
  CASE WHEN i % 10 = 0 THEN 'said "hello", then left' WHEN i % 7 = 0 THEN NULL
    ELSE 'A plain note about sample number ' || i || ' of the collection' END,
  md5((i * 3)::text)::uuid,
  jsonb_build_object('depth', i % 400, 'operator', 'op' || i % 17, 'tags', jsonb_build_array('a', 'b'))
FROM generate_series(1, :rows) i;
ALTER TABLE bench ADD FOREIGN KEY (parent_id) REFERENCES bench_parent;`;

const CHILD_TABLE = `
CREATE TABLE bench_child (id bigint PRIMARY KEY, bench_id bigint NOT NULL, label text NOT NULL);
INSERT INTO bench_child
SELECT i, 1 + (i - 1) / 2, 'Measure ' || i % 2 || ' of sample ' || 1 + (i - 1) / 2 FROM generate_series(1, 2 * :rows) i;
CREATE INDEX ON bench_child (bench_id);
ALTER TABLE bench_child ADD FOREIGN KEY (bench_id) REFERENCES bench;`;

/** The first rows of `bench`, for contenders that would take too long for all of them. */
const FIRST_ROWS = `
CREATE TABLE :table AS SELECT * FROM bench WHERE id <= :rows ORDER BY id;
ALTER TABLE :table ADD PRIMARY KEY (id), ADD FOREIGN KEY (parent_id) REFERENCES bench_parent;`;

/** As people declare them in SQLite. */
const SQLITE_BENCH = `
CREATE TABLE bench (
  id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL, code VARCHAR(20) NOT NULL, name TEXT NOT NULL,
  price DECIMAL(12,2), ratio REAL, active BOOLEAN, created DATETIME, day DATE, note TEXT, ref UUID, metadata JSON)`;

/** The rows as programs write them into SQLite. */
const FOR_SQLITE = `
SELECT id, parent_id, code, name, price::text, ratio, active::int,
  to_char(created AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), day::text, note, ref::text, metadata::text
FROM bench ORDER BY id`;

/** Four narrow columns, and a note for each row; understood by both databases. */
const NARROW_TABLES = `
CREATE TABLE :table (id integer PRIMARY KEY, amount integer NOT NULL, day date NOT NULL, name text NOT NULL);
INSERT INTO :table SELECT value, value % 1000 * 97, :day, 'Sample ' || value FROM generate_series(1, :rows) value;
CREATE TABLE :table_note (id integer PRIMARY KEY, owner_id integer NOT NULL REFERENCES :table, note text NOT NULL);
INSERT INTO :table_note SELECT value, value, 'Note ' || (value % 100) FROM generate_series(1, :rows) value;
CREATE INDEX :table_note_owner ON :table_note (owner_id);`;

/** Nothing to protect: an unfinished file is thrown away. */
const FAST_SQLITE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

/** How many of the rows of `bench` the tables with fewer of them hold. */
export function fewerRows(rows: number): Readonly<Record<"bench_sheet" | "bench_document", number>> {
  return {
    // A worksheet has room for 1,048,576.
    bench_sheet: Math.min(1_000_000, Math.ceil(rows / 2)),
    bench_document: Math.min(20_000, Math.ceil(rows / 20)),
  };
}

/** Makes `bench`, `bench_parent` and `bench_child` alone, with what an application that lists records has indexes for. */
export async function makeRecordsTables(client: Client, rows: number): Promise<void> {
  await client.query(SPEED_TABLES.replaceAll(":rows", String(rows)));
  await client.query(CHILD_TABLE.replaceAll(":rows", String(Math.min(rows, CHILDREN))));
  await client.query("CREATE INDEX ON bench (created DESC, id)");
  await client.query("CREATE INDEX ON bench (parent_id)");
  await client.query("VACUUM ANALYZE");
}

/**
 * Makes `bench`, `bench_parent` and, with two rows for each of `bench`, `bench_child`; the tables with fewer rows; and
 * `bench` in SQLite and MariaDB.
 */
export async function makeSpeedTables(workbench: Workbench, rows: number): Promise<void> {
  const fewer = Object.entries(fewerRows(rows)).map(([table, count]) =>
    FIRST_ROWS.replaceAll(":table", table).replace(":rows", String(count)),
  );
  const wide = wideTables(wideRows(rows));
  await inPostgres(workbench, (SPEED_TABLES + CHILD_TABLE).replaceAll(":rows", String(rows)) + fewer.join("") + wide);
  await copyToSqlite(workbench);
  await makeMariadbBench(workbench, rows);
  await makeFiles(workbench.folder, rows);
}

/** Makes a table of four narrow columns, and `<table>_note` with a row for each of its rows, in all databases. */
export async function makeNarrowTables(workbench: Workbench, table: string, rows: number): Promise<void> {
  const sql = (day: string): string =>
    NARROW_TABLES.replaceAll(":table", table).replaceAll(":rows", String(rows)).replaceAll(":day", day);
  // Nothing to check in generated rows: this leaves out a look-up for each.
  await inPostgres(workbench, `SET session_replication_role = replica; ${sql("date '2020-01-01' + value % 1500")}`);
  const inSqlite = `${FAST_SQLITE} BEGIN; ${sql("date('2020-01-01', (value % 1500) || ' days')")} COMMIT; ANALYZE;`;
  await runCommand({ program: "sqlite3", args: ["-bail", workbench.sqlite, inSqlite] }, workbench.signal);
  await makeMariadbNarrow(workbench, table, rows);
  const narrow = `SELECT i AS id, i % 1000 * 97 AS amount, DATE '2020-01-01' + (i % 1500)::INTEGER AS day, 'Sample ' || i AS name
    FROM range(1, ${rows + 1}) r(i)`;
  const file = async (kind: string): Promise<string> => {
    await mkdir(join(workbench.folder, `${table}-${kind}`));
    return join(workbench.folder, `${table}-${kind}`, `${table}.${kind}`);
  };
  await inDuckdb(
    `COPY (${narrow}) TO '${await file("parquet")}' (FORMAT parquet)`,
    `COPY (${narrow}) TO '${await file("csv")}' (HEADER)`,
  );
}

async function inPostgres(workbench: Workbench, sql: string): Promise<void> {
  for (const statement of [sql, "VACUUM ANALYZE", "CHECKPOINT"]) {
    await runCommand(psql(workbench.postgres, statement), workbench.signal);
  }
}

async function copyToSqlite({ postgres, sqlite, signal }: Workbench): Promise<void> {
  const client = new Client({ connectionString: postgres });
  await client.connect();
  try {
    using database = new DatabaseSync(sqlite);
    database.exec(`${FAST_SQLITE} ${SQLITE_BENCH}; BEGIN;`);
    const insert = database.prepare(`INSERT INTO bench VALUES (${Array(12).fill("?").join(", ")})`);
    const rows = client.query(new QueryStream(FOR_SQLITE, [], { rowMode: "array", batchSize: 1000 }));
    for await (const row of rows as AsyncIterable<(string | number | null)[]>) {
      signal.throwIfAborted();
      insert.run(...row);
    }
    database.exec("COMMIT; ANALYZE;");
  } finally {
    await client.end();
  }
}

/** The rows of `bench`, as DuckDB has them: `bench.parquet` and `bench.csv`, each in a folder of its own. */
const FILE_ROWS = `
SELECT i AS id, (1 + i % ${PARENTS})::INTEGER AS parent_id, lpad((i * 7919 % 1000000)::VARCHAR, 8, '0') AS code,
  'Sample ' || md5(i::VARCHAR) AS name, ((i * 37 % 1000000)::DECIMAL(9, 0) * 0.01)::DECIMAL(12, 2) AS price,
  sin(i) AS ratio, i % 3 = 0 AS active, TIMESTAMPTZ '2020-01-01 00:00:00Z' + to_microseconds(i * 61123456) AS created,
  DATE '2020-01-01' + (i % 1500)::INTEGER AS day,
  CASE WHEN i % 10 = 0 THEN 'said "hello", then left' WHEN i % 7 = 0 THEN NULL
    ELSE 'A plain note about sample number ' || i || ' of the collection' END AS note,
  md5((i * 3)::VARCHAR)::UUID AS ref,
  ('{"depth":' || (i % 400) || ',"operator":"op' || (i % 17) || '","tags":["a","b"]}')::JSON AS metadata
FROM range(1, :rows + 1) r(i)`;

/** Makes the files of the benchmarks of files. */
async function makeFiles(folder: string, rows: number): Promise<void> {
  await mkdir(join(folder, "parquet"));
  await mkdir(join(folder, "csv"));
  await inDuckdb(
    `COPY (${FILE_ROWS.replace(":rows", String(rows))}) TO '${folder}/parquet/bench.parquet' (FORMAT parquet)`,
    `COPY (FROM '${folder}/parquet/bench.parquet') TO '${folder}/csv/bench.csv' (HEADER)`,
  );
}

async function inDuckdb(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const statement of ["SET TimeZone = 'UTC'", ...statements]) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}
