// Templates that belong to their makers alone: what one person calls theirs takes no name from another.
import type { Migration } from "../migrate.ts";

/** Stands for nobody where equal names are to be noticed: nulls never are equal. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

export const privateTemplates: Migration = {
  id: "0003-private-templates",
  statements: [
    `drop index template_name`,
    `create unique index template_name on template (org, kind, coalesce(namespace, person, '${NOBODY}'), name)
      where deleted_at is null`,
  ],
};
