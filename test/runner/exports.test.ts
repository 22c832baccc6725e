// Exports in processes of their own: the same bytes as the command line's, with facts, progress and preview.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Progress } from "../../src/engine/run.ts";
import { failure as failureFor } from "../../src/lib/errors.ts";
import { failureOf } from "../../src/runner/failures.ts";
import type { Done, ExportJob, Outcome } from "../../src/runner/job.ts";
import { openRunner, type Runner, type StartOptions } from "../../src/runner/runner.ts";
import { identitiesIn, newIdentityFile } from "../../src/vault/age-keys.ts";
import { emptyFolder, isAlive, until, waybill } from "../command-line/program.ts";
import { aRunnerLab, argumentsOf, LARGE, type RunnerLab, workers } from "../setup/runner.ts";

let lab: RunnerLab;
let runner: Runner;

beforeAll(async () => {
  lab = await aRunnerLab();
  runner = openRunner(lab.places);
});
afterAll(async () => {
  await runner.close();
  await lab.drop();
});

function start(job: ExportJob, options: Partial<StartOptions> = {}): Promise<Outcome> {
  return runner.startExport(job, {
    onProgress: () => {},
    signal: new AbortController().signal,
    quota: null,
    ...options,
  });
}

async function done(job: ExportJob): Promise<Done> {
  const outcome = await start(job);
  if (outcome.state === "failed") throw new Error(JSON.stringify(outcome.failure));
  return outcome;
}

/** The same by the command line. */
async function byCommandLine(org: string, object: string, format: string, container: string): Promise<Buffer> {
  const out = join(emptyFolder(), "out");
  const args = ["-c", lab.places.config, "--org", org, "-f", format, "--container", container, "-o", out];
  const { code, stderr } = await waybill(["export", object, ...args, "-q"]);
  expect([code, stderr]).toEqual([0, ""]);
  return readFileSync(out);
}

it.each([
  ["pg", "people", "csv", "none"],
  ["pg", "large", "ndjson", "gzip"],
  ["pg", "large", "csv", "zstd"],
  ["lite", "people", "xlsx", "none"],
  ["lite", "people", "json", "none"],
] as const)("gives the bytes of the command line: %s %s %s %s", async (org, object, format, container) => {
  const job = await lab.job(org, { object, format }, { container, archive: `${object}.${format}` });
  const facts = await done(job);
  const bytes = await lab.read(job.archive);
  expect(bytes.equals(await byCommandLine(org, object, format, container))).toBe(true);
  expect(facts).toMatchObject({
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    files: 0,
  });
  expect(facts.tables[0]).toEqual({ name: object, rows: object === "large" ? LARGE : 3 });
  expect(Math.abs(Date.parse(facts.snapshotAt) - Date.now())).toBeLessThan(60_000);
});

it("gives an archive that waybill verify accepts, and its tree", async () => {
  const request = { object: "people", format: "csv", include: ["measures"] };
  const facts = await done(await lab.job("pg", request, { container: "zip", archive: "all.zip" }));
  const out = join(emptyFolder(), "all.zip");
  writeFileSync(out, await lab.read("all.zip"));
  expect((await waybill(["verify", out])).code).toBe(0);
  expect(facts.tables).toEqual([
    { name: "people", rows: 3 },
    { name: "people.measures", rows: 3 },
  ]);
  const { entries, entryCount, entryBytes } = await lab.preview("all.zip");
  expect(entries.map(({ path }) => path)).toEqual([
    "people.csv",
    "people.measures.csv",
    "README.txt",
    "datapackage.json",
  ]);
  expect([entryCount, entryBytes]).toEqual([4, entries.reduce((sum, { bytes }) => sum + bytes, 0)]);
});

it("previews lists that are nested in records as tables of their own", async () => {
  await done(await lab.job("pg", { object: "people", format: "json", include: ["measures"] }, { archive: "nested" }));
  const { tables, entries } = await lab.preview("nested");
  expect(entries).toEqual([{ path: "people.json", bytes: (await lab.read("nested")).length }]);
  expect(tables.map(({ name, rows, first }) => [name, rows, first.length])).toEqual([
    ["people", 3, 3],
    ["people.measures", 3, 3],
  ]);
});

