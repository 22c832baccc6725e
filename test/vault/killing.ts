// Kills writers of archives at random moments, and looks at what is left.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { storeAt } from "../../src/vault/store-at.ts";
import { openVault } from "../../src/vault/vault.ts";

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));

/** Where writers are killed. */
export interface Place {
  /** Of the store; its credentials are in the environment. */
  readonly url: string;
  readonly keys: string;
  /** Waits until the store itself is at rest. */
  idle(): Promise<void>;
  /** Everything that lies there and is no complete archive. */
  leftovers(): Promise<string[]>;
}

/** What was seen in some rounds. */
export interface Seen {
  /** Archives that were whole after a kill. */
  archives: number;
  /** Rounds that left something unfinished behind, which was cleared away. */
  cleared: number;
}

/** Starts a writer of archives. */
export function startWriter(place: Place, prefix: string, count: number): { pid: number; ended: Promise<string[]> } {
  const args = ["--no-warnings", WRITER, place.url, place.keys, prefix, String(count)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const ended = once(child, "close").then(() => printed.split("\n").slice(0, -1));
  return { pid: child.pid!, ended };
}

/**
 * Kills a writer so many times.
 * @throws Error when an archive is not whole, one that was published is missing, or anything is left after the next start
 */
export async function killRounds(place: Place, rounds: number): Promise<Seen> {
  const seen: Seen = { archives: 0, cleared: 0 };
  for (let round = 0; round < rounds; round++) {
    const { pid, ended } = startWriter(place, `r${round}`, Infinity);
    await sleep(randomInt(300, 2500));
    process.kill(pid, "SIGKILL");
    const published = new Set(await ended);
    await place.idle();
    if ((await place.leftovers()).length > 0) seen.cleared++;
    const vault = await openVault(await storeAt(place.url), place.keys);
    const left = await place.leftovers();
    if (left.length > 0) throw new Error(`left behind: ${left.join(", ")}`);
    for await (const { name } of vault.list()) {
      const archive = await vault.open(name);
      let size = 0;
      for await (const piece of archive.range(0, archive.size)) size += piece.length;
      await archive.close();
      if (size !== archive.size) throw new Error(`${name} is not whole`);
      published.delete(name);
      seen.archives++;
      await vault.delete(name);
    }
    if (published.size > 0) throw new Error(`missing: ${[...published].join(", ")}`);
    await vault.close();
  }
  return seen;
}
