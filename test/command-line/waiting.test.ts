// Ctrl-C while nothing comes yet: the database sorts, or waits for somebody's lock.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { childrenOf, emptyFolder, expectFailure, filesIn, isAlive, start, until } from "./program.ts";
import { running } from "./tables.ts";

let folder = "";
let file = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-waiting-"));
  file = join(folder, "t.db");
  using database = new DatabaseSync(file);
  database.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY);
    CREATE VIEW endless AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n)
      SELECT count(*) AS n FROM n`);
  postgres = await createDatabase();
  await postgres.client.query(`CREATE TABLE t (id integer PRIMARY KEY);
    CREATE VIEW endless AS
      SELECT count(*) AS n FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b WHERE a <> b`);
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

/** Interrupts an export over an old file once `ready`, and checks its end. */
async function expectInterrupted(
  signal: NodeJS.Signals,
  object: string,
  source: string,
  ready: (pid: number) => Promise<boolean>,
): Promise<void> {
  const out = emptyFolder();
  writeFileSync(join(out, "o.csv"), "as it was");
  const run = start(["export", object, "--source", source, "-o", join(out, "o.csv"), "--progress", "json"]);
  onTestFinished(() => run.kill("SIGKILL"));
  await until(() => ready(run.pid), 10_000);
  const children = await childrenOf(run.pid);
  const begin = performance.now();
  run.kill(signal);
  await until(async () => (await running(postgres)) === 0 && !children.some(isAlive), 5_000);
  const ended = await run.ended;
  expect(performance.now() - begin).toBeLessThan(6_000);
  expectFailure(ended, 1, /The export was interrupted; nothing was written\./);
  expect(filesIn(out)).toEqual(["o.csv"]);
  expect(readFileSync(join(out, "o.csv"), "utf8")).toBe("as it was");
}

/** Whether a process has a child that has used the processor for so long, in seconds. */
async function childIsBusy(pid: number, seconds: number): Promise<boolean> {
  const [child] = await childrenOf(pid);
  if (child === undefined) return false;
  // The one that looks at the tables may have ended meanwhile.
  const fields = (await readFile(`/proc/${child}/stat`, "utf8").catch(() => "")).split(") ")[1]?.split(" ");
  // Hundredths of a second in user mode.
  return fields !== undefined && Number(fields[11]) / 100 > seconds;
}

it.each(["SIGINT", "SIGTERM"] as const)("PostgreSQL computes: %s", (signal) =>
  expectInterrupted(signal, "endless", postgres.url, async () => (await running(postgres)) === 1),
);

it.each(["SIGINT", "SIGTERM"] as const)("SQLite computes: %s", (signal) =>
  expectInterrupted(signal, "endless", `sqlite:${file}`, (pid) => childIsBusy(pid, 0.5)),
);

it("PostgreSQL waits for a lock", async () => {
  const owner = new Client({ connectionString: postgres.url });
  await owner.connect();
  await owner.query("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
  await expectInterrupted("SIGINT", "t", postgres.url, async () => (await running(postgres)) === 1);
  await owner.end();
});

it("SQLite waits for a lock", async () => {
  const locked = join(folder, "locked.db");
  using database = new DatabaseSync(locked);
  database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); BEGIN EXCLUSIVE");
  let since = Infinity;
  await expectInterrupted("SIGINT", "t", `sqlite:${locked}`, async (pid) => {
    if (since === Infinity && (await childrenOf(pid)).length > 0) since = performance.now();
    // It has found the lock by now, and will wait for some seconds.
    return performance.now() - since > 700;
  });
});

it.each([
  ["PostgreSQL", () => postgres.url, async () => (await running(postgres)) === 1],
  ["SQLite", () => `sqlite:${file}`, (pid: number) => childIsBusy(pid, 0.5)],
] as const)("%s stops computing when the export is killed", async (_name, url, ready) => {
  const run = start(["export", "endless", "--source", url(), "-f", "csv", "-q"]);
  onTestFinished(() => run.kill("SIGKILL"));
  await until(() => ready(run.pid), 10_000);
  const children = await childrenOf(run.pid);
  run.kill("SIGKILL");
  await until(async () => (await running(postgres)) === 0, 5_000);
  await until(() => !children.some(isAlive), 5_000);
  expect((await run.ended).code).toBeNull();
});
