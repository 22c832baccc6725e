// The speed benchmark: every contender once a round, in alternating order, and the ratios of their medians.
import { rm, stat } from "node:fs/promises";
import { comparisons, type Comparison, type Contender } from "./contenders.ts";
import { countIn } from "./count.ts";
import { makeSpeedTables } from "./data.ts";
import { runCommand } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

/** What a contender needed. */
interface Timing {
  readonly contender: Contender;
  /** Of its output. */
  readonly bytes: number;
  /** Of each round, in seconds. */
  readonly seconds: readonly number[];
}

/** A comparison's outcome. */
export interface Outcome extends Comparison {
  /** Medians, in seconds. */
  readonly oursTook: number;
  readonly theirsTook: number;
  readonly ratio: number;
  readonly passed: boolean;
}

/** The whole speed benchmark. */
export interface SpeedResult {
  readonly timings: readonly Timing[];
  readonly outcomes: readonly Outcome[];
}

/**
 * Runs the speed benchmark.
 * @throws Error when a contender fails, or its output has not the right number of rows
 */
export async function measureSpeed(workbench: Workbench, rows: number, rounds: number): Promise<SpeedResult> {
  console.log(`Making tables of ${rows.toLocaleString("en-US")} rows …`);
  await makeSpeedTables(workbench, rows);
  const all = comparisons(workbench, rows);
  const contenders = [...new Set(all.flatMap(({ ours, theirs }) => [ours, theirs]))];
  const bytes = new Map<Contender, number>();
  for (const contender of contenders) bytes.set(contender, await checked(contender, workbench.signal));

  const seconds = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of round % 2 === 1 ? contenders : contenders.toReversed()) {
      const { seconds: taken } = await runCommand(contender.command, workbench.signal);
      await rm(contender.file);
      seconds.get(contender)!.push(taken);
      console.log(`round ${round}/${rounds}  ${taken.toFixed(2).padStart(7)} s  ${contender.name}`);
    }
  }
  const took = (contender: Contender): number => median(seconds.get(contender)!);
  return {
    timings: contenders.map((contender) => ({
      contender,
      bytes: bytes.get(contender)!,
      seconds: seconds.get(contender)!,
    })),
    outcomes: all.map((it) => {
      const ratio = took(it.ours) / took(it.theirs);
      return { ...it, oursTook: took(it.ours), theirsTook: took(it.theirs), ratio, passed: ratio <= it.atMost };
    }),
  };
}

/** Runs a contender untimed, checks what it wrote, and gives the size in bytes. */
async function checked({ name, command, file, checks }: Contender, signal: AbortSignal): Promise<number> {
  await runCommand(command, signal);
  const { size } = await stat(file);
  for (const check of checks) {
    const found = await countIn(file, check, signal);
    if (found !== check.count) throw new Error(`${name} wrote ${found} ${check.what}, not ${check.count}.`);
    console.log(`checked  ${found.toLocaleString("en-US").padStart(10)} ${check.what}  ${name}`);
  }
  await rm(file);
  return size;
}

/** The middle value; the mean of the two middle ones of an even number. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
