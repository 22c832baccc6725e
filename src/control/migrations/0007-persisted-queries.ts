// GraphQL queries that were registered: what tokens may run that may run nothing else.
import type { Migration } from "../migrate.ts";

export const persistedQueries: Migration = {
  id: "0007-persisted-queries",
  statements: [
    // The id is the SHA-256 of the document, in hexadecimal digits.
    `create table persisted_query (
      org text not null,
      id text not null check (id ~ '^[0-9a-f]{64}$'),
      name text not null,
      document text not null,
      person uuid,
      created_at timestamptz not null default now(),
      last_used_at timestamptz,
      primary key (org, id)
    )`,
  ],
};