it("tells how far it is, at most four times a second", async () => {
  const seen: { at: number; progress: Progress }[] = [];
  const job = await lab.job("pg", { object: "slowish", format: "csv" });
  const onProgress = (progress: Progress): void => void seen.push({ at: performance.now(), progress });
  expect((await start(job, { onProgress })).state).toBe("done");
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.length).toBeLessThan(10);
  const rows = seen.map(({ progress }) => progress.rows);
  expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  expect(Object.keys(seen[0]!.progress)).toEqual(["rows", "totalRows", "bytes", "files"]);
});

it("an archive for a recipient is sealed to that key alone, and its preview shows no values", async () => {
  const text = newIdentityFile(new Date());
  const [{ recipient }] = identitiesIn(text, "test") as [ReturnType<typeof identitiesIn>[number]];
  const job = await lab.job(
    "lite",
    { object: "people", format: "csv" },
    { archive: "theirs", recipient: recipient.text },
  );
  await done(job);
  await expect(lab.read("theirs")).rejects.toMatchObject({ code: "archive-key-missing" });
  const preview = await lab.preview("theirs");
  expect(preview).toMatchObject({
    withheld: true,
    entries: [],
    entryCount: 1,
    tables: [{ name: "people", rows: 3, first: [] }],
  });
  expect(JSON.stringify(preview)).not.toMatch(/Ada|Hopper/);
});

