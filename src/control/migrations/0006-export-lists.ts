// The first page of exports in a state, and of the oldest or newest ones, whatever there is besides.
import type { Migration } from "../migrate.ts";

export const exportLists: Migration = {
  id: "0006-export-lists",
  statements: [
    `create index export_state on export (org, state, id)`,
    `create index export_created_at on export (org, created_at, id)`,
  ],
};
