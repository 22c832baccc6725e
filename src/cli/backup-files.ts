// What a backup holds: the vault's keys, the configuration and its lock. Nothing that is there is ever written over.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { lockFileOf } from "../config/lock-file.ts";
import { failure, usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { backupKeys, restoreKeys } from "../vault/key-backup.ts";
import { readKeys } from "../vault/key-files.ts";
import type { BackupOptions } from "./backup.ts";

/**
 * Copies keys and configuration into a folder.
 * @throws usageError `nothing-to-back-up`; failure `keys-differ`, `configuration-differs`, before anything is written
 */
export async function backup(folder: string, { dataDir, config }: BackupOptions): Promise<void> {
  const keys = join(dataDir, "keys");
  const hasKeys = (await readKeys(keys)).length > 0;
  const files = await textsOf([config, lockFileOf(config)]);
  if (!hasKeys && files.size === 0) {
    throw usageError("nothing-to-back-up", `There are neither keys in "${keys}" nor a configuration "${config}".`, {
      hint: "Name the folder with --data-dir, the configuration with --config.",
    });
  }
  const copies = new Map([...files].map(([file, text]) => [join(folder, basename(file)), text]));
  await checkSame(copies, "Back up into another folder.");
  const done = hasKeys ? await backupKeys(keys, folder) : [];
  await writeAll(folder, copies);
  tell([...done.map((name) => join("keys", name)), ...[...files.keys()].map((file) => basename(file))], "copied");
}

/**
 * Puts the keys and the configuration of a backup back.
 * @throws usageError `no-backup`; failure `keys-differ`, `configuration-differs`, before anything is written
 */
export async function restore(folder: string, { dataDir, config }: BackupOptions): Promise<void> {
  const hasKeys = (await readKeys(join(folder, "keys"))).length > 0;
  const wanted = [config, lockFileOf(config)];
  const files = await textsOf(wanted.map((file) => join(folder, basename(file))));
  if (!hasKeys && files.size === 0) {
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
  const done = hasKeys ? await restoreKeys(folder, join(dataDir, "keys")) : [];
  await writeAll(null, copies);
  tell([...done.map((name) => join(dataDir, "keys", name)), ...copies.keys()], "restored");
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
