// Single sign-on against a real provider (oidc-provider), on both control databases.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { findPersonByEmail, membershipsOf } from "../../src/control/people.ts";
import { createPerson } from "../../src/identity/people.ts";
import type { OidcProvider } from "../../src/identity/oidc.ts";
import { openSignIn, type SignIn } from "../../src/identity/sign-in.ts";
import { freePort } from "../setup/embedded-postgres.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { BASE_URL, Browser } from "./browser.ts";

const SECRET = "s3cret-of-the-client";

/** People at the provider: who they sign in as decides what it says of them. */
const verified: Record<string, boolean> = { "eve@unverified.example.org": false };

let server: Server;
let issuer: string;

async function startProvider(port: number): Promise<void> {
  issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: "waybill", client_secret: SECRET, redirect_uris: [`${BASE_URL}/api/auth/callback/oidc-lab`] },
    ],
    pkce: { required: () => true },
    claims: { email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: verified[id] ?? true, name: `The ${id}` }),
    }),
    cookies: { keys: ["a key for the tests"] },
  });
  provider.on("server_error", () => {});
  const answer = provider.callback();
  server = createServer((request, response) => void answer(request, response));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}

/** Signs in at the provider as a person does: its form, then its question; gives the address that it leads back to. */
async function atProvider(address: string, as: string): Promise<string> {
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
    const body = form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) };
    const response = await fetch(url, { redirect: "manual", headers, ...body });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  let at = address;
  for (let step = 0; step < 12; step++) {
    if (at.startsWith(BASE_URL)) return at;
    const response = await go(at);
    let next = response.headers.get("location");
    if (next === null) {
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (action === undefined || prompt === undefined) throw new Error(`the provider shows ${page.slice(0, 400)}`);
      next = (await go(new URL(action, at).href, { prompt, login: as, password: "any" })).headers.get("location");
    }
    at = new URL(next!, at).href;
  }
  throw new Error("the provider leads nowhere");
}

beforeAll(async () => startProvider(await freePort()));
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  beforeAll(async () => {
    control = await emptyControl(its);
  });
  afterEach(async () => {
    await sql`truncate person, rate_limit cascade`.execute(control.db);
  });

  const open = (more: Partial<OidcProvider> = {}): Promise<SignIn> => {
    const client = { clientId: "waybill", clientSecret: SECRET, name: "The lab's" };
    const provider = { org: "lab", issuer, ...client, domains: ["Example.org", "unverified.example.org"], ...more };
    return openSignIn({ control, baseUrl: BASE_URL, providers: [provider] });
  };

  /** Signs in by the provider, and gives where that ends. */
  async function signInAs(browser: Browser, email: string): Promise<string> {
    const { body } = await browser.ask("/sign-in/social", {
      provider: "oidc-lab",
      callbackURL: "/lab",
      errorCallbackURL: "/sign-in",
    });
    const back = await atProvider(body["url"] as string, email);
    const response = await browser.request(back);
    return response.headers.get("location") ?? `${response.status} ${await response.text()}`;
  }

  test("somebody of the org's domain comes in, as a member, and is the same person next time", async () => {
    const signIn = await open();
    expect(signIn.providersOf("lab")).toEqual([{ id: "oidc-lab", name: "The lab's" }]);
    expect(signIn.providersOf("other")).toEqual([]);
    const browser = new Browser(signIn);
    expect(await signInAs(browser, "ada@example.org")).toMatch(/\/lab$/);
    const ada = await findPersonByEmail(control.db, "ada@example.org");
    expect(await signIn.session(browser.headers())).toMatchObject({ person: { id: ada!.id } });
    expect(ada).toMatchObject({ name: "The ada@example.org", emailVerified: true });
    expect(await membershipsOf(control.db, ada!.id)).toEqual([{ person: ada!.id, org: "lab", role: null }]);
    const again = new Browser(signIn);
    await signInAs(again, "ada@example.org");
    expect(await signIn.session(again.headers())).toMatchObject({ person: { id: ada!.id } });
    const { rows } = await sql`select access_token, refresh_token, id_token from account`.execute(control.db);
    expect(rows).toEqual([{ accessToken: null, refreshToken: null, idToken: null }]);
  });

  test("somebody who has an account signs in to it", async () => {
    const { id } = await createPerson(control, { email: "ada@example.org", name: "Ada", password: null });
    const signIn = await open();
    const browser = new Browser(signIn);
    await signInAs(browser, "ada@example.org");
    expect(await signIn.session(browser.headers())).toMatchObject({ person: { id: id } });
  });

  test("a provider speaks for its own domains alone, and for addresses that it verified", async () => {
    const { id } = await createPerson(control, { email: "boss@elsewhere.org", name: "Boss", password: null });
    const signIn = await open();
    for (const [email, code] of [
      ["boss@elsewhere.org", "domain_not_allowed"],
      ["new@elsewhere.org", "domain_not_allowed"],
      ["x@evil.example.org", "domain_not_allowed"],
      ["eve@unverified.example.org", "email_not_verified"],
    ] as const) {
      const browser = new Browser(signIn);
      expect(await signInAs(browser, email)).toContain(code);
      expect(await signIn.session(browser.headers())).toBeNull();
    }
    const people = await control.db.selectFrom("person").select("id").execute();
    expect(people).toEqual([{ id }]);
  });

  test("an answer that this browser did not ask for is refused", async () => {
    const signIn = await open();
    const victim = new Browser(signIn);
    const attacker = new Browser(signIn);
    const { body } = await attacker.ask("/sign-in/social", { provider: "oidc-lab", callbackURL: "/lab" });
    const back = await atProvider(body["url"] as string, "ada@example.org");
    await victim.request(back);
    expect(await signIn.session(victim.headers())).toBeNull();
    await victim.request(back.replace(/state=[^&]+/, "state=made-up"));
    expect(await signIn.session(victim.headers())).toBeNull();
  });

  test("without the provider, passwords still work; a wrong secret lets nobody in", async () => {
    const password = "correct horse battery staple";
    await createPerson(control, { email: "ada@example.org", name: "Ada", password });
    const signIn = await open({ issuer: `http://127.0.0.1:${await freePort()}` });
    const browser = new Browser(signIn);
    expect((await browser.ask("/sign-in/social", { provider: "oidc-lab", callbackURL: "/lab" })).status).toBe(404);
    expect((await browser.ask("/sign-in/email", { email: "ada@example.org", password })).status).toBe(200);
    const wrong = await open({ clientSecret: "another" });
    const other = new Browser(wrong);
    await signInAs(other, "ada@example.org");
    expect(await wrong.session(other.headers())).toBeNull();
  });
});
