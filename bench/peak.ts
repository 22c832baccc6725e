// The peak memory of a whole process tree, while it runs.
import { readdirSync, readFileSync } from "node:fs";
import { type Command, type Finished, runCommand } from "./processes.ts";

/** How often the tree is looked at, in milliseconds. */
const INTERVAL = 50;

/** What a program gave, and what it needed. */
export interface Watched extends Finished {
  /** Peak resident memory of the program and all below it, in bytes. */
  readonly peak: number;
}

/**
 * Runs a program and watches its memory.
 * @throws Error when it fails, or ends before its memory can be seen; the signal's reason when it was aborted
 */
export async function runWatched(command: Command, signal: AbortSignal): Promise<Watched> {
  let peak = 0;
  let watch: NodeJS.Timeout | undefined;
  try {
    const finished = await runCommand(command, signal, (pid) => {
      watch = setInterval(() => (peak = Math.max(peak, highWater(pid))), INTERVAL);
    });
    if (peak === 0) throw new Error(`${command.program}: over before its memory could be seen.`);
    return { ...finished, peak };
  } finally {
    clearInterval(watch);
  }
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
