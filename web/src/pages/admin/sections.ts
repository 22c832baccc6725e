// The sections of the administration, with what one must be able to do to be shown them.
import { lazy } from "react";

interface PageModule {
  readonly Page: React.ComponentType;
}

/** A page that is loaded when somebody goes to it. */
function page(load: () => Promise<PageModule>) {
  return lazy(async () => ({ default: (await load()).Page }));
}

export const SECTIONS = [
  { path: "queue", action: "usage.see", Page: page(() => import("./queue/queue-page.tsx")) },
  { path: "usage", action: "usage.see", Page: page(() => import("./usage/usage-page.tsx")) },
  { path: "members", action: "members.see", Page: page(() => import("./people/members-page.tsx")) },
  { path: "namespaces", action: "members.see", Page: page(() => import("./people/namespaces-page.tsx")) },
  // One's own are in one's profile.
  { path: "tokens", action: "org.manage", Page: page(() => import("./people/tokens-page.tsx")) },
  { path: "queries", action: "queries.manage", Page: page(() => import("./queries/queries-page.tsx")) },
  { path: "audit", action: "audit.see", Page: page(() => import("./audit/audit-page.tsx")) },
  { path: "catalog", action: "objects.see", Page: page(() => import("./catalog/catalog-page.tsx")) },
  { path: "settings", action: "org.manage", Page: page(() => import("./settings/settings-page.tsx")) },
] as const;

export type Section = (typeof SECTIONS)[number];
