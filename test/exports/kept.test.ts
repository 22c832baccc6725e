// Exports in the queue and in the vault: lost with their workers, expired, forgotten, swept, and found again.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { beginRun } from "../../src/control/queries/export-runs.ts";
import { findExport } from "../../src/control/queries/exports.ts";
import { callOfPerson } from "../../src/exports/person-call.ts";
import { runExport } from "../../src/exports/run-export.ts";
import { settle } from "../../src/exports/settle.ts";
import { expireArchives, forgetHistory, requeue, sweepVault, warnOfExpiry } from "../../src/exports/sweep.ts";
import { failure } from "../../src/lib/errors.ts";
import { previewName } from "../../src/runner/job.ts";
import { releaseWaiting } from "../../src/service/exports/change.ts";
import { planOf } from "../../src/service/exports/plan-of.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { type Hands, handsOf } from "./hands.ts";
import { cancelAll, problem, runAll, shown, type Shown, type Someone, someone } from "./people.ts";

const DAY = 86_400_000;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let admin: Someone;
  let ann: Someone;
  let hands: Hands;
  beforeAll(async () => {
    world = await aWorld(kind);
    admin = await someone(world, "admin");
    ann = await someone(world, "analyst");
    hands = handsOf(world, ann);
  });

  test("an export whose worker is lost is begun again in its place, three times at most", async () => {
    const { parts } = world.exports;
    const [lost, other] = [await hands.order(), await hands.order()];
    for (let attempt = 1; attempt <= 3; attempt++) {
      const { begun } = await hands.takeAndVanish(lost);
      expect(begun.attempt).toBe(attempt);
    }
    await runAll(world, [lost, other]);
    const { state, fault, attempt: attempts } = await shown(ann, lost);
    expect([state, fault, attempts]).toMatchObject(["error", { code: "worker-lost" }, 3]);
    expect(fault!.detail).toMatch(/three times|3 times/);
    expect(await hands.stateOf(other)).toBe("ready");
    // Two workers that both think that it is theirs: only the later one can say what became of it.
    const twice = await hands.order();
    const first = await hands.takeAndVanish(twice);
    const second = await hands.takeAndVanish(twice);
    const third = await parts.queue.take({ concurrency: new Map(), passOver: [] }, (at, its) => beginRun(at, its, "x"));
    const { signal } = new AbortController();
    const call = (await callOfPerson(parts, "lab", ann.id, { language: "en", signal }))!;
    const made = async ({ begun }: typeof first) => {
      const planned = await planOf(call, { objects: "samples", format: "csv" });
      const job = { org: "lab", plan: planned.plan, container: planned.container, recipient: null };
      const more = { archive: begun.archive, preview: { rows: 1 } };
      const outcome = await parts.runner.startExport({ ...job, ...more }, { onProgress() {}, signal, quota: null });
      return [outcome, planned] as const;
    };
    const [late, now] = await Promise.all([made(first), made(third!)]);
    await settle(parts, first, ...late);
    await settle(
      parts,
      second,
      { state: "failed", failure: { kind: "failure", code: "x", detail: "X.", isRetryable: false } },
      null,
    );
    expect(await hands.stateOf(twice)).toBe("running");
    expect(await hands.queued(twice), "it is still being worked on").toEqual([true]);
    expect(await hands.kept(twice)).toEqual([third!.begun.archive, previewName(third!.begun.archive)]);
    await settle(parts, third!, ...now);
    await settle(parts, third!, ...now);
    const { attempt, timeline } = await shown(ann, twice);
    expect([attempt, await hands.stateOf(twice)]).toEqual([3, "ready"]);
    expect(timeline!.filter(({ event }) => event === "ready")).toHaveLength(1);
    expect(await hands.queued(twice)).toEqual([false]);
    // As after a commit whose answer was lost: what was published stays.
    expect(await hands.kept(twice)).toEqual([third!.begun.archive, previewName(third!.begun.archive)]);
    // Cancelled as it was done.
    const cancelled = await hands.order();
    const taken = await parts.queue.take({ concurrency: new Map(), passOver: [] }, (at, its) => beginRun(at, its, "x"));
    const [done, planned] = await made(taken!);
    await hands.post(`${cancelled}/cancel`);
    await settle(parts, taken!, done, planned);
    expect([await hands.stateOf(cancelled), await hands.queued(cancelled), await hands.kept(cancelled)]).toEqual([
      "cancelled",
      [false],
      [],
    ]);
  });

  test("an export of an organisation that is not configured any more says so", async () => {
    const { parts } = world.exports;
    const id = await hands.order();
    const taken = await parts.queue.take({ concurrency: new Map(), passOver: [] }, (at, its) => beginRun(at, its, "x"));
    const orgs = { ...parts.orgs, codes: ["twin"] };
    await runExport({ ...parts, orgs }, taken!, new AbortController().signal);
    const { state, fault } = await shown(ann, id);
    expect([state, fault]).toMatchObject(["error", { code: "org-removed" }]);
    expect(await hands.queued(id)).toEqual([false]);
  });

  test("an export whose run loses our own database is begun again, three times at most", async () => {
    const { parts } = world.exports;
    const lost = failure("control-lost", "The control database did not answer.");
    const runner = { ...parts.runner, startExport: () => Promise.reject(lost) };
    const id = await hands.order();
    const loseIt = async (): Promise<void> => {
      const taken = await parts.queue.take({ concurrency: new Map(), passOver: [] }, (at, its) =>
        beginRun(at, its, "x"),
      );
      await runExport({ ...parts, runner }, taken!, new AbortController().signal);
    };
    await loseIt();
    expect([await hands.stateOf(id), await hands.queued(id)]).toEqual(["pending", [true]]);
    await runAll(world, [id]);
    const { state, attempt, timeline } = await shown(ann, id);
    expect([state, attempt]).toEqual(["ready", 2]);
    expect(timeline!.map(({ event }) => event)).toContain("worker-lost");
    const other = await hands.order();
    for (let time = 0; time < 3; time++) await loseIt();
    expect(await shown(ann, other)).toMatchObject({ state: "error", fault: { code: "control-lost" }, attempt: 3 });
    expect(await hands.queued(other)).toEqual([false]);
  });

  test("archives expire, and exports are forgotten when their history is over", async () => {
    const { parts } = world.exports;
    const [id] = (await hands.ready({ notify: true })) as [string];
    const { expiresAt } = await shown(ann, id);
    expect(Math.round((Date.parse(expiresAt!) - Date.now()) / DAY)).toBe(7);
    const at = (milliseconds: number): Date => new Date(Date.parse(expiresAt!) + milliseconds);
    const events = async (): Promise<string[]> => (await shown(ann, id)).timeline!.map(({ event }) => event);
    await warnOfExpiry(parts, "lab", at(-3 * DAY));
    expect(await events()).not.toContain("expiring");
    // Two processes at the same moment, and one later.
    await Promise.all([warnOfExpiry(parts, "lab", at(-DAY)), warnOfExpiry(parts, "lab", at(-DAY))]);
    await warnOfExpiry(parts, "lab", at(-DAY));
    expect((await events()).filter((it) => it === "expiring")).toHaveLength(1);
    await expireArchives(parts, "lab", at(-1000));
    expect(await hands.stateOf(id)).toBe("ready");
    await expireArchives(parts, "lab", at(0));
    expect(await shown(ann, id)).toMatchObject({ state: "expired", dataFile: null });
    expect(await hands.kept(id)).toEqual([]);
    for (const path of ["data", "preview"]) {
      expect(problem(await ann.ask("GET", `exports/${id}/${path}`))).toEqual([410, "expired"]);
    }
    const again = (await hands.post(`${id}/resubmit`)).json<Shown>();
    expect(again).toMatchObject({ state: "pending", resubmitOf: id });
    await cancelAll(admin);
    await forgetHistory(parts, "lab", at(364 * DAY));
    expect(await hands.stateOf(id)).toBe("expired");
    await forgetHistory(parts, "lab", at(367 * DAY));
    expect(problem(await ann.ask("GET", `exports/${id}`))).toEqual([404, "not-found"]);
  });

  test("archives that belong to nothing are swept, and what others keep there is not", async () => {
    const { parts } = world.exports;
    const [id] = (await hands.ready({})) as [string];
    const { archive } = (await findExport(world.lab, id))!;
    const orphan = `lab.${randomUUID()}.${randomUUID()}`;
    const names = [
      orphan,
      previewName(orphan),
      `gone.${randomUUID()}.${randomUUID()}`,
      "somebody.elses",
      `lab.${randomUUID()}`,
    ];
    for (const name of names) {
      const sealed = await parts.vault.seal(name, undefined);
      await sealed.write(Buffer.from("x"));
      await sealed.publish();
    }
    const all = async (): Promise<Set<string>> => {
      const found = new Set<string>();
      for await (const { name } of parts.vault.list()) found.add(name);
      return found;
    };
    const later = new Date(Date.now() + 660_000);
    expect(await sweepVault(parts, new Date()), "it may be about to be published").toBe(0);
    expect(await sweepVault(parts, later)).toBe(2);
    const left = await all();
    expect(names.filter((name) => left.has(name))).toEqual(names.slice(2));
    expect(left.has(archive!) && left.has(previewName(archive!))).toBe(true);
    expect((await ann.download(id)).statusCode).toBe(200);
    for (const name of names.slice(2)) await parts.vault.delete(name);
  });

  test("what waits is put into the queue again when that has lost it", async () => {
    const { parts } = world.exports;
    const ids = [await hands.order(), await hands.order(), await hands.order()];
    const cancelled = await hands.order();
    await hands.post(`${cancelled}/cancel`);
    await hands.takeAndVanish(ids[0]!);
    await world.control.script("delete from pgboss.job");
    expect(await hands.queued(...ids)).toEqual([false, false, false]);
    await requeue(parts, "lab");
    await requeue(parts, "lab");
    expect(await hands.queued(...ids, cancelled)).toEqual([true, true, true, false]);
    await runAll(world, ids);
    const ended = await Promise.all(ids.map(async (id) => (await findExport(world.lab, id))!));
    expect(ended.map(({ state }) => state)).toEqual(["ready", "ready", "ready"]);
    expect(ended.toSorted((a, b) => a.endedAt!.getTime() - b.endedAt!.getTime()).map(({ id }) => id)).toEqual(ids);
  });

  test("what waits for its window says when, and begins then", async () => {
    const { app, parts } = await world.reconfigured((its) => ({
      ...its,
      window: "30 2 1 1 *",
      timeZone: "Europe/Paris",
    }));
    const payload = { objects: "samples", format: "csv" };
    const made = (await ann.ask("POST", "exports", { payload, app })).json<Shown>();
    const year = new Date().getUTCFullYear() + 1;
    expect(made).toMatchObject({
      state: "pending",
      startsAt: `${year}-01-01T01:30:00.000Z`,
      dueAt: `${year}-01-01T02:30:00.000Z`,
    });
    // What was ordered before the org had a window does not wait behind it.
    const other = await hands.order();
    await runAll(world, [other], parts);
    await sleep(300);
    expect(await shown(ann, made._id)).toMatchObject({ state: "pending", position: 1, attempt: 0 });
    await releaseWaiting(world.lab, world.exports.desk, [made._id]);
    await runAll(world, [made._id], parts);
    expect(await hands.stateOf(made._id)).toBe("ready");
  });

  test("each knows its place in the queue", async () => {
    const ids = [await hands.order(), await hands.order(), await hands.order()];
    const places = () => Promise.all(ids.map(async (id) => (await shown(ann, id)).position));
    expect(await places()).toEqual([1, 2, 3]);
    await hands.post(`${ids[1]!}/cancel`);
    expect(await places()).toEqual([1, null, 2]);
    const { data } = (await ann.ask("GET", "exports", { query: { state: "pending" } })).json<{ data: Shown[] }>();
    expect(data.map(({ position }) => position)).toEqual([2, 1]);
    await cancelAll(admin);
  });

  test("the same call twice orders one export, and its answer comes again", async () => {
    const headers = { "idempotency-key": randomUUID() };
    const payload = { objects: "samples", format: "csv", join: false };
    const call = (body: object) => ann.ask("POST", "exports", { payload: body, headers });
    const both = [await call(payload), await call(payload)];
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(both[1]!.headers).toMatchObject({ "idempotency-replayed": "true", location: both[0]!.headers["location"] });
    expect(both[1]!.body).toBe(both[0]!.body);
    expect(problem(await call({ ...payload, limit: 1 }))).toEqual([422, "idempotency-mismatch", "/Idempotency-Key"]);
    await cancelAll(admin);
  });

  test("a look into it is there without downloading it", async () => {
    const [id] = (await hands.ready({})) as [string];
    const preview = await ann.ask("GET", `exports/${id}/preview`);
    expect(preview.statusCode).toBe(200);
    expect(preview.body).toContain("Alder");
    expect(preview.body).not.toMatch(/P-\d/);
    const { archive } = (await findExport(world.lab, id))!;
    await world.exports.parts.vault.delete(previewName(archive!));
    expect(problem(await ann.ask("GET", `exports/${id}/preview`))).toEqual([404, "not-found"]);
    expect((await ann.download(id)).statusCode).toBe(200);
    await world.exports.parts.vault.delete(archive!);
    expect(problem(await ann.download(id))).toEqual([410, "archive-missing"]);
  });
});
