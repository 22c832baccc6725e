// Starts what the tests need once for all files.
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./embedded-postgres.ts";
import { isMariadbInstalled, startMariadb } from "./mariadb-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The URL of the server's own database, as a superuser. */
    postgresUrl: string;
    /** The URL of MariaDB's server as its administrator; empty where MariaDB is not installed. */
    mariadbUrl: string;
    /** A folder for what one test file makes and all may copy (`once-for-all.ts`). */
    sharedFolder: string;
  }
}

/**
 * Starts the services, and gives what stops them. TEST_POSTGRES_URL and TEST_MARIADB_URL name other servers, of other
 * versions.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-test-"));
  // The server runs as another user when this one is root, and must get at its folder.
  await chmod(folder, 0o755);
  const shared = join(folder, "shared");
  await mkdir(shared);
  // For all processes that are started from here on: what the first one has compiled the others need not compile again.
  process.env["NODE_COMPILE_CACHE"] ??= join(shared, "compiled");
  const [postgres, mariadb] = await Promise.all([
    elsewhere("TEST_POSTGRES_URL") ?? startPostgres(join(folder, "postgres")),
    elsewhere("TEST_MARIADB_URL") ?? (isMariadbInstalled() ? startMariadb(join(folder, "mariadb")) : nowhere),
  ]);
  project.provide("postgresUrl", postgres.url);
  project.provide("mariadbUrl", mariadb.url);
  project.provide("sharedFolder", shared);
  return async () => {
    await Promise.all([postgres.stop(), mariadb.stop()]);
    // A process that is just ending may still write what it has compiled.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
}

interface Service {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const nowhere: Service = { url: "", stop: () => Promise.resolve() };

/** A server that somebody else started. */
function elsewhere(variable: string): Service | null {
  const url = process.env[variable];
  return url === undefined ? null : { ...nowhere, url };
}
