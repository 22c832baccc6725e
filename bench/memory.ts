// The memory benchmark: the peak of Waybill's whole process tree, on a small and on a large table.
import { makeNarrowTables } from "./data.ts";
import { runWatched } from "./peak.ts";
import { waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";
import { measureZips, type ZipResult } from "./zips.ts";

/** What every export must stay below, and how much more the large table may need than the small one; in bytes. */
export const MEMORY_LIMITS = { peak: 300e6, growth: 50e6 } as const;
/** Where DuckDB reads files, it is a part of what is measured. */
export const FILES_PEAK = 450e6;

const SMALL = "narrow_small";
const LARGE = "narrow_large";

/** The peaks of one kind of export, in bytes. */
export interface MemoryResult {
  readonly title: string;
  readonly small: number;
  readonly large: number;
  readonly passed: boolean;
}

/** The whole memory benchmark. */
export interface MemoryResults {
  readonly exports: readonly MemoryResult[];
  readonly zips: readonly ZipResult[];
}

/** A kind of export. `TABLE` in an argument, or in a URL, stands for the table's name. */
interface Kind {
  readonly title: string;
  readonly args: readonly string[];
}

const FORMATS = ["csv", "tsv", "ndjson", "json", "json-rows", "xml", "xlsx", "ods", "parquet"];
const KINDS: readonly Kind[] = FORMATS.map((name) => ({ title: name, args: ["--format", name] }));
const NESTED: Kind = { title: "ndjson with a list", args: ["--format", "ndjson", "--expand", "TABLE_note"] };
const CONTAINERS: readonly Kind[] = [
  { title: "csv in gzip", args: ["--format", "csv", "--container", "gzip"] },
  { title: "csv in zstd", args: ["--format", "csv", "--container", "zstd"] },
  { title: "csv with a list in zip", args: ["--format", "csv", "--container", "zip", "--expand", "TABLE_note"] },
];

/** The rows of the large table in a run of full size. */
export const MEMORY_ROWS = 10_000_000;

/**
 * Runs the memory benchmark with a large table of so many rows, a tenth of it as the small one, and zips to suit.
 * @throws Error when an export fails, or has not the right number of rows; when a zip cannot be read
 */
export async function measureMemory(workbench: Workbench, rows: number): Promise<MemoryResults> {
  const zips = await measureZips(workbench, rows / MEMORY_ROWS, MEMORY_LIMITS.peak);
  return { exports: await measureExports(workbench, rows), zips };
}

async function measureExports(workbench: Workbench, rows: number): Promise<MemoryResult[]> {
  const sizes = { [SMALL]: Math.ceil(rows / 10), [LARGE]: rows };
  for (const [table, count] of Object.entries(sizes)) {
    console.log(`Making ${table} of ${count.toLocaleString("en-US")} rows …`);
    await makeNarrowTables(workbench, table, count);
  }
  const engines = [
    { name: "PostgreSQL", url: workbench.postgres, kinds: [...KINDS, NESTED, ...CONTAINERS] },
    { name: "MariaDB", url: workbench.mariadb, kinds: [...KINDS.slice(0, 1), NESTED] },
    { name: "SQLite", url: `sqlite:${workbench.sqlite}`, kinds: [...KINDS, NESTED] },
    { name: "Parquet file", url: `files:${workbench.folder}/TABLE-parquet`, kinds: KINDS.slice(0, 1) },
    { name: "CSV file", url: `files:${workbench.folder}/TABLE-csv`, kinds: KINDS.slice(-1) },
  ];
  const results: MemoryResult[] = [];
  for (const { name, url, kinds } of engines) {
    for (const kind of kinds) {
      const small = await peakOf(kind, url, SMALL, sizes[SMALL], workbench.signal);
      const large = await peakOf(kind, url, LARGE, sizes[LARGE], workbench.signal);
      const most = url.startsWith("files:") ? FILES_PEAK : MEMORY_LIMITS.peak;
      const passed = Math.max(small, large) < most && large - small <= MEMORY_LIMITS.growth;
      const title = `${name} to ${kind.title}`;
      console.log(
        `${(small / 1e6).toFixed(0).padStart(4)} MB, then ${(large / 1e6).toFixed(0).padStart(4)} MB  ${title}`,
      );
      results.push({ title, small, large, passed });
    }
  }
  return results;
}

/** Exports a table to nowhere, and gives the peak of the process tree in bytes. */
async function peakOf(kind: Kind, url: string, table: string, rows: number, signal: AbortSignal): Promise<number> {
  const args = kind.args.map((argument) => argument.replace("TABLE", table));
  const command = waybill(
    "export",
    table,
    "--source",
    url.replace("TABLE", table),
    "-o",
    "/dev/null",
    "--progress",
    "json",
    ...args,
  );
  const { peak, remarks } = await runWatched(command, signal);
  const exported = exportedRows(remarks);
  if (exported !== rows) throw new Error(`${url} to ${kind.title}: ${exported} rows of ${table}, not ${rows}.`);
  return peak;
}

/** The rows of the first table, as Waybill's last line of progress tells. */
function exportedRows(remarks: string): number | undefined {
  const last = remarks.trim().split("\n").at(-1) ?? "";
  const facts = JSON.parse(last) as { readonly tables?: readonly { readonly rows: number }[] };
  return facts.tables?.[0]?.rows;
}
