// The zip benchmark: very many entries, and one past the 4 GiB of plain zip, with the peak memory of writing them.
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runWatched } from "./peak.ts";
import { python, runCommand } from "./processes.ts";
import type { Workbench } from "./workbench.ts";

const WRITER = fileURLToPath(new URL("./zip-writer.ts", import.meta.url));

/** What a zip holds in a run of full size. */
const ENTRIES = 100_000;
const MEMBER_BYTES = 5 * 2 ** 30;

/** A zip that was written, and read back by unzip, 7-Zip and Python. */
export interface ZipResult {
  readonly title: string;
  /** Of the zip. */
  readonly bytes: number;
  /** Wall time of writing it, in seconds. */
  readonly seconds: number;
  /** Peak memory of writing it, in bytes. */
  readonly peak: number;
  readonly passed: boolean;
}

/** A zip to be written: what `zip-writer.ts` is told, and what readers must find. */
interface Kind {
  readonly title: string;
  readonly args: readonly [kind: "entries" | "bytes", amount: number];
  readonly entries: number;
  /** Of all entries unpacked, where that is known beforehand. */
  readonly unpacked?: number;
}

/**
 * Writes the zips, a part of their full size, and has them read.
 * @param peakBelow bytes
 * @throws Error when a reader finds anything wrong
 */
export async function measureZips(workbench: Workbench, part: number, peakBelow: number): Promise<ZipResult[]> {
  const entries = Math.ceil(ENTRIES * part);
  const unpacked = Math.ceil(MEMBER_BYTES * part);
  const kinds: readonly Kind[] = [
    { title: `${entries.toLocaleString("en-US")} entries`, args: ["entries", entries], entries },
    { title: `an entry of ${unpacked.toLocaleString("en-US")} bytes`, args: ["bytes", unpacked], entries: 1, unpacked },
  ];
  const results: ZipResult[] = [];
  for (const kind of kinds) {
    const file = join(workbench.folder, "bench.zip");
    const command = { program: process.execPath, args: [WRITER, ...kind.args.map(String), file] };
    const { seconds, peak } = await runWatched(command, workbench.signal);
    const { size: bytes } = await stat(file);
    const title = `Zip of ${kind.title}`;
    console.log(`${(peak / 1e6).toFixed(0).padStart(4)} MB, ${seconds.toFixed(2)} s  ${title}`);
    await check(file, kind, workbench.signal);
    await rm(file);
    results.push({ title, bytes, seconds, peak, passed: peak < peakBelow });
  }
  return results;
}

/** Three readers test every checksum, and must agree on what is there. */
async function check(file: string, { title, entries, unpacked }: Kind, signal: AbortSignal): Promise<void> {
  await runCommand({ program: "unzip", args: ["-tqq", file] }, signal);
  const [unzip, sevenZip, byPython] = await Promise.all([
    runCommand({ program: "unzip", args: ["-Zt", file] }, signal),
    runCommand({ program: "7z", args: ["t", file] }, signal),
    runCommand(python("bench/python/check_zip.py", file), signal),
  ]);
  const found = {
    unzip: /^(\d+) files?, (\d+) bytes/.exec(unzip.output)?.slice(1).join(" "),
    // It tells of several files only.
    "7z": `${/^Files: (\d+)$/m.exec(sevenZip.output)?.[1] ?? 1} ${/^Size: +(\d+)$/m.exec(sevenZip.output)?.[1]}`,
    Python: byPython.output.trim(),
  };
  const expected = `${entries} ${unpacked ?? found.Python.split(" ")[1]}`;
  for (const [reader, its] of Object.entries(found)) {
    if (its !== expected) throw new Error(`Zip of ${title}: ${reader} found ${its}, not ${expected} (entries, bytes).`);
  }
  console.log(`checked  ${expected} (entries, bytes)  unzip, 7z, Python`);
}
