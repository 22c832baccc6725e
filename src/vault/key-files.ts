// The keys of a vault: a file for each, as age-keygen writes them, that only its owner may read and that is never written again.
import { link, mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { failure } from "../lib/errors.ts";
import { type Identity, identitiesIn, newIdentityFile } from "./age-keys.ts";
import { fileError } from "./file-errors.ts";
import { syncFolder } from "../lib/file-writer.ts";
import { clearParts, newPart } from "./parts.ts";

/** A key's file. */
export interface KeyFile {
  readonly name: string;
  readonly text: string;
  readonly identities: readonly Identity[];
}

/** The name of key `n`, from 1 on; new archives are encrypted to the one with the highest number. */
function nameOf(n: number): string {
  return n === 1 ? "identity.txt" : `identity-${n}.txt`;
}

function numberOf(name: string): number | null {
  const found = /^identity(?:-(\d+))?\.txt$/.exec(name);
  return found === null ? null : Number(found[1] ?? 1);
}

/**
 * All keys of a folder, the newest last; none where there is no such folder.
 * @throws failure `key-exposed` where others than the owner may use a file, `key-damaged`, `store-failed`
 */
export async function readKeys(folder: string): Promise<KeyFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw fileError(error, `the folder of the keys, "${folder}",`);
  });
  const numbers = names.map(numberOf).filter((it) => it !== null);
  return Promise.all(numbers.toSorted((a, b) => a - b).map((n) => readKey(folder, nameOf(n))));
}

async function readKey(folder: string, name: string): Promise<KeyFile> {
  const path = join(folder, name);
  try {
    await using handle = await open(path, "r");
    const { mode } = await handle.stat();
    if ((mode & 0o077) !== 0) {
      throw failure("key-exposed", `Others than its owner may use the identity file "${path}".`, {
        hint: `Run chmod 600 on it. Whoever has read it can decrypt every archive: think of a new key.`,
      });
    }
    const text = await handle.readFile("utf8");
    return { name, text, identities: identitiesIn(text, path) };
  } catch (error) {
    throw fileError(error, `the identity file "${path}"`);
  }
}

/** Makes key `n`. Of several processes that do so at once one succeeds, and the others take its key. */
async function makeKey(folder: string, n: number): Promise<void> {
  await writeKey(folder, nameOf(n), newIdentityFile(new Date()));
}

/**
 * Writes a file that nobody else may read, if there is none of its name; nobody ever sees half of it.
 * @returns whether there was none
 */
export async function writeKey(folder: string, name: string, text: string): Promise<boolean> {
  const part = newPart(folder, name);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Whoever was killed here has left a key that nothing was encrypted to.
    await clearParts(folder);
    {
      await using handle = await open(part, "wx", 0o600);
      await handle.writeFile(text);
      await handle.sync();
    }
    // Unlike a rename, a link never replaces what is there.
    await link(part, join(folder, name));
    await syncFolder(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw fileError(error, `the folder of the keys, "${folder}",`);
  } finally {
    await rm(part, { force: true }).catch(() => {});
  }
}

/** Makes the first key where there is none. */
export async function firstKey(folder: string): Promise<void> {
  await makeKey(folder, 1);
}

/** Makes a new key, to which archives are encrypted from now on; older ones stay readable. */
export async function nextKey(folder: string): Promise<void> {
  const keys = await readKeys(folder);
  // Another process that does the same has made a new key too.
  await makeKey(folder, Math.max(0, ...keys.map(({ name }) => numberOf(name)!)) + 1);
}
