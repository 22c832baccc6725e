// Test tables in MariaDB. Its columns have one scale, its dates begin with year 0, its instants lie between 1970 and 2038.
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

export const mariadb: TestEngine = {
  name: "MariaDB",
  fixedScale: true,
  holds({ type }, text, scale) {
    switch (type) {
      case "decimal":
        return (text.split(".")[1] ?? "").length === scale && text.replace(/\D/g, "").length <= 65;
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
      const types = new Map(table.columns.map((column, n) => [column, typeOf(table, column, n)]));
      const definition = tableDefinition(
        { ...table, columns: table.columns.map((column) => ({ ...column, native: types.get(column)! })) },
        NATIVE_NAMES,
        quoted,
      );
      await client.query(definition);
      const values = table.columns.map(({ type }) => (type === "binary" ? "FROM_BASE64(?)" : "?")).join(", ");
      const insert = `INSERT INTO ${quoted(table.name)} VALUES (${values})`;
      for (const row of table.rows) await client.query(insert, row.map((text, n) => stored(text, table.columns[n]!)));
    }
    return { url, drop };
  },
};
