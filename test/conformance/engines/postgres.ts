// Test tables in PostgreSQL.
import { escapeIdentifier } from "pg";
import { createDatabase } from "../../setup/postgres.ts";
import { type ColumnType, tableDefinition, type TestEngine } from "../engine.ts";

const NATIVE: Readonly<Record<ColumnType, string>> = {
  text: "text",
  integer: "bigint",
  decimal: "numeric",
  float: "double precision",
  boolean: "boolean",
  date: "date",
  time: "time",
  datetime: "timestamp",
  instant: "timestamptz",
  uuid: "uuid",
  binary: "bytea",
  json: "json",
  "array of text": "text[]",
  "array of integers": "bigint[]",
  enum: "mood",
};

export const postgres: TestEngine = {
  name: "PostgreSQL",
  async make(tables) {
    const { url, client, drop } = await createDatabase();
    await client.query("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
    for (const table of tables) {
      await client.query(tableDefinition(table, ({ type }) => NATIVE[type], escapeIdentifier));
      const columns = table.columns.map(({ name }) => escapeIdentifier(name)).join(", ");
      const values = table.columns.map(({ type }, n) => placeholder(type, n + 1)).join(", ");
      for (const row of table.rows) {
        const parameters = row.map((text, n) => stored(text, table.columns[n]!.type));
        await client.query(`INSERT INTO ${escapeIdentifier(table.name)} (${columns}) VALUES (${values})`, parameters);
      }
    }
    return { url, drop };
  },
};

function placeholder(type: ColumnType, n: number): string {
  if (type === "binary") return `decode($${n}, 'base64')`;
  if (type === "array of text") return array(n);
  if (type === "array of integers") return `${array(n)}::bigint[]`;
  return `$${n}::text::${NATIVE[type]}`;
}

function array(n: number): string {
  return `(CASE WHEN $${n}::json IS NOT NULL THEN ARRAY(SELECT json_array_elements_text($${n}::json)) END)`;
}

/** Canonical text as PostgreSQL reads it: years before 1 with BC. */
function stored(text: string | null, type: ColumnType): string | null {
  if (text === null || (type !== "date" && type !== "datetime" && type !== "instant")) return text;
  const signed = /^(?:-|(?=0000))(\d{4})(.*)$/.exec(text);
  return signed === null ? text : `${String(Number(signed[1]) + 1).padStart(4, "0")}${signed[2]} BC`;
}
