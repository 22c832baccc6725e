// Test tables as Parquet files, written by DuckDB. What files cannot say (keys, references) is said of them afterwards.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Catalog, ObjectType } from "../../../src/catalog/types.ts";
import { buildCatalog, type RawTable } from "../../../src/sources/build-catalog.ts";
import { duckName } from "../../readers/duckdb.ts";
import { refineCatalogOf } from "../../setup/export.ts";
import type { ColumnType, TestEngine, TestTable } from "../engine.ts";

/** Decimals are text: Parquet's have one number of decimals for all. */
const NATIVE: Readonly<Record<ColumnType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  decimal: "VARCHAR",
  float: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  time: "TIME",
  datetime: "TIMESTAMP",
  instant: "TIMESTAMPTZ",
  uuid: "UUID",
  binary: "BLOB",
  json: "JSON",
  "array of text": "VARCHAR[]",
  "array of integers": "BIGINT[]",
  enum: "VARCHAR",
};

export const parquet: TestEngine = {
  name: "Parquet files",
  async make(tables) {
    const folder = await mkdtemp(join(tmpdir(), "waybill-parquet-"));
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    for (const { name, columns, rows } of tables) {
      const definitions = columns.map((it) => `${duckName(it.name)} ${NATIVE[it.type]}`);
      await connection.run(`CREATE TABLE ${duckName(name)} (${definitions.join(", ")})`);
      for (const row of rows) {
        const values = row.map((text, c) => value(text, columns[c]!.type));
        await connection.run(`INSERT INTO ${duckName(name)} VALUES (${values.join(", ")})`);
      }
      const file = join(folder, `${name}.parquet`).replaceAll("'", "''");
      await connection.run(`COPY ${duckName(name)} TO '${file}' (FORMAT parquet)`);
    }
    connection.closeSync();
    instance.closeSync();
    const url = `files:${folder}`;
    refineCatalogOf(url, (catalog) => refined(catalog, tables));
    return { url, drop: () => rm(folder, { recursive: true }) };
  },
};

function value(text: string | null, type: ColumnType): string {
  if (text === null) return "NULL";
  const literal = `'${text.replaceAll("'", "''")}'`;
  if (type === "binary") return `from_base64(${literal})`;
  if (type.startsWith("array")) return `CAST(${literal}::JSON AS ${NATIVE[type]})`;
  return `CAST(${literal} AS ${NATIVE[type]})`;
}

/** The catalog with the keys and references that the tables were made with. */
function refined(catalog: Catalog, tables: readonly TestTable[]): Catalog {
  return buildCatalog(tables.map((table) => rawTable(catalog.objects.get(table.name)!, table)));
}

function rawTable({ name, fields }: ObjectType, { columns, key, references = [], rows }: TestTable): RawTable {
  const scale = (n: number): number => Math.max(...rows.map((row) => row[n]?.split(".")[1]?.length ?? 0));
  return {
    id: name,
    schema: null,
    name,
    view: false,
    default: true,
    comment: null,
    estimatedRows: null,
    columns: fields.map((field, n) => ({
      ...field,
      comment: null,
      ...(columns[n]!.type === "decimal" ? { type: "decimal", native: `DECIMAL(38,${scale(n)}) TEXT` } : {}),
    })),
    key,
    foreignKeys: references.map((it) => ({
      target: it.table,
      columns: it.columns,
      targetColumns: it.to,
      enforced: false,
    })),
  };
}
