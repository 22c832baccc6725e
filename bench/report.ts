// The results as Markdown, for people: printed, and kept in bench/RESULTS.md.
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import type { Contender } from "./contender.ts";
import { FILES_PEAK, MEMORY_LIMITS, type MemoryResults } from "./memory.ts";
import { runCommand, psql } from "./processes.ts";
import type { SpeedResult } from "./speed.ts";
import { MARIADBD } from "../test/setup/mariadb-server.ts";
import { pythonVersions, versionOf } from "./tools.ts";
import type { Workbench } from "./workbench.ts";

const RESULTS = new URL("RESULTS.md", import.meta.url);
const TITLE = "# What `npm run bench` measured\n";

/** The halves of the benchmarks; each is a section of the results. */
export type Half = "speed" | "memory";

/** Machine, programs and day, as a Markdown list. */
export async function machineFacts({ postgres, signal }: Workbench): Promise<string> {
  const { output } = await runCommand(psql(postgres, "show server_version"), signal);
  const processors = cpus();
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${processors.length} cores, ${processors[0]?.model.trim() ?? "unknown"}, ${(totalmem() / 1e9).toFixed(0)} GB`,
    `- Node ${process.versions.node}, with SQLite ${process.versions["sqlite"] ?? "unknown"}`,
    `- PostgreSQL ${output.trim()}, psql ${versionOf("psql")}, sqlite3 ${versionOf("sqlite3")}`,
    `- MariaDB ${versionOf(MARIADBD)}`,
    `- ${pythonVersions()}; UnZip ${versionOf("unzip")}, 7-Zip ${versionOf("7z")}`,
  ].join("\n");
}

/** The speed section. */
export function speedSection({ timings, outcomes }: SpeedResult, rows: number, facts: string): string {
  const rounds = Math.max(...timings.map(({ seconds }) => seconds.length));
  const bytesOf = new Map(timings.map(({ contender, bytes }) => [contender, bytes]));
  const fewer = ({ rounds: most = rounds }: Contender): string =>
    most >= rounds ? "" : most === 1 ? ", once" : `, ${most} times`;
  return [
    `${facts}\n- ${rows.toLocaleString("en-US")} rows of 12 columns and the median of ${rounds}, unless a line says otherwise; whole processes, interleaved`,
    table(
      ["Export", "Waybill", "Bytes", "Against", "Took", "Bytes", "Ratio", "At most", "Peak", "Below", ""],
      outcomes.map((it) => [
        it.title,
        `${it.oursTook.toFixed(2)} s`,
        megabytes(bytesOf.get(it.ours)!),
        it.theirs.name + fewer(it.theirs),
        `${it.theirsTook.toFixed(2)} s`,
        megabytes(bytesOf.get(it.theirs)!),
        it.ratio.toFixed(it.atMost < 0.2 ? 3 : 2),
        String(it.atMost),
        it.peakBelow === undefined ? "" : megabytes(it.peak),
        it.peakBelow === undefined ? "" : megabytes(it.peakBelow),
        verdict(it.passed),
      ]),
    ),
    "Every round, in seconds:",
    table(
      ["Contender", ...Array.from({ length: rounds }, (_, n) => String(n + 1)), "Output in bytes"],
      timings.map(({ contender, bytes, seconds }) => [
        contender.name,
        ...Array.from({ length: rounds }, (_, n) => seconds[n]?.toFixed(2) ?? ""),
        bytes.toLocaleString("en-US"),
      ]),
    ),
  ].join("\n\n");
}

/** The memory section. */
export function memorySection({ exports, zips }: MemoryResults, rows: number, facts: string): string {
  const small = Math.ceil(rows / 10).toLocaleString("en-US");
  const { peak, growth } = MEMORY_LIMITS;
  return [
    `${facts}\n- peak resident memory of all of Waybill's processes; below ${megabytes(peak)} (${megabytes(FILES_PEAK)} where DuckDB reads files), growing by ${megabytes(growth)} at most`,
    table(
      ["Export", `${small} rows`, `${rows.toLocaleString("en-US")} rows`, "Growth", ""],
      exports.map((it) => [
        it.title,
        megabytes(it.small),
        megabytes(it.large),
        megabytes(it.large - it.small),
        verdict(it.passed),
      ]),
    ),
    "Zips that need no database, each tested by unzip, 7-Zip and Python's zipfile:",
    table(
      ["Zip", "Bytes", "Peak", "Took", ""],
      zips.map((it) => [
        it.title,
        megabytes(it.bytes),
        megabytes(it.peak),
        `${it.seconds.toFixed(2)} s`,
        verdict(it.passed),
      ]),
    ),
  ].join("\n\n");
}

/** Puts sections into the file of results; a half that was not run keeps what was measured before. */
export async function keepResults(sections: Readonly<Partial<Record<Half, string>>>): Promise<void> {
  const before = await readFile(RESULTS, "utf8").catch(() => "");
  const earlier = (heading: string): string | undefined =>
    before
      .split(/^## /m)
      .find((part) => part.startsWith(`${heading}\n`))
      ?.slice(heading.length)
      .trim();
  const section = (heading: string, text: string | undefined): string =>
    text === undefined ? "" : `\n## ${heading}\n\n${text}\n`;
  const speed = section("Speed", sections.speed ?? earlier("Speed"));
  const memory = section("Memory", sections.memory ?? earlier("Memory"));
  await writeFile(RESULTS, `${TITLE}${speed}${memory}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function verdict(passed: boolean): string {
  return passed ? "yes" : "**missed**";
}

/** A Markdown table that reads well as text too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, n) => Math.max(3, title.length, ...rows.map((row) => row[n]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n]!)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
