// Signing in: passwords, sessions, second factors, reset by mail; on both control databases.
import { getMigrations } from "better-auth/db/migration";
import { sql } from "kysely";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { findPersonByEmail, putDisabled } from "../../src/control/people.ts";
import { makeAuth } from "../../src/identity/better-auth.ts";
import { identify } from "../../src/identity/identity.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import { createPerson } from "../../src/identity/people.ts";
import { openSignIn, type SignIn, type SignInOptions } from "../../src/identity/sign-in.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { startMailServer } from "../setup/mail-server.ts";
import { BASE_URL, Browser } from "./browser.ts";
import { totp } from "./totp.ts";

const PASSWORD = "correct horse battery staple";
const ADA = { email: "ada@example.org", name: "Ada", password: PASSWORD };
const SIGN_IN = { email: ADA.email, password: PASSWORD };

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  const logged: string[] = [];
  beforeAll(async () => {
    control = await emptyControl(its);
  });
  afterEach(async () => {
    await sql`truncate person, verification, rate_limit, setup_link cascade`.execute(control.db);
  });

  const open = (more: Partial<SignInOptions> = {}): Promise<SignIn> =>
    openSignIn({ control, baseUrl: BASE_URL, log: (level, message) => logged.push(`${level}: ${message}`), ...more });

  test("the tables are those that better-auth wants", async () => {
    const auth = makeAuth({
      control,
      baseUrl: BASE_URL,
      secret: "x".repeat(32),
      trustedOrigins: [],
      providers: [],
      inBackground: () => {},
      log: () => {},
    });
    const { toBeAdded, toBeCreated } = await getMigrations(auth.options);
    expect({ toBeAdded, toBeCreated }).toEqual({ toBeAdded: [], toBeCreated: [] });
  });

  test("a password opens a session, which ends when it is ended", async () => {
    const { id } = await createPerson(control, ADA);
    const signIn = await open();
    const browser = new Browser(signIn);
    expect(await identify(control, signIn, { headers: browser.headers(), address: "192.0.2.1" })).toBeNull();
    const { status, headers } = await browser.ask("/sign-in/email", {
      email: " Ada@Example.org".trim(),
      password: PASSWORD,
    });
    expect(status).toBe(200);
    expect(headers.getSetCookie().join()).toMatch(/HttpOnly; SameSite=Lax/i);
    const caller = { headers: browser.headers(), address: "192.0.2.1" };
    expect(await identify(control, signIn, caller)).toMatchObject({
      person: { id, email: ADA.email },
      via: { kind: "session" },
    });
    // Where it came from is kept with the session, and not what the client says of itself.
    const { rows } = await sql<{ ipAddress: string }>`select ip_address from session`.execute(control.db);
    expect(rows).toEqual([{ ipAddress: "192.0.2.1" }]);
    // A cookie that somebody changed is none.
    const forged = new Headers({
      cookie: caller.headers.get("cookie")!.replace(/=(.)/, (_, c) => `=${c === "A" ? "B" : "A"}`),
    });
    expect(await identify(control, signIn, { ...caller, headers: forged })).toBeNull();
    await browser.ask("/sign-out", {});
    expect(await identify(control, signIn, caller)).toBeNull();
    await signIn.close();
  });

  test("a session that is used is prolonged, and the cookie with it", async () => {
    await createPerson(control, ADA);
    const signIn = await open();
    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", SIGN_IN);
    expect((await signIn.session(browser.headers()))!.setCookies).toEqual([]);
    await sql`update session set expires_at = now() + interval '5 days'`.execute(control.db);
    expect((await signIn.session(browser.headers()))!.setCookies.join()).toMatch(/session_token=.*Max-Age=604800/);
    await sql`update session set expires_at = now() - interval '1 second'`.execute(control.db);
    expect(await signIn.session(browser.headers())).toBeNull();
  });

  test("behind https and below a path, cookies are secure and links lead there", async () => {
    const { id } = await createPerson(control, ADA);
    const base = "https://exports.example.org/lab/x";
    const signIn = await open({ baseUrl: base });
    const browser = new Browser(signIn, "192.0.2.1", base);
    const { status, headers } = await browser.ask("/sign-in/email", SIGN_IN);
    expect(status).toBe(200);
    expect(headers.getSetCookie().join()).toMatch(/^__Secure-waybill\.session_token=.*Secure/i);
    expect((await signIn.session(browser.headers()))?.person.id).toBe(id);
    expect((await signIn.passwordLink(id)).link).toMatch(/^https:\/\/exports\.example\.org\/lab\/x\/reset-password#/);
    expect((await new Browser(signIn).ask("/sign-in/email", SIGN_IN)).status).toBe(404);
  });

  test("sessions are the same in all processes, by a secret that is made once", async () => {
    await createPerson(control, ADA);
    const [one, two] = await Promise.all([open(), open()]);
    const browser = new Browser(one);
    await browser.ask("/sign-in/email", SIGN_IN);
    expect(await two.session(browser.headers())).not.toBeNull();
    const other = await open({ secret: "another secret of thirty-two chars" });
    expect(await other.session(browser.headers())).toBeNull();
  });

  test("a wrong password and an unknown person get the same answer; nobody signs up", async () => {
    await createPerson(control, ADA);
    const browser = new Browser(await open());
    const wrong = await browser.ask("/sign-in/email", { ...SIGN_IN, password: "wrong wrong wrong" });
    const unknown = await browser.ask("/sign-in/email", { ...SIGN_IN, email: "eve@example.org" });
    expect(wrong).toMatchObject({ status: 401 });
    expect(unknown.body).toEqual(wrong.body);
    expect((await browser.ask("/sign-up/email", { ...ADA, email: "eve@example.org" })).status).toBe(404);
    expect((await browser.ask("/update-user", { disabledAt: null, email: "x@y.z" })).status).toBeGreaterThanOrEqual(
      400,
    );
    expect(await findPersonByEmail(control.db, "eve@example.org")).toBeUndefined();
    expect(browser.cookies.size).toBe(0);
  });

  test("passwords are kept by Argon2id", async () => {
    await createPerson(control, ADA);
    const rows = await control.db.selectFrom("account").select("password").execute();
    expect(rows[0]!.password).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  });

  test("whoever is kept out loses their sessions at once, and gets no new one", async () => {
    const { id } = await createPerson(control, ADA);
    const signIn = await open();
    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", SIGN_IN);
    await putDisabled(control.db, id, true);
    expect(await signIn.session(browser.headers())).toBeNull();
    expect(await browser.ask("/sign-in/email", SIGN_IN)).toMatchObject({
      status: 403,
      body: { code: "ACCOUNT_DISABLED" },
    });
    await putDisabled(control.db, id, false);
    expect((await browser.ask("/sign-in/email", SIGN_IN)).status).toBe(200);
  });

  test("guessing is slowed down from an address, and on an account from all addresses together", async () => {
    await createPerson(control, ADA);
    const signIn = await open();
    const guess = (n: number, address: string, email: string) =>
      new Browser(signIn, address).ask("/sign-in/email", { email, password: `wrong password ${n}` });
    const fromOne = [];
    for (let n = 0; n < 22; n++) fromOne.push((await guess(n, "192.0.2.7", `p${n}@example.org`)).status);
    expect(fromOne.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    expect(fromOne.slice(20)).toEqual([429, 429]);
    const onOne = [];
    for (let n = 0; n < 21; n++) onOne.push((await guess(n, `198.51.100.${n}`, ADA.email.toUpperCase())).status);
    expect(onOne.slice(19)).toEqual([401, 429]);
    const right = await new Browser(signIn, "203.0.113.5").ask("/sign-in/email", SIGN_IN);
    expect(right).toMatchObject({ status: 429, body: { code: "TOO_MANY_ATTEMPTS" } });
    expect(Number(right.headers.get("x-retry-after"))).toBeGreaterThan(800);
  });

  test("a password is reset by mail, once, in the person's language, and ends all sessions", async () => {
    const { url, mails } = await startMailServer();
    const mailer = openMailer({ url, from: "Waybill <exports@example.org>" });
    await createPerson(control, { ...ADA, language: "fr" });
    const signIn = await open({ mailer });
    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", SIGN_IN);
    const known = await browser.ask("/request-password-reset", { email: ADA.email });
    const unknown = await browser.ask("/request-password-reset", { email: "eve@example.org" });
    expect(known).toMatchObject({ status: 200, body: unknown.body });
    await signIn.close();
    expect(mails).toHaveLength(1);
    expect(mails[0]!.to).toEqual([ADA.email]);
    expect(mails[0]!.text).toContain("Choisir un nouveau mot de passe");
    const token = /reset-password#([\w-]+)/.exec(mails[0]!.text)![1]!;
    const { rows } = await sql<{ text: string }>`select identifier || value as text from verification`.execute(
      control.db,
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    const change = { token, newPassword: "another long password" };
    expect((await browser.ask("/reset-password", { ...change, newPassword: "short" })).status).toBe(400);
    expect((await browser.ask("/reset-password", change)).status).toBe(200);
    expect((await browser.ask("/reset-password", change)).status).toBe(400);
    expect(await signIn.session(browser.headers())).toBeNull();
    expect((await browser.ask("/sign-in/email", SIGN_IN)).status).toBe(401);
    expect((await browser.ask("/sign-in/email", { ...SIGN_IN, password: change.newPassword })).status).toBe(200);
    mailer.close();
  });

  test("a mail that cannot be sent is logged, without its link, and changes no answer", async () => {
    const { url } = await startMailServer(true);
    const mailer = openMailer({ url, from: "exports@example.org" });
    await createPerson(control, ADA);
    const signIn = await open({ mailer });
    logged.length = 0;
    expect((await new Browser(signIn).ask("/request-password-reset", { email: ADA.email })).status).toBe(200);
    await signIn.close();
    expect(logged).toEqual([
      expect.stringMatching(/^error: The mail server does not accept a mail for this address \(EENVELOPE 550\)\.$/),
    ]);
    mailer.close();
  });

  test("a link by the operator lets somebody without a password choose one", async () => {
    const { id } = await createPerson(control, { ...ADA, password: null });
    const signIn = await open();
    const { link, expiresAt } = await signIn.passwordLink(id);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 86_000_000);
    const [place, token] = link.split("#");
    expect(place).toBe(`${BASE_URL}/reset-password`);
    const browser = new Browser(signIn);
    expect((await browser.ask("/reset-password", { token, newPassword: PASSWORD })).status).toBe(200);
    expect((await browser.ask("/sign-in/email", SIGN_IN)).status).toBe(200);
  });

  test("a second factor is asked for, by an application or by codes that were kept", async () => {
    await createPerson(control, ADA);
    const signIn = await open();
    const first = new Browser(signIn);
    await first.ask("/sign-in/email", SIGN_IN);
    const { body } = await first.ask("/two-factor/enable", { password: PASSWORD, method: "totp" });
    const uri = body["totpURI"] as string;
    expect((await first.ask("/two-factor/verify-totp", { code: totp(uri) })).status).toBe(200);
    const { rows } = await sql<{ text: string }>`select secret || backup_codes as text from two_factor`.execute(
      control.db,
    );
    expect(rows[0]!.text).not.toContain((body["backupCodes"] as string[])[0]);

    const second = new Browser(signIn);
    expect((await second.ask("/sign-in/email", SIGN_IN)).body).toMatchObject({ twoFactorRedirect: true });
    expect(await signIn.session(second.headers())).toBeNull();
    const wrong = totp(uri) === "000000" ? "000001" : "000000";
    expect((await second.ask("/two-factor/verify-totp", { code: wrong })).status).toBe(401);
    expect((await second.ask("/two-factor/verify-totp", { code: totp(uri) })).status).toBe(200);
    expect(await signIn.session(second.headers())).not.toBeNull();

    const third = new Browser(signIn);
    await third.ask("/sign-in/email", SIGN_IN);
    const code = (body["backupCodes"] as string[])[0];
    expect((await third.ask("/two-factor/verify-backup-code", { code })).status).toBe(200);
    expect(await signIn.session(third.headers())).not.toBeNull();
    const fourth = new Browser(signIn);
    await fourth.ask("/sign-in/email", SIGN_IN);
    expect((await fourth.ask("/two-factor/verify-backup-code", { code })).status).toBe(401);
  });

  test("requests from another site are refused", async () => {
    await createPerson(control, ADA);
    const signIn = await open();
    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", SIGN_IN);
    const headers = browser.headers();
    headers.set("origin", "https://evil.example");
    headers.set("content-type", "application/json");
    const request = new Request(`${BASE_URL}/api/auth/sign-out`, { method: "POST", headers, body: "{}" });
    expect((await signIn.handle(request, "192.0.2.1")).status).toBe(403);
    expect(await signIn.session(browser.headers())).not.toBeNull();
  });
});
