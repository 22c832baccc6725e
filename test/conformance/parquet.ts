// Parquet of every engine, read back by DuckDB value for value.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { duckdb, duckName } from "../readers/duckdb.ts";
import { exported } from "../setup/export.ts";
import * as tables from "./awkward.ts";
import { fitted } from "./fitted.ts";
import type { ColumnType, TestEngine, TestTable } from "./engine.ts";

/** Text as bytes: DuckDB's library for Node takes a byte order mark away. */
const bytesOf = (name: string): string => `hex(${name})`;

/** The type that DuckDB sees, and how it tells a value without losing any of it. */
const READ: Readonly<Record<ColumnType, readonly [type: string, exact: (name: string) => string]>> = {
  text: ["VARCHAR", bytesOf],
  integer: ["BIGINT", (name) => `CAST(${name} AS VARCHAR)`],
  decimal: ["VARCHAR", bytesOf],
  float: ["DOUBLE", (name) => `CAST(${name} AS VARCHAR)`],
  boolean: ["BOOLEAN", (name) => `CAST(${name} AS VARCHAR)`],
  date: ["DATE", (name) => `CAST(${name} - DATE '1970-01-01' AS VARCHAR)`],
  time: ["TIME", (name) => `CAST(${name} AS VARCHAR)`],
  datetime: ["TIMESTAMP", (name) => `CAST(epoch_us(${name}) AS VARCHAR)`],
  instant: ["TIMESTAMP WITH TIME ZONE", (name) => `CAST(epoch_us(${name}) AS VARCHAR)`],
  uuid: ["UUID", (name) => `CAST(${name} AS VARCHAR)`],
  binary: ["BLOB", (name) => `to_base64(${name})`],
  json: ["JSON", (name) => `CAST(${name} AS VARCHAR)`],
  "array of text": ["JSON", (name) => `CAST(${name} AS VARCHAR)`],
  "array of integers": ["JSON", (name) => `CAST(${name} AS VARCHAR)`],
  enum: ["VARCHAR", bytesOf],
};

/** Canonical text as the expression above gives it. */
function expected(text: string | null, type: ColumnType): unknown {
  if (text === null) return null;
  if (READ[type][1] === bytesOf) return Buffer.from(text, "utf8").toString("hex").toUpperCase();
  if (type === "date") return String(Date.parse(`${expanded(text)}T00:00:00Z`) / 86_400_000);
  if (type !== "datetime" && type !== "instant") return text;
  const [, moment = "", fraction = ""] = /^(.*:\d\d)(?:\.(\d+))?Z?$/.exec(expanded(text)) ?? [];
  return String(BigInt(Date.parse(`${moment}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0")));
}

/** Years of six digits, as ECMAScript wants them where they are signed. */
function expanded(text: string): string {
  return text.replace(/^-(\d{4})-/, "-00$1-").replace(/^-000000-/, "+000000-");
}

/** What is read: doubles by their value, since DuckDB writes them in another way. */
function found(value: unknown, type: ColumnType): unknown {
  if (type !== "float" || typeof value !== "string") return value;
  const number = Number(value.replace("inf", "Infinity"));
  return Object.is(number, -0) ? "-0" : String(number);
}

/** Declares the tests of an engine. */
export function parquetBehaves(engine: TestEngine): void {
  const awkward = fitted(tables.awkward, engine);
  const awkwardNames = fitted(tables.awkwardNames, engine);
  const { compositeKey, keyless, largeCells } = tables;
  describe(`${engine.name}: Parquet`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      ({ url, drop } = await engine.make([awkward, awkwardNames, compositeKey, keyless, largeCells]));
    });
    afterAll(() => drop());

    async function read(table: TestTable): Promise<unknown[][]> {
      const { bytes, facts } = await exported(url, { object: table.name, format: "parquet" });
      const columns = table.columns.map(({ name, type }) => READ[type][1](duckName(name)));
      const [schema, content, file, chunks] = await duckdb(
        bytes,
        "SELECT column_name, column_type FROM (DESCRIBE FROM FILE)",
        `SELECT ${columns.join(", ")} FROM FILE`,
        "SELECT num_rows, num_row_groups, created_by FROM parquet_file_metadata(FILE)",
        "SELECT DISTINCT compression FROM parquet_metadata(FILE)",
      );
      expect(schema?.rows).toEqual(table.columns.map(({ name, type }) => [name, READ[type][0]]));
      expect(file?.rows).toEqual([[String(table.rows.length), "1", "waybill version 1"]]);
      expect(chunks?.rows).toEqual([["ZSTD"]]);
      expect(facts.problems).toEqual([]);
      expect(facts.tables).toEqual([{ name: table.name, rows: table.rows.length }]);
      return content?.rows.map((row) => row.map((value, n) => found(value, table.columns[n]!.type))) ?? [];
    }

    function values(table: TestTable, rows = table.rows): unknown[][] {
      return rows.map((row) => row.map((text, n) => expected(text, table.columns[n]!.type)));
    }

    it("gives DuckDB every value of the database", async () => {
      expect(await read(awkward)).toEqual(values(awkward));
    });

    it("keeps odd names of columns", async () => {
      expect(await read(awkwardNames)).toEqual(values(awkwardNames));
    });

    it("keeps the order of keys", async () => {
      const order = [2, 3, 1, 5, 0, 4].map((n) => compositeKey.rows[n]!);
      expect(await read(compositeKey)).toEqual(values(compositeKey, order));
      const sorted = [5, 4, 2, 0, 3, 1].map((n) => keyless.rows[n]!);
      expect(await read(keyless)).toEqual(values(keyless, sorted));
    });

    it("writes cells of a megabyte", async () => {
      const rows = await read(largeCells);
      expect(rows.length).toBe(largeCells.rows.length);
      const same = values(largeCells).map((row, r) => row.map((value, c) => value === rows[r]![c]));
      expect(same.flat().filter((equal) => !equal)).toEqual([]);
    });

    it("is a file with its columns when there is nothing to write", async () => {
      const { bytes } = await exported(url, { object: "awkward", format: "parquet", limit: 0 });
      const [schema, count] = await duckdb(
        bytes,
        "SELECT column_type FROM (DESCRIBE FROM FILE)",
        "SELECT count(*) FROM FILE",
      );
      expect(schema?.rows).toEqual(awkward.columns.map(({ type }) => [READ[type][0]]));
      expect(count?.rows).toEqual([["0"]]);
    });

    it("has no options", async () => {
      const options = { level: 3 };
      await expect(exported(url, { object: "awkward", format: "parquet", options })).rejects.toMatchObject({
        code: "unknown-option",
      });
    });
  });
}
