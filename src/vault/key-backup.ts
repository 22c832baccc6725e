// Keys in and out of a backup: without them no archive can be opened.
import { join } from "node:path";
import { failure, usageError } from "../lib/errors.ts";
import { readKeys, writeKey } from "./key-files.ts";

/** Where keys lie in a backup. */
const IN_BACKUP = "keys";

/**
 * Copies the keys of a vault into a backup, readable by their owner alone. Those that are there already stay as they are.
 * @returns the files' names
 * @throws failure `keys-differ`, before anything is written, where the backup holds other keys; and as `readKeys`
 */
export function backupKeys(keys: string, backup: string): Promise<string[]> {
  return copyKeys(keys, join(backup, IN_BACKUP), "Back up into another folder.");
}

/**
 * Puts the keys of a backup back.
 * @returns the files' names
 * @throws failure `keys-differ`, before anything is written, where there are other keys; and as `readKeys`
 */
export function restoreKeys(backup: string, keys: string): Promise<string[]> {
  return copyKeys(join(backup, IN_BACKUP), keys, "Move them away first, if no archive needs them any more.");
}

async function copyKeys(from: string, to: string, hint: string): Promise<string[]> {
  const keys = await readKeys(from);
  if (keys.length === 0) {
    throw usageError("no-keys", `There are no keys in "${from}".`, { hint: "Check that it is the right folder." });
  }
  const differ = (name: string): Error =>
    failure("keys-differ", `"${join(to, name)}" is another key than the one in "${from}", and stays.`, { hint });
  const there = new Map((await readKeys(to)).map(({ name, text }) => [name, text]));
  for (const { name, text } of keys) if ((there.get(name) ?? text) !== text) throw differ(name);
  for (const { name, text } of keys) {
    if (!there.has(name) && !(await writeKey(to, name, text))) throw differ(name);
  }
  return keys.map(({ name }) => name);
}
