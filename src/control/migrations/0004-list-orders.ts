// The first page of a person's own things, and of templates of a kind, without reading those of others that are newer.
import type { Migration } from "../migrate.ts";

export const listOrders: Migration = {
  id: "0004-list-orders",
  statements: [
    `create index batch_person on batch (org, person, id)`,
    `create index template_kind on template (org, kind, id) where deleted_at is null`,
    `create index api_token_person on api_token (org, person, id)`,
  ],
};
