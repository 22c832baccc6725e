// Test tables in PostgreSQL.
import { escapeIdentifier } from "pg";
import { createDatabase } from "../../setup/postgres.ts";
import type { ColumnType, TestEngine, TestTable } from "../engine.ts";

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
      await client.query(definition(table));
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

function definition(table: TestTable): string {
  const names = (columns: readonly string[]): string => columns.map(escapeIdentifier).join(", ");
  const parts = table.columns.map(({ name, type }) => `${escapeIdentifier(name)} ${NATIVE[type]}`);
  if (table.key.length > 0) parts.push(`PRIMARY KEY (${names(table.key)})`);
  for (const { columns, table: target, to } of table.references ?? []) {
    parts.push(`FOREIGN KEY (${names(columns)}) REFERENCES ${escapeIdentifier(target)} (${names(to)})`);
  }
  return `CREATE TABLE ${escapeIdentifier(table.name)} (${parts.join(", ")})`;
}

function placeholder(type: ColumnType, n: number): string {
  if (type === "binary") return `decode($${n}, 'base64')`;
  if (type === "array of text") return `ARRAY(SELECT json_array_elements_text($${n}::json))`;
  if (type === "array of integers") return `ARRAY(SELECT json_array_elements_text($${n}::json))::bigint[]`;
  return `$${n}::text::${NATIVE[type]}`;
}

/** Canonical text as PostgreSQL reads it: years before 1 with BC. */
function stored(text: string | null, type: ColumnType): string | null {
  if (text === null || (type !== "date" && type !== "datetime" && type !== "instant")) return text;
  const signed = /^-(\d{4})(.*)$/.exec(text);
  return signed === null ? text : `${String(Number(signed[1]) + 1).padStart(4, "0")}${signed[2]} BC`;
}
