// Roles in the tree of namespaces, and the table of who may do what; on both control databases.
import { sql } from "kysely";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Action, ACTIONS } from "../../src/access/actions.ts";
import { accessIn, may, type OrgAccess, principalIn } from "../../src/access/org-access.ts";
import { inOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { addMember, putMember, putRole } from "../../src/control/queries/members.ts";
import * as namespaces from "../../src/control/queries/namespaces.ts";
import type { Namespace, NamespaceRole } from "../../src/control/tables.ts";
import type { Identity } from "../../src/identity/identity.ts";
import type { Principal } from "../../src/plan/principal.ts";
import { createPerson } from "../../src/identity/people.ts";
import { type Scope, SCOPES } from "../../src/identity/tokens.ts";
import { emptyControl, KINDS } from "../setup/control.ts";

/** CONTRACT section 7, as a table of letters: yes, own things only, no. The columns are the roles, from nobody on. */
const COLUMNS = ["nobody", "member", "guest", "analyst", "maintainer", "owner", "admin"] as const;
const ALLOWED: Readonly<Record<Action, string>> = {
  "service.see": "yyyyyyy",
  "files.open": "yyyyyyy",
  "session.see": "nyyyyyy",
  "session.use": "nyyyyyy",
  "org.see": "nyyyyyy",
  "objects.see": "nnyyyyy",
  "records.see": "nnyyyyy",
  "views.use": "nnooooy",
  "namespaces.see": "nnyyyyy",
  "graphql.use": "nnyyyyy",
  "queries.manage": "nnnnnny",
  "batches.see": "nnnoooy",
  "batches.create": "nnnyyyy",
  "batches.delete": "nnnoooy",
  "exports.see": "nnooooy",
  "exports.create": "nnnyyyy",
  "exports.change": "nnooooy",
  "exports.download": "nnooooy",
  "runs.export": "nnooooy",
  "templates.see": "nnnyyyy",
  "templates.create": "nnnyyyy",
  "templates.change": "nnnoyyy",
  "templates.share": "nnnyyyy",
  "members.see": "nnnnnyy",
  "members.manage": "nnnnnyy",
  "namespaces.manage": "nnnnnyy",
  "tokens.manage": "noooooy",
  "org.manage": "nnnnnny",
  "exports.asOthers": "nnnnnny",
  "exports.approve": "nnnnnny",
  "usage.see": "nnnnnny",
  "audit.see": "nnnnnny",
  "schedules.manage": "nnnnnny",
};

function identityOf(id: string, role: "admin" | null, scopes?: readonly Scope[]): Identity {
  const person = { id, email: `${id}@example.org`, name: id, language: null, timeZone: null, theme: null };
  const via =
    scopes === undefined ? ({ kind: "session", id: "s" } as const) : ({ kind: "token", id: "t", scopes } as const);
  return { person, orgs: new Map([["lab", role]]), via, setCookies: [] };
}

describe("the table", () => {
  const soil = { id: "soil", archivedAt: null };
  const other = { id: "other", archivedAt: null };

  function accessOf(column: (typeof COLUMNS)[number], scopes?: readonly Scope[]): OrgAccess | null {
    if (column === "nobody") return null;
    const isAdmin = column === "admin";
    const role = column === "member" || isAdmin ? null : column;
    const held = role === null ? [] : [["soil", { key: "1", parent: null, isArchived: false, role }] as const];
    const identity = identityOf("me", isAdmin ? "admin" : null, scopes);
    return { at: { org: "lab" } as OrgAccess["at"], identity, isAdmin, namespaces: new Map(held) };
  }

  test.each(Object.keys(ACTIONS) as Action[])("%s", (action) => {
    const seen = COLUMNS.map((column) => {
      const access = accessOf(column);
      if (may(access, action, { namespace: soil, owner: "somebody" })) return "y";
      return may(access, action, { namespace: soil, owner: "me" }) ? "o" : "n";
    });
    expect(seen.join("")).toBe(ALLOWED[action]);
    // In a namespace where no role is held, roles elsewhere do not count.
    for (const column of COLUMNS) {
      const there = may(accessOf(column), action, { namespace: other, owner: "me" });
      const asMember = ALLOWED[action][COLUMNS.indexOf(column === "admin" || column === "nobody" ? column : "member")];
      expect(there, `${column} elsewhere`).toBe(asMember !== "n");
    }
    // Where an action is about no namespace, a role in any is enough.
    for (const column of COLUMNS) {
      expect(may(accessOf(column), action, { owner: "me" })).toBe(ALLOWED[action][COLUMNS.indexOf(column)] !== "n");
    }
  });

  test("a token can do what its scopes say, of what its person may do", () => {
    for (const action of Object.keys(ACTIONS) as Action[]) {
      const { scope } = ACTIONS[action];
      expect([action, may(accessOf("admin", SCOPES), action, { namespace: soil })]).toEqual([action, scope !== null]);
      for (const one of SCOPES) {
        // A token for queries runs them and does nothing else.
        const isGood = one === "query" ? action === "graphql.use" : scope === one;
        expect(may(accessOf("admin", [one]), action, { namespace: soil }), `${one}: ${action}`).toBe(isGood);
      }
    }
    expect(may(accessOf("guest", ["export"]), "exports.create", { namespace: soil })).toBe(false);
  });

  test("archived namespaces are closed for export to everybody, and can still be seen", () => {
    const archived = { id: "soil", archivedAt: new Date(0) };
    for (const column of ["analyst", "owner", "admin"] as const) {
      const closed = (Object.keys(ACTIONS) as Action[]).filter(
        (action) =>
          may(accessOf(column), action, { namespace: soil, owner: "me" }) &&
          !may(accessOf(column), action, { namespace: archived, owner: "me" }),
      );
      expect(closed).toEqual(["batches.create", "exports.create", "runs.export"]);
    }
  });
});

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  beforeAll(async () => {
    control = await emptyControl(its);
  });
  afterEach(async () => {
    await sql`truncate person, namespace cascade`.execute(control.db);
  });

  /** all ─ soil ─ {north, south}; all ─ water. */
  async function aTree() {
    const lab = inOrg(control.db, "lab");
    const add = (code: string, parent: Namespace | null) =>
      namespaces.addNamespace(lab, { parent: parent?.id ?? null, code, name: code, key: `k-${code}` });
    const all = await add("all", null);
    const [soil, water] = [await add("soil", all), await add("water", all)];
    const [north, south] = [await add("north", soil), await add("south", soil)];
    const { id } = await createPerson(control, { email: "ada@example.org", name: "Ada", password: null });
    await addMember(lab, id);
    const give = (namespace: Namespace, role: NamespaceRole | null) => putRole(lab, namespace.id, id, role);
    return { lab, id, give, all, soil, water, north, south };
  }

  test("a role in a group holds in all below it, and the higher of two counts", async () => {
    const { id, give, all, soil, water, north } = await aTree();
    const access = async () => (await accessIn(control, "lab", identityOf(id, null)))!;
    expect((await access()).namespaces.size).toBe(0);
    await give(soil, "analyst");
    await give(north, "guest");
    const [one] = [await access()];
    expect([...one.namespaces.values()].map(({ key, role }) => `${key} ${role}`).toSorted()).toEqual([
      "k-north analyst",
      "k-soil analyst",
      "k-south analyst",
    ]);
    expect(may(one, "exports.create", { namespace: north })).toBe(true);
    expect(may(one, "records.see", { namespace: water })).toBe(false);
    expect(may(one, "records.see", { namespace: all })).toBe(false);
    await give(north, "owner");
    expect((await access()).namespaces.get(north.id)!.role).toBe("owner");
    expect((await access()).namespaces.get(soil.id)!.role).toBe("analyst");
    await give(soil, null);
    expect((await access()).namespaces.size).toBe(1);
  });

  test("a principal has the keys that records hold, and the lowest role of where it looks", async () => {
    const { lab, id, give, all, soil, water, north, south } = await aTree();
    await give(soil, "analyst");
    await give(north, "owner");
    await give(water, "guest");
    await namespaces.archiveNamespace(lab, south.id, true);
    const access = (await accessIn(control, "lab", identityOf(id, null)))!;
    const keys = (of: Principal) => of.namespaces?.toSorted();
    const looking = await principalIn(access);
    expect(looking).toMatchObject({ id, email: `${id}@example.org`, role: "guest" });
    expect(keys(looking)).toEqual(["k-north", "k-soil", "k-south", "k-water"]);
    const taking = await principalIn(access, { least: "analyst", open: true });
    expect(taking.role).toBe("analyst");
    expect(keys(taking)).toEqual(["k-north", "k-soil"]);
    expect(await principalIn(access, { namespace: north.id })).toMatchObject({
      role: "owner",
      namespaces: ["k-north"],
    });
    expect(await principalIn(access, { namespace: "elsewhere" })).toMatchObject({ role: null, namespaces: [] });
    expect(await principalIn(access, { namespace: south.id, open: true })).toMatchObject({
      role: null,
      namespaces: [],
    });
    // A group covers what is below it, with the lowest role there; where no role is held, it covers nothing.
    const group = await principalIn(access, { namespace: soil.id });
    expect([group.role, keys(group)]).toEqual(["analyst", ["k-north", "k-soil", "k-south"]]);
    expect(keys(await principalIn(access, { namespace: soil.id, open: true }))).toEqual(["k-north", "k-soil"]);
    expect(keys(await principalIn(access, { namespace: soil.id, least: "owner" }))).toEqual(["k-north"]);
    expect(await principalIn(access, { namespace: all.id })).toMatchObject({ role: null, namespaces: [] });
  });

  test("an administrator sees all namespaces; whoever is no member, nothing", async () => {
    const { lab, id, soil, water, north, south } = await aTree();
    await putMember(lab, id, "admin");
    const access = (await accessIn(control, "lab", identityOf(id, "admin")))!;
    expect(await principalIn(access)).toMatchObject({ role: "admin", namespaces: null });
    await namespaces.archiveNamespace(lab, south.id, true);
    const below = async (namespace: string, open: boolean) =>
      (await principalIn(access, { namespace, open })).namespaces?.toSorted();
    expect(await below(soil.id, false)).toEqual(["k-north", "k-soil", "k-south"]);
    expect(await below(soil.id, true)).toEqual(["k-north", "k-soil"]);
    expect(await below(north.id, true)).toEqual(["k-north"]);
    expect(await below("00000000-0000-7000-8000-000000000000", false)).toEqual([]);
    expect(may(access, "members.manage", { namespace: water })).toBe(true);
    expect(await accessIn(control, "other", identityOf(id, "admin"))).toBeNull();
    expect(await accessIn(control, "lab", null)).toBeNull();
  });
});
