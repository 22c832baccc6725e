// What the YAML of a large configuration holds, kept from one start to the next: reading two megabytes of YAML takes
// seconds, of JSON a few milliseconds. What is kept is checked like what was just read, and for this very text only.
import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { Environment } from "./secrets.ts";

/** The value of a text, when it was remembered for the file; undefined when not. */
export async function recall(file: string, text: string, env: Environment): Promise<unknown> {
  try {
    const kept = await readFile(placeOf(file, env), "utf8");
    const end = kept.indexOf("\n");
    return kept.slice(0, end) === hashOf(text) ? (JSON.parse(kept.slice(end + 1)) as unknown) : undefined;
  } catch {
    // It is a convenience: whatever is wrong with it, the file itself is there to be read.
    return undefined;
  }
}

/** Remembers the value of a text, readable for nobody else: a password may stand in it as it does in the file. */
export async function remember(file: string, text: string, value: unknown, env: Environment): Promise<void> {
  const place = placeOf(file, env);
  const part = `${place}.${randomBytes(4).toString("hex")}.part`;
  try {
    await mkdir(folderOf(env), { recursive: true, mode: 0o700 });
    await writeFile(part, `${hashOf(text)}\n${JSON.stringify(value)}`, { mode: 0o600, flag: "wx" });
    await rename(part, place);
  } catch {
    await rm(part, { force: true }).catch(() => {});
  }
}

/** One file for each configuration, in the user's cache (XDG Base Directory Specification). */
function placeOf(file: string, env: Environment): string {
  return join(folderOf(env), `config-${hashOf(resolve(file)).slice(0, 32)}.json`);
}

function folderOf(env: Environment): string {
  const cache = env["XDG_CACHE_HOME"];
  return join(cache === undefined || cache === "" ? join(homedir(), ".cache") : cache, "waybill");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
