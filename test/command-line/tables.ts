// Tables for tests of the command line, in both engines: small ones, and one that takes some seconds to export.
import { DatabaseSync } from "node:sqlite";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

const SMALL = `
CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO customers VALUES (1, 'Ada'), (2, 'Grace');
CREATE TABLE orders (
  id integer PRIMARY KEY, customer_id integer REFERENCES customers (id), status text, total DECIMAL_TYPE, placed date);
INSERT INTO orders VALUES (1, 1, 'paid', '12.50', '2024-05-01'), (2, 2, 'open', '7', NULL), (3, NULL, 'paid', NULL, '2024-05-03');`;

/** The content of `orders` as CSV. */
export const ORDERS_CSV =
  "id,customer_id,status,total,placed\n1,1,paid,12.50,2024-05-01\n2,2,open,7,\n3,,paid,,2024-05-03\n";

export const LARGE_ROWS = 3_000_000;

/** The tables in PostgreSQL; `large` too when asked for. */
export async function inPostgres(large = false): Promise<TestDatabase> {
  const database = await createDatabase();
  await database.client.query(SMALL.replace("DECIMAL_TYPE", "numeric"));
  if (large) {
    await database.client.query(
      `CREATE TABLE large AS SELECT i AS id, 'text number ' || i AS name FROM generate_series(1, ${LARGE_ROWS}) i;
       ALTER TABLE large ADD PRIMARY KEY (id)`,
    );
  }
  return database;
}

/** The tables in a SQLite file. */
export function inSqlite(file: string, large = false): void {
  using database = new DatabaseSync(file);
  database.exec(SMALL.replace("DECIMAL_TYPE", "DECIMAL TEXT"));
  if (!large) return;
  database.exec(`
    CREATE TABLE large (id INTEGER PRIMARY KEY, name TEXT);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${LARGE_ROWS})
    INSERT INTO large SELECT i, 'text number ' || i FROM n`);
}

/** The statements that Waybill runs on a server at the moment, apart from idle sessions. */
export async function running({ client }: TestDatabase): Promise<number> {
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE application_name = 'waybill' AND state = 'active' AND datname = current_database()
       AND backend_type = 'client backend' AND query LIKE 'COPY%'`,
  );
  return (rows as { n: number }[])[0]!.n;
}
