// What an org's exports reach for, without a look at what is there: their plans are complete.
import type { FileStore } from "../attachments/file-store.ts";
import { fileStoreAt } from "../attachments/store-at.ts";
import { pseudonymKey } from "../cells/pseudonym.ts";
import type { OrgConfig } from "../config/config.ts";
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { Source } from "../sources/source.ts";
import { sourcesOf } from "./org-catalog.ts";

/** What runs a plan with an org's sources. */
export interface OrgReach {
  /** @throws usageError `source-removed` for a source that the configuration does not have any more */
  readonly sourceNamed: (name: string) => Source;
  /** As `sourceNamed`, for the stores of attached files. */
  readonly storeNamed: (name: string) => Promise<FileStore>;
  /** What pseudonyms are made with; null where there is no salt. */
  readonly pseudonymKey: Uint8Array | null;
}

/** Nothing is opened before it is asked for. */
export function reachOf(org: OrgConfig, sources: ReadonlyMap<string, Source> = sourcesOf(org)): OrgReach {
  return {
    sourceNamed: (name) => there(sources.get(name), name),
    storeNamed: async (name) => {
      const store = org.sources.get(name);
      return fileStoreAt(there(store?.isStore === true ? store : undefined, name).url);
    },
    pseudonymKey: org.salt === null ? null : pseudonymKey(org.salt, org.code),
  };
}

function there<T>(found: T | undefined, name: string): T {
  if (found !== undefined) return found;
  throw usageError("source-removed", sentence`The configuration has no source "${name}" any more.`, {
    hint: sentence`Order the export again, from what there is now.`,
  });
}
