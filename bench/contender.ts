// What takes part in the speed benchmark.
import type { Check } from "./count.ts";
import type { Command } from "./processes.ts";

/** One way to get the rows into a file. */
export interface Contender {
  readonly name: string;
  readonly command: Command;
  /** The file that it writes. */
  readonly file: string;
  readonly checks: readonly Check[];
  /** In how many rounds it runs at most, where it is slow. */
  readonly rounds?: number;
}

/** Two contenders, and the largest ratio of their times that passes. */
export interface Comparison {
  readonly title: string;
  readonly ours: Contender;
  readonly theirs: Contender;
  readonly atMost: number;
  /** What our peak memory must stay below, in bytes, where that is promised too. */
  readonly peakBelow?: number;
}
