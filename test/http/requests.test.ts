// What all requests have in common: problems, origins, proxies, repeated calls, logs.
import { beforeAll, describe, expect, test } from "vitest";
import { sentence } from "../../src/lib/sentence.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import { KINDS } from "../setup/control.ts";
import { startMailServer } from "../setup/mail-server.ts";
import { aWorld, BASE_URL, type World } from "../setup/service.ts";

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  const lines: string[] = [];
  beforeAll(async () => {
    const logTo = { write: (line: string) => void lines.push(line) };
    world = await aWorld(kind, { http: { logLevel: "debug", logTo, origins: ["https://app.example.org"] } });
  });

  test("an error is a problem document with the request's id", async () => {
    const answer = await world.ask("admin", { url: "/lab/v2/namespaces/none" });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.json()).toEqual({
      type: "about:blank",
      title: "Bad Request",
      status: 400,
      code: "invalid",
      detail: "In the path, at /id: Invalid UUID.",
      words: { detail: sentence`In the path${sentence`, at ${"/id"}`}: ${sentence`Invalid UUID.`}` },
      errors: [
        {
          pointer: "/id",
          in: "path",
          code: "invalid-format",
          detail: "Invalid UUID.",
          words: { detail: sentence`Invalid UUID.` },
        },
      ],
      requestId: answer.headers["x-request-id"],
    });
    const payload = { parent: null, code: "a b", name: "", nam: 1 };
    const wrong = await world.ask("admin", { method: "POST", url: "/lab/v2/namespaces", payload });
    expect(
      wrong.json<{ errors: { pointer: string; code: string }[] }>().errors.map((it) => [it.pointer, it.code]),
    ).toEqual([
      ["/code", "invalid-format"],
      ["/name", "too-small"],
      ["/nam", "unknown-key"],
    ]);
    expect((await world.ask("admin", { url: "/nothing/here" })).json()).toMatchObject({
      status: 404,
      code: "not-found",
    });
    expect((await world.ask("admin", { url: "/lab/v2/namespaces?limt=5" })).json()).toMatchObject({
      errors: [{ pointer: "/limt", in: "query", code: "unknown-key" }],
    });
  });

  test("a token stands for its person as far as its scopes go, and a wrong one for nobody", async () => {
    const create = {
      method: "POST",
      url: "/lab/v2/namespaces",
      payload: { parent: world.soil.id, code: "t", name: "T" },
    } as const;
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    const reading = await world.token("owner", ["read"]);
    const refused = await world.app.inject({ ...create, headers: bearer(reading) });
    expect(refused.json()).toMatchObject({
      status: 403,
      code: "forbidden",
      detail: 'This token lacks the scope "admin".',
    });
    expect((await world.app.inject({ url: "/lab/v2/namespaces", headers: bearer(reading) })).statusCode).toBe(200);
    const managing = await world.token("owner", ["admin"]);
    expect((await world.app.inject({ ...create, headers: bearer(managing) })).statusCode).toBe(201);
    expect((await world.app.inject({ ...create, headers: bearer(managing) })).json()).toMatchObject({
      status: 409,
      code: "name-taken",
    });
    const tokens = await world.app.inject({ url: "/lab/v2/tokens", headers: bearer(managing) });
    expect(tokens.json()).toMatchObject({ status: 403, detail: "A token cannot do this." });
    expect((await world.app.inject({ url: "/twin/v2/namespaces", headers: bearer(reading) })).statusCode).toBe(404);
    // A cookie does not make up for it.
    for (const headers of [bearer(`${reading.slice(0, -1)}x`), bearer(""), { authorization: "Basic eDp5" }]) {
      const answer = await world.ask("admin", { url: "/lab/v2/namespaces", headers });
      expect([answer.statusCode, answer.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    }
  });

  test("pages of other origins may not use somebody's session, unless they are listed", async () => {
    const patch = (headers: Record<string, string>) =>
      world.ask("guest", { method: "PATCH", url: "/api/session", payload: { theme: "light" }, headers });
    expect((await patch({ origin: "https://evil.example" })).json()).toMatchObject({ status: 403, code: "origin" });
    expect((await patch({ origin: "null" })).statusCode).toBe(403);
    expect((await patch({ "sec-fetch-site": "cross-site" })).statusCode).toBe(403);
    expect((await patch({ "sec-fetch-site": "same-origin" })).statusCode).toBe(204);
    expect((await patch({ origin: BASE_URL })).statusCode).toBe(204);
    const listed = await patch({ origin: "https://app.example.org" });
    expect([listed.statusCode, listed.headers["access-control-allow-origin"]]).toEqual([
      204,
      "https://app.example.org",
    ]);
    const preflight = await world.app.inject({
      method: "OPTIONS",
      url: "/lab/v2/namespaces",
      headers: { origin: "https://app.example.org", "access-control-request-method": "POST" },
    });
    expect(preflight.headers["access-control-allow-methods"]).toContain("POST");
    const other = await world.ask("guest", { url: "/lab/v2/namespaces", headers: { origin: "https://evil.example" } });
    expect(other.headers["access-control-allow-origin"]).toBeUndefined();
  });

  test("a call with an Idempotency-Key is done once", async () => {
    const call = (code: string, key: string) =>
      world.ask("owner", {
        method: "POST",
        url: "/lab/v2/namespaces",
        headers: { "idempotency-key": key },
        payload: { parent: world.soil.id, code, name: code },
      });
    const first = await call("once", "k1");
    const again = await call("once", "k1");
    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.body).toBe(first.body);
    expect([again.headers["location"], again.headers["idempotency-replayed"]]).toEqual([
      first.headers["location"],
      "true",
    ]);
    expect((await call("other", "k1")).json()).toMatchObject({ status: 422, code: "idempotency-mismatch" });
    // What was refused did nothing, and may be sent again.
    expect((await call("once", "k2")).statusCode).toBe(409);
    expect((await call("once2", "k2")).statusCode).toBe(201);
    const many = await Promise.all([1, 2, 3, 4, 5].map(() => call("at-once", "k3")));
    expect(many.filter((it) => it.statusCode === 201 && it.headers["idempotency-replayed"] === undefined)).toHaveLength(
      1,
    );
    for (const it of many) expect([201, 409]).toContain(it.statusCode);
    const token = () =>
      world.ask("owner", {
        method: "POST",
        url: "/lab/v2/tokens",
        headers: { "idempotency-key": "k4" },
        payload: { name: "mine", scopes: ["read"] },
      });
    expect((await token()).json()).toHaveProperty("token");
    expect((await token()).json()).toMatchObject({ status: 409, code: "idempotency-once" });
    const payload = { name: "mine", scopes: ["read"], expires: "9999-12-31T23:59:59-14:00" };
    const never = await world.ask("owner", { method: "POST", url: "/lab/v2/tokens", payload });
    expect(never.json()).toMatchObject({ status: 400, errors: [{ pointer: "/expires" }] });
    const rows = await world.control.db.selectFrom("idempotency").selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/wb_lab_/);
  });

  test("members are listed with their roles; an owner sees those in their own namespaces", async () => {
    const { analyst } = world.people;
    const { soil, water } = world;
    const rolesSeenBy = async (caller: "admin" | "owner") => {
      const url = `/lab/v2/members?where=${encodeURIComponent(JSON.stringify({ _id: analyst }))}`;
      const { data } = (await world.ask(caller, { url })).json<{ data: { roles: unknown }[] }>();
      const one = (await world.ask(caller, { url: `/lab/v2/members/${analyst}` })).json<{ roles: unknown }>();
      expect(data[0]!.roles).toEqual(one.roles);
      return one.roles;
    };
    const inSoil = { namespace: soil.id, role: "analyst" };
    const inWater = { namespace: water.id, role: "guest" };
    const url = `/lab/v2/namespaces/${water.id}/members/${analyst}`;
    expect((await world.ask("admin", { method: "PUT", url, payload: { role: "guest" } })).statusCode).toBe(204);
    expect(new Set((await rolesSeenBy("admin")) as object[])).toEqual(new Set([inSoil, inWater]));
    expect(await rolesSeenBy("owner")).toEqual([inSoil]);
    expect((await world.ask("admin", { method: "DELETE", url })).statusCode).toBe(204);
    expect(await rolesSeenBy("admin")).toEqual([inSoil]);
  });

  test("the last administrator stays, also when two step down at once", async () => {
    const change = (id: string, role: "admin" | null) =>
      world.ask("admin", { method: "PATCH", url: `/lab/v2/members/${id}`, payload: { role } });
    const { admin, owner } = world.people;
    expect((await change(admin, null)).json()).toMatchObject({ status: 409, code: "last-administrator" });
    expect((await change(owner, "admin")).statusCode).toBe(204);
    const both = await Promise.all([
      change(owner, null),
      world.ask("owner", { method: "DELETE", url: `/lab/v2/members/${admin}` }),
    ]);
    expect(both.map((it) => it.statusCode).toSorted((a, b) => a - b)).toEqual([204, 409]);
    // Back to what it was.
    const { db } = world.control;
    await db
      .insertInto("membership")
      .values({ org: "lab", person: admin, role: "admin" } as never)
      .onConflict((it) => it.doNothing())
      .execute();
    await db.updateTable("membership").set({ role: "admin" }).where("person", "=", admin).execute();
    await db.updateTable("membership").set({ role: null }).where("person", "=", owner).execute();
  });

  test("the log has a line a request, without secrets and without what was asked for", async () => {
    const token = await world.token("admin");
    const url = "/lab/v2/namespaces?where=secret-of-a-filter";
    lines.length = 0;
    await world.app.inject({ url, headers: { authorization: `Bearer ${token}`, cookie: "a=cookie-secret" } });
    const all = lines.join("");
    expect(all).toContain('"path":"/lab/v2/namespaces"');
    expect(all).not.toMatch(/secret|wb_lab/);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("time");
  });

  test("metrics are for this machine", async () => {
    const metrics = await world.app.inject({ url: "/metrics" });
    expect(metrics.body).toMatch(
      /waybill_http_request_seconds_count\{method="GET",route="\/:org\/v2\/namespaces",status="200"\} \d+/,
    );
    const forwarded = await world.app.inject({ url: "/metrics", headers: { "x-forwarded-for": "127.0.0.1" } });
    expect(forwarded.statusCode).toBe(403);
    expect((await world.app.inject({ url: "/metrics", remoteAddress: "192.0.2.1" })).statusCode).toBe(403);
  });

  test("the API describes itself, and has a page", async () => {
    const page = await world.app.inject({ url: "/docs/" });
    expect(page.body).toContain("<title>Waybill API</title>");
    const document = (await world.app.inject({ url: "/openapi.json" })).json<{ openapi: string; info: object }>();
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Waybill", version: "1.2.3" } });
  });
});

