// Ctrl-C, SIGTERM, kill -9, and a reader process that goes: no half file, and the work stops where it is done.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../setup/postgres.ts";
import { childrenOf, emptyFolder, expectFailure, filesIn, isAlive, start, until, waybill } from "./program.ts";
import { inPostgres, inSqlite, LARGE_ROWS, running } from "./tables.ts";

let folder = "";
let sqlite = "";
let files = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-interrupted-"));
  sqlite = `sqlite:${join(folder, "shop.db")}`;
  inSqlite(join(folder, "shop.db"), true);
  files = `files:${folder}?memory=2GB`;
  const numbers = Array.from({ length: LARGE_ROWS }, (_, n) => `${n},name ${(n * 7919) % LARGE_ROWS}`);
  writeFileSync(join(folder, "large.csv"), `id,name\n${numbers.join("\n")}\n`);
  postgres = await inPostgres(true);
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

/** Starts a long export, and waits until its rows are coming. */
async function midway(url: string, out: string): Promise<ReturnType<typeof start>> {
  const run = start(["export", "large", "--source", url, "-o", join(out, "l.ndjson"), "--order", "name"]);
  const { ended } = run;
  await Promise.race([until(() => filesIn(out).some((name) => name.endsWith(".waybill-part")), 10_000), ended]);
  if (url !== postgres.url) await until(async () => (await childrenOf(run.pid)).length === 1, 5_000);
  else await until(async () => (await running(postgres)) === 1, 5_000);
  return run;
}

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  it("stops PostgreSQL's statement within a second, and leaves nothing", async () => {
    const out = emptyFolder();
    const run = await midway(postgres.url, out);
    run.kill(signal);
    await until(async () => (await running(postgres)) === 0, 6_000);
    expectFailure(await run.ended, 1, /The export was interrupted; nothing was written\./);
    expect(filesIn(out)).toEqual([]);
  });

  it.each([
    ["SQLite's", () => sqlite],
    ["DuckDB's", () => files],
  ])("ends %s reader within a second, and leaves nothing", async (_name, url) => {
    const out = emptyFolder();
    const run = await midway(url(), out);
    const [reader] = await childrenOf(run.pid);
    run.kill(signal);
    await until(() => !isAlive(reader!), 6_000);
    expectFailure(await run.ended, 1, /The export was interrupted; nothing was written\./);
    expect(filesIn(out)).toEqual([]);
  });
});

it("leaves nothing of Parquet whose row groups are being compressed", async () => {
  const out = emptyFolder();
  const run = start(["export", "large", "--source", files, "-o", join(out, "l.parquet")]);
  await until(() => filesIn(out).some((name) => statSync(join(out, name)).size > 0), 20_000);
  run.kill("SIGINT");
  expectFailure(await run.ended, 1, /The export was interrupted; nothing was written\./);
  expect(filesIn(out)).toEqual([]);
});

it("a second signal ends it at once", async () => {
  const out = emptyFolder();
  const run = await midway(sqlite, out);
  run.kill("SIGINT");
  run.kill("SIGINT");
  expect((await run.ended).code).toBe(1);
});

it.each([
  ["PostgreSQL", () => postgres.url],
  ["SQLite", () => sqlite],
  ["files", () => files],
])("kill -9 leaves the old file, and the next export clears up: %s", async (_name, url) => {
  const out = emptyFolder();
  const file = join(out, "l.ndjson");
  writeFileSync(file, "as it was");
  const run = await midway(url(), out);
  const children = await childrenOf(run.pid);
  run.kill("SIGKILL");
  await run.ended;
  expect(readFileSync(file, "utf8")).toBe("as it was");
  expect(filesIn(out).filter((name) => !name.startsWith("."))).toEqual(["l.ndjson"]);
  // Whoever worked for it notices that it has gone.
  await until(() => children.every((pid) => !isAlive(pid)), 10_000);
  await until(async () => (await running(postgres)) === 0, 10_000);
  const again = await waybill(["export", "large", "--source", url(), "-o", file, "-q"]);
  expect([again.code, again.stderr]).toEqual([0, ""]);
  expect(filesIn(out)).toEqual(["l.ndjson"]);
  expect(readFileSync(file, "latin1").split("\n").length).toBe(LARGE_ROWS + 1);
});

it.each([
  ["the SQLite database", () => sqlite],
  ["the data files", () => files],
])("says so when the reader of %s is killed", async (what, url) => {
  const out = emptyFolder();
  const run = await midway(url(), out);
  const [reader] = await childrenOf(run.pid);
  process.kill(reader!, "SIGKILL");
  expectFailure(await run.ended, 1, new RegExp(`The process that reads ${what} has ended unexpectedly`));
  expect(filesIn(out)).toEqual([]);
});

it("says so when the server ends the session", async () => {
  const out = emptyFolder();
  const run = await midway(postgres.url, out);
  await postgres.client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'waybill' AND datname = current_database()",
  );
  expectFailure(await run.ended, 1, /The connection to PostgreSQL database "test_.*" on 127\.0\.0\.1:\d+ was lost\./);
  expect(filesIn(out)).toEqual([]);
});

it("says so when somebody cancels the statement", async () => {
  const out = emptyFolder();
  const run = await midway(postgres.url, out);
  await postgres.client.query(
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'waybill' AND datname = current_database()",
  );
  expectFailure(await run.ended, 1, /stopped the statement: somebody cancelled it\./);
  expect(filesIn(out)).toEqual([]);
});
