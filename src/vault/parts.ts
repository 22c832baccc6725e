// Files on their way into a folder, under a name that tells who writes them, until they get their own.
import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { lifeOf, THIS_WRITER, WRITER } from "../lib/writers.ts";
import { ABANDONED } from "./store.ts";

const PART = new RegExp(`^\\..+\\.(${WRITER.source})-[0-9a-f]+\\.part$`);

/** `.x.age.4711-81-4026531836-907060870-1f3c09ab.part` */
export function newPart(folder: string, name: string): string {
  return join(folder, `.${name}.${THIS_WRITER}-${randomBytes(4).toString("hex")}.part`);
}

/** Removes the parts in a folder whose writers are gone. */
export async function clearParts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const writer = PART.exec(name)?.[1];
    if (writer === undefined) continue;
    const part = join(folder, name);
    const life = lifeOf(writer);
    if (life === "gone" || (life === "elsewhere" && (await isAbandoned(part)))) await rm(part, { force: true });
  }
}

async function isAbandoned(part: string): Promise<boolean> {
  const there = await stat(part).catch(() => null);
  return there !== null && Date.now() - there.mtimeMs > ABANDONED;
}
