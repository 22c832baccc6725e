// The steps that made the tables of the control database, in order.
import type { Migration } from "../migrate.ts";
import { identity } from "./0001-identity.ts";
import { ground } from "./0002-ground.ts";
import { privateTemplates } from "./0003-private-templates.ts";
import { listOrders } from "./0004-list-orders.ts";
import { exports } from "./0005-exports.ts";
import { exportLists } from "./0006-export-lists.ts";
import { persistedQueries } from "./0007-persisted-queries.ts";

export const migrations: readonly Migration[] = [
  identity,
  ground,
  privateTemplates,
  listOrders,
  exports,
  exportLists,
  persistedQueries,
];
