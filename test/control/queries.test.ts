// What the control database promises, on PGlite and on PostgreSQL alike.
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { ControlError, isDuplicate, isMissingReference } from "../../src/control/errors.ts";
import { atOnce, inOrg, type InOrg, ORG_TABLES } from "../../src/control/in-org.ts";
import { countAttempt, forgetAttempts } from "../../src/control/attempts.ts";
import type { Control } from "../../src/control/open.ts";
import * as people from "../../src/control/people.ts";
import * as views from "../../src/control/queries/saved-views.ts";
import { addAudit, listAudit } from "../../src/control/queries/audit.ts";
import * as batches from "../../src/control/queries/batches.ts";
import * as idempotency from "../../src/control/queries/idempotency.ts";
import * as members from "../../src/control/queries/members.ts";
import * as namespaces from "../../src/control/queries/namespaces.ts";
import { changeOrgSettings, orgSettings } from "../../src/control/queries/org-settings.ts";
import * as templates from "../../src/control/queries/templates.ts";
import { emptyControl, KINDS } from "../setup/control.ts";

describe.each(KINDS)("%s", (kind) => {
  let control: Control;
  let lab: InOrg;
  let other: InOrg;
  beforeAll(async () => {
    control = await emptyControl(kind);
    lab = inOrg(control.db, "lab");
    other = inOrg(control.db, "other");
  });
  afterEach(async () => {
    await sql`truncate person, namespace, template, batch, idempotency, org_settings cascade`.execute(control.db);
  });

  async function aPerson(name = "Ada"): Promise<string> {
    const values = { name, email: `${name.toLowerCase()}@example.org`, emailVerified: true };
    const row = await control.db.insertInto("person").values(values).returning("id").executeTakeFirstOrThrow();
    return row.id;
  }

  test("the tables of orgs are those with a column org, which begins their key", async () => {
    const { rows } = await sql<{ tableName: string; first: string }>`
      select c.relname as table_name, k.attname as first from pg_attribute a
      join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
      join pg_index i on i.indrelid = c.oid and i.indisprimary
      join pg_attribute k on k.attrelid = c.oid and k.attnum = i.indkey[0]
      where a.attname = 'org'`.execute(control.db);
    expect(new Set(rows.map(({ tableName }) => tableName))).toEqual(ORG_TABLES);
    expect(new Set(rows.map(({ first }) => first))).toEqual(new Set(["org"]));
  });

  test("statements at the same time do not fall into somebody else's transaction", async () => {
    const failed = atOnce(lab, async (at) => {
      await changeOrgSettings(at, { theirs: true });
      await new Promise((resolve) => setTimeout(resolve, 50));
      throw new Error("taken back");
    });
    const meanwhile = changeOrgSettings(other, { ours: true });
    const several = Array.from({ length: 20 }, (_, n) =>
      atOnce(lab, (at) => members.listMembers(at, { limit: n + 1 })),
    );
    await expect(failed).rejects.toThrow("taken back");
    await Promise.all([meanwhile, ...several]);
    expect(await orgSettings(lab)).toEqual({});
    expect(await orgSettings(other)).toEqual({ ours: true });
  });

  test("settings are set one by one, and taken away with null", async () => {
    await changeOrgSettings(lab, { quota: 5, deep: { some_key: [1, null] } });
    await changeOrgSettings(lab, { quota: null, retention: "P1D" });
    expect(await orgSettings(lab)).toEqual({ deep: { some_key: [1, null] }, retention: "P1D" });
  });

  test("members come and go with their roles", async () => {
    const [ada, bob] = [await aPerson(), await aPerson("Bob")];
    await members.putMember(lab, ada, "admin");
    await members.addMember(lab, ada);
    await members.addMember(lab, bob);
    const soil = await namespaces.addNamespace(lab, { parent: null, code: "soil", name: "Soil" });
    await members.putRole(lab, soil.id, bob, "guest");
    await members.putRole(lab, soil.id, bob, "owner");
    expect(await members.rolesIn(lab, soil.id)).toMatchObject([
      { person: bob, role: "owner", name: expect.any(String) },
    ]);
    expect(await members.countAdministrators(lab)).toBe(1);
    const [first] = await members.listMembers(lab, { limit: 1 });
    const [second] = await members.listMembers(lab, { limit: 5, after: first!.place });
    expect(new Set([first!.email, second!.email])).toEqual(new Set(["ada@example.org", "bob@example.org"]));
    expect(await members.removeMember(lab, bob)).toBe(true);
    expect(await members.removeMember(lab, bob)).toBe(false);
    expect(await members.rolesOfEach(lab, [bob])).toEqual([]);
    expect(await members.findMember(other, ada)).toBeUndefined();
  });

  test("a role goes to members only, and a namespace of another org is not there", async () => {
    const ada = await aPerson();
    const soil = await namespaces.addNamespace(lab, { parent: null, code: "soil", name: "Soil" });
    const error = await members.putRole(lab, soil.id, ada, "guest").catch((it: unknown) => it);
    expect(isMissingReference(error)).toBe(true);
    await members.addMember(other, ada);
    await expect(members.putRole(other, soil.id, ada, "guest")).rejects.toThrow(ControlError);
  });

  test("namespaces make a tree without rings; codes are unique beside each other", async () => {
    const add = (code: string, parent: string | null) =>
      namespaces.addNamespace(lab, { parent, code, name: code, key: randomBytes(4).toString("hex") });
    const a = await add("a", null);
    const b = await add("b", a.id);
    const c = await add("c", b.id);
    expect(isDuplicate(await add("a", null).catch((it: unknown) => it), "namespace_code")).toBe(true);
    expect((await namespaces.subtree(lab, a.id)).toSorted()).toEqual([a.id, b.id, c.id].toSorted());
    expect(await namespaces.moveNamespace(lab, a.id, c.id)).toBe(false);
    expect(await namespaces.moveNamespace(lab, c.id, null)).toBe(true);
    await namespaces.archiveNamespace(lab, a.id, true);
    const archived = (await namespaces.listNamespaces(lab)).filter((it) => it.archivedAt !== null);
    expect(archived.map((it) => it.code).toSorted()).toEqual(["a", "b"]);
    await namespaces.archiveNamespace(lab, b.id, false);
    expect((await namespaces.findNamespace(lab, b.id))?.archivedAt).toBeNull();
    expect((await namespaces.changeNamespace(lab, b.id, { name: "Bee" }))?.name).toBe("Bee");
    expect(await namespaces.changeNamespace(other, b.id, { name: "theirs" })).toBeUndefined();
  });

  test("namespaces of a source are kept as it has them, and archived when it lost them", async () => {
    const own = await namespaces.addNamespace(lab, { parent: null, code: "own", name: "Own" });
    const found = (key: string, code: string, parentKey: string | null = null) => ({
      key,
      code,
      name: code,
      parentKey,
    });
    await namespaces.keepFoundNamespaces(lab, [found("2", "beta", "1"), found("1", "alpha")]);
    const before = await namespaces.listNamespaces(lab);
    // Codes are swapped, the tree is turned round, one is gone, one is new.
    await namespaces.keepFoundNamespaces(lab, [found("1", "beta", "2"), found("2", "alpha"), found("3", "gamma")]);
    await namespaces.keepFoundNamespaces(lab, [found("1", "beta", "2"), found("2", "alpha")]);
    const after = new Map((await namespaces.listNamespaces(lab)).map((it) => [it.key, it]));
    expect(after.get("1")).toMatchObject({ code: "beta", parent: after.get("2")!.id, archivedAt: null });
    expect(after.get("2")).toMatchObject({ id: before.find(({ key }) => key === "2")!.id, parent: null });
    expect(after.get("3")!.archivedAt).toBeInstanceOf(Date);
    expect(after.get("own")).toEqual(own);
  });

  test("batches appear when they are sealed, whole, and keep their keys in order", async () => {
    const keys = Array.from({ length: 10_000 }, (_, n) => (n % 7 === 0 ? `["é\u0000\n",${n}]` : String(n)));
    const made = {
      name: "B",
      object: "samples",
      namespace: null,
      person: null,
      keyColumns: ["id"],
      source: { where: {} },
    };
    const id = await batches.beginBatch(lab, made);
    await batches.addBatchKeys(lab, id, 0, keys.slice(0, 5000));
    expect(await batches.findBatch(lab, id)).toBeUndefined();
    expect(await batches.batchKeys(lab, id, 0, 10)).toEqual([]);
    await batches.addBatchKeys(lab, id, 5000, keys.slice(5000));
    expect(await batches.sealBatch(lab, id)).toMatchObject({ keyCount: 10_000, source: { where: {} } });
    await expect(batches.addBatchKeys(lab, id, 10_000, ["late"])).rejects.toThrow("sealed");
    for (const [from, limit] of [
      [0, 10],
      [4095, 3],
      [4990, 20],
      [9990, 100],
      [10_000, 5],
      [3, 9000],
    ] as const) {
      expect(await batches.batchKeys(lab, id, from, limit)).toEqual(keys.slice(from, from + limit));
    }
    expect(await batches.batchKeys(other, id, 0, 10)).toEqual([]);
    expect(await batches.removeBatch(other, id)).toBe(false);
    expect(await batches.listBatches(lab, { limit: 5, namespaces: [], object: "samples" })).toEqual([]);
    expect(await batches.listBatches(lab, { limit: 5, object: "samples" })).toHaveLength(1);
    expect(await batches.removeBatch(lab, id)).toBe(true);
    expect(await batches.findBatch(lab, id)).toBeUndefined();
  });

  test("batches whose makers are gone are swept", async () => {
    const made = { name: "B", object: "samples", namespace: null, person: null, keyColumns: ["id"], source: {} };
    const id = await batches.beginBatch(lab, made);
    await batches.addBatchKeys(lab, id, 0, ["1"]);
    await batches.removeUnsealed(lab, new Date(Date.now() + 60_000));
    await expect(batches.sealBatch(lab, id)).rejects.toThrow("no result");
  });

  test("a template keeps every revision, and a change that was made from an old one is refused", async () => {
    const made = await templates.addTemplate(lab, {
      namespace: null,
      kind: "dataset-template",
      name: "Fresh",
      person: null,
      body: { columns: [] },
    });
    const change = { name: "Fresher", person: null, body: { columns: [1] } };
    expect(await templates.reviseTemplate(lab, made.id, 1, change)).toMatchObject({ revision: 2, name: "Fresher" });
    expect(await templates.reviseTemplate(lab, made.id, 1, change)).toBeUndefined();
    expect(await templates.findTemplate(lab, made.id)).toMatchObject({ revision: 2, body: { columns: [1] } });
    expect((await templates.findRevision(lab, made.id, 1))?.body).toEqual({ columns: [] });
    expect(await templates.listRevisions(lab, made.id)).toHaveLength(2);
    expect(await templates.removeTemplate(lab, made.id)).toBe(true);
    expect(await templates.findTemplate(lab, made.id)).toBeUndefined();
    expect(await templates.findRevision(lab, made.id, 2)).toBeDefined();
  });

  test("templates are seen by who made them, where they are, and where they are shared", async () => {
    const ada = await aPerson();
    const at = await namespaces.addNamespace(lab, { parent: null, code: "at", name: "At" });
    const shared = await namespaces.addNamespace(lab, { parent: null, code: "shared", name: "Shared" });
    const dataset = "dataset-template";
    const make = (name: string, namespace: string | null, person: string | null) =>
      templates.addTemplate(lab, { namespace, kind: dataset, name, person, body: {} });
    const [own, there, elsewhere] = [
      await make("own", null, ada),
      await make("there", at.id, null),
      await make("x", null, null),
    ];
    const seen = async (person: string, spaces: string[]) =>
      (await templates.listTemplates(lab, { limit: 9, kind: dataset, seenBy: { person, namespaces: spaces } })).map(
        (it) => it.id,
      );
    expect(await seen(ada, [])).toEqual([own.id]);
    expect(await seen(ada, [at.id])).toEqual([there.id, own.id]);
    await templates.shareTemplate(lab, elsewhere.id, shared.id, true);
    expect(await templates.listShares(lab, elsewhere.id)).toMatchObject([{ namespace: shared.id }]);
    expect(await templates.listShares(lab, elsewhere.id, { namespaces: [at.id] })).toEqual([]);
    expect(await seen(ada, [shared.id])).toEqual([elsewhere.id, own.id]);
    await templates.shareTemplate(lab, elsewhere.id, shared.id, false);
    expect(await seen(ada, [shared.id])).toEqual([own.id]);
  });

  test("a call with the same key is answered once, and begun anew when it has run out", async () => {
    const person = await aPerson();
    const call = { person, key: "k", requestHash: Buffer.from("h"), expiresAt: new Date(Date.now() + 60_000) };
    const begun = await Promise.all([1, 2, 3].map(() => idempotency.beginCall(lab, call)));
    expect(begun.filter((it) => it === null)).toHaveLength(1);
    await idempotency.endCall(lab, call, {
      status: 201,
      headers: { location: "/x" },
      body: "{}",
      expiresAt: call.expiresAt,
    });
    const again = await idempotency.beginCall(lab, call);
    expect(again).toMatchObject({ status: 201, headers: { location: "/x" }, body: "{}" });
    expect(Buffer.from(again!.requestHash).toString()).toBe("h");
    expect(await idempotency.beginCall(other, call)).toBeNull();
    await idempotency.forgetCall(lab, call);
    expect(await idempotency.beginCall(lab, { ...call, expiresAt: new Date(0) })).toBeNull();
    expect(await idempotency.beginCall(lab, call)).toBeNull();
    await idempotency.forgetOldCalls(lab);
    expect(await idempotency.beginCall(lab, call)).not.toBeNull();
  });

  test("the audit log is read backwards, and only ever added to", async () => {
    for (const n of [1, 2, 3])
      await addAudit(lab, { action: `a${n}`, subjectKind: "batch", subject: String(n % 2), details: { n } });
    const all = await listAudit(lab, { limit: 2 });
    expect(all.map((it) => it.action)).toEqual(["a3", "a2"]);
    expect(await listAudit(lab, { limit: 2, after: all[1]!.place, subject: { kind: "batch", id: "1" } })).toMatchObject(
      [{ action: "a1", details: { n: 1 } }],
    );
    expect(await listAudit(other, { limit: 2 })).toEqual([]);
    await expect(lab.db.deleteFrom("audit").execute()).rejects.toThrow("only ever added to");
    await expect(lab.db.updateTable("audit").set({ action: "none" }).execute()).rejects.toThrow("only ever added to");
  });

  test("a view is saved over one of the same name, by its person alone", async () => {
    const [ada, bob] = [await aPerson(), await aPerson("Bob")];
    for (const person of [ada, bob]) await members.addMember(lab, person);
    const view = { person: ada, object: "samples", name: "Fresh", body: { where: { a: [1] } } };
    const { id } = await views.saveView(lab, view);
    expect(await views.saveView(lab, { ...view, body: { where: {} } })).toMatchObject({ id, body: { where: {} } });
    expect(await views.listViews(lab, ada, "samples")).toHaveLength(1);
    expect(await views.listViews(lab, bob, "samples")).toEqual([]);
    expect(await views.removeView(lab, bob, id)).toBe(false);
    expect(await views.removeView(lab, ada, id)).toBe(true);
  });

  test("what a person sets for themselves is kept, and what they do not set stays", async () => {
    const ada = await aPerson();
    await people.putPreferences(control.db, ada, { language: "fr", timeZone: "Europe/Paris" });
    await people.putPreferences(control.db, ada, { theme: "dark" });
    const set = { name: "Ada", language: "fr", timeZone: "Europe/Paris", theme: "dark" };
    expect(await people.findPerson(control.db, ada)).toMatchObject(set);
  });

  test("attempts are counted together, from the first on, and forgotten", async () => {
    const rule = { window: 60, max: 3 };
    const at = (seconds: number) => countAttempt(control.db, "key", rule, 1e12 + seconds * 1000);
    const all = await Promise.all([0, 0, 0, 0].map(at));
    expect(all.filter(({ allowed }) => allowed)).toHaveLength(3);
    expect(await at(59)).toEqual({ allowed: false, retryAfter: 1 });
    expect(await at(60)).toEqual({ allowed: true, retryAfter: null });
    await forgetAttempts(control.db, new Date(1e12 + 61_000));
    expect(await control.db.selectFrom("rateLimit").select("key").execute()).toEqual([]);
  });

  test("errors hold no values", async () => {
    const secret = "s3cret-value";
    const values = { name: secret, email: secret, emailVerified: true };
    await control.db.insertInto("person").values(values).execute();
    const errors = [
      await control.db
        .insertInto("person")
        .values(values)
        .execute()
        .catch((it: unknown) => it),
      await namespaces.findNamespace(lab, secret).catch((it: unknown) => it),
      await members.putRole(lab, secret, secret, secret as never).catch((it: unknown) => it),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(ControlError);
      const { inspect } = await import("node:util");
      expect(`${inspect(error, { depth: 9, showHidden: true })}${JSON.stringify(error)}`).not.toContain(secret);
    }
  });

  test("it answers, and closes twice", async () => {
    await control.ping();
    const once = await emptyControl(kind);
    await once.close();
    await once.close();
    await expect(once.ping()).rejects.toThrow(/destroyed|closed/);
  });
});
