// Databases asked in plain SQL by drivers of their own, for what Waybill's answers are compared with.
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import type { FieldType } from "../../src/catalog/types.ts";
import { connectTo } from "../setup/mariadb.ts";

/** What a statement gives, all of it as text. */
export type PlainRows = readonly (readonly (string | null)[])[];

export interface PlainSql {
  /** Values of a column as canonical text. */
  text(type: FieldType, column: string): string;
  /** What gives the values of a column their order, texts by code point. */
  ordered(type: FieldType, column: string): string;
  connect(url: string): Promise<{ ask(sql: string): Promise<PlainRows>; end(): Promise<void> }>;
}

export const plainSqlite: PlainSql = {
  text: (type, column) => (type === "uuid" ? `uuid_text(${column})` : column),
  ordered(type, column) {
    if (type === "decimal") return `CAST(${column} AS REAL)`;
    if (type === "instant") return `julianday(${column})`;
    return type === "uuid" ? `uuid_text(${column})` : column;
  },
  async connect(url) {
    const database = new DatabaseSync(url.slice("sqlite:".length), { readOnly: true });
    // The test tables have UUIDs in every form that applications store them in.
    database.function("uuid_text", (value) => {
      const digits = value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value).toLowerCase();
      return digits.replaceAll(/[{}-]/g, "").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    });
    return {
      async ask(sql) {
        const statement = database.prepare(sql);
        statement.setReturnArrays(true);
        statement.setReadBigInts(true);
        return (statement.all() as unknown as Cell[][]).map((row) => row.map(asText));
      },
      end: async () => database.close(),
    };
  },
};

export const plainPostgres: PlainSql = {
  text: (_type, column) => `${column}::text`,
  ordered: (type, column) => (type === "text" ? `${column} COLLATE "C"` : column),
  async connect(url) {
    const client = new Client({ connectionString: url });
    await client.connect();
    return {
      async ask(sql) {
        const { rows } = await client.query<Cell[]>({ text: sql, rowMode: "array" });
        return rows.map((row) => row.map(asText));
      },
      end: () => client.end(),
    };
  },
};

export const plainMariadb: PlainSql = {
  text: (_type, column) => `CAST(${column} AS CHAR)`,
  ordered: (type, column) =>
    type === "text" || type === "uuid"
      ? `CONVERT(CAST(${column} AS CHAR) USING utf8mb4) COLLATE utf8mb4_nopad_bin`
      : column,
  async connect(url) {
    const client = await connectTo(url);
    return {
      async ask(sql) {
        const rows = await client.query<Cell[][]>({ sql, rowsAsArray: true });
        return rows.map((row) => row.map(asText));
      },
      end: () => client.end(),
    };
  },
};

type Cell = string | number | bigint | null;

function asText(value: Cell): string | null {
  return value === null ? null : String(value);
}
