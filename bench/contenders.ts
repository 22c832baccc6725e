// Who runs against whom in the speed benchmark, and how each must compare.
import { join } from "node:path";
import type { Comparison, Contender } from "./contender.ts";
import { type Check, elements, lines, parquetRows, texts } from "./count.ts";
import { fileComparisons } from "./files.ts";
import { mariadbComparisons } from "./mariadb.ts";
import { type Command, psql, waybill } from "./processes.ts";
import { templateComparisons } from "./templates.ts";
import { workbookComparisons } from "./workbooks.ts";
import type { Workbench } from "./workbench.ts";

/** Every comparison, for tables of so many rows. Outputs go to the workbench's folder. */
export function comparisons(workbench: Workbench, rows: number): readonly Comparison[] {
  const { folder, postgres, sqlite } = workbench;
  const csv = [lines(rows + 1)];
  const ndjson = [lines(rows)];
  const children = [texts("references", '"region":', rows), texts("children", '"bench_id":', 2 * rows)];
  const contender = (
    name: string,
    fileName: string,
    checks: readonly Check[],
    command: (file: string) => Command,
  ): Contender => {
    const file = join(folder, fileName);
    return { name, file, checks, command: command(file) };
  };

  const ours =
    (source: string, ...options: string[]) =>
    (file: string): Command =>
      waybill("export", "bench", "--source", source, "--out", file, "--quiet", ...options);
  const flat = ours(postgres);
  const zipped = ours(postgres, "--format", "csv");
  const nested = ["--expand", "parent,bench_child"];
  const toCsv = contender("Waybill, PostgreSQL to CSV", "waybill.csv", csv, flat);
  const toNdjson = contender("Waybill, PostgreSQL to NDJSON", "waybill.ndjson", ndjson, flat);
  const toGzip = contender("Waybill, PostgreSQL to gzip'd CSV", "waybill.csv.gz", csv, flat);
  const toZip = contender("Waybill, PostgreSQL to zipped CSV", "waybill.zip", [lines(rows + 1, "bench.csv")], zipped);
  const toParquet = contender("Waybill, PostgreSQL to Parquet", "waybill.parquet", [parquetRows(rows)], flat);
  const toXml = contender("Waybill, PostgreSQL to XML", "waybill.xml", [elements(rows, "record")], flat);
  const fromSqlite = contender("Waybill, SQLite to CSV", "waybill-sqlite.csv", csv, ours(`sqlite:${sqlite}`));
  const nestedZip = contender(
    "Waybill, PostgreSQL to zipped CSV, nested",
    "waybill-nested.zip",
    [lines(rows + 1, "bench.csv"), lines(2 * rows + 1, "bench.bench_child.csv")],
    ours(postgres, "--format", "csv", ...nested),
  );
  const nestedNdjson = contender(
    "Waybill, PostgreSQL to NDJSON, nested",
    "waybill-nested.ndjson",
    [...ndjson, ...children],
    ours(postgres, ...nested),
  );

  const copy = (query: string, to: string): Command => psql(postgres, `\\copy (${query}) to ${to}`);
  const all = "select * from bench order by id";
  const copyCsv = contender("psql \\copy, CSV", "psql.csv", csv, (file) => copy(all, `'${file}' csv header`));
  // Quote and delimiter that do not occur in JSON: plain COPY would double its backslashes.
  const copyJson = contender("psql \\copy of row_to_json", "psql.ndjson", ndjson, (file) =>
    copy(`select row_to_json(b) from (${all}) b`, `'${file}' csv quote e'\\x01' delimiter e'\\x02'`),
  );
  const copyGzip = contender("psql \\copy to gzip -1", "psql.csv.gz", csv, (file) =>
    copy(all, `program 'gzip -1 > "${file}"' csv header`),
  );
  const inNode = contender("pg-query-stream + csv-stringify", "node-way.csv", csv, (file) => ({
    program: process.execPath,
    args: ["bench/node-way.ts", postgres, file],
  }));
  const nodeWay: Contender = { ...inNode, rounds: 3 };
  const sqliteShell = contender("sqlite3 -csv -header", "sqlite3.csv", csv, (file) => ({
    program: "sqlite3",
    args: ["-csv", "-header", sqlite, all],
    output: file,
  }));

  return [
    { title: "PostgreSQL to CSV", ours: toCsv, theirs: copyCsv, atMost: 0.9 },
    { title: "PostgreSQL to NDJSON", ours: toNdjson, theirs: copyJson, atMost: 0.6 },
    { title: "PostgreSQL to CSV", ours: toCsv, theirs: nodeWay, atMost: 0.2 },
    { title: "SQLite to CSV", ours: fromSqlite, theirs: sqliteShell, atMost: 1.8 },
    { title: "PostgreSQL to gzip'd CSV", ours: toGzip, theirs: copyGzip, atMost: 0.9 },
    { title: "Reference and list, zipped CSV", ours: nestedZip, theirs: toZip, atMost: 1.8 },
    { title: "Reference and list, NDJSON", ours: nestedNdjson, theirs: toNdjson, atMost: 1.8 },
    ...mariadbComparisons(workbench, rows),
    ...workbookComparisons(workbench, rows),
    ...fileComparisons(workbench, rows),
    ...templateComparisons(workbench, rows),
    { title: "PostgreSQL to Parquet", ours: toParquet, theirs: copyCsv, atMost: 2, peakBelow: 500e6 },
    { title: "PostgreSQL to XML", ours: toXml, theirs: copyCsv, atMost: 1.3 },
    { title: "PostgreSQL to zipped CSV", ours: toZip, theirs: copyCsv, atMost: 1.25 },
  ];
}
