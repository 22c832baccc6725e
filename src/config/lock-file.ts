// `waybill.lock` on the disk: read, brought up to date, and replaced in one step.
import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { failure } from "../lib/errors.ts";
import { updateLock, type CurrentFields, type Lock, type Updated } from "./lock.ts";
import { parseLock, printLock } from "./lock-text.ts";

/** Where the lock of a configuration is: `waybill.lock` for `waybill.yaml`. */
export function lockFileOf(configuration: string): string {
  return `${configuration.replace(/\.ya?ml$/i, "")}.lock`;
}

export interface KeptLock extends Omit<Updated, "changed"> {
  /** Why the lock could not be written, for people; null when it was, or had not changed. */
  readonly warning: string | null;
}

/** How often another process may come between. */
const TRIES = 5;

/**
 * Reads the lock, brings it up to date and writes it when it has changed. What another process writes meanwhile is read
 * again, and a reader never sees half a file.
 * @throws usageError `lock` when it is damaged; failure `lock` when it is there and cannot be read
 */
export async function keepLock(file: string, current: CurrentFields): Promise<KeptLock> {
  for (let tries = 1; ; tries++) {
    const text = await textOf(file);
    const former: Lock = text === null ? new Map() : parseLock(text, file);
    const { lock, changed, unknown } = updateLock(former, current);
    if (!changed) return { lock, unknown, warning: null };
    try {
      if (await replace(file, text, printLock(lock), tries === TRIES)) return { lock, unknown, warning: null };
    } catch (error) {
      const { code = "error" } = error as NodeJS.ErrnoException;
      const warning = `${file} cannot be written (${code}): new fields may get other ids and places at the next start.`;
      return { lock, unknown, warning };
    }
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw failure("lock", `The lock file "${file}" cannot be read.`, {
      hint: "Check that it is a file, and that the account that runs Waybill may read it.",
      cause,
    });
  }
}

/** Writes beside the file and renames. False when the file is not what it was, unless that does not matter. */
async function replace(file: string, before: string | null, text: string, always: boolean): Promise<boolean> {
  // A link stays a link.
  const target = before === null ? file : await realpath(file);
  const part = join(dirname(target), `.${basename(target)}.${process.pid}-${randomBytes(4).toString("hex")}.part`);
  try {
    const handle = await open(part, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (!always && (await textOf(file)) !== before) return false;
    await rename(part, target);
    return true;
  } finally {
    await rm(part, { force: true });
  }
}
