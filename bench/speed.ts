// The speed benchmark: contenders once a round, in alternating order, and the ratios of their medians.
import { rm, stat } from "node:fs/promises";
import type { Comparison, Contender } from "./contender.ts";
import { comparisons } from "./contenders.ts";
import { makeSpeedTables } from "./data.ts";
import { runWatched } from "./peak.ts";
import { type Command, runCommand } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** What a contender needed. */
interface Timing {
  readonly contender: Contender;
  /** Of its output. */
  readonly bytes: number;
  /** Of each round that it took part in, in seconds. */
  readonly seconds: readonly number[];
  /** The largest peak memory of its rounds, in bytes; 0 where nothing was promised. */
  readonly peak: number;
}

/** A comparison's outcome. */
export interface Outcome extends Comparison {
  /** Medians, in seconds. */
  readonly oursTook: number;
  readonly theirsTook: number;
  readonly ratio: number;
  /** Our peak memory in bytes, where it was promised; otherwise 0. */
  readonly peak: number;
  readonly passed: boolean;
}

/** The whole speed benchmark. */
export interface SpeedResult {
  readonly timings: readonly Timing[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Runs the speed benchmark.
 * @param only comparisons whose titles match
 * @throws Error when a contender fails, or its output has not the right number of rows
 */
export async function measureSpeed(
  workbench: Workbench,
  rows: number,
  rounds: number,
  only: RegExp,
): Promise<SpeedResult> {
  console.log(`Making tables of ${rows.toLocaleString("en-US")} rows …`);
  await makeSpeedTables(workbench, rows);
  const all = comparisons(workbench, rows).filter(({ title }) => only.test(title));
  const watched = new Set(all.filter((it) => it.peakBelow !== undefined).map(({ ours }) => ours));
  const contenders = [...new Set(all.flatMap(({ ours, theirs }) => [ours, theirs]))];
  const timings = new Map(contenders.map((it) => [it, { contender: it, bytes: 0, seconds: [] as number[], peak: 0 }]));
  for (let round = 1; round <= rounds; round++) {
    const order = round % 2 === 1 ? contenders : contenders.toReversed();
    for (const contender of order.filter((it) => round <= (it.rounds ?? rounds))) {
      const timing = timings.get(contender)!;
      const run = watched.has(contender) ? runWatched : runUnwatched;
      const { seconds, peak } = await run(contender.command, workbench.signal);
      timing.seconds.push(seconds);
      timing.peak = Math.max(timing.peak, peak);
      console.log(`round ${round}/${rounds}  ${seconds.toFixed(2).padStart(7)} s  ${contender.name}`);
      // Each round gives the same bytes.
      if (round === 1) timing.bytes = await checked(contender, workbench.signal);
      await rm(contender.file);
    }
  }
  return { timings: [...timings.values()], outcomes: all.map((it) => outcomeOf(it, timings)) };
}

function outcomeOf(comparison: Comparison, timings: ReadonlyMap<Contender, Timing>): Outcome {
  const { ours, theirs, atMost, peakBelow = Infinity } = comparison;
  const { seconds, peak } = timings.get(ours)!;
  const oursTook = median(seconds);
  const theirsTook = median(timings.get(theirs)!.seconds);
  const ratio = oursTook / theirsTook;
  return { ...comparison, oursTook, theirsTook, ratio, peak, passed: ratio <= atMost && peak < peakBelow };
}

async function runUnwatched(command: Command, signal: AbortSignal): Promise<{ seconds: number; peak: number }> {
  const { seconds } = await runCommand(command, signal);
  return { seconds, peak: 0 };
}

/** Checks what a contender wrote, and gives the size in bytes. */
async function checked({ name, file, checks }: Contender, signal: AbortSignal): Promise<number> {
  for (const { what, count, found } of checks) {
    const its = await found(file, signal);
    if (its !== count) throw new Error(`${name} wrote ${its} ${what}, not ${count}.`);
    console.log(`checked  ${its.toLocaleString("en-US").padStart(10)} ${what}  ${name}`);
  }
  const { size } = await stat(file);
  return size;
}

/** The middle value; the mean of the two middle ones of an even number. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
