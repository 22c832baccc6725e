// What a command works on: the tables of a source that is named, or the object types of a configuration.
import { access } from "node:fs/promises";
import type { Catalog } from "../catalog/types.ts";
import type { FileStore } from "../attachments/file-store.ts";
import { pseudonymKey as keyOf } from "../cells/pseudonym.ts";
import { usageError } from "../lib/errors.ts";
import { sourceAt } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";

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
  /** The source of a dataset. */
  readonly sourceNamed: (name: string) => Source;
  /** The store that attached files are in. */
  readonly storeNamed: (name: string) => Promise<FileStore>;
  /** Files of further fonts for PDFs of records. */
  readonly fonts: readonly string[];
  /** The org's code; empty without a configuration. */
  readonly org: string;
  /** What pseudonyms are made with; null where there is no salt. */
  readonly pseudonymKey: Uint8Array | null;
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
    const salt = process.env["WAYBILL_SALT"];
    const pseudonymKey = salt === undefined || salt === "" ? null : keyOf(checkedSalt(salt), "");
    return {
      catalog: await source.introspect(signal),
      sourceNamed: () => source,
      storeNamed: () => {
        throw new Error("a source without a configuration has no stores");
      },
      fonts: [],
      org: "",
      pseudonymKey,
    };
  }
  const file = await configFile(options.config);
  // What reads configurations takes a moment to load, which exports without one need not pay for.
  const { openConfigured } = await import("./open-configured.ts");
  return openConfigured(file, options, signal);
}

/** @throws usageError `no-salt` */
function checkedSalt(salt: string): string {
  if (salt.length >= 32) return salt;
  throw usageError("no-salt", "WAYBILL_SALT is too short to keep pseudonyms from being guessed.", {
    hint: "Give it 32 random characters or more, as openssl rand -hex 32 makes them.",
  });
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
