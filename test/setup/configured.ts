// Catalogs refined by a configuration, as authors write it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure } from "../../src/catalog/configure.ts";
import type { Catalog } from "../../src/catalog/types.ts";
import type { OrgConfig } from "../../src/config/config.ts";
import { readConfig } from "../../src/config/read.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { introspected } from "./export.ts";

/** An org with the source `main`, read by the real reader: JSON is YAML. */
async function orgOf(url: string, org: Readonly<Record<string, unknown>>): Promise<OrgConfig> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-config-"));
  try {
    const file = join(folder, "waybill.yaml");
    await writeFile(file, JSON.stringify({ orgs: { lab: { sources: { main: { url } }, ...org } } }));
    return (await readConfig(file, {})).orgs.get("lab")!;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The catalog of a source with the object types of a configuration, which must fit. */
export async function configured(
  url: string,
  objects: Readonly<Record<string, unknown>>,
  org: Readonly<Record<string, unknown>> = {},
  language = "en",
): Promise<Catalog> {
  const its = await orgOf(url, { ...org, objects });
  const asked = [...its.objects].filter(([, { query }]) => query !== null);
  const sql = asked.map(([, { query }]) => query!);
  // Opening a folder of files takes a second.
  const described = sql.length === 0 ? [] : await sourceAt(url).describe(sql, new AbortController().signal);
  const queries = new Map(
    described.map((answer, n) => {
      if (answer instanceof Error) throw answer;
      return [asked[n]![0], answer];
    }),
  );
  const found = { catalogs: new Map([["main", await introspected(url)]]), queries };
  const { catalog, problems } = configure(its, found, { language });
  if (problems.length > 0) throw new Error(JSON.stringify(problems, null, 1));
  return catalog;
}
