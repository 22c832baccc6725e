// The object types of an org of the configuration, with its sources.
import { inOrder } from "../catalog/configure.ts";
import type { Catalog, Field } from "../catalog/types.ts";
import { fileStoreAt } from "../attachments/store-at.ts";
import { pseudonymKey } from "../cells/pseudonym.ts";
import type { ObjectConfig, OrgConfig } from "../config/config.ts";
import { keepLock, lockFileOf } from "../config/lock-file.ts";
import { readConfig } from "../config/read.ts";
import { usageError } from "../lib/errors.ts";
import type { CatalogOptions, OpenedCatalog } from "./open-catalog.ts";
import { catalogOf, findIn, type FoundInSource, orgNamed, placed, sourcesOf } from "./org-catalog.ts";

/**
 * Opens an org of a configuration.
 * @throws usageError `config` and others; failure of a source
 */
export async function openConfigured(
  file: string,
  options: CatalogOptions,
  signal: AbortSignal,
): Promise<OpenedCatalog> {
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
  return {
    catalog: await inLockedOrder(file, org, catalog),
    sourceNamed: (name) => sources.get(name)!,
    storeNamed: (name) => fileStoreAt(org.sources.get(name)!.url),
    fonts: org.fonts,
    org: org.code,
    pseudonymKey: org.salt === null ? null : pseudonymKey(org.salt, org.code),
  };
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
  return inOrder(catalog, (object) => fields?.get(object) ?? []);
}

/** What the lock remembers of a field: nothing of labels, nor of what only closes a part of JSON. */
function lockedNameOf(field: Field, config: ObjectConfig | undefined): { name: string; was: string | null }[] {
  const { name, column, keys } = field;
  const its = config?.fields.get(column);
  const closes = keys !== undefined && field.hidden === true && its?.keys.has(keys.join(".")) !== true;
  if (field.labels !== undefined || closes) return [];
  if (keys === undefined) return [{ name, was: its?.was ?? null }];
  const was = its?.keys.get(keys.join("."))?.was ?? null;
  return [{ name, was: was === null ? null : `${column}.${was}` }];
}