describe("around the server", () => {
  test("Waybill below a path, behind a proxy that hands it on or takes it away", async () => {
    const baseUrl = "https://example.org/waybill";
    const http = { baseUrl, proxies: ["192.0.2.0/24"], metricsToken: "figures-of-a-service" };
    const { app, ask, token } = await aWorld("pglite", { http });
    for (const url of ["/waybill/health/live", "/health/live", "/waybill/api/service?"]) {
      expect((await app.inject({ url })).statusCode, url).toBe(200);
    }
    expect((await app.inject({ url: "/waybillx/health/live" })).statusCode).toBe(404);
    expect((await ask("guest", { url: "/waybill/lab/v2/namespaces" })).statusCode).toBe(200);
    const docs = await app.inject({ url: "/waybill/docs" });
    expect([docs.statusCode, docs.headers["location"]]).toEqual([302, "/waybill/docs/"]);
    const document = (await app.inject({ url: "/openapi.json" })).json<{ servers: unknown }>();
    expect(document.servers).toEqual([{ url: "/waybill" }]);
    expect((await app.inject({ url: "/metrics" })).statusCode).toBe(403);
    const headers = { authorization: "Bearer figures-of-a-service" };
    expect((await app.inject({ url: "/metrics", headers })).statusCode).toBe(200);
    // Only a declared proxy may say where a request comes from.
    const its = await token("admin");
    const from = (remoteAddress: string) =>
      app.inject({
        url: "/lab/v2/audit",
        remoteAddress,
        headers: { authorization: `Bearer ${its}`, "x-forwarded-for": "203.0.113.9" },
      });
    expect((await from("192.0.2.7")).statusCode).toBe(200);
    const invited = (remoteAddress: string) =>
      ask("admin", {
        method: "POST",
        url: "/lab/v2/namespaces",
        remoteAddress,
        payload: { code: remoteAddress, name: "N" },
        headers: { "x-forwarded-for": "203.0.113.9" },
      });
    await invited("192.0.2.7");
    await invited("198.51.100.1");
    const { data } = (await ask("admin", { url: "/lab/v2/audit?limit=2" })).json<{ data: { address: string }[] }>();
    expect(data.map(({ address }) => address)).toEqual(["198.51.100.1", "203.0.113.9"]);
    expect((await app.inject({ url: "/health/live" })).headers["strict-transport-security"]).toContain("max-age");
  });

  test("somebody is invited by mail, and comes in", async () => {
    const { url, mails } = await startMailServer();
    const mailer = openMailer({ url, from: "exports@example.org" });
    const { app, ask, soil } = await aWorld("pglite", { mailer });
    const made = await ask("owner", {
      method: "POST",
      url: "/lab/v2/invitations",
      payload: { email: "New@Example.org", role: "analyst", namespace: soil.id },
    });
    expect(made.json()).toMatchObject({ email: "new@example.org", sent: true, role: "analyst" });
    const link = /http:\/\/localhost:8080\/lab\/invitation#(\w+)/.exec(mails[0]!.text);
    expect(mails[0]!.to).toEqual(["new@example.org"]);
    const token = link![1]!;
    const lookup = { method: "POST", url: "/api/invitations/lookup", payload: { org: "lab", token } } as const;
    expect((await app.inject({ ...lookup, headers: { "accept-language": "fr" } })).json()).toEqual({
      email: "new@example.org",
      org: "lab",
      name: "Laboratoire des zones humides",
      hasAccount: false,
    });
    expect((await app.inject({ ...lookup, payload: { org: "twin", token } })).statusCode).toBe(410);
    const accept = (payload: object) => app.inject({ method: "POST", url: "/api/invitations/accept", payload });
    expect((await accept({ org: "lab", token })).statusCode).toBe(401);
    const weak = await accept({ org: "lab", token, account: { name: "New", password: "short" } });
    expect(weak.json()).toMatchObject({ status: 422, code: "password", errors: [{ pointer: "/password" }] });
    const account = { name: "New", password: "four words by chance" };
    expect((await accept({ org: "lab", token, account })).json()).toMatchObject({ email: "new@example.org" });
    expect((await accept({ org: "lab", token, account })).statusCode).toBe(410);
    const members = await ask("owner", { url: `/lab/v2/namespaces/${soil.id}/members` });
    expect(members.json<{ data: { email: string; role: string }[] }>().data).toContainEqual(
      expect.objectContaining({ email: "new@example.org", role: "analyst" }),
    );
  });
});
