// Control databases of both kinds, for tests that each must pass.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { type Control, type ControlPlace, openControl } from "../../src/control/open.ts";
import { createDatabase } from "./postgres.ts";

export const KINDS = ["pglite", "postgres"] as const;
export type Kind = (typeof KINDS)[number];

/** Things to put away when the file's tests are over, the last first. */
const cleanups: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});

/** A folder that goes when the tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "waybill-control-"));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A place for a control database with its tables and nothing in them. Making PGlite's files takes seconds: they are copied. */
export async function emptyPlace(kind: Kind): Promise<ControlPlace> {
  const dataDir = temporaryFolder();
  if (kind === "postgres") {
    const database = await createDatabase();
    cleanups.push(() => database.drop());
    return { databaseUrl: database.url, dataDir };
  }
  cpSync(await prepared(), dataDir, { recursive: true });
  return { databaseUrl: null, dataDir };
}

/** What is copied: made by the first test file that asks for it. Where two ask at once, both make it, and one is kept. */
async function prepared(): Promise<string> {
  const shared = join(inject("sharedFolder"), "pglite");
  if (existsSync(shared)) return shared;
  const made = mkdtempSync(`${shared}-`);
  await (await openControl({ databaseUrl: null, dataDir: made })).close();
  try {
    renameSync(made, shared);
  } catch {
    rmSync(made, { recursive: true });
  }
  return shared;
}

/** An empty control database that is closed when the tests are over. */
export async function emptyControl(kind: Kind): Promise<Control> {
  const control = await openControl(await emptyPlace(kind));
  cleanups.push(() => control.close());
  return control;
}
