// Folders of files against DuckDB's own COPY, which has both threads as we have two processes.
import { join } from "node:path";
import type { Comparison, Contender } from "./contender.ts";
import { lines, parquetRows } from "./count.ts";
import { type Command, waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** What all of our processes together must stay below, in bytes. */
const PEAK = 450e6;

/** The comparisons of files, for tables of so many rows. */
export function fileComparisons({ folder }: Workbench, rows: number): readonly Comparison[] {
  const ours = (from: string, file: string): Command =>
    waybill("export", "bench", "--source", `files:${join(folder, from)}`, "--out", file, "--quiet");
  const copy = (from: string, file: string, options: string): Command => ({
    program: process.execPath,
    args: ["bench/duckdb-way.ts", `COPY (FROM '${join(folder, from)}') TO '${file}' (${options})`],
  });
  const contender = (
    name: string,
    fileName: string,
    check: Contender["checks"][number],
    command: (file: string) => Command,
  ): Contender => {
    const file = join(folder, fileName);
    return { name, file, checks: [check], command: command(file) };
  };
  const parquetToCsv = contender("Waybill, Parquet to CSV", "waybill-files.csv", lines(rows + 1), (file) =>
    ours("parquet", file),
  );
  const copyCsv = contender("DuckDB COPY, Parquet to CSV", "duckdb.csv", lines(rows + 1), (file) =>
    copy("parquet/bench.parquet", file, "HEADER"),
  );
  const csvToParquet = contender("Waybill, CSV to Parquet", "waybill-files.parquet", parquetRows(rows), (file) =>
    ours("csv", file),
  );
  const copyParquet = contender("DuckDB COPY, CSV to Parquet", "duckdb.parquet", parquetRows(rows), (file) =>
    copy("csv/bench.csv", file, "FORMAT parquet"),
  );
  return [
    { title: "Parquet file to CSV", ours: parquetToCsv, theirs: copyCsv, atMost: 1.4, peakBelow: PEAK },
    { title: "CSV file to Parquet", ours: csvToParquet, theirs: copyParquet, atMost: 1.5, peakBelow: PEAK },
  ];
}
