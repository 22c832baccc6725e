// What a backup holds: the control database, the vault's keys, the configuration and its lock. Nothing that is there is ever written over.
import { createReadStream, createWriteStream } from "node:fs";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { lockFileOf } from "../config/lock-file.ts";
import { dumpControl, restoreControl } from "../control/backup.ts";
import type { ControlPlace } from "../control/open.ts";
import { failure, usageError, WaybillError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { backupKeys, restoreKeys } from "../vault/key-backup.ts";
import { readKeys } from "../vault/key-files.ts";
import type { BackupOptions } from "./backup.ts";

/**
 * Copies control database, keys and configuration into a folder.
 * @throws failure `data-dir-in-use` while the service runs on the embedded database; usageError `nothing-to-back-up`; failure `keys-differ`, `configuration-differs`, before anything is written
 */
export async function backup(folder: string, { dataDir, config }: BackupOptions): Promise<void> {
  const keys = join(dataDir, "keys");
  const hasKeys = (await readKeys(keys)).length > 0;
  const files = await textsOf([config, lockFileOf(config)]);
  const place = await controlPlace(dataDir);
  if (!hasKeys && files.size === 0 && place === null) {
    throw usageError("nothing-to-back-up", `There are neither keys in "${keys}" nor a configuration "${config}".`, {
      hint: "Name the folder with --data-dir, the configuration with --config.",
    });
  }
  const copies = new Map([...files].map(([file, text]) => [join(folder, basename(file)), text]));
  await checkSame(copies, "Back up into another folder.");
  const done = hasKeys ? await backupKeys(keys, folder) : [];
  await writeAll(folder, copies);
  tell([...done.map((name) => join("keys", name)), ...[...files.keys()].map((file) => basename(file))], "copied");
  if (place !== null) {
    await writeControl(place, join(folder, CONTROL));
    tell([CONTROL], "copied");
  }
}

/**
 * Puts the keys and the configuration of a backup back.
 * @throws usageError `no-backup`; failure `keys-differ`, `configuration-differs`, before anything is written
 */
export async function restore(folder: string, { dataDir, config }: BackupOptions): Promise<void> {
  const hasKeys = (await readKeys(join(folder, "keys"))).length > 0;
  const wanted = [config, lockFileOf(config)];
  const files = await textsOf(wanted.map((file) => join(folder, basename(file))));
  const control = join(folder, CONTROL);
  const hasControl = await isThere(control);
  if (!hasKeys && files.size === 0 && !hasControl) {
    throw usageError("no-backup", `"${folder}" holds no backup.`, {
      hint: "Name a folder that waybill backup has made.",
    });
  }
  const copies = new Map(
    wanted.flatMap((file) => {
      const text = files.get(join(folder, basename(file)));
      return text === undefined ? [] : [[file, text] as const];
    }),
  );
  await checkSame(copies, "Move it away first.");
  if (hasControl) {
    await restoreControl({ databaseUrl: process.env["DATABASE_URL"] || null, dataDir }, linesOf(control));
    tell(["control database"], "restored");
  }
  const done = hasKeys ? await restoreKeys(folder, join(dataDir, "keys")) : [];
  await writeAll(null, copies);
  tell([...done.map((name) => join(dataDir, "keys", name)), ...copies.keys()], "restored");
}

/** The name of the control database in a backup. */
const CONTROL = "control.txt";

/** Where the control database is; null where there is none. */
async function controlPlace(dataDir: string): Promise<ControlPlace | null> {
  const databaseUrl = process.env["DATABASE_URL"] || null;
  return databaseUrl !== null || (await isThere(join(dataDir, "control"))) ? { databaseUrl, dataDir } : null;
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Writes beside the file and renames, so that a backup that failed leaves the former one. */
async function writeControl(place: ControlPlace, file: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await pipeline(Readable.from(dumpControl(place)), createWriteStream(part, { mode: 0o600, flush: true }));
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    if (cause instanceof WaybillError) throw cause;
    const { code = "error" } = cause as NodeJS.ErrnoException;
    throw failure("backup-failed", `The control database cannot be copied to "${file}" (${code}).`, {
      hint: "Check that there is space, and that the account that runs Waybill may write there.",
      cause,
    });
  }
}

/** Lines end with LF alone: node:readline would end them at separators of Unicode's that stand inside of texts. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let begun = "";
  for await (const chunk of createReadStream(file, "utf8") as AsyncIterable<string>) {
    const lines = (begun + chunk).split("\n");
    begun = lines.pop()!;
    yield* lines;
  }
  if (begun !== "") yield begun;
}

/** The texts of the files that are there. */
async function textsOf(files: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = await readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return null;
      throw failure("backup-failed", `"${file}" cannot be read (${cause.code ?? "error"}).`, {
        hint: "Check that the account that runs Waybill may read it.",
        cause,
      });
    });
    if (text !== null) texts.set(file, text);
  }
  return texts;
}

async function checkSame(copies: ReadonlyMap<string, string>, hint: string): Promise<void> {
  for (const [file, text] of await textsOf([...copies.keys()])) {
    if (copies.get(file) === text) continue;
    throw failure("configuration-differs", `"${file}" is there already, and is another one.`, { hint });
  }
}

async function writeAll(folder: string | null, copies: ReadonlyMap<string, string>): Promise<void> {
  try {
    if (folder !== null) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const [file, text] of copies) await writeFile(file, text, { mode: 0o600 });
  } catch (cause) {
    const { code = "error" } = cause as NodeJS.ErrnoException;
    throw failure("backup-failed", `The configuration cannot be written (${code}).`, {
      hint: "Check that there is space, and that the account that runs Waybill may write there.",
      cause,
    });
  }
}

function tell(names: readonly string[], what: string): void {
  for (const name of names) process.stdout.write(`${printable(name)} ${what}\n`);
}