describe("of a batch", () => {
  const keys = Array.from({ length: 2_500 }, (_, n) => String(n * 100 + 7));
  const batch = { object: "large", count: keys.length, keysInPart: 1_000 };
  const jobOf = (archive: string): Promise<ExportJob> =>
    lab.job("pg", { object: "large", format: "csv" }, { archive }, batch);

  it("asks its owner for the keys, part by part, and tells what has vanished", async () => {
    const asked: number[] = [];
    const given = keys.with(1_700, "-5");
    const outcome = await start(await jobOf("batch"), {
      async batchKeys(n) {
        asked.push(n);
        return given.slice(n * 1_000, (n + 1) * 1_000);
      },
    });
    expect(outcome).toMatchObject({
      state: "done",
      tables: [{ name: "large", rows: 2_499 }],
      problems: [{ code: "record-vanished", column: "large", count: 1, keys: ["-5"] }],
    });
    // Once for a look at what is there, and once for the records.
    expect(asked).toEqual([0, 1, 2, 0, 1, 2]);
    const there = keys.filter((_, n) => n !== 1_700);
    expect((await lab.read("batch")).toString()).toBe(
      ["id,name", ...there.map((key) => `${key},text number ${key}`), ""].join("\n"),
    );
  });

  it("fails with what keeps its owner from having them, and leaves nothing", async () => {
    const outcomeOf = async (options: Partial<StartOptions>): Promise<unknown> => {
      const outcome = await start(await jobOf("never"), options);
      expect(lab.files().filter((name) => name.includes("never"))).toEqual([]);
      return outcome.state === "failed" ? outcome.failure : outcome;
    };
    const away = failureFor("control-lost", "The control database does not answer.", { hint: "Wait." });
    expect(await outcomeOf({ batchKeys: () => Promise.reject(away) })).toMatchObject({
      kind: "failure",
      code: "control-lost",
      detail: "The control database does not answer.",
      hint: "Wait.",
    });
    expect(await outcomeOf({ batchKeys: async () => ["7"] })).toMatchObject({ code: "batch-gone" });
    expect(await outcomeOf({})).toMatchObject({ kind: "internal" });
  });

  it("stops at once while it waits for keys", async () => {
    const stop = new AbortController();
    const outcome = start(await jobOf("stopped"), {
      signal: stop.signal,
      batchKeys() {
        setTimeout(() => stop.abort(), 50);
        return new Promise(() => {});
      },
    });
    const begin = performance.now();
    expect(await outcome).toMatchObject({ state: "failed", failure: { code: "cancelled" } });
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

it("takes the process that waits, and has the next one wait instead", async () => {
  const job = await lab.job("lite", { object: "people", format: "csv" });
  await until(() => workers().length === 1, 5_000);
  const [spare] = workers();
  await done(job);
  await until(() => !workers().includes(spare!), 10_000);
  await until(() => workers().length === 1, 10_000);
  expect(workers()).not.toContain(spare);
});

it("goes on when the process that waits was killed", async () => {
  await until(() => workers().length === 1, 5_000);
  const [spare] = workers();
  process.kill(spare!, "SIGKILL");
  await until(() => !isAlive(spare!), 6_000);
  expect((await start(await lab.job("lite", { object: "people", format: "csv" }))).state).toBe("done");
});

describe("fails in plain words, and leaves nothing", () => {
  const failed = async (change: (job: ExportJob) => ExportJob): Promise<unknown> => {
    const job = change(await lab.job("lite", { object: "people", format: "csv" }, { archive: "never" }));
    const outcome = await start(job);
    expect(lab.files().filter((name) => name.includes("never"))).toEqual([]);
    return outcome.state === "failed" ? outcome.failure : outcome;
  };
  const withSource =
    (source: string) =>
    (job: ExportJob): ExportJob => {
      const datasets = job.plan.datasets.map((dataset) => ("text" in dataset ? dataset : { ...dataset, source }));
      return { ...job, plan: { ...job.plan, datasets } };
    };

  it("for an org, or a source, that is no more", async () => {
    expect(await failed((job) => ({ ...job, org: "gone" }))).toMatchObject({ kind: "usage", code: "unknown-org" });
    expect(await failed(withSource("gone"))).toMatchObject({
      kind: "usage",
      code: "source-removed",
      detail: 'The configuration has no source "gone" any more.',
    });
  });

  it("for a plan of another version, and a wrong recipient", async () => {
    const other = (job: ExportJob): ExportJob => ({ ...job, plan: { ...job.plan, version: 2 as 1 } });
    expect(await failed(other)).toMatchObject({ kind: "failure", code: "plan-too-new", isRetryable: false });
    expect(await failed((job) => ({ ...job, recipient: "age1nobody" }))).toMatchObject({
      code: "recipient-not-suited",
    });
  });

  it("for a table that is no more", async () => {
    const job = await lab.job("pg", { object: "measures", format: "csv" }, { archive: "never" });
    await lab.database.client.query("ALTER TABLE measures RENAME TO elsewhere");
    const outcome = await start(job);
    await lab.database.client.query("ALTER TABLE elsewhere RENAME TO measures");
    expect(outcome).toMatchObject({ state: "failed", failure: { kind: "failure", code: "source-changed" } });
    expect(lab.files().filter((name) => name.includes("never"))).toEqual([]);
  });

  it("for a configuration that cannot be read", async () => {
    const other = openRunner({ ...lab.places, config: join(lab.folder, "none.yaml") }, { spare: false });
    const job = await lab.job("lite", { object: "people", format: "csv" });
    const options = { onProgress: () => {}, signal: new AbortController().signal, quota: null };
    expect(await other.startExport(job, options)).toMatchObject({ failure: { kind: "usage", code: "config" } });
    await other.close();
  });

  it("for a defect: the place of it, and no values", async () => {
    const failure = await failed((job) => ({ ...job, plan: { ...job.plan, datasets: [] } }));
    expect(failure).toMatchObject({
      kind: "internal",
      code: "internal",
      detail: "Something failed that should not: this is a defect of Waybill.",
      stack: expect.stringMatching(/^Error\n {4}at single \(.*run\.ts:\d+:\d+\)/),
    });
    const error = new Error("the value is Ada", { cause: new TypeError("the key is Ada") });
    expect(JSON.stringify(failureOf(error))).not.toContain("Ada");
    expect(failureOf("Ada")).toMatchObject({ kind: "internal", stack: "thrown: string" });
  });
});

it("shows no secret: not in arguments, messages or previews", async () => {
  const job = await lab.job("pg", { object: "slowish", format: "csv" }, { archive: "quiet" });
  const told: unknown[] = [];
  const outcome = start(job, { onProgress: (progress) => told.push(progress) });
  const begun = (): boolean => told.length > 0;
  await until(begun, 10_000);
  const lines = workers().map(argumentsOf);
  expect(lines.some((line) => line.includes("runner/child.ts"))).toBe(true);
  const seen = [...lines, JSON.stringify([await outcome, told, job, await lab.preview("quiet")])].join("\n");
  for (const secret of lab.secrets) expect(seen).not.toContain(secret);
  // What fails at the very place where the password is used does not tell it either.
  const url = process.env["RUNNER_SOURCE"]!;
  process.env["RUNNER_SOURCE"] = url.replace(lab.secrets[0]!, `${lab.secrets[0]}wrong`);
  const other = openRunner(lab.places, { spare: false });
  const options = { onProgress: () => {}, signal: new AbortController().signal, quota: null };
  const refused = await other.startExport(job, options);
  process.env["RUNNER_SOURCE"] = url;
  await other.close();
  expect(refused).toMatchObject({ state: "failed", failure: { code: "source-sign-in" } });
  for (const secret of lab.secrets) expect(JSON.stringify(refused)).not.toContain(secret);
});
