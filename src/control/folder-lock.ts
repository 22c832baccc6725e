// One process in a data folder: two PGlites on the same files destroy them.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { failure } from "../lib/errors.ts";

/** A folder that nobody else has. */
export interface FolderLock {
  readonly release: () => void;
}

/**
 * Takes a folder for this process, making it when it is not there. The lock is the operating system's own, on a file that
 * SQLite holds open: it ends with the process however that ends, and neither process ids that come again nor containers in
 * which everybody is process 1 can mislead it.
 * @throws failure `data-dir-in-use` naming the process that has it, `data-dir` when the folder cannot be written
 */
export function lockFolder(folder: string): FolderLock {
  const owner = join(folder, "control.owner");
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    file = new DatabaseSync(join(folder, "control.lock"));
    file.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    writeFileSync(owner, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  } catch (error) {
    file?.close();
    throw (error as { errcode?: number }).errcode === SQLITE_BUSY ? inUse(folder, owner) : unusable(folder, error);
  }
  const held = file;
  return {
    release() {
      if (!held.isOpen) return;
      rmSync(owner, { force: true });
      held.close();
    },
  };
}

const SQLITE_BUSY = 5;

function inUse(folder: string, owner: string): Error {
  const { pid, since } = whoHas(owner);
  const who = pid === undefined ? "another process" : `process ${pid} (since ${since})`;
  return failure("data-dir-in-use", `The data folder "${folder}" is in use by ${who}.`, {
    hint: "Stop that Waybill first, or name another folder with --data-dir. DATABASE_URL lets several run at once.",
  });
}

/** Who has the lock, as far as it said so: it may be just about to. */
function whoHas(owner: string): { readonly pid?: number; readonly since?: string } {
  try {
    return JSON.parse(readFileSync(owner, "utf8")) as { pid: number; since: string };
  } catch {
    return {};
  }
}

function unusable(folder: string, cause: unknown): Error {
  return failure("data-dir", `The data folder "${folder}" cannot be used.`, {
    hint: "Check that it is a folder, that it may be written to, and that the disk has room.",
    cause,
  });
}
