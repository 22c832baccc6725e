import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../config/read.ts";
import { orgsOf } from "./orgs.ts";

const CONFIG = `orgs:
  lab:
    sources: { main: { url: "sqlite:lab.db" } }
    objects:
      samples:
        policy: { owner: $principal.email }
        deleted: { object: gone, key: sample_id, at: at }
      sites:
        namespace: project
        deleted: { object: gone, key: sample_id, at: at }
      persons:
        deleted: { object: gone, key: sample_id, at: at }
      gone: {}
`;

/** What is warned of when an org is opened, and opened anew. */
async function warnings(config: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-orgs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  using database = new DatabaseSync(join(folder, "lab.db"));
  database.exec(`CREATE TABLE samples (id INTEGER PRIMARY KEY, owner TEXT);
    CREATE TABLE sites (id INTEGER PRIMARY KEY, project INTEGER);
    CREATE TABLE persons (id INTEGER PRIMARY KEY);
    CREATE TABLE gone (id INTEGER PRIMARY KEY, sample_id INTEGER, at TIMESTAMPTZ, project INTEGER)`);
  const file = join(folder, "waybill.yaml");
  writeFileSync(file, config.replace("lab.db", join(folder, "lab.db")));
  const told: string[] = [];
  const { signal } = new AbortController();
  const orgs = orgsOf(await readConfig(file, {}), { file, warn: (it) => told.push(it.replace(folder, "")), signal });
  await orgs.open("lab");
  await orgs.refresh("lab");
  await orgs.close();
  return told;
}

test("a log of deletions that is open to more people than its records are is warned of, once", async () => {
  const told = (line: number, object: string): string =>
    `/waybill.yaml:${line}:28: Everybody may read the keys of deleted ${object} in gone, which has neither a policy nor a namespace. Give gone one under objects, or policy: {} where everybody may.`;
  expect(await warnings(CONFIG)).toEqual([told(7, "samples"), told(10, "sites")]);
  for (const guarded of ["policy: { project: 1 }", "policy: {}", "namespace: project"]) {
    expect(await warnings(CONFIG.replace("gone: {}", `gone: { ${guarded} }`)), guarded).toEqual([]);
  }
});
