// Exports that do not come to their end: stopped, killed, abandoned, too large, without their source. Nothing is left of them.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { failure } from "../../src/lib/errors.ts";
import { type ExportJob, type Outcome, previewName } from "../../src/runner/job.ts";
import { openRunner, type Runner, type StartOptions } from "../../src/runner/runner.ts";
import { childrenOf, isAlive, until } from "../command-line/program.ts";
import { aRunnerLab, type RunnerLab, workers } from "../setup/runner.ts";

const OWNER = fileURLToPath(new URL("owner.ts", import.meta.url));

let lab: RunnerLab;
let runner: Runner;

beforeAll(async () => {
  lab = await aRunnerLab();
  runner = openRunner(lab.places, { spare: false });
});
afterAll(async () => {
  await runner.close();
  await lab.drop();
});

interface Run {
  readonly job: ExportJob;
  readonly outcome: Promise<Outcome>;
  readonly pid: number;
  readonly controller: AbortController;
}

/** Starts an export, and waits until its statement runs and its process is known. */
async function midway(object: string, options: Partial<StartOptions> = {}): Promise<Run> {
  const job = await lab.job("pg", { object, format: "csv" });
  const controller = new AbortController();
  const its = { onProgress: () => {}, signal: controller.signal, quota: null, ...options };
  const outcome = runner.startExport(job, its);
  await until(() => workers().length === 1, 5_000);
  const [pid] = workers();
  await until(async () => (await lab.running()) === 1, 10_000);
  return { job, outcome, pid: pid!, controller };
}

const failed = (code: string, more: object = {}): object => ({ state: "failed", failure: { code, ...more } });

it.each(["slow", "waiting"])("a stop ends the statement of %s within a second, and the process", async (object) => {
  const { outcome, pid, controller } = await midway(object);
  controller.abort(failure("cancelled-by", "Ada cancelled the export.", { hint: "Ask her." }));
  await until(async () => (await lab.running()) === 0, 6_000);
  expect(await outcome).toMatchObject(
    failed("cancelled-by", { detail: "Ada cancelled the export.", hint: "Ask her.", isRetryable: false }),
  );
  await until(() => !isAlive(pid), 6_000);
  expect(lab.files()).toEqual([]);
});

it("a stop before it has begun, or for no particular reason, is one too", async () => {
  const job = await lab.job("pg", { object: "slow", format: "csv" });
  const signal = AbortSignal.abort();
  expect(await runner.startExport(job, { onProgress: () => {}, signal, quota: null })).toMatchObject(
    failed("cancelled"),
  );
  expect(lab.files()).toEqual([]);
});

it("a process that does not stop is killed", { timeout: 40_000 }, async () => {
  const { outcome, pid, controller } = await midway("slow");
  process.kill(pid, "SIGSTOP");
  controller.abort();
  const begin = performance.now();
  expect(await outcome).toMatchObject(failed("cancelled"));
  expect(performance.now() - begin).toBeGreaterThan(9_000);
  expect(isAlive(pid)).toBe(false);
  await lab.vault.clear();
  expect(lab.files()).toEqual([]);
  await until(async () => (await lab.running()) === 0, 10_000);
});

it("kill -9 at any moment: lost, or complete", { timeout: 60_000 }, async () => {
  const moments = Array.from({ length: 5 }, () => randomInt(2_500));
  for (const [n, moment] of moments.entries()) {
    const told = `round ${n} of ${moments.join(", ")} ms`;
    const job = await lab.job("pg", { object: "slowish", format: "csv" });
    const { signal } = new AbortController();
    const outcome = runner.startExport(job, { onProgress: () => {}, signal, quota: null });
    await sleep(moment);
    for (const pid of workers()) process.kill(pid, "SIGKILL");
    const became = await outcome;
    await lab.vault.clear();
    const left = lab.files().filter((name) => name !== previewName(job.archive));
    expect(left.length === 0 || left[0] === job.archive, told).toBe(true);
    if (left.length > 0) expect((await lab.read(job.archive)).length, told).toBeGreaterThan(150 * 50_000);
    if (became.state === "done") expect(left, told).toEqual([job.archive]);
    else expect(became, told).toMatchObject(failed("worker-lost", { kind: "failure", isRetryable: true }));
    await lab.vault.delete(job.archive);
    await lab.vault.delete(previewName(job.archive));
  }
  await until(async () => (await lab.running()) === 0, 10_000);
});

