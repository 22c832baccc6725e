// What administrators are told of an org: its settings, without secrets, and its audit log, with names.
import { beforeAll, describe, expect, test } from "vitest";
import { addAudit } from "../../src/control/queries/audit.ts";
import { KINDS } from "../setup/control.ts";
import { aWorld, type World } from "../setup/service.ts";

const MORE = `    timeZone: Europe/Paris
    retention: P30D
    quota: 2GB
    window: "0 4 * * 1"
    purpose: required
    downloads: administrators
    approval: { rows: 5000, objects: [measures] }
    scripts: { hosts: [api.example.org] }
    translations: { status: { 1: fresh } }
    signIn: { oidc: { issuer: "https://id.example.org", clientId: waybill, clientSecret: very-secret, name: Work, domains: [example.org] } }
`;

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(kind, { more: MORE });
  });

  test("settings are what the configuration says, without its secrets", async () => {
    const { app } = await world.reconfigured((its) => ({
      ...its,
      sources: new Map([
        ...its.sources,
        ["far", { url: "postgres://shop:pass-word@db.example.org/shop", isStore: false }],
        ["bucket", { url: "s3://bucket/prefix", isStore: true }],
      ]),
    }));
    const authorization = `Bearer ${await world.token("admin")}`;
    const answer = await app.inject({ url: "/lab/v2/settings", headers: { authorization } });
    expect(answer.json()).toMatchObject({
      object: "settings",
      version: "1.2.3",
      timeZone: "Europe/Paris",
      retention: "P30D",
      history: "P1Y",
      quota: 2_000_000_000,
      concurrency: 1,
      window: { cron: "0 4 * * 1" },
      downloads: "administrators",
      administrators: "all",
      purpose: "required",
      approval: { rows: 5000, objects: ["measures"] },
      scripts: { hosts: ["api.example.org"], privateHosts: [] },
      namespaces: null,
      pseudonyms: true,
      translations: ["status"],
      sources: [
        { name: "main", kind: "sqlite" },
        { name: "store", kind: "folder" },
        { name: "far", kind: "postgresql" },
        { name: "bucket", kind: "s3" },
      ],
      providers: [{ name: "Work", domains: ["example.org"] }],
      mail: false,
    });
    const { next } = answer.json<{ window: { next: string[] } }>().window;
    expect(next).toHaveLength(5);
    expect(next.every((it) => Date.parse(it) > Date.now() && new Date(it).getUTCDay() === 1)).toBe(true);
    expect(answer.body).not.toMatch(/pass-word|db\.example\.org|very-secret|0123456789abcdef|bucket\/prefix/);
    const refused = await world.ask("owner", { url: "/lab/v2/settings" });
    expect(refused.json()).toMatchObject({ status: 403, code: "forbidden" });
    const weak = `Bearer ${await world.token("admin", ["read"])}`;
    const lacking = await world.app.inject({ url: "/lab/v2/settings", headers: { authorization: weak } });
    expect(lacking.json()).toMatchObject({ status: 403, detail: 'This token lacks the scope "admin".' });
  });

  test("members are told what exports take", async () => {
    const answer = await world.ask("member", { url: "/lab/v2/" });
    expect(answer.json()).toMatchObject({ purpose: "required", downloads: "administrators", retention: "P30D" });
  });

  test("the audit log has the names of what its entries are about", async () => {
    const { ask, people, soil } = world;
    const made = await ask("admin", {
      method: "POST",
      url: "/lab/v2/namespaces",
      payload: { parent: soil.id, code: "a", name: "A" },
    });
    const { _id } = made.json<{ _id: string }>();
    const members = `/lab/v2/namespaces/${_id}/members/${people.member}`;
    await ask("admin", { method: "PUT", url: members, payload: { role: "guest" } });
    // What people wrote is no id, whatever it looks like.
    await addAudit(world.lab, { action: "export.create", subject: "gone", details: { purpose: people.stranger } });
    const { data } = (await ask("admin", { url: "/lab/v2/audit?limit=3" })).json<{ data: { names: object }[] }>();
    expect(data.map(({ names }) => names)).toEqual([
      {},
      { [people.admin]: "admin", [people.member]: "member", [_id]: "A" },
      { [people.admin]: "admin", [_id]: "A", [soil.id]: "soil" },
    ]);
    expect((await ask("admin", { url: '/lab/v2/audit?where={"names":{}}' })).statusCode).toBe(422);
  });
});
