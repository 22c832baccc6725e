// The unfinished files beside an output: whose they are, and which were left behind.
import { readFileSync, readlinkSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** `.orders.csv.4711-81-4026531836.waybill-part`: the process that writes it is in its name. */
export function partOf(path: string, by: string): string {
  return join(dirname(path), `.${basename(path)}.${by}.waybill-part`);
}

/** What names a process for good: its number, when it began, and in which container the number counts. */
export function writer(pid: number): string {
  return `${pid}-${beginOf(pid)}-${NAMESPACE}`;
}

const NAMESPACE = numberIn(() => readlinkSync("/proc/self/ns/pid"));

/** When a process began, in ticks since the machine did; 0 where there is no /proc. */
function beginOf(pid: number): string {
  return numberIn(() => readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)!.split(" ")[19]!);
}

function numberIn(read: () => string): string {
  try {
    return /\d+/.exec(read())?.[0] ?? "0";
  } catch {
    return "0";
  }
}

/** A process that has a part of a file, by the part's name. */
interface Writer {
  readonly pid: number;
  readonly by: string;
  /** Whether its number counts in this container. */
  readonly here: boolean;
}

async function writers(path: string): Promise<Writer[]> {
  const prefix = `.${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names.flatMap((name) => {
    const found = name.startsWith(prefix) ? /^((\d+)-\d+-(\d+))\.waybill-part$/.exec(name.slice(prefix.length)) : null;
    return found === null ? [] : [{ pid: Number(found[2]), by: found[1]!, here: found[3] === NAMESPACE }];
  });
}

/** After so many milliseconds without a write, nobody of another container is at work on a part. */
const ABANDONED = 86_400_000;

/** Removes what exports that were killed have left. */
export async function clearLeftovers(path: string): Promise<void> {
  for (const { pid, by, here } of await writers(path)) {
    const part = partOf(path, by);
    const left = here ? !isAlive(pid) || by !== writer(pid) : await isAbandoned(part);
    if (left) await rm(part, { force: true });
  }
}

/** Of other containers nothing is known but the file: each that is at work publishes a whole one, and the last stays. */
async function isAbandoned(part: string): Promise<boolean> {
  const there = await stat(part).catch(() => null);
  return there !== null && Date.now() - there.mtimeMs > ABANDONED;
}

/** A living process that began to write the same file before this one, or null. */
export async function earlierWriter(path: string, own: string): Promise<number | null> {
  const mine = await stat(own, { bigint: true });
  for (const { pid, by, here } of await writers(path)) {
    if (!here || pid === process.pid || !isAlive(pid)) continue;
    const theirs = await stat(partOf(path, by), { bigint: true }).catch(() => null);
    if (theirs === null) continue;
    const before = theirs.birthtimeNs < mine.birthtimeNs;
    if (before || (theirs.birthtimeNs === mine.birthtimeNs && pid < process.pid)) return pid;
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
