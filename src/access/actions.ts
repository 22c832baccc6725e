// Who may do what (CONTRACT section 7): one table, which every route and the tenancy matrix use.
import type { Scope } from "../identity/tokens.ts";
import type { Role } from "../plan/principal.ts";

/** Whoever asks, from nobody to somebody who belongs to the org; roles follow. */
type Least = "nobody" | "person" | "member" | Role;

/** What an action takes. */
export interface Rule {
  /** The least role; in the namespace that it is about, or in any where it is about none. */
  readonly least: Least;
  /** The least role for what one made oneself; nothing for somebody else's when `least` is `admin`. */
  readonly own?: Role | "member";
  /** What a token must be good for; null for what tokens may not do at all. */
  readonly scope: Scope | null;
  /** Another one that is enough. */
  readonly orScope?: Scope;
  /** Whether archived namespaces are closed for it. */
  readonly closes?: true;
}

export const ACTIONS = {
  "service.see": { least: "nobody", scope: "read" },
  /** By a link that says for whom it is: what they may do is looked at then. */
  "files.open": { least: "nobody", scope: "read" },
  "session.see": { least: "person", scope: "read" },
  "session.use": { least: "person", scope: null },
  "org.see": { least: "member", scope: "read" },

  "objects.see": { least: "guest", scope: "read" },
  "records.see": { least: "guest", scope: "read" },
  "views.use": { least: "admin", own: "guest", scope: "read" },
  "namespaces.see": { least: "guest", scope: "read" },
  /** What a query reads needs its own rights; with the scope `query` alone, it is one that was registered. */
  "graphql.use": { least: "guest", scope: "read", orScope: "query" },
  "queries.manage": { least: "admin", scope: "admin" },

  "batches.see": { least: "admin", own: "analyst", scope: "read" },
  "batches.create": { least: "analyst", scope: "export", closes: true },
  "batches.delete": { least: "admin", own: "analyst", scope: "export" },

  "exports.see": { least: "admin", own: "guest", scope: "read" },
  "exports.create": { least: "analyst", scope: "export", closes: true },
  "exports.change": { least: "admin", own: "guest", scope: "export" },
  "exports.download": { least: "admin", own: "guest", scope: "export" },
  "exports.approve": { least: "admin", scope: "admin" },
  /** Of an analysis run that one started oneself. */
  "runs.export": { least: "admin", own: "guest", scope: "export", closes: true },

  "templates.see": { least: "analyst", own: "analyst", scope: "read" },
  "templates.create": { least: "analyst", scope: "templates" },
  "templates.change": { least: "maintainer", own: "analyst", scope: "templates" },
  "templates.share": { least: "analyst", scope: "templates" },

  "members.see": { least: "owner", scope: "read" },
  "members.manage": { least: "owner", scope: "admin" },
  "namespaces.manage": { least: "owner", scope: "admin" },

  "tokens.manage": { least: "admin", own: "member", scope: null },
  "org.manage": { least: "admin", scope: "admin" },
  "exports.asOthers": { least: "admin", scope: "admin" },
  "usage.see": { least: "admin", scope: "admin" },
  "audit.see": { least: "admin", scope: "admin" },
  "schedules.manage": { least: "admin", scope: "admin" },
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof ACTIONS;
