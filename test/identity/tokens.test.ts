// API tokens, invitations and the link of the first start; on both control databases.
import { sql } from "kysely";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { inOrg, type InOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { membershipsOf, putDisabled } from "../../src/control/people.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import { listInvitations, removeInvitation } from "../../src/control/queries/invitations.ts";
import { addMember, removeMember, rolesOfEach } from "../../src/control/queries/members.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import { listTokens, revokeToken } from "../../src/control/queries/tokens.ts";
import { identify } from "../../src/identity/identity.ts";
import * as people from "../../src/identity/people.ts";
import { openSignIn, type SignIn } from "../../src/identity/sign-in.ts";
import { createToken, isAllowed, orgOfToken, type TokenRequest } from "../../src/identity/tokens.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { BASE_URL, Browser } from "./browser.ts";

const PASSWORD = "correct horse battery staple";
const ADDRESS = "192.0.2.1";

test("addresses are matched by network, whichever way they are written", () => {
  const networks = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"];
  for (const address of ["192.0.2.9", "::ffff:192.0.2.9", "2001:DB8:1::5", "198.51.100.7"]) {
    expect([address, isAllowed(networks, address)]).toEqual([address, true]);
  }
  for (const address of ["192.0.3.9", "2001:db9::1", "198.51.100.8", "::1", "", "192.0.2.9, 1.2.3.4"]) {
    expect([address, isAllowed(networks, address)]).toEqual([address, false]);
  }
  expect(isAllowed([], "203.0.113.1")).toBe(true);
});

test("a token says which org it is for", () => {
  const end = "0123456789abcdef".repeat(3);
  expect(orgOfToken(`wb_lab_${end}`)).toBe("lab");
  expect(orgOfToken(`wb_a_b-c_${end}`)).toBe("a_b-c");
  for (const wrong of [
    "",
    "wb_",
    `wb__${end}`,
    `wb_lab_${end}0`,
    `WB_lab_${end}`,
    `wb_lab_${end}\n`,
    `wb_../x_${end}`,
  ]) {
    expect(orgOfToken(wrong)).toBeNull();
  }
});

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  let signIn: SignIn;
  let lab: InOrg;
  beforeAll(async () => {
    control = await emptyControl(its);
    signIn = await openSignIn({ control, baseUrl: BASE_URL });
    lab = inOrg(control.db, "lab");
  });
  afterEach(async () => {
    await sql`truncate person, namespace, invitation, setup_link, rate_limit cascade`.execute(control.db);
  });

  const aPerson = (email = "ada@example.org") =>
    people.createPerson(control, { email, name: "Ada", password: PASSWORD });

  async function aMember(): Promise<string> {
    const { id } = await aPerson();
    await addMember(lab, id);
    return id;
  }

  const request = (person: string, more: Partial<TokenRequest> = {}): TokenRequest => {
    return { person, name: "nightly", scopes: ["export", "read"], addresses: [], expiresAt: null, ...more };
  };
  const asking = (authorization: string, address = ADDRESS) =>
    identify(control, signIn, { headers: new Headers({ authorization }), address });

  test("a token stands for its person in its org alone, and is kept as a hash", async () => {
    const person = await aMember();
    await addMember(inOrg(control.db, "other"), person);
    const { token, kept } = await createToken(lab, request(person));
    const identity = await asking(`Bearer ${token}`);
    expect(identity).toMatchObject({
      person: { id: person },
      via: { kind: "token", id: kept.id, scopes: ["read", "export"] },
    });
    expect([...identity!.orgs]).toEqual([["lab", null]]);
    const [shown] = await listTokens(lab, person);
    expect(shown).not.toHaveProperty("hash");
    expect(shown!.lastUsedAt).toBeInstanceOf(Date);
    const { rows } = await sql<{ row: string }>`select row_to_json(t)::text as row from api_token t`.execute(
      control.db,
    );
    expect(rows[0]!.row).not.toContain(token.slice(-48));
    // The same token under the other org's name is none.
    expect(await asking(`Bearer ${token.replace("wb_lab_", "wb_other_")}`)).toBeNull();
    for (const wrong of [
      "Bearer",
      "Bearer x",
      `Basic ${token}`,
      token,
      `Bearer ${token}x`,
      `Bearer ${token} ${token}`,
    ]) {
      expect(await asking(wrong)).toBeNull();
    }
  });

  test("a wrong token is not made good by a cookie", async () => {
    await aMember();
    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", { email: "ada@example.org", password: PASSWORD });
    const headers = browser.headers();
    expect(await identify(control, signIn, { headers, address: ADDRESS })).not.toBeNull();
    headers.set("authorization", "Bearer wrong");
    expect(await identify(control, signIn, { headers, address: ADDRESS })).toBeNull();
  });

  test("a token ends when it expires, is revoked, or its person is kept out or leaves", async () => {
    const person = await aMember();
    const short = await createToken(lab, request(person, { expiresAt: new Date(Date.now() + 300) }));
    expect(await asking(`Bearer ${short.token}`)).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await asking(`Bearer ${short.token}`)).toBeNull();

    const revoked = await createToken(lab, request(person));
    expect(await revokeToken(lab, revoked.kept.id, "00000000-0000-7000-8000-000000000000")).toBe(false);
    expect(await revokeToken(lab, revoked.kept.id, person)).toBe(true);
    expect(await revokeToken(lab, revoked.kept.id, null)).toBe(false);
    expect(await asking(`Bearer ${revoked.token}`)).toBeNull();

    const bound = await createToken(lab, request(person, { addresses: ["192.0.2.0/24"] }));
    expect(await asking(`Bearer ${bound.token}`)).not.toBeNull();
    expect(await asking(`Bearer ${bound.token}`, "203.0.113.1")).toBeNull();
    await putDisabled(control.db, person, true);
    expect(await asking(`Bearer ${bound.token}`)).toBeNull();
    await putDisabled(control.db, person, false);
    expect(await asking(`Bearer ${bound.token}`)).not.toBeNull();
    await removeMember(lab, person);
    expect(await asking(`Bearer ${bound.token}`)).toBeNull();
  });

  test("a token that makes no sense is refused at its place", async () => {
    const person = await aMember();
    const cases: [Partial<TokenRequest>, string, string][] = [
      [{ name: " " }, "token-name", "/name"],
      [{ scopes: [] }, "token-scope", "/scopes"],
      [{ scopes: ["read", "everything"] }, "token-scope", "/scopes/1"],
      [{ addresses: ["192.0.2.1", "192.0.2.0/33"] }, "token-address", "/addresses/1"],
      [{ addresses: ["fe80::1%eth0"] }, "token-address", "/addresses/0"],
      [{ addresses: Array.from({ length: 101 }, () => "::1") }, "token-address", "/addresses"],
      [{ expiresAt: new Date(0) }, "token-expiry", "/expiresAt"],
      [{ expiresAt: new Date(NaN) }, "token-expiry", "/expiresAt"],
    ];
    for (const [more, code, pointer] of cases) {
      await expect(createToken(lab, request(person, more))).rejects.toMatchObject({ code, places: [{ pointer }] });
    }
  });

  test("an account that makes no sense is refused at its place", async () => {
    const person = { email: "ada@example.org", name: "Ada", password: PASSWORD };
    const cases: [Partial<people.NewPerson>, string][] = [
      [{ email: "ada" }, "email"],
      [{ email: "ada@exa mple.org" }, "email"],
      [{ email: "a@b\u0000.org" }, "email"],
      [{ name: "" }, "name"],
      [{ password: "short" }, "password"],
      [{ password: "x".repeat(257) }, "password"],
    ];
    for (const [more, code] of cases) {
      const error: unknown = await people.createPerson(control, { ...person, ...more }).catch((it: unknown) => it);
      expect(error).toMatchObject({ kind: "usage", code, places: [{ pointer: `/${code}` }] });
    }
    await people.createPerson(control, person);
    await expect(people.createPerson(control, { ...person, email: "ADA@example.org " })).rejects.toMatchObject({
      code: "person-exists",
    });
  });

  test("an invitation makes an account with its role, once", async () => {
    const soil = await addNamespace(lab, { parent: null, code: "soil", name: "Soil" });
    const { path, kept } = await people.invite(lab, {
      email: "Bob@example.org",
      role: "maintainer",
      namespace: soil.id,
      invitedBy: null,
    });
    const token = path.split("#")[1]!;
    expect(path).toBe(`/lab/invitation#${token}`);
    expect(JSON.stringify(await listInvitations(lab))).not.toContain(token);
    expect(await people.invitationOf(lab, token)).toMatchObject({ id: kept.id, email: "bob@example.org" });
    await expect(people.invitationOf(inOrg(control.db, "other"), token)).rejects.toMatchObject({
      code: "invitation-over",
    });
    const accepting = () => people.acceptInvitation(control, "lab", token, { name: "Bob", password: PASSWORD });
    const bob = await accepting();
    expect(bob.email).toBe("bob@example.org");
    expect(await rolesOfEach(lab, [bob.id])).toEqual([{ person: bob.id, namespace: soil.id, role: "maintainer" }]);
    await expect(accepting()).rejects.toMatchObject({ code: "invitation-over" });
    expect((await listAudit(lab, { limit: 2 })).map(({ action }) => action)).toEqual([
      "invitation.accept",
      "invitation.create",
    ]);
  });

  test("an invitation of somebody who has an account is for them alone", async () => {
    const [ada, eve] = [await aPerson(), await aPerson("eve@example.org")];
    const { path } = await people.invite(lab, { email: ada.email, role: "admin", namespace: null, invitedBy: null });
    const token = path.split("#")[1]!;
    for (const by of [{ person: eve.id }, { name: "Ada", password: PASSWORD }]) {
      await expect(people.acceptInvitation(control, "lab", token, by)).rejects.toMatchObject({
        code: "invitation-other",
      });
    }
    await people.acceptInvitation(control, "lab", token, { person: ada.id });
    expect(await membershipsOf(control.db, null)).toEqual([{ person: ada.id, org: "lab", role: "admin" }]);
    const wrong = people.invite(lab, { email: ada.email, role: "owner", namespace: null, invitedBy: null });
    await expect(wrong).rejects.toMatchObject({ code: "invitation-role" });
  });

  test("an invitation can be taken back", async () => {
    const { path, kept } = await people.invite(lab, {
      email: "bob@example.org",
      role: null,
      namespace: null,
      invitedBy: null,
    });
    expect(await removeInvitation(lab, kept.id)).toBe(true);
    expect(await removeInvitation(lab, kept.id)).toBe(false);
    await expect(people.invitationOf(lab, path.split("#")[1]!)).rejects.toMatchObject({ code: "invitation-over" });
  });

  test("the first link makes one administrator of all orgs, while there is nobody", async () => {
    const old = (await people.firstLink(control))!.split("#")[1]!;
    const token = (await people.firstLink(control))!.split("#")[1]!;
    const ada = { email: "ada@example.org", name: "Ada", password: PASSWORD };
    await expect(people.useFirstLink(control, old, ["lab"], ada)).rejects.toMatchObject({ code: "first-link-over" });
    await expect(people.useFirstLink(control, token, ["lab"], { ...ada, password: "short" })).rejects.toMatchObject({
      code: "password",
    });
    const { id } = await people.useFirstLink(control, token, ["lab", "other"], ada);
    expect(await membershipsOf(control.db, id)).toEqual([
      { person: id, org: "lab", role: "admin" },
      { person: id, org: "other", role: "admin" },
    ]);
    expect(await people.firstLink(control)).toBeNull();
    const again = people.useFirstLink(control, token, ["lab"], { ...ada, email: "eve@example.org" });
    await expect(again).rejects.toMatchObject({ code: "first-link-over" });
  });
});
