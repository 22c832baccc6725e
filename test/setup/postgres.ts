// Databases on the tests' PostgreSQL server, one a test file.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";

/** A database of its own, with a connection to fill it. */
export interface TestDatabase {
  readonly url: string;
  readonly client: Client;
  /** Drops the database, whoever is connected to it. */
  readonly drop: () => Promise<void>;
}

/** Makes an empty database. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const server = inject("postgresUrl");
  await asAdministrator(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  client.on("error", () => {});
  await client.connect();
  return {
    url: url.href,
    client,
    async drop() {
      await client.end();
      await asAdministrator(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function asAdministrator(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
