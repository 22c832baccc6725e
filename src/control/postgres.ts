// The control database in a PostgreSQL that somebody runs.
import { type Kysely, PostgresDialect } from "kysely";
import { Pool, type QueryResult, types } from "pg";
import { usageError } from "../lib/errors.ts";
import { plainError } from "./errors.ts";
import { guarded } from "./guard.ts";
import type { Opened } from "./open.ts";

/** `bigint`, by its place in pg_type. Counts are far from where doubles end. */
const INT8 = 20;

const parsers = {
  getTypeParser: (oid: number, format?: "text" | "binary"): unknown =>
    oid === INT8 ? Number : types.getTypeParser(oid, format),
};

/** @throws usageError `database-url` for what is no URL of PostgreSQL */
export function openPostgres(url: string): Opened {
  const label = labelOf(url);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    // Waiting at most as long as a request may take; an idle transaction would keep its locks for ever.
    options: "-c timezone=UTC -c idle_in_transaction_session_timeout=60000",
    application_name: "waybill",
    types: parsers,
  });
  // A connection that breaks while nobody uses it is replaced by the next one.
  pool.on("error", () => {});
  // One that breaks between two statements of a transaction fails the next of them; without a listener it would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  return {
    kind: "postgres",
    label,
    dialect: guarded(new PostgresDialect({ pool }), "side by side"),
    async script(_db, text) {
      try {
        // Without values a text may have several statements, each with a result.
        const results = (await pool.query(text)) as QueryResult | QueryResult[];
        return [results].flat().flatMap(({ rows }) => rows as unknown[]);
      } catch (error) {
        throw plainError(error);
      }
    },
    close: (db: Kysely<never>) => db.destroy(),
  };
}

/** Where it is, without name and password. */
function labelOf(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    if (protocol === "postgres:" || protocol === "postgresql:") return `the control database ${host}${pathname}`;
  } catch {
    // Said below.
  }
  throw usageError("database-url", "DATABASE_URL is no URL of a PostgreSQL database.", {
    hint: "Write it as postgres://user:password@host:5432/waybill, or leave it out for the embedded database.",
  });
}
