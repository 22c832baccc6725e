// The memory benchmark: the peak of Waybill's whole process tree, on a small and on a large table.
import { readdirSync, readFileSync } from "node:fs";
import { makeNarrowTables } from "./data.ts";
import { runCommand, waybill } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** What every export must stay below, and how much more the large table may need than the small one; in bytes. */
export const MEMORY_LIMITS = { peak: 300e6, growth: 50e6 } as const;

/** How often the tree is looked at, in milliseconds. */
const INTERVAL = 50;

const SMALL = "narrow_small";
const LARGE = "narrow_large";

/** The peaks of one kind of export, in bytes. */
export interface MemoryResult {
  readonly title: string;
  readonly small: number;
  readonly large: number;
  readonly passed: boolean;
}

/** A kind of export. `TABLE` in an argument stands for the table's name. */
interface Kind {
  readonly title: string;
  readonly args: readonly string[];
}

const FORMATS = ["csv", "tsv", "ndjson", "json", "json-rows"];
const KINDS: readonly Kind[] = FORMATS.map((name) => ({ title: name, args: ["--format", name] }));
const NESTED: Kind = { title: "ndjson with a list", args: ["--format", "ndjson", "--expand", "TABLE_note"] };
const CONTAINERS: readonly Kind[] = [
  { title: "csv in gzip", args: ["--format", "csv", "--container", "gzip"] },
  { title: "csv in zstd", args: ["--format", "csv", "--container", "zstd"] },
  { title: "csv with a list in zip", args: ["--format", "csv", "--container", "zip", "--expand", "TABLE_note"] },
];

/**
 * Runs the memory benchmark with a large table of so many rows, and a tenth of it as the small one.
 * @throws Error when an export fails, or has not the right number of rows
 */
export async function measureMemory(workbench: Workbench, rows: number): Promise<MemoryResult[]> {
  const sizes = { [SMALL]: Math.ceil(rows / 10), [LARGE]: rows };
  for (const [table, count] of Object.entries(sizes)) {
    console.log(`Making ${table} of ${count.toLocaleString("en-US")} rows …`);
    await makeNarrowTables(workbench, table, count);
  }
  const engines = [
    { name: "PostgreSQL", url: workbench.postgres, kinds: [...KINDS, NESTED, ...CONTAINERS] },
    { name: "SQLite", url: `sqlite:${workbench.sqlite}`, kinds: [...KINDS, NESTED] },
  ];
  const results: MemoryResult[] = [];
  for (const { name, url, kinds } of engines) {
    for (const kind of kinds) {
      const small = await peakOf(kind, url, SMALL, sizes[SMALL], workbench.signal);
      const large = await peakOf(kind, url, LARGE, sizes[LARGE], workbench.signal);
      const passed = Math.max(small, large) < MEMORY_LIMITS.peak && large - small <= MEMORY_LIMITS.growth;
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
  const command = waybill("export", table, "--source", url, "-o", "/dev/null", "--progress", "json", ...args);
  let peak = 0;
  let watch: NodeJS.Timeout | undefined;
  try {
    const { remarks } = await runCommand(command, signal, (pid) => {
      watch = setInterval(() => (peak = Math.max(peak, highWater(pid))), INTERVAL);
    });
    const exported = exportedRows(remarks);
    if (exported !== rows) throw new Error(`${url} to ${kind.title}: ${exported} rows of ${table}, not ${rows}.`);
  } finally {
    clearInterval(watch);
  }
  if (peak === 0) throw new Error(`${kind.title}: over before its memory could be seen.`);
  return peak;
}

/**
 * The high-water marks (proc(5), VmHWM) of a process and of those below it, in bytes. As a mark stays, no peak between
 * two looks is missed; that those of several processes need not coincide makes the sum too large rather than too small.
 */
function highWater(pid: number): number {
  let sum = 0;
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    sum = Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").match(/\d+/g) ?? [];
      for (const child of children) sum += highWater(Number(child));
    }
  } catch {
    // It ended while it was looked at.
  }
  return sum;
}

/** The rows of the first table, as Waybill's last line of progress tells. */
function exportedRows(remarks: string): number | undefined {
  const last = remarks.trim().split("\n").at(-1) ?? "";
  const facts = JSON.parse(last) as { readonly tables?: readonly { readonly rows: number }[] };
  return facts.tables?.[0]?.rows;
}
