// The orgs that a server answers for, each opened when it is first wanted, and again after a while.
import { openLogs } from "../catalog/deletion-log.ts";
import type { Config } from "../config/config.ts";
import { openOrg, type OpenOrg } from "./open-org.ts";
import { placed } from "./org-catalog.ts";

export interface Orgs {
  /** Their codes, in the order of the configuration. */
  readonly codes: readonly string[];
  readonly config: Config;
  /**
   * An org with its object types as they were found lately. What cannot be opened is tried again with the next call.
   * @throws failure of a source; usageError `config` where the configuration does not fit any more
   */
  open(code: string): Promise<OpenOrg>;
  /** Looks anew at what an org's sources hold; until that is known, the former goes on. */
  refresh(code: string): Promise<OpenOrg>;
  /** Ends what sources keep open while nobody asks. */
  close(): Promise<void>;
}

export interface OrgsOptions {
  readonly file: string;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
  /** After how many milliseconds sources are looked at anew, in the background. */
  readonly renewAfter?: number;
}

const RENEW_AFTER = 10 * 60_000;

export function orgsOf(config: Config, options: OrgsOptions): Orgs {
  const { renewAfter = RENEW_AFTER, ...opening } = options;
  const opened = new Map<string, { org: Promise<OpenOrg>; at: number }>();
  const renewing = new Map<string, Promise<OpenOrg>>();
  const warned = new Set<string>();
  const warnOf = ({ config: its, catalogIn }: OpenOrg): void => {
    for (const { detail, hint } of placed(config, its, openLogs(catalogIn("en")))) {
      if (!warned.has(detail)) options.warn(`${detail} ${hint}`);
      warned.add(detail);
    }
  };
  const refresh = (code: string): Promise<OpenOrg> => {
    const going = renewing.get(code);
    if (going !== undefined) return going;
    const its = config.orgs.get(code);
    if (its === undefined) throw new Error(`there is no org ${code}`);
    const take = (found: OpenOrg): void => {
      const former = opened.get(code);
      opened.set(code, { org, at: Date.now() });
      void former?.org.then((it) => it.close());
      warnOf(found);
    };
    const org = openOrg(config, its, opening).finally(() => renewing.delete(code));
    renewing.set(code, org);
    // The former one is good until this one is.
    org.then(take, () => {});
    return org;
  };
  return {
    codes: [...config.orgs.keys()],
    config,
    refresh,
    async close() {
      for (const { org } of opened.values()) await (await org).close();
    },
    open(code) {
      const known = opened.get(code);
      if (known === undefined) return refresh(code);
      if (Date.now() - known.at > renewAfter) {
        // A source that is away for a while takes nothing from those who ask for what is known of it.
        known.at = Date.now();
        refresh(code).catch((error: unknown) => options.warn(`${code}: ${(error as Error).message}`));
      }
      return known.org;
    },
  };
}
