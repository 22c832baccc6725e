// Who gets an archive: only whoever may, at the time it is ordered, when it is made, and when it is taken.
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import type { NamespaceRole } from "../../src/control/tables.ts";
import type { OrgConfig } from "../../src/config/config.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { addMember, putMember, putRole, removeMember } from "../../src/control/queries/members.ts";
import { archiveNamespace } from "../../src/control/queries/namespaces.ts";
import { putDisabled } from "../../src/control/people.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";
import { cancelAll, problem, runAll, shown, type Shown, type Someone, someone, withToken } from "./people.ts";

/** A configuration in which samples have a policy. */
function withPolicy(policy: Readonly<Record<string, unknown>>): (its: OrgConfig) => OrgConfig {
  return (its) => {
    const samples = its.objects.get("samples")!;
    return { ...its, objects: new Map([...its.objects, ["samples", { ...samples, policy }]]) };
  };
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let admin: Someone;
  beforeAll(async () => {
    world = await aWorld(kind);
    admin = await someone(world, "admin");
  });

  /** Whether a request joins the one that `first` made. */
  const joins = async (by: Someone, first: string, body: object, headers: Record<string, string> = {}) =>
    (await by.order(body, headers)) === first;

  test("only the same person with the same rights joins an export that asks for the same", async () => {
    const ann = await someone(world, "analyst");
    const body = { objects: "samples", where: { type: "soil" } };
    const first = await ann.order(body);
    expect(await joins(ann, first, body)).toBe(true);
    expect(await joins(ann, first, { ...body, label: "Another name", description: "x", notify: true })).toBe(true);
    for (const other of [
      { join: false },
      { where: { type: "peat" } },
      { where: { type: "soil", name: { $ne: null } } },
      { limit: 2 },
      { format: "tsv" },
      { container: "zip" },
      { purpose: "A study" },
      { language: "fr" },
      { timeZone: "Europe/Paris" },
      { namespace: world.north.id },
    ]) {
      expect(await joins(ann, first, { ...body, ...other }), JSON.stringify(other)).toBe(false);
    }
    expect(await joins(ann, first, body, { "accept-language": "fr" }), "in another language").toBe(false);
    expect(await joins(await someone(world, "analyst"), first, body), "somebody else with the same rights").toBe(false);
    expect(await joins(admin, first, { ...body, principal: ann.id }), "an administrator in their place").toBe(false);
    // The same person in an org with the same names and records.
    await addMember(world.twin, ann.id);
    const soil = await world.twin.db.selectFrom("namespace").select("id").where("code", "=", "soil").executeTakeFirst();
    await putRole(world.twin, soil!.id, ann.id, "analyst");
    const there = await (await withToken(world, "twin", ann, ["read", "export"])).order(body);
    expect(there).not.toBe(first);
    const keys = async (org: string) =>
      new Set((await inOrg(world.control.db, org).db.selectFrom("export").select("joinKey").execute()).map(hex));
    const [here, elsewhere] = [await keys("lab"), await keys("twin")];
    expect([...elsewhere].filter((key) => here.has(key))).toEqual([]);
    // With other rights, and with the first ones again.
    await putRole(world.lab, world.soil.id, ann.id, "owner");
    expect(await joins(ann, first, body), "with a higher role").toBe(false);
    await putRole(world.lab, world.soil.id, ann.id, "analyst");
    expect(await joins(ann, first, body)).toBe(true);
    await putRole(world.lab, world.water.id, ann.id, "analyst");
    expect(await joins(ann, first, body), "with a role in another namespace").toBe(false);
    await cancelAll(admin);
  });

  test("what was lost between order and run is not in the archive, or there is none", async () => {
    const { lab, soil, north } = world;
    const people = await Promise.all(
      (["analyst", "analyst", "analyst", "analyst", "owner", "admin", "analyst", "analyst"] as const).map((role) =>
        someone(world, role),
      ),
    );
    const [roleless, disabled, removed, left, demoted, former, author, whole] = people as Required<typeof people> & {
      length: 8;
    };
    const columns = [{ field: "id" }];
    const template = { kind: "dataset-template", name: "Gone", object: "samples", format: "csv", columns };
    const made = await author!.ask("POST", "dataset-templates", { query: { namespace: soil.id }, payload: template });
    const { _id: its } = made.json<{ _id: string }>();
    const orders = {
      roleless: await roleless!.order(),
      disabled: await disabled!.order(),
      removed: await removed!.order(),
      inNorth: await whole!.order({ namespace: north.id }),
      left: await former!.order({ principal: left!.id }),
      demoted: await demoted!.order(),
      former: await former!.order({ principal: author!.id }),
      all: await former!.order(),
      byTemplate: await author!
        .ask("POST", "exports", { payload: { datasetTemplate: its } })
        .then((answer) => answer.json<Shown>()._id),
      whole: await whole!.order(),
    };
    await putRole(lab, soil.id, roleless!.id, null);
    await putDisabled(world.control.db, disabled!.id, true);
    await removeMember(lab, removed!.id);
    await putRole(lab, soil.id, demoted!.id, "analyst");
    expect((await author!.ask("DELETE", `dataset-templates/${its}`)).statusCode).toBe(204);
    await archiveNamespace(lab, north.id, true);
    await removeMember(lab, left!.id);
    await runAll(world, [orders.left]);
    await putMember(lab, former!.id, null);
    await runAll(world, Object.values(orders));
    await archiveNamespace(lab, north.id, false);
    const became = await Promise.all(
      Object.entries(orders).map(async ([name, id]) => {
        const { state, fault } = await shown(admin, id);
        return [name, fault?.code ?? state] as const;
      }),
    );
    expect(Object.fromEntries(became)).toEqual({
      roleless: "forbidden",
      disabled: "owner-gone",
      removed: "owner-gone",
      inNorth: "forbidden",
      left: "unknown-principal",
      demoted: "ready",
      former: "forbidden",
      all: "forbidden",
      byTemplate: "not-found",
      whole: "ready",
    });
    const text = (await admin.download(orders.demoted)).body;
    expect(text, "patients as analysts see them").not.toMatch(/P-\d/);
    expect(text).toContain("Alder");
    expect((await whole!.download(orders.whole)).body, "without what is archived").not.toContain("Cedar");
  });

  test("what was lost between run and download cannot be taken any more", async () => {
    const { lab, soil, north, water } = world;
    const [ann, former] = [await someone(world, "owner"), await someone(world, "admin")];
    const orders = [await ann.order(), await ann.order({ objects: "projects" }), await former.order()] as const;
    const [samples, projects, all] = orders;
    await runAll(world, orders);
    const statuses = async (): Promise<number[]> => {
      const its = [];
      for (const id of [samples, projects]) {
        const { statusCode } = await ann.download(id);
        expect((await ann.ask("GET", `exports/${id}/preview`)).statusCode).toBe(statusCode);
        its.push(statusCode);
      }
      return its;
    };
    const role = (its: NamespaceRole | null) => putRole(lab, soil.id, ann.id, its);
    expect(await statuses()).toEqual([200, 200]);
    expect((await ann.download(samples)).body, "an owner sees patients").toContain("P-1");
    await role("maintainer");
    expect(await statuses(), "who would not see patients; projects have none").toEqual([403, 200]);
    await role("analyst");
    expect(await statuses()).toEqual([403, 200]);
    await role("guest");
    expect(await statuses()).toEqual([403, 403]);
    await role(null);
    expect(await statuses()).toEqual([403, 403]);
    await putRole(lab, water.id, ann.id, "owner");
    expect(await statuses(), "a role elsewhere").toEqual([403, 403]);
    await role("owner");
    expect(await statuses(), "with the role again").toEqual([200, 200]);
    await archiveNamespace(lab, north.id, true);
    expect(await statuses(), "closed for new exports: what was taken out before is there").toEqual([200, 200]);
    await archiveNamespace(lab, north.id, false);
    await putDisabled(world.control.db, ann.id, true);
    expect(await statuses()).toEqual([401, 401]);
    await putDisabled(world.control.db, ann.id, false);
    await removeMember(lab, ann.id);
    // Their tokens in the org went with them.
    expect(await statuses()).toEqual([401, 401]);
    expect((await former.download(all)).body).toContain("Elm");
    await putMember(lab, former.id, null);
    await putRole(lab, soil.id, former.id, "owner");
    expect(problem(await former.download(all)), "no administrator any more").toEqual([403, "forbidden"]);
    for (const id of orders) expect((await admin.download(id)).statusCode).toBe(200);
  });

  test("a policy that the configuration got meanwhile holds for runs and for downloads", async () => {
    const ann = await someone(world, "analyst");
    const [first, projects] = [await ann.order(), await ann.order({ objects: "projects" })];
    await runAll(world, [first, projects]);
    const { app, parts } = await world.reconfigured(withPolicy({ type: "soil" }));
    expect(problem(await ann.download(first, app))).toEqual([403, "forbidden"]);
    expect((await ann.download(projects, app)).statusCode, "nothing of samples").toBe(200);
    expect((await admin.download(first, app)).statusCode).toBe(200);
    // Ordered before, and run after.
    const second = await ann.order({ join: false });
    await runAll(world, [second], parts);
    expect((await ann.download(second, app)).body).toMatch(/Alder/);
    expect((await ann.download(second, app)).body).not.toMatch(/Cedar/);
    // Less was let through then than now.
    expect((await ann.download(second)).statusCode).toBe(200);
    const named = await world.reconfigured(withPolicy({ name: { $ne: "$principal.email" } }));
    const third = await ann.order({ join: false });
    await runAll(world, [third], named.parts);
    expect((await ann.download(third, named.app)).statusCode).toBe(200);
    await sql`update person set email = ${`new-${ann.email}`} where id = ${ann.id}`.execute(world.control.db);
    expect((await ann.download(third, named.app)).statusCode, "whom the policy takes for somebody else").toBe(403);
  });

  test("an org can keep downloads for administrators, and want to know what for", async () => {
    const [ann, ben] = [await someone(world, "analyst"), await someone(world, "analyst")];
    const id = await ann.order();
    await ann.ask("PUT", `exports/${id}/shares/${ben.email}`);
    await runAll(world, [id]);
    const { app } = await world.reconfigured((its) => ({ ...its, downloads: "administrators", purpose: "required" }));
    for (const by of [ann, ben]) {
      expect(problem(await by.download(id, app))).toEqual([403, "forbidden"]);
      expect(problem(await by.ask("GET", `exports/${id}/preview`, { app }))).toEqual([403, "forbidden"]);
    }
    expect((await admin.download(id, app)).statusCode).toBe(200);
    const payload = { objects: "samples", format: "csv" };
    for (const by of [ann, admin]) {
      for (const purpose of [{}, { purpose: " \n" }]) {
        const answer = await by.ask("POST", "exports", { payload: { ...payload, ...purpose }, app });
        expect(problem(answer)).toEqual([422, "purpose-missing", "/purpose"]);
      }
    }
    const told = await ann.ask("POST", "exports", { payload: { ...payload, purpose: "A study" }, app });
    expect(told.json()).toMatchObject({ purpose: "A study" });
  });
});

function hex({ joinKey }: { readonly joinKey: Uint8Array }): string {
  return Buffer.from(joinKey).toString("hex");
}
