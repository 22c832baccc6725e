// The life of exports: stopped, deleted, repeated, out of room, lost with their workers, expired and forgotten.
import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/control/queries/audit.ts";
import { beginRun } from "../../src/control/queries/export-runs.ts";
import { bytesStored, findExport } from "../../src/control/queries/exports.ts";
import { settle } from "../../src/exports/settle.ts";
import { expireArchives, forgetHistory, requeue, sweepVault, warnOfExpiry } from "../../src/exports/sweep.ts";
import { startWorker } from "../../src/exports/worker.ts";
import { previewName } from "../../src/runner/job.ts";
import { callOfPerson } from "../../src/exports/person-call.ts";
import { releaseWaiting } from "../../src/service/exports/change.ts";
import { planOf } from "../../src/service/exports/plan-of.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { cancelAll, problem, runAll, shown, type Shown, type Someone, someone } from "./people.ts";

const DAY = 86_400_000;
const SLOW = `      slow:
        query: >-
          with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000000) select i as id, i % 7 as v from n
`;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let admin: Someone;
  let ann: Someone;
  beforeAll(async () => {
    world = await aWorld(kind, { more: SLOW });
    admin = await someone(world, "admin");
    ann = await someone(world, "analyst");
  });

  const order = (body: object = {}, by = ann) => by.order({ join: false, ...body });
  const post = (path: string, by = ann) => by.ask("POST", `exports/${path}`);
  const stateOf = async (id: string): Promise<string | undefined> => (await findExport(world.lab, id))?.state;
  const queued = async (...ids: string[]): Promise<boolean[]> => {
    const all = await world.exports.parts.queue.queued();
    return ids.map((id) => all.has(id));
  };
  /** What is in the vault of an export. */
  const kept = async (id: string): Promise<string[]> => {
    const names: string[] = [];
    for await (const { name } of world.exports.parts.vault.list()) if (name.includes(id)) names.push(name);
    return names;
  };
  const ready = async (...orders: object[]): Promise<string[]> => {
    const ids = [];
    for (const body of orders) ids.push(await order(body));
    await runAll(world, ids);
    for (const id of ids) expect(await stateOf(id)).toBe("ready");
    return ids;
  };
  /** Runs an export until it gives records, does something, and waits until the worker has let it go. */
  const whileRunning = async (id: string, what: () => Promise<void>): Promise<void> => {
    const worker = startWorker(world.exports.parts, { slots: 1, lookEvery: 100 });
    try {
      await expect.poll(async () => (await findExport(world.lab, id))?.rows, { timeout: 30_000 }).toBeGreaterThan(0);
      await what();
      await expect.poll(() => worker.running, { timeout: 10_000 }).toBe(0);
    } finally {
      await worker.close(0);
    }
  };
  /** Takes the next export as a worker does that is then gone. */
  const takeAndVanish = async (id: string) => {
    const { queue } = world.exports.parts;
    const taken = await queue.take({ concurrency: new Map(), passOver: [] }, (at, its) => beginRun(at, its, "gone"));
    expect(taken?.begun.id).toBe(id);
    await queue.recover();
    return taken!;
  };

  test("what waits or runs is cancelled at once, and what is over is not", async () => {
    const [pending, running] = [await order(), await order({ objects: "slow" })];
    const answer = await post(`${pending}/cancel`);
    expect(answer.json()).toMatchObject({ state: "cancelled", position: null });
    expect(await queued(pending)).toEqual([false]);
    await whileRunning(running, async () => {
      expect((await post(`${running}/cancel`)).json()).toMatchObject({ state: "cancelled", dataFile: null });
    });
    // Its turn is over with it: the next one of the org begins.
    const [next] = await ready({});
    for (const [id, state] of [
      [pending, "cancelled"],
      [running, "cancelled"],
      [next!, "ready"],
    ] as const) {
      expect(problem(await post(`${id}/cancel`))).toEqual([409, "export-over"]);
      expect(await stateOf(id)).toBe(state);
      expect(problem(await ann.download(id))[1]).toBe(state === "ready" ? undefined : "not-ready");
    }
    expect(await kept(running)).toEqual([]);
    expect((await shown(ann, running)).timeline?.map(({ event }) => event)).toEqual(["created", "cancelled"]);
  });

  test("in every state it is deleted with what it left, and the audit log says so", async () => {
    const [over, expired] = (await ready({}, {})) as [string, string];
    const failed = await order({ batch: await aBatch(), objects: undefined });
    await deleteBatches();
    await runAll(world, [failed]);
    expect(await shown(ann, failed)).toMatchObject({ state: "error", fault: { code: "not-found" } });
    await world.lab.db
      .updateTable("export")
      .set({ expiresAt: new Date(0) })
      .where("id", "=", expired)
      .execute();
    await expireArchives(world.exports.parts, "lab", new Date());
    const [pending, cancelled, running] = [await order(), await order(), await order({ objects: "slow" })];
    await post(`${cancelled}/cancel`);
    expect(await kept(over)).toHaveLength(2);
    const remove = async (id: string, state: string): Promise<void> => {
      expect((await ann.ask("DELETE", `exports/${id}`)).statusCode).toBe(204);
      expect(problem(await ann.ask("DELETE", `exports/${id}`))).toEqual([404, "not-found"]);
      expect(problem(await ann.ask("GET", `exports/${id}`))).toEqual([404, "not-found"]);
      expect(await queued(id)).toEqual([false]);
      const [entry] = await listAudit(world.lab, { subject: { kind: "export", id } });
      expect(entry).toMatchObject({ action: "export.delete", person: ann.id, details: { state, owner: ann.id } });
    };
    for (const [id, state] of Object.entries({
      [over]: "ready",
      [expired]: "expired",
      [failed]: "error",
      [pending]: "pending",
      [cancelled]: "cancelled",
    })) {
      await remove(id, state);
      expect(await kept(id)).toEqual([]);
    }
    await whileRunning(running, async () => {
      const { statusCode } = await ann.ask("DELETE", `exports/${running}`);
      expect(statusCode).toBe(204);
    });
    expect(await kept(running)).toEqual([]);
    // The org's turn is free.
    await ready({});
  });

  async function aBatch(): Promise<string> {
    const payload = { object: "samples", name: "Mine", namespace: world.soil.id, keys: ["1", "2"] };
    const made = await ann.ask("POST", "batches", { payload });
    expect(made.statusCode, made.body).toBe(201);
    return made.json<{ _id: string }>()._id;
  }
  async function deleteBatches(): Promise<void> {
    const { data } = (await ann.ask("GET", "batches")).json<{ data: { _id: string }[] }>();
    for (const { _id } of data) expect((await ann.ask("DELETE", `batches/${_id}`)).statusCode).toBe(204);
  }

  test("several are deleted together: all of them, or none", async () => {
    const ben = await someone(world, "analyst");
    const [one, two, theirs] = [await order(), await order(), await order({}, ben)];
    const remove = (query: Record<string, string>, by = ann) => by.ask("DELETE", "exports", { query });
    for (const other of [theirs, randomUUID()]) {
      expect(problem(await remove({ ids: `${one},${other}` }))).toEqual([404, "not-found"]);
    }
    expect(await queued(one, two, theirs)).toEqual([true, true, true]);
    expect(problem(await remove({ ids: one, state: "ready" }))).toEqual([422, "not-together", "/state"]);
    expect((await remove({ ids: `${one},${two},${one}` })).json()).toEqual({ deleted: 2 });
    expect(await stateOf(one)).toBeUndefined();
    const [mine] = [await order()];
    await post(`${mine!}/cancel`);
    await post(`${theirs}/cancel`, ben);
    expect((await remove({ state: "cancelled" }, ben)).json()).toEqual({ deleted: 1 });
    expect(await stateOf(mine!)).toBe("cancelled");
    expect((await remove({ state: "cancelled" }, admin)).json<{ deleted: number }>().deleted).toBeGreaterThan(0);
    expect(await stateOf(mine!)).toBeUndefined();
    expect((await remove({ state: "cancelled" }, admin)).json()).toEqual({ deleted: 0 });
  });

  test("it is ordered again with the templates as they are now, and with its owner's rights", async () => {
    const dataset = (...fields: string[]) => ({
      kind: "dataset-template",
      name: "Again",
      object: "samples",
      format: "csv",
      columns: fields.map((field) => ({ field })),
    });
    const query = { namespace: world.soil.id };
    const { _id: template } = (
      await ann.ask("POST", "dataset-templates", { query, payload: dataset("id", "patient") })
    ).json<{ _id: string }>();
    const first = (
      await ann.ask("POST", "exports", { payload: { datasetTemplate: template, container: "none", label: "Mine" } })
    ).json<Shown>()._id;
    expect((await post(`${first}/resubmit`)).json(), "the same is still waiting").toMatchObject({ _id: first });
    await runAll(world, [first]);
    await ann.ask("PUT", `dataset-templates/${template}`, { query: { revision: "1" }, payload: dataset("name") });
    const second = await post(`${first}/resubmit`);
    expect([second.statusCode, second.json()]).toMatchObject([
      201,
      { resubmitOf: first, label: "Mine", principal: null },
    ]);
    const third = await post(`${first}/resubmit`, admin);
    expect(third.json()).toMatchObject({ resubmitOf: first, owner: { id: admin.id }, principal: ann.id });
    const [again, theirs] = [second.json<Shown>()._id, third.json<Shown>()._id];
    await runAll(world, [again, theirs]);
    expect((await ann.download(first)).body).toMatch(/^id,patient\n1,/);
    expect((await ann.download(again)).body).toMatch(/^name\nAlder\n/);
    expect((await admin.download(theirs)).body, "what its owner may see").toBe((await ann.download(again)).body);
    await ann.ask("DELETE", `dataset-templates/${template}`);
    expect(problem(await post(`${first}/resubmit`))).toEqual([404, "not-found", "/datasetTemplate"]);
  });

  test("a quota is looked at when it is ordered, when it begins, and while it is made", async () => {
    await ready({});
    const { lab, exports } = world;
    const used = await bytesStored(lab);
    const full = await world.reconfigured((its) => ({ ...its, quota: used }));
    const payload = { objects: "samples", format: "csv", join: false };
    expect(problem(await ann.ask("POST", "exports", { payload, app: full.app }))).toEqual([409, "quota-exceeded"]);
    const [before, during] = [await order(), await order()];
    await runAll(world, [before, during].slice(0, 1), full.parts);
    const nearly = await world.reconfigured((its) => ({ ...its, quota: used + 100 }));
    const again = await order();
    await runAll(world, [again], nearly.parts);
    for (const id of [before, again]) {
      expect(await shown(ann, id)).toMatchObject({ state: "error", dataFile: null, fault: { code: "quota-exceeded" } });
      expect(await kept(id)).toEqual([]);
    }
    expect(await bytesStored(lab)).toBe(used);
    await cancelAll(admin);
    expect(exports.parts.orgs.config.orgs.get("lab")!.quota).toBeNull();
  });

  test("a source that is away, or lacks a table, is told in plain words", async () => {
    const id = await order();
    const url = world.orgs.config.orgs.get("lab")!.sources.get("main")!.url;
    const file = url.slice("sqlite:".length);
    const fresh = await world.reconfigured((its) => its);
    renameSync(file, `${file}.away`);
    const payload = { objects: "samples", format: "csv" };
    const away = await ann.ask("POST", "exports", { payload, app: fresh.app });
    expect(problem(away)).toEqual([503, "source-unreachable"]);
    await runAll(world, [id], fresh.parts);
    renameSync(`${file}.away`, file);
    expect(await shown(ann, id)).toMatchObject({ state: "error", fault: { code: "source-unreachable" } });
    const dropped = await order({ objects: "measures" });
    using db = new DatabaseSync(file);
    db.exec("alter table measures rename to elsewhere");
    await runAll(world, [dropped]);
    db.exec("alter table elsewhere rename to measures");
    const { state, fault } = await shown(ann, dropped);
    expect([state, fault!.code]).toEqual(["error", "query-refused"]);
    expect(fault!.detail).not.toMatch(/select/i);
    expect((await post(`${dropped}/resubmit`)).statusCode).toBe(201);
    await cancelAll(admin);
  });

  test("an export whose worker is lost is begun again in its place, three times at most", async () => {
    const { parts } = world.exports;
    const [lost, other] = [await order(), await order()];
    for (let attempt = 1; attempt <= 3; attempt++) {
      const { begun } = await takeAndVanish(lost);
      expect(begun.attempt).toBe(attempt);
    }
    await runAll(world, [lost, other]);
    const { state, fault } = await shown(ann, lost);
    expect([state, fault]).toMatchObject(["error", { code: "worker-lost" }]);
    expect(fault!.detail).toMatch(/three times|3 times/);
    expect(await stateOf(other)).toBe("ready");
    // Two workers that both think that it is theirs: only the later one can say what became of it.
    const twice = await order();
    const first = await takeAndVanish(twice);
    const second = await takeAndVanish(twice);
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
    expect(await stateOf(twice)).toBe("running");
    expect(await queued(twice), "it is still being worked on").toEqual([true]);
    expect(await kept(twice)).toEqual([third!.begun.archive, previewName(third!.begun.archive)]);
    await settle(parts, third!, ...now);
    await settle(parts, third!, ...now);
    const { attempt, timeline } = await shown(ann, twice);
    expect([attempt, await stateOf(twice)]).toEqual([3, "ready"]);
    expect(timeline!.filter(({ event }) => event === "ready")).toHaveLength(1);
    expect(await queued(twice)).toEqual([false]);
  });

  test("archives expire, and exports are forgotten when their history is over", async () => {
    const { parts } = world.exports;
    const [id] = (await ready({ notify: true })) as [string];
    const { expiresAt } = await shown(ann, id);
    expect(Math.round((Date.parse(expiresAt!) - Date.now()) / DAY)).toBe(7);
    const at = (milliseconds: number): Date => new Date(Date.parse(expiresAt!) + milliseconds);
    const events = async (): Promise<string[]> => (await shown(ann, id)).timeline!.map(({ event }) => event);
    await warnOfExpiry(parts, "lab", at(-3 * DAY));
    expect(await events()).not.toContain("expiring");
    await warnOfExpiry(parts, "lab", at(-DAY));
    await warnOfExpiry(parts, "lab", at(-DAY));
    expect((await events()).filter((it) => it === "expiring")).toHaveLength(1);
    await expireArchives(parts, "lab", at(-1000));
    expect(await stateOf(id)).toBe("ready");
    await expireArchives(parts, "lab", at(0));
    expect(await shown(ann, id)).toMatchObject({ state: "expired", dataFile: null });
    expect(await kept(id)).toEqual([]);
    for (const path of ["data", "preview"]) {
      expect(problem(await ann.ask("GET", `exports/${id}/${path}`))).toEqual([410, "expired"]);
    }
    const again = (await post(`${id}/resubmit`)).json<Shown>();
    expect(again).toMatchObject({ state: "pending", resubmitOf: id });
    await cancelAll(admin);
    await forgetHistory(parts, "lab", at(364 * DAY));
    expect(await stateOf(id)).toBe("expired");
    await forgetHistory(parts, "lab", at(367 * DAY));
    expect(problem(await ann.ask("GET", `exports/${id}`))).toEqual([404, "not-found"]);
  });

  test("archives that belong to nothing are swept, and what others keep there is not", async () => {
    const { parts } = world.exports;
    const [id] = (await ready({})) as [string];
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
    const ids = [await order(), await order(), await order()];
    const [cancelled] = [await order()];
    await post(`${cancelled!}/cancel`);
    await takeAndVanish(ids[0]!);
    await world.control.script("delete from pgboss.job");
    expect(await queued(...ids)).toEqual([false, false, false]);
    await requeue(parts, "lab");
    await requeue(parts, "lab");
    expect(await queued(...ids, cancelled!)).toEqual([true, true, true, false]);
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
    const other = await order();
    await runAll(world, [other], parts);
    await sleep(300);
    expect(await shown(ann, made._id)).toMatchObject({ state: "pending", position: 1, attempt: 0 });
    await releaseWaiting(world.lab, world.exports.desk, [made._id]);
    await runAll(world, [made._id], parts);
    expect(await stateOf(made._id)).toBe("ready");
  });

  test("each knows its place in the queue", async () => {
    const ids = [await order(), await order(), await order()];
    const places = () => Promise.all(ids.map(async (id) => (await shown(ann, id)).position));
    expect(await places()).toEqual([1, 2, 3]);
    await post(`${ids[1]!}/cancel`);
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
    const [id] = (await ready({})) as [string];
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
