// Test tables in SQLite, with each value in one of the forms that applications store it in.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type ColumnType, tableDefinition, type TestEngine } from "../engine.ts";

const DECLARED: Readonly<Record<ColumnType, string>> = {
  text: "TEXT",
  integer: "INTEGER",
  decimal: "DECIMAL TEXT",
  float: "REAL",
  boolean: "BOOLEAN",
  date: "DATE",
  time: "TIME",
  datetime: "DATETIME",
  instant: "TIMESTAMPTZ",
  uuid: "UUID",
  binary: "BLOB",
  json: "JSON",
  "array of text": "JSON",
  "array of integers": "JSON",
  enum: "TEXT",
};

const TRUE: readonly SQLInputValue[] = [1, "true", "t", "yes", "TRUE"];
const FALSE: readonly SQLInputValue[] = [0, "false", "f", "no", "FALSE"];

export const sqlite: TestEngine = {
  name: "SQLite",
  async make(tables) {
    const folder = await mkdtemp(join(tmpdir(), "waybill-sqlite-"));
    const file = join(folder, "test.db");
    const database = new DatabaseSync(file);
    for (const table of tables) {
      database.exec(tableDefinition(table, ({ type }) => DECLARED[type], quoted));
      const holes = table.columns.map(() => "?").join(", ");
      const insert = database.prepare(`INSERT INTO ${quoted(table.name)} VALUES (${holes})`);
      table.rows.forEach((row, n) => insert.run(...row.map((text, c) => stored(text, table.columns[c]!.type, n))));
    }
    database.close();
    return { url: `sqlite:${file}`, drop: () => rm(folder, { recursive: true }) };
  },
};

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** One of the forms in which a value is kept, by the number of its row. */
function stored(text: string | null, type: ColumnType, row: number): SQLInputValue {
  if (text === null) return null;
  switch (type) {
    case "integer":
      return BigInt(text);
    case "float":
      return Number(text);
    case "boolean":
      return (text === "true" ? TRUE : FALSE)[row % 5]!;
    case "uuid":
      return [text, text.toUpperCase(), `{${text}}`, Buffer.from(text.replaceAll("-", ""), "hex")][row % 4]!;
    case "binary":
      return Buffer.from(text, "base64");
    case "datetime":
      return row % 2 === 0 ? text : text.replace("T", " ");
    case "instant":
      return row % 2 === 0 ? text : text.replace("Z", "+00:00");
    default:
      return text;
  }
}
