// The life of exports: stopped, deleted, repeated, out of room, and without their sources.
import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/control/queries/audit.ts";
import { bytesStored } from "../../src/control/queries/exports.ts";
import { expireArchives } from "../../src/exports/sweep.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { type Hands, handsOf } from "./hands.ts";
import { cancelAll, problem, runAll, shown, type Shown, type Someone, someone } from "./people.ts";

const SLOW = `      slow:
        query: >-
          with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000000) select i as id, i % 7 as v from n
`;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let admin: Someone;
  let ann: Someone;
  let hands: Hands;
  beforeAll(async () => {
    world = await aWorld(kind, { more: SLOW });
    admin = await someone(world, "admin");
    ann = await someone(world, "analyst");
    hands = handsOf(world, ann);
  });

  test("what waits or runs is cancelled at once, and what is over is not", async () => {
    const [pending, running] = [await hands.order(), await hands.order({ objects: "slow" })];
    const answer = await hands.post(`${pending}/cancel`);
    expect(answer.json()).toMatchObject({ state: "cancelled", position: null });
    expect(await hands.queued(pending)).toEqual([false]);
    await hands.whileRunning(running, async () => {
      expect((await hands.post(`${running}/cancel`)).json()).toMatchObject({ state: "cancelled", dataFile: null });
    });
    // Its turn is over with it: the next one of the org begins.
    const [next] = await hands.ready({});
    for (const [id, state] of [
      [pending, "cancelled"],
      [running, "cancelled"],
      [next!, "ready"],
    ] as const) {
      expect(problem(await hands.post(`${id}/cancel`))).toEqual([409, "export-over"]);
      expect(await hands.stateOf(id)).toBe(state);
      if (state === "ready") continue;
      const refused = await ann.download(id);
      expect(problem(refused)).toEqual([409, "not-ready"]);
      expect(refused.json()).toMatchObject({ hint: "Order the export again." });
    }
    expect(await hands.kept(running)).toEqual([]);
    expect((await shown(ann, running)).timeline?.map(({ event }) => event)).toEqual(["created", "cancelled"]);
  });

  test("in every state it is deleted with what it left, and the audit log says so", async () => {
    const [over, expired] = (await hands.ready({}, {})) as [string, string];
    const failed = await hands.order({ batch: await aBatch(), objects: undefined });
    await deleteBatches();
    await runAll(world, [failed]);
    expect(await shown(ann, failed)).toMatchObject({ state: "error", fault: { code: "not-found" } });
    await world.lab.db
      .updateTable("export")
      .set({ expiresAt: new Date(0) })
      .where("id", "=", expired)
      .execute();
    await expireArchives(world.exports.parts, "lab", new Date());
    const [pending, cancelled, running] = [
      await hands.order(),
      await hands.order(),
      await hands.order({ objects: "slow" }),
    ];
    await hands.post(`${cancelled}/cancel`);
    expect(await hands.kept(over)).toHaveLength(2);
    const remove = async (id: string, state: string): Promise<void> => {
      expect((await ann.ask("DELETE", `exports/${id}`)).statusCode).toBe(204);
      expect(problem(await ann.ask("DELETE", `exports/${id}`))).toEqual([404, "not-found"]);
      expect(problem(await ann.ask("GET", `exports/${id}`))).toEqual([404, "not-found"]);
      expect(await hands.queued(id)).toEqual([false]);
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
      expect(await hands.kept(id)).toEqual([]);
    }
    await hands.whileRunning(running, async () => {
      const { statusCode } = await ann.ask("DELETE", `exports/${running}`);
      expect(statusCode).toBe(204);
    });
    expect(await hands.kept(running)).toEqual([]);
    // The org's turn is free.
    await hands.ready({});
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
    const [one, two, theirs] = [await hands.order(), await hands.order(), await hands.order({}, ben)];
    const remove = (query: Record<string, string>, by = ann) => by.ask("DELETE", "exports", { query });
    for (const other of [theirs, randomUUID()]) {
      expect(problem(await remove({ ids: `${one},${other}` }))).toEqual([404, "not-found"]);
    }
    expect(await hands.queued(one, two, theirs)).toEqual([true, true, true]);
    expect(problem(await remove({ ids: one, state: "ready" }))).toEqual([422, "not-together", "/state"]);
    expect((await remove({ ids: `${one},${two},${one}` })).json()).toEqual({ deleted: 2 });
    expect(await hands.stateOf(one)).toBeUndefined();
    const mine = await hands.order();
    await hands.post(`${mine}/cancel`);
    await hands.post(`${theirs}/cancel`, ben);
    expect((await remove({ state: "cancelled" }, ben)).json()).toEqual({ deleted: 1 });
    expect(await hands.stateOf(mine)).toBe("cancelled");
    expect((await remove({ state: "cancelled" }, admin)).json<{ deleted: number }>().deleted).toBeGreaterThan(0);
    expect(await hands.stateOf(mine)).toBeUndefined();
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
    expect((await hands.post(`${first}/resubmit`)).json(), "the same is still waiting").toMatchObject({ _id: first });
    await runAll(world, [first]);
    await ann.ask("PUT", `dataset-templates/${template}`, { query: { revision: "1" }, payload: dataset("name") });
    const second = await hands.post(`${first}/resubmit`);
    expect([second.statusCode, second.json()]).toMatchObject([
      201,
      { resubmitOf: first, label: "Mine", principal: null },
    ]);
    const third = await hands.post(`${first}/resubmit`, admin);
    expect(third.json()).toMatchObject({ resubmitOf: first, owner: { id: admin.id }, principal: ann.id });
    const [again, theirs] = [second.json<Shown>()._id, third.json<Shown>()._id];
    await runAll(world, [again, theirs]);
    expect((await ann.download(first)).body).toMatch(/^id,patient \(deidentified\)\n1,/);
    expect((await ann.download(again)).body).toMatch(/^name\nAlder\n/);
    expect((await admin.download(theirs)).body, "what its owner may see").toBe((await ann.download(again)).body);
    await ann.ask("DELETE", `dataset-templates/${template}`);
    expect(problem(await hands.post(`${first}/resubmit`))).toEqual([404, "not-found", "/datasetTemplate"]);
  });

  test("a quota is looked at when it is ordered, when it begins, and while it is made", async () => {
    await hands.ready({});
    const { lab, exports } = world;
    const used = await bytesStored(lab);
    const full = await world.reconfigured((its) => ({ ...its, quota: used }));
    const payload = { objects: "samples", format: "csv", join: false };
    expect(problem(await ann.ask("POST", "exports", { payload, app: full.app }))).toEqual([409, "quota-exceeded"]);
    const [before, during] = [await hands.order(), await hands.order()];
    await runAll(world, [before, during].slice(0, 1), full.parts);
    const nearly = await world.reconfigured((its) => ({ ...its, quota: used + 100 }));
    const again = await hands.order();
    await runAll(world, [again], nearly.parts);
    for (const id of [before, again]) {
      expect(await shown(ann, id)).toMatchObject({ state: "error", dataFile: null, fault: { code: "quota-exceeded" } });
      expect(await hands.kept(id)).toEqual([]);
    }
    expect(await bytesStored(lab)).toBe(used);
    await cancelAll(admin);
    expect(exports.parts.orgs.config.orgs.get("lab")!.quota).toBeNull();
  });

  test("a source that is away, or lacks a table, is told in plain words", async () => {
    const id = await hands.order();
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
    const dropped = await hands.order({ objects: "measures" });
    using db = new DatabaseSync(file);
    db.exec("alter table measures rename to elsewhere");
    await runAll(world, [dropped]);
    db.exec("alter table elsewhere rename to measures");
    const { state, fault } = await shown(ann, dropped);
    expect([state, fault!.code]).toEqual(["error", "source-refused"]);
    expect(fault!.detail).not.toMatch(/select/i);
    expect((await hands.post(`${dropped}/resubmit`)).statusCode).toBe(201);
    await cancelAll(admin);
  });
});
