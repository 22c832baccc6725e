// What the configuration says of an org, for its administrators: no secret, and no address of a source.
import { Cron } from "croner";
import type { ApprovalConfig, OrgConfig, ScriptsConfig } from "../config/config.ts";
import { schemeOf } from "../config/values.ts";
import { mustMay, type OrgCall } from "./org-call.ts";

export interface Settings {
  readonly timeZone: string;
  /** ISO 8601 durations. */
  readonly retention: string;
  readonly history: string;
  /** Object types whose archives are kept for another time. */
  readonly retentionOf: readonly { readonly object: string; readonly retention: string }[];
  /** Bytes; null for no limit. */
  readonly quota: number | null;
  readonly concurrency: number;
  /** When exports begin; null for at once. */
  readonly window: { readonly cron: string; readonly next: readonly Date[] } | null;
  readonly downloads: OrgConfig["downloads"];
  readonly administrators: OrgConfig["administrators"];
  readonly purpose: OrgConfig["purpose"];
  readonly approval: ApprovalConfig | null;
  readonly scripts: ScriptsConfig;
  /** The object type whose records are the namespaces; null where they are made here. */
  readonly namespaces: string | null;
  /** Whether it has a secret of its own for pseudonyms. */
  readonly pseudonyms: boolean;
  /** Value translations that templates may name. */
  readonly translations: readonly string[];
  /** Fonts for PDFs besides those that are always there. */
  readonly fonts: number;
  readonly sources: readonly { readonly name: string; readonly kind: SourceKind }[];
  /** Of single sign-on. */
  readonly providers: readonly { readonly name: string; readonly domains: readonly string[] }[];
}

export type SourceKind = "postgresql" | "mariadb" | "sqlite" | "files" | "folder" | "s3";

const KINDS: Readonly<Record<string, SourceKind>> = {
  postgres: "postgresql",
  postgresql: "postgresql",
  mysql: "mariadb",
  mariadb: "mariadb",
  sqlite: "sqlite",
  files: "files",
  dir: "folder",
  s3: "s3",
};

/** So many of the times when its window opens. */
const OPENINGS = 5;

/** @throws failure `forbidden` */
export function settingsOf(call: Pick<OrgCall, "access">, config: OrgConfig, now: Date): Settings {
  mustMay(call, "org.manage");
  const { timeZone, window, namespaces, oidc } = config;
  return {
    timeZone,
    retention: config.retention,
    history: config.history,
    retentionOf: [...config.objects].flatMap(([object, { retention }]) =>
      retention === null ? [] : [{ object, retention }],
    ),
    quota: config.quota,
    concurrency: config.concurrency,
    window: window === null ? null : { cron: window, next: openings(window, timeZone, now) },
    downloads: config.downloads,
    administrators: config.administrators,
    purpose: config.purpose,
    approval: config.approval,
    scripts: config.scripts,
    namespaces: namespaces === "api" ? null : namespaces.object,
    pseudonyms: config.salt !== null,
    translations: Object.keys(config.translations),
    fonts: config.fonts.length,
    // Their URLs hold passwords, and names of machines.
    sources: [...config.sources].map(([name, { url }]) => ({ name, kind: KINDS[schemeOf(url)]! })),
    providers: oidc === null ? [] : [{ name: oidc.name, domains: oidc.domains }],
  };
}

function openings(cron: string, timeZone: string, now: Date): Date[] {
  return new Cron(cron, { timezone: timeZone, paused: true }).nextRuns(OPENINGS, now);
}
