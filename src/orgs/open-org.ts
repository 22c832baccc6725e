// An org of the configuration, opened: its sources, and the object types that they and the configuration make.
import { inOrder } from "../catalog/configure.ts";
import type { Catalog, Field } from "../catalog/types.ts";
import type { Config, ObjectConfig, OrgConfig } from "../config/config.ts";
import { keepLock, type KeptLock, lockFileOf } from "../config/lock-file.ts";
import { usageError } from "../lib/errors.ts";
import { catalogOf, findIn, type FoundInSource, placed, sourcesOf } from "./org-catalog.ts";
import { type OrgReach, reachOf } from "./org-reach.ts";

/** What exports and records of an org are made with. */
export interface OpenOrg extends OrgReach {
  readonly code: string;
  readonly config: OrgConfig;
  /** The object types, with their labels in a language. */
  readonly catalogIn: (language: string) => Catalog;
  /** Ends what its sources keep open while nobody asks. */
  readonly close: () => Promise<void>;
}

export interface OpenOrgOptions {
  /** The file that the configuration was read from: the lock lies beside it. */
  readonly file: string;
  /** For what is not as people will have meant it, and stops nothing. */
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Reads what the sources of an org hold, and fits the configuration to it.
 * @throws usageError `config`; failure of a source
 */
export async function openOrg(config: Config, org: OrgConfig, options: OpenOrgOptions): Promise<OpenOrg> {
  const { file, warn, signal } = options;
  const sources = sourcesOf(org);
  const found = new Map<string, FoundInSource>(
    await Promise.all(
      [...sources].map(async ([name, source]) => [name, await findIn(name, source, org, signal)] as const),
    ),
  );
  const fitted = fittedCatalog(config, org, found, FIRST_LANGUAGE);
  const lock = await keepLock(lockFileOf(file), new Map([[org.code, lockedNames(fitted, org)]]));
  tell(lock, warn);
  const places = lock.lock.get(org.code);
  const inPlace = (catalog: Catalog): Catalog => inOrder(catalog, (object) => places?.get(object) ?? []);
  const catalogs = new Map([[FIRST_LANGUAGE, inPlace(fitted)]]);
  return {
    code: org.code,
    config: org,
    catalogIn(language) {
      const catalog = catalogs.get(language) ?? inPlace(catalogOf(org, found, language).catalog);
      catalogs.delete(language);
      catalogs.set(language, catalog);
      // Anybody may ask for any language.
      if (catalogs.size > MOST_LANGUAGES) catalogs.delete(catalogs.keys().next().value!);
      return catalog;
    },
    ...reachOf(org, sources),
    async close() {
      for (const source of sources.values()) await source.close?.();
    },
  };
}

/** So many are kept in memory. */
const MOST_LANGUAGES = 20;

/** Labels differ between languages; what does not fit, and the names of fields, do not. */
const FIRST_LANGUAGE = "en";

/** @throws usageError `config` */
function fittedCatalog(
  config: Config,
  org: OrgConfig,
  found: ReadonlyMap<string, FoundInSource>,
  language: string,
): Catalog {
  const { catalog, problems } = catalogOf(org, found, language);
  const [first, ...more] = placed(config, org, problems);
  if (first === undefined) return catalog;
  const others = more.map(({ pointer, detail, hint }) => ({
    pointer,
    detail: [detail, hint].filter(Boolean).join(" "),
    words: null,
  }));
  throw usageError("config", first.detail, { hint: first.hint, places: [{ ...first, words: null }, ...others] });
}

function tell({ warning, unknown }: KeptLock, warn: (message: string) => void): void {
  if (warning !== null) warn(warning);
  for (const { object, field, was } of unknown) {
    warn(`${object}.${field} was never called "${was}": nothing is known of that field.`);
  }
}

/** The fields that the lock file remembers, by object type. */
function lockedNames(catalog: Catalog, org: OrgConfig): ReadonlyMap<string, { name: string; was: string | null }[]> {
  return new Map(
    [...catalog.objects.values()].map((object) => [
      object.name,
      object.fields.flatMap((field) => lockedNameOf(field, org.objects.get(object.name))),
    ]),
  );
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
