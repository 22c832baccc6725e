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

/** Starts the services, and gives what stops them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
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
