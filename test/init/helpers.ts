// Configurations made by init inside of the test's own process, and read back by the program's own reader.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { configure } from "../../src/catalog/configure.ts";
import type { Catalog } from "../../src/catalog/types.ts";
import type { Config } from "../../src/config/config.ts";
import { readConfig } from "../../src/config/read.ts";
import { init, type InitRequest, type InitResult } from "../../src/init/init.ts";
import { sourceAt } from "../../src/sources/index.ts";

/** Runs init over the text of a file in a folder, which need not be there. */
export function initialised(
  urls: readonly string[],
  folder: string,
  text: string | null = null,
  more: Partial<InitRequest> = {},
): Promise<InitResult> {
  const file = join(folder, "waybill.yaml");
  const { signal } = new AbortController();
  const plain = { org: null, sample: 200, program: "Waybill test", env: {}, onTable: () => {} };
  return init({ urls, file, text, ...plain, ...more }, signal);
}

/** Reads a configuration as the program does, and applies it to what its sources hold: both must be without problems. */
export async function configured(
  text: string,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ config: Config; catalog: Catalog }> {
  const file = join(folder, "waybill.yaml");
  writeFileSync(file, text);
  const config = await readConfig(file, env);
  const org = [...config.orgs.values()][0]!;
  const { signal } = new AbortController();
  const catalogs = new Map<string, Catalog>();
  for (const [name, { url, isStore }] of org.sources) {
    if (!isStore) catalogs.set(name, await sourceAt(url).introspect(signal));
  }
  const { catalog, problems } = configure(org, { catalogs, queries: new Map() }, { language: "en" });
  expect(problems).toEqual([]);
  return { config, catalog };
}

/** Checks that every line of a text is in another one, in the same order, and gives the others. */
export function addedLines(before: string, after: string): readonly string[] {
  const old = before.split("\n");
  // A last line without an end gets one.
  if (old.at(-1) === "") old.pop();
  const added: string[] = [];
  let at = 0;
  for (const line of after.split("\n")) {
    if (at < old.length && line === old[at]) at++;
    else added.push(line);
  }
  expect(old.slice(at)).toEqual([]);
  return added;
}
