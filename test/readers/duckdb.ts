// DuckDB as a reader of Parquet: none of its code is ours.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type Json } from "@duckdb/node-api";

/** What DuckDB found. */
export interface DuckRows {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/**
 * Runs queries over a file; `FILE` in them stands for it.
 * 64-bit integers and larger come as text; cast what else must be exact.
 */
export async function duckdb(file: Uint8Array, ...queries: readonly string[]): Promise<DuckRows[]> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-duckdb-"));
  try {
    const path = join(folder, "test.parquet");
    await writeFile(path, file);
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      const found: DuckRows[] = [];
      for (const query of queries) {
        const reader = await connection.runAndReadAll(query.replaceAll("FILE", `'${path}'`));
        found.push({ names: reader.columnNames(), rows: reader.getRowsJson() });
      }
      return found;
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A name as DuckDB takes it. */
export function duckName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
