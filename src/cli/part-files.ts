// The unfinished files beside an output: whose they are, and which were left behind.
import { readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Life, lifeOf, WRITER } from "../lib/writers.ts";

/** `.orders.csv.4711-81-4026531836-907060870.waybill-part`: the process that writes it is in its name. */
export function partOf(path: string, by: string): string {
  return join(dirname(path), `.${basename(path)}.${by}.waybill-part`);
}

/** A process that has a part of a file, by the part's name. */
interface Writer {
  readonly pid: number;
  readonly by: string;
  readonly life: Life;
}

const PART = new RegExp(`^(${WRITER.source})\\.waybill-part$`);

async function writers(path: string): Promise<Writer[]> {
  const prefix = `.${basename(path)}.`;
  const names = await readdir(dirname(path));
  return names.flatMap((name) => {
    const by = name.startsWith(prefix) ? PART.exec(name.slice(prefix.length))?.[1] : undefined;
    return by === undefined ? [] : [{ pid: Number.parseInt(by, 10), by, life: lifeOf(by) }];
  });
}

/** After so many milliseconds without a write, nobody of another container is at work on a part. */
const ABANDONED = 86_400_000;

/** Removes what exports that were killed have left. */
export async function clearLeftovers(path: string): Promise<void> {
  for (const { by, life } of await writers(path)) {
    const part = partOf(path, by);
    if (life === "gone" || (life === "elsewhere" && (await isAbandoned(part)))) await rm(part, { force: true });
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
  for (const { pid, by, life } of await writers(path)) {
    if (life !== "alive" || pid === process.pid) continue;
    const theirs = await stat(partOf(path, by), { bigint: true }).catch(() => null);
    if (theirs === null) continue;
    const before = theirs.birthtimeNs < mine.birthtimeNs;
    if (before || (theirs.birthtimeNs === mine.birthtimeNs && pid < process.pid)) return pid;
  }
  return null;
}
