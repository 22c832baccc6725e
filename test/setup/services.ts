// Starts what the tests need once for all files.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./embedded-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The URL of the server's own database, as a superuser. */
    postgresUrl: string;
  }
}

/** Starts the services, and gives what stops them. TEST_POSTGRES_URL names another server, of another version. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const other = process.env["TEST_POSTGRES_URL"];
  if (other !== undefined) {
    project.provide("postgresUrl", other);
    return () => Promise.resolve();
  }
  const folder = await mkdtemp(join(tmpdir(), "waybill-test-"));
  // The server runs as another user when this one is root, and must get at its folder.
  await chmod(folder, 0o755);
  const { url, stop } = await startPostgres(join(folder, "postgres"));
  project.provide("postgresUrl", url);
  return async () => {
    await stop();
    await rm(folder, { recursive: true, force: true });
  };
}
