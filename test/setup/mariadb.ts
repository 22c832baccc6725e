// Databases on the tests' MariaDB server, one a test file.
import { randomBytes } from "node:crypto";
import { type Connection, createConnection } from "mariadb";
import { inject } from "vitest";

/** A database of its own, with a connection to fill it. */
export interface MariadbDatabase {
  readonly url: string;
  readonly name: string;
  readonly client: Connection;
  readonly drop: () => Promise<void>;
}

/**
 * Whether tests that need MariaDB have to be left out because it is not installed, which is said aloud. Under CI=true
 * that is a failure.
 */
export function noMariadb(tests: string): boolean {
  if (inject("mariadbUrl") !== "") return false;
  const note = "mariadbd is not installed, so this cannot be tested here";
  if (process.env["CI"] === "true") throw new Error(note);
  process.stderr.write(`LEFT OUT: ${tests}: ${note}\n`);
  return true;
}

/** Makes an empty database. */
export async function createMariadb(): Promise<MariadbDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const server = inject("mariadbUrl");
  const administrator = await connectTo(server);
  await administrator.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  await administrator.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const client = await connectTo(url.href);
  return {
    url: url.href,
    name,
    client,
    async drop() {
      await client.query(`DROP DATABASE ${name}`);
      await client.end();
    },
  };
}

/** A connection to what a URL names, which may send several statements at once. */
export async function connectTo(href: string): Promise<Connection> {
  const url = new URL(href);
  const client = await createConnection({
    host: url.hostname,
    port: Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(url.pathname.length > 1 ? { database: url.pathname.slice(1) } : {}),
    multipleStatements: true,
    timezone: "Z",
    bigIntAsNumber: true,
  });
  client.on("error", () => {});
  return client;
}