it("SIGTERM and Ctrl-C are for the owner", async () => {
  const { job, outcome, pid } = await midway("slowish");
  process.kill(pid, "SIGTERM");
  process.kill(pid, "SIGINT");
  expect((await outcome).state).toBe("done");
  await lab.vault.delete(job.archive);
  await lab.vault.delete(previewName(job.archive));
});

it("memory that runs out is said so", async () => {
  const former = process.env["NODE_OPTIONS"];
  process.env["NODE_OPTIONS"] = "--max-old-space-size=8";
  const job = await lab.job("pg", { object: "large", format: "csv" });
  const { signal } = new AbortController();
  const outcome = runner.startExport(job, { onProgress: () => {}, signal, quota: null });
  if (former === undefined) delete process.env["NODE_OPTIONS"];
  else process.env["NODE_OPTIONS"] = former;
  expect(await outcome).toMatchObject(
    failed("worker-lost", { detail: "The process that ran the export ran out of memory.", isRetryable: true }),
  );
});

it("whoever ordered it is gone: so is the export", async () => {
  const job = await lab.job("pg", { object: "slow", format: "csv" });
  const owner = spawn(process.execPath, ["--no-warnings", OWNER, JSON.stringify({ places: lab.places, job })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(owner.stdout, "data");
  const children = await childrenOf(owner.pid!);
  owner.kill("SIGKILL");
  await until(() => children.every((pid) => !isAlive(pid)), 5_000);
  await until(async () => (await lab.running()) === 0, 6_000);
  expect(lab.files()).toEqual([]);
});

it("more bytes than the quota has left stop it", async () => {
  const job = await lab.job("pg", { object: "slow", format: "csv" });
  const { signal } = new AbortController();
  const outcome = await runner.startExport(job, { onProgress: () => {}, signal, quota: 1_000_000 });
  expect(outcome).toMatchObject(failed("quota-exceeded", { kind: "failure" }));
  expect(lab.files()).toEqual([]);
  expect(await lab.running()).toBe(0);
});

it("a quota that is just enough is enough", async () => {
  const job = await lab.job("pg", { object: "people", format: "csv" });
  const run = (quota: number | null): Promise<Outcome> => {
    return runner.startExport(job, { onProgress: () => {}, signal: new AbortController().signal, quota });
  };
  const outcome = await run(null);
  if (outcome.state === "failed") throw new Error(outcome.failure.detail);
  expect((await run(outcome.bytes)).state).toBe("done");
  for (const name of [job.archive, previewName(job.archive)]) await lab.vault.delete(name);
  expect(await run(outcome.bytes - 1)).toMatchObject(failed("quota-exceeded"));
  expect(lab.files()).toEqual([]);
});

it("a source that ends the session fails it", async () => {
  const { outcome } = await midway("slow");
  await lab.database.client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'",
  );
  expect(await outcome).toMatchObject(failed("source-lost", { kind: "failure" }));
  expect(lab.files()).toEqual([]);
});

it("a runner that closes stops what it runs", async () => {
  const other = openRunner(lab.places);
  const job = await lab.job("pg", { object: "slow", format: "csv" });
  const { signal } = new AbortController();
  const outcome = other.startExport(job, { onProgress: () => {}, signal, quota: null });
  await until(async () => (await lab.running()) === 1, 10_000);
  await other.close();
  expect(await outcome).toMatchObject(failed("stopping", { isRetryable: true }));
  expect(workers()).toEqual([]);
  expect(lab.files()).toEqual([]);
});
