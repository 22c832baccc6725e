// A real MariaDB from Debian, for tests and benchmarks: small, quick to start, and gone without a trace.
import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./embedded-postgres.ts";

/** A running server. */
export interface RunningMariadb {
  /** The URL of the server without a database, as its administrator. It has an empty one, `waybill`. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Debian has the server where only an administrator's path leads. */
export const MARIADBD = "/usr/sbin/mariadbd";
const PASSWORD = "secret";

/** Whether there is a server to start. */
export function isMariadbInstalled(): boolean {
  return spawnSync(MARIADBD, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Makes a new server in a folder that does not exist yet, and starts it on a free port with further options. */
export async function startMariadb(folder: string, options: readonly string[] = []): Promise<RunningMariadb> {
  await mkdir(folder);
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  const data = join(folder, "data");
  await promisify(execFile)("mariadb-install-db", [
    "--no-defaults",
    ...user,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    `--datadir=${data}`,
  ]);
  const port = await freePort();
  const server = spawn(
    MARIADBD,
    [
      "--no-defaults",
      ...user,
      `--datadir=${data}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(folder, "socket")}`,
      "--skip-name-resolve",
      "--character-set-server=utf8mb4",
      // Nothing to protect: the folder is thrown away.
      "--innodb-flush-log-at-trx-commit=0",
      "--innodb-doublewrite=0",
      "--max-allowed-packet=64M",
      ...options,
    ],
    { stdio: "ignore" },
  );
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGKILL");
    await gone;
  };
  try {
    await listening(server, port);
    await promisify(execFile)("mariadb", [
      "--no-defaults",
      `--socket=${join(folder, "socket")}`,
      "--user=root",
      `--execute=ALTER USER root@localhost IDENTIFIED BY '${PASSWORD}', root@127.0.0.1 IDENTIFIED BY '${PASSWORD}';
        CREATE DATABASE waybill`,
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `mysql://root:${PASSWORD}@127.0.0.1:${port}/`, stop };
}

async function listening(server: ChildProcess, port: number): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await answers(port))) {
    if (server.exitCode !== null || performance.now() > end) throw new Error("MariaDB does not start");
    await sleep(50);
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
