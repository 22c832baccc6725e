// All routes below an org.
import type { App } from "../app.ts";
import type { HttpOptions, Service } from "../service.ts";
import { auditRoutes } from "./audit.ts";
import { batchRoutes } from "./batches.ts";
import { exportRoutes } from "./exports.ts";
import { memberRoutes } from "./members.ts";
import { namespaceRoutes } from "./namespaces.ts";
import { objectRoutes } from "./objects.ts";
import { overviewRoutes } from "./overview.ts";
import { persistedQueryRoutes } from "./persisted-queries.ts";
import { realmRoutes } from "./realms.ts";
import { settingsRoutes } from "./settings.ts";
import { templateRoutes } from "./templates.ts";
import { tokenRoutes } from "./tokens.ts";
import { usageRoutes } from "./usage.ts";
import { viewRoutes } from "./views.ts";

export function orgRoutes(app: App, service: Service, options: HttpOptions): void {
  overviewRoutes(app, service);
  namespaceRoutes(app);
  memberRoutes(app, service, options);
  tokenRoutes(app);
  persistedQueryRoutes(app);
  objectRoutes(app);
  realmRoutes(app);
  viewRoutes(app);
  batchRoutes(app);
  templateRoutes(app);
  exportRoutes(app, service);
  auditRoutes(app);
  usageRoutes(app);
  settingsRoutes(app, service);
}
