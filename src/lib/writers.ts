// Which process a file that is being written belongs to, told by a name that the file carries.
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { crc32 } from "node:zlib";

/** Whether a process still runs; of another machine or container nothing is known. */
export type Life = "alive" | "gone" | "elsewhere";

/** How such names look. */
export const WRITER = /\d+-\d+-\d+-\d+/;

const NAMESPACE = numberIn(() => readlinkSync("/proc/self/ns/pid"));
const MACHINE = crc32(hostname());

/** What names this process for good: its number, when it began, and in which container of which machine the number counts. */
export const THIS_WRITER = nameOf(process.pid);

/** The process that a name stands for. */
export function lifeOf(writer: string): Life {
  const [pid, , namespace, machine] = writer.split("-");
  if (namespace !== NAMESPACE || machine !== String(MACHINE)) return "elsewhere";
  return isAlive(Number(pid)) && nameOf(Number(pid)) === writer ? "alive" : "gone";
}

function nameOf(pid: number): string {
  return `${pid}-${beginOf(pid)}-${NAMESPACE}-${MACHINE}`;
}

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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
