// What a command works on: the tables of a source that is named, or the object types of a configuration.
import { access } from "node:fs/promises";
import { inOrder } from "../catalog/configure.ts";
import type { Catalog, Field } from "../catalog/types.ts";
import type { ObjectConfig, OrgConfig } from "../config/config.ts";
import { keepLock, lockFileOf } from "../config/lock-file.ts";
import { readConfig } from "../config/read.ts";
import { usageError } from "../lib/errors.ts";
import { sourceAt } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { catalogOf, findIn, type FoundInSource, orgNamed, placed, sourcesOf } from "./org-catalog.ts";

/** The options of commands that need a catalog. */
export interface CatalogOptions {
  readonly source?: string;
  readonly config?: string;
  readonly org?: string;
  /** For labels; English when absent. */
  readonly language?: string;
}

export interface OpenedCatalog {
  readonly catalog: Catalog;
  /** The source of a plan. */
  readonly sourceNamed: (name: string) => Source;
}

const DEFAULT_CONFIG = "waybill.yaml";

/**
 * Opens what the options name: a source alone, or the org of a configuration with its sources.
 * @throws usageError `no-source`, `config` and others; failure of a source
 */
export async function openCatalog(options: CatalogOptions, signal: AbortSignal): Promise<OpenedCatalog> {
  if (options.source !== undefined) {
    if (options.config !== undefined || options.org !== undefined) {
      throw usageError("command-line", "--source needs no configuration.", { hint: "Leave out --config and --org." });
    }
    const source = sourceAt(options.source);
    return { catalog: await source.introspect(signal), sourceNamed: () => source };
  }
  const file = await configFile(options.config);
  const config = await readConfig(file, process.env);
  const org = orgNamed(config, options.org);
  const sources = sourcesOf(org);
  const found = await Promise.all(
    [...sources].map(async ([name, source]) => [name, await findIn(name, source, org, signal)] as const),
  );
  const { catalog, problems } = catalogOf(org, new Map<string, FoundInSource>(found), options.language ?? "en");
  const [first, ...more] = placed(config, org, problems);
  if (first !== undefined) {
    const others = more.map(({ pointer, detail, hint }) => ({
      pointer,
      detail: [detail, hint].filter(Boolean).join(" "),
    }));
    throw usageError("config", first.detail, { hint: first.hint, places: [first, ...others] });
  }
  return { catalog: await inLockedOrder(file, org, catalog), sourceNamed: (name) => sources.get(name)! };
}

/** @throws usageError `no-source` where there is no file to begin with */
export async function configFile(named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const there = await access(DEFAULT_CONFIG).then(
    () => true,
    () => false,
  );
  if (there) return DEFAULT_CONFIG;
  throw usageError("no-source", `No source was named, and there is no ${DEFAULT_CONFIG} here.`, {
    hint: "Add --source with a URL, or begin with waybill init <url>.",
  });
}

/** Fields in the order of the lock file, which learns of new ones. */
async function inLockedOrder(file: string, org: OrgConfig, catalog: Catalog): Promise<Catalog> {
  const current = new Map(
    [...catalog.objects.values()].map((object) => [
      object.name,
      object.fields.flatMap((field) => lockedNameOf(field, org.objects.get(object.name))),
    ]),
  );
  const { lock, unknown, warning } = await keepLock(lockFileOf(file), new Map([[org.code, current]]));
  if (warning !== null) process.stderr.write(`${warning}\n`);
  for (const { object, field, was } of unknown) {
    process.stderr.write(`${object}.${field} was never called "${was}": nothing is known of that field.\n`);
  }
  const fields = lock.get(org.code);
  return inOrder(catalog, (object) => fields?.get(object)?.flatMap(({ name }) => name ?? []) ?? []);
}

/** Labels have no place of their own: they stand beside their codes. */
function lockedNameOf(field: Field, config: ObjectConfig | undefined): { name: string; was: string | null }[] {
  const { name, column, keys } = field;
  if (field.labels !== undefined) return [];
  const its = config?.fields.get(column);
  if (keys === undefined) return [{ name, was: its?.was ?? null }];
  const was = its?.keys.get(keys.join("."))?.was ?? null;
  return [{ name, was: was === null ? null : `${column}.${was}` }];
}
