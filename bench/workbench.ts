// Where the benchmarks happen: a temporary folder with a PostgreSQL server of its own. Nothing of it stays.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMariadb } from "../test/setup/mariadb-server.ts";
import { startPostgres } from "../test/setup/embedded-postgres.ts";

/** A place to work in. */
export interface Workbench {
  /** A temporary folder for databases and outputs. */
  readonly folder: string;
  /** The URL of an empty PostgreSQL database, with the server's plain defaults. */
  readonly postgres: string;
  /** The URL of an empty MariaDB database, with the server's plain defaults but for what only guards against crashes. */
  readonly mariadb: string;
  /** Where the SQLite database goes. */
  readonly sqlite: string;
  /** Aborts when the person has enough. */
  readonly signal: AbortSignal;
}

/** Sets up a workbench for a task, and clears it away whatever happens. */
export async function withWorkbench<T>(signal: AbortSignal, task: (bench: Workbench) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  try {
    // The server runs as another user when this one is root, and must get at its folder.
    await chmod(folder, 0o755);
    const { url: postgres, stop } = await startPostgres(join(folder, "postgres"));
    try {
      const mariadb = await startMariadb(join(folder, "mariadb"));
      try {
        signal.throwIfAborted();
        return await task({
          folder,
          postgres,
          mariadb: `${mariadb.url}waybill`,
          sqlite: join(folder, "bench.db"),
          signal,
        });
      } finally {
        await mariadb.stop();
      }
    } finally {
      await stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
