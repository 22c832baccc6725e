// Test tables in MariaDB. Its decimals have one scale a column, its dates begin with year 0, its instants lie between 1970 and 2038.
import { createMariadb } from "../../setup/mariadb.ts";
import { type ColumnType, type TestColumn, tableDefinition, type TestEngine, type TestTable } from "../engine.ts";

const NATIVE: Readonly<Record<Exclude<ColumnType, "text" | "decimal">, string>> = {
  integer: "bigint",
  float: "double",
  boolean: "boolean",
  date: "date",
  time: "time(6)",
  datetime: "datetime(6)",
  instant: "timestamp(6) NULL",
  uuid: "uuid",
  binary: "longblob",
  json: "json",
  "array of text": "json",
  "array of integers": "json",
  enum: "enum('sad', 'ok', 'happy')",
};

const MAX_DIGITS = 65;
const MAX_SCALE = 38;

export const mariadb: TestEngine = {
  name: "MariaDB",
  fixedScale: true,
  rising: {
    date: ["1582-10-04", "1899-12-31", "9999-12-31"],
    instant: ["1970-01-01T00:00:01Z", "2024-03-31T01:00:00Z", "2024-03-31T01:00:00.000001Z"],
  },
  // Identifiers are of the Basic Multilingual Plane.
  holdsName: (name) => !/\p{Surrogate}/v.test(name) && ![...name].some((character) => character.length > 1),
  holds({ type }, text, all) {
    switch (type) {
      case "decimal":
        return scaleOfText(text) === scaleOf(all) && text.replace(/\D/g, "").length <= MAX_DIGITS;
      case "float":
        return !text.includes("Infinity");
      case "date":
        return /^\d/.test(text) && !text.startsWith("0000");
      case "instant":
        return text > "1970-01-01T00:00:00Z" && text < "2038-01-19T03:14:08Z";
      default:
        return true;
    }
  },
  async make(tables) {
    const { url, client, drop } = await createMariadb();
    await client.query("SET time_zone = '+00:00'");
    for (const table of tables) {
      await client.query(tableDefinition(table, (column) => nativeOf(table, column), quoted));
      const holes = table.columns.map(({ type }) => (type === "binary" ? "FROM_BASE64(?)" : "?")).join(", ");
      const insert = `INSERT INTO ${quoted(table.name)} VALUES (${holes})`;
      await client.beginTransaction();
      for (const row of table.rows) {
        await client.query(
          insert,
          row.map((text, n) => stored(text, table.columns[n]!.type)),
        );
      }
      await client.commit();
    }
    return { url, drop };
  },
};

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function nativeOf(table: TestTable, column: TestColumn): string {
  const { name, type } = column;
  if (type === "decimal") {
    const n = table.columns.indexOf(column);
    return `decimal(${MAX_DIGITS}, ${scaleOf(table.rows.map((row) => row[n] ?? null))})`;
  }
  if (type !== "text") return NATIVE[type];
  const inKey = [...table.key, ...(table.references ?? []).flatMap(({ columns }) => columns)].includes(name);
  return inKey ? "varchar(100)" : "longtext";
}

function scaleOfText(text: string): number {
  return (text.split(".")[1] ?? "").length;
}

/** The scale of a column with these values: the largest of them, or 2 where that leaves no room for their digits. */
function scaleOf(all: readonly (string | null)[]): number {
  const numbers = all.filter((text) => text !== null);
  const scale = Math.max(0, ...numbers.map(scaleOfText));
  const whole = Math.max(0, ...numbers.map((text) => text.replace(/^-|\..*$/g, "").length));
  return scale <= MAX_SCALE && scale + whole <= MAX_DIGITS ? scale : 2;
}

function stored(text: string | null, type: ColumnType): string | number | null {
  if (text === null) return null;
  if (type === "boolean") return text === "true" ? 1 : 0;
  if (type === "datetime" || type === "instant") return text.replace("T", " ").replace("Z", "");
  return text;
}
