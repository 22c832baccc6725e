// What the files of a folder hold: for each the SELECT that reads it, its columns, and how many rows where that is known.
import type { RawColumn, RawTable } from "../build-catalog.ts";
import { ReaderError } from "../reader-process.ts";
import { type Reader, texts } from "./ask.ts";
import type { Layout } from "./csv/layout.ts";
import { csvTable } from "./csv/table.ts";
import type { CsvThreads } from "./csv/thread.ts";
import { reasonOf } from "./errors.ts";
import type { DataFile } from "./folder.ts";
import { jsonTable } from "./json.ts";
import { fieldTypeOf } from "./native-types.ts";
import { identifier, literal } from "./quote.ts";

/** A file as a table. */
export interface FileTable {
  readonly file: DataFile;
  /** The SELECT that reads it; null for a file that cannot be read. */
  readonly sql: string | null;
  readonly columns: readonly RawColumn[];
  readonly rows: number | null;
  /** Whether the first column rises from every row to the next, where that is known. */
  readonly firstRises: boolean | null;
  /** How a CSV file is laid out; null for others. */
  readonly layout: Layout | null;
  /** Why it cannot be read. */
  readonly complaint: string | null;
}

/** What is found in a file that can be read. */
export type Found = Pick<FileTable, "sql" | "columns" | "rows" | "firstRises" | "layout">;

/**
 * Looks into a file. One that cannot be read must not hide the others: it has no columns, and a complaint.
 * @param reader gives DuckDB, where that has to look.
 */
export async function tableOf(reader: () => Promise<Reader>, file: DataFile, threads: CsvThreads): Promise<FileTable> {
  try {
    switch (file.kind) {
      case "parquet":
        return { file, complaint: null, ...(await parquetTable(await reader(), file)) };
      case "csv":
      case "tsv":
        return { file, complaint: null, ...(await csvTable(file, threads)) };
      default:
        return { file, complaint: null, ...(await jsonTable(await reader(), file)) };
    }
  } catch (error) {
    if (!(error instanceof ReaderError)) throw error;
    return {
      file,
      sql: null,
      columns: [],
      rows: null,
      firstRises: null,
      layout: null,
      complaint: `It cannot be read: ${reasonOf(error.message)}.`,
    };
  }
}

/** The catalog's raw material. Files have neither keys nor foreign keys: configuration names them. */
export function rawTable({ file, columns, rows, complaint }: FileTable): RawTable {
  return {
    id: file.name,
    schema: null,
    name: file.name,
    view: false,
    default: true,
    comment: complaint,
    estimatedRows: rows,
    columns,
    key: [],
    foreignKeys: [],
  };
}

async function parquetTable(reader: Reader, { path }: DataFile): Promise<Found> {
  const sql = `FROM read_parquet(${literal(path)}, hive_partitioning = false)`;
  const [counted] = await texts(reader, `SELECT sum(num_rows) FROM parquet_file_metadata(${literal(path)})`);
  // A column without missing values in any row group, as the file's own statistics say.
  const full = await texts(
    reader,
    `SELECT path_in_schema FROM parquet_metadata(${literal(path)}) GROUP BY ALL HAVING count(*) = count(stats_null_count) AND sum(stats_null_count) = 0`,
  );
  const filled = new Set(full.map(([name]) => name));
  const columns = await columnsOf(reader, sql);
  return {
    sql,
    rows: Number(counted?.[0] ?? 0),
    firstRises: null,
    layout: null,
    columns: columns.map((column) => ({ ...column, nullable: !filled.has(column.name) })),
  };
}

/** The columns that a SELECT gives. Nothing is run. */
export async function columnsOf(reader: Reader, select: string): Promise<RawColumn[]> {
  const rows = await texts(reader, `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM (${select}\n))`);
  return rows.map(([name, native]) => ({
    name: name ?? "",
    ...fieldTypeOf(native ?? ""),
    native: native ?? "",
    nullable: true,
    comment: null,
  }));
}

/** Makes a table known by its name. */
export async function define(reader: Reader, { file, sql }: FileTable): Promise<void> {
  if (sql !== null) await reader.ask({ do: "run", sql: `CREATE VIEW ${identifier(file.name)} AS ${sql}` });
}
