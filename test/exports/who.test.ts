// Who sees and uses exports: those they are shared with, approvers, tokens, administrators, guests, and nobody else.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { putDisabled } from "../../src/control/people.ts";
import { addMember, putRole, removeMember } from "../../src/control/queries/members.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { problem, runAll, shown, type Shown, type Someone, someone, withToken } from "./people.ts";

const MORE = `      runs:
        query: >-
          select 1 as id, '1' as project_id, 'done' as state, 'guest@example.org' as started_by
          union all select 2, '1', 'done', 'analyst@example.org' union all select 3, '3', 'done', 'guest@example.org'
        key: id
        namespace: project_id
        state: state
        owner: started_by
        complete: done
    approval: { objects: [measures] }
`;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let admin: Someone;
  beforeAll(async () => {
    world = await aWorld(kind, { more: MORE });
    admin = await someone(world, "admin");
  });

  test("a colleague with whom it is shared takes it as long as its owner may, and changes nothing", async () => {
    const { lab, soil } = world;
    const [ann, ben] = [await someone(world, "analyst"), await someone(world, "guest")];
    const id = await ann.order({ where: { type: "soil" } });
    const share = (whom: string, by = ann) => by.ask("PUT", `exports/${id}/shares/${encodeURIComponent(whom)}`);
    expect(problem(await ben.ask("GET", `exports/${id}`))).toEqual([404, "not-found"]);
    const off = await someone(world, "analyst");
    await putDisabled(world.control.db, off.id, true);
    for (const nobody of [off.email, off.id, "stranger@example.org", randomUUID(), ann.email, "x", "\u0000", " "]) {
      expect(problem(await share(nobody)), nobody).toEqual([422, "unknown-person", "/person"]);
    }
    expect((await share(ben.email.toUpperCase())).statusCode).toBe(204);
    expect((await share(ben.id)).statusCode, "once more").toBe(204);
    await runAll(world, [id]);
    expect((await ben.download(id)).body).toBe((await ann.download(id)).body);
    expect((await ben.ask("GET", `exports/${id}/preview`)).statusCode).toBe(200);
    expect((await ben.ask("GET", "exports")).json<{ data: Shown[] }>().data.map(({ _id }) => _id)).toEqual([id]);
    expect(await shown(ann, id)).toMatchObject({
      request: { where: { type: "soil" } },
      sharedWith: [{ person: ben.id }],
    });
    const seen = await shown(ben, id);
    expect(seen).toMatchObject({ request: {}, sharedWith: [], script: null });
    expect(JSON.stringify(seen)).not.toMatch(/"where"|limits|namespaces/);
    for (const [method, path] of [
      ["DELETE", ""],
      ["POST", "/cancel"],
      ["POST", "/resubmit"],
      ["PUT", `/shares/${ben.id}`],
      ["DELETE", `/shares/${ben.id}`],
    ] as const) {
      expect(problem(await ben.ask(method, `exports/${id}${path}`)), path).toEqual([403, "forbidden"]);
    }
    expect(problem(await ben.ask("DELETE", "exports", { query: { ids: id } }))).toEqual([403, "forbidden"]);
    expect((await ben.ask("DELETE", "exports", { query: { state: "ready" } })).json()).toEqual({ deleted: 0 });
    // The owner loses the right, and gets it back.
    await putRole(lab, soil.id, ann.id, "guest");
    expect(problem(await ben.download(id))).toEqual([403, "forbidden"]);
    await putRole(lab, soil.id, ann.id, "analyst");
    expect((await ben.download(id)).statusCode).toBe(200);
    await putDisabled(world.control.db, ann.id, true);
    expect((await ben.download(id)).statusCode).toBe(403);
    await putDisabled(world.control.db, ann.id, false);
    // Whoever leaves loses what was shared with them.
    await removeMember(lab, ben.id);
    await addMember(lab, ben.id);
    await putRole(lab, soil.id, ben.id, "guest");
    const again = await withToken(world, "lab", ben, ["read", "export"]);
    expect(problem(await again.download(id))).toEqual([404, "not-found"]);
    await share(ben.id);
    expect((await again.download(id)).statusCode).toBe(200);
    expect((await ann.ask("DELETE", `exports/${id}/shares/${ben.id}`)).statusCode).toBe(204);
    expect((await ann.ask("DELETE", `exports/${id}/shares/${ben.id}`)).statusCode, "once more").toBe(204);
    expect(problem(await again.download(id))).toEqual([404, "not-found"]);
  });

  test("what waits for a second person goes on once, when another administrator says so", async () => {
    const [ann, other] = [await someone(world, "analyst"), await someone(world, "admin")];
    const order = (by: Someone) => by.order({ objects: "measures", join: false });
    const decide = (by: Someone, id: string, approve: boolean, note?: string) =>
      by.ask("POST", `exports/${id}/approval`, { payload: { approve, ...(note === undefined ? {} : { note }) } });
    const jobs = async (id: string): Promise<number> =>
      Number(
        (await world.control.script(`select count(*)::int as n from pgboss.job where id = '${id}'`)).map(
          (it) => (it as { n: number }).n,
        )[0],
      );
    const id = await order(ann);
    expect(await shown(ann, id)).toMatchObject({ state: "pending", approval: { reason: "objects", state: "wanted" } });
    expect(await jobs(id)).toBe(0);
    expect(problem(await decide(ann, id, true))).toEqual([403, "forbidden"]);
    const scoped = await withToken(world, "lab", admin, ["read", "export"]);
    expect(problem(await decide(scoped, id, true))).toEqual([403, "forbidden"]);
    const both = await Promise.all([decide(admin, id, true, "Fine"), decide(other, id, true)]);
    expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
    expect(await jobs(id)).toBe(1);
    expect(problem(await decide(other, id, false))).toEqual([409, "not-waiting"]);
    const own = await order(other);
    expect(problem(await decide(other, own, true))).toEqual([403, "forbidden"]);
    expect(await jobs(own)).toBe(0);
    expect((await decide(admin, own, false, "Ask the committee.")).json()).toMatchObject({
      state: "error",
      fault: { code: "not-approved", detail: "The export was not approved: Ask the committee." },
      approval: { state: "refused", person: admin.id, note: "Ask the committee." },
    });
    expect(problem(await decide(admin, own, true))).toEqual([409, "not-waiting"]);
    const cancelled = await order(ann);
    await ann.ask("POST", `exports/${cancelled}/cancel`);
    expect(problem(await decide(admin, cancelled, true))).toEqual([409, "not-waiting"]);
    const plain = await ann.order();
    expect(problem(await decide(admin, plain, true))).toEqual([409, "not-waiting"]);
    expect(problem(await decide(admin, randomUUID(), true))).toEqual([404, "not-found"]);
    // Even whoever puts it into the queue does not get round it.
    const sneaked = await order(ann);
    await world.exports.desk.queue.addExport(world.lab, sneaked, null);
    await runAll(world, [id, plain]);
    expect(await shown(ann, id)).toMatchObject({ state: "ready", attempt: 1 });
    expect(await shown(ann, sneaked)).toMatchObject({ state: "pending", attempt: 0 });
  });

  test("a token does what its scopes say, until it is over", async () => {
    const ann = await someone(world, "analyst");
    const id = await ann.order();
    await runAll(world, [id]);
    const statuses = async (by: Someone): Promise<number[]> => {
      const payload = { objects: "samples", format: "csv", join: false };
      const asked = [
        await by.ask("GET", "exports"),
        await by.ask("GET", `exports/${id}`),
        await by.ask("POST", "exports", { payload }),
        await by.download(id),
        await by.ask("GET", `exports/${id}/preview`),
        await by.ask("POST", `exports/${id}/cancel`),
      ];
      return asked.map(({ statusCode }) => statusCode);
    };
    expect(await statuses(await withToken(world, "lab", ann, ["read"]))).toEqual([200, 200, 403, 403, 403, 403]);
    expect(await statuses(await withToken(world, "lab", ann, ["export"]))).toEqual([403, 403, 201, 200, 200, 409]);
    expect(await statuses(await withToken(world, "lab", ann, ["templates", "admin"]))).toEqual(Array(6).fill(403));
    const over = await withToken(world, "lab", ann, ["read", "export"]);
    await sql`update api_token set expires_at = now() - interval '1 second' where person = ${ann.id}`.execute(
      world.control.db,
    );
    expect(await statuses(over)).toEqual(Array(6).fill(401));
    const revoked = await withToken(world, "lab", ann, ["read", "export"]);
    expect((await statuses(revoked))[3]).toBe(200);
    await sql`update api_token set revoked_at = now() where person = ${ann.id}`.execute(world.control.db);
    expect(await statuses(revoked)).toEqual(Array(6).fill(401));
  });

  test("only administrators export as others, and with scripts", async () => {
    const [ann, ben] = [await someone(world, "owner"), await someone(world, "analyst")];
    const order = (by: Someone, more: object) =>
      by.ask("POST", "exports", { payload: { objects: "samples", format: "csv", container: "none", ...more } });
    for (const more of [{ principal: ben.id }, { principal: ben.email }, { principal: ann.id }, { afterScript: "1" }]) {
      expect(problem(await order(ann, more)), JSON.stringify(more)).toEqual([403, "forbidden"]);
    }
    const scoped = await withToken(world, "lab", admin, ["read", "export"]);
    expect(problem(await order(scoped, { principal: ben.id }))).toEqual([403, "forbidden"]);
    for (const principal of [randomUUID(), "nobody@example.org", "stranger@example.org", ""]) {
      expect(problem(await order(admin, { principal })), principal).toEqual([422, "unknown-principal", "/principal"]);
    }
    const [as, own] = [await admin.order({ principal: ben.email.toUpperCase() }), await admin.order()];
    await runAll(world, [as, own]);
    expect(await shown(admin, as)).toMatchObject({ principal: ben.id, owner: { id: admin.id } });
    const [theirs, all] = [(await admin.download(as)).body, (await admin.download(own)).body];
    expect(theirs).not.toMatch(/Elm|P-\d/);
    expect(all).toMatch(/P-4/);
    // It is not theirs because it has their rights.
    expect(problem(await ben.download(as))).toEqual([404, "not-found"]);
  });

  test("guests export the analysis runs that they started, and nothing else", async () => {
    const order = (objects: string, more: object = {}) =>
      world.ask("guest", {
        method: "POST",
        url: "/lab/v2/exports",
        payload: { objects, format: "csv", container: "none", ...more },
      });
    expect(problem(await order("samples"))).toEqual([403, "forbidden"]);
    expect(problem(await order("runs", { keys: ["2"] }))).toEqual([422, "keys-not-found", "/keys/0"]);
    expect(problem(await order("runs", { namespace: world.water.id }))).toEqual([404, "not-found", "/namespace"]);
    const made = await order("runs");
    expect(made.statusCode).toBe(201);
    const { _id: id } = made.json<Shown>();
    await runAll(world, [id]);
    const data = await world.ask("guest", { url: `/lab/v2/exports/${id}/data` });
    expect(data.body).toBe("id,project_id,state,started_by\n1,1,done,guest@example.org\n");
    expect((await world.ask("maintainer", { url: `/lab/v2/exports/${id}` })).statusCode).toBe(404);
    expect((await world.ask("guest", { method: "POST", url: `/lab/v2/exports/${id}/resubmit` })).statusCode).toBe(201);
  });

  test("exports that are not there and those of others are told apart by nothing", async () => {
    const [ann, ben] = [await someone(world, "analyst"), await someone(world, "owner")];
    const id = await ann.order();
    const twin = await someone(world, "admin", { org: "twin" });
    const elsewhere = await twin.order();
    for (const [method, path] of [
      ["GET", ""],
      ["GET", "/data"],
      ["GET", "/preview"],
      ["GET", "/events"],
      ["DELETE", ""],
      ["POST", "/cancel"],
      ["POST", "/resubmit"],
      ["PUT", `/shares/${ben.id}`],
      ["DELETE", `/shares/${ben.id}`],
    ] as const) {
      const answers = [];
      for (const its of [id, elsewhere, randomUUID()]) {
        const answer = await ben.ask(method, `exports/${its}${path}`);
        const { requestId: _, ...told } = answer.json<{ requestId: string }>();
        answers.push(told);
      }
      expect(answers[0], path).toMatchObject({ status: 404, code: "not-found" });
      expect(answers[1], path).toEqual(answers[0]);
      expect(answers[2], path).toEqual(answers[0]);
    }
    for (const ids of [id, elsewhere, randomUUID()]) {
      expect(problem(await ben.ask("DELETE", "exports", { query: { ids } }))).toEqual([404, "not-found"]);
    }
    expect((await shown(ann, id)).state).toBe("pending");
    for (const by of [ann, admin]) {
      expect(problem(await by.ask("DELETE", "exports"))).toEqual([422, "nothing-selected", "/ids"]);
    }
  });
});
