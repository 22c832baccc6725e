// Passwords, tokens, cookies and links: in no log, no error, no audit entry, and nowhere in the database as they are.
import { inspect } from "node:util";
import { sql } from "kysely";
import { beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { inOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { addMember, putMember } from "../../src/control/queries/members.ts";
import { addToken } from "../../src/control/queries/tokens.ts";
import { openMailer } from "../../src/mail/mailer.ts";
import * as people from "../../src/identity/people.ts";
import { secretHash } from "../../src/identity/secrets.ts";
import { openSignIn } from "../../src/identity/sign-in.ts";
import { createToken } from "../../src/identity/tokens.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { startMailServer } from "../setup/mail-server.ts";
import { BASE_URL, Browser } from "./browser.ts";

const EMAIL = "ada@example.org";

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  beforeAll(async () => {
    control = await emptyControl(its);
  });

  /** Everything that the database holds, as text. */
  async function everything(): Promise<string> {
    const { rows } = await sql<{
      name: string;
    }>`select tablename as name from pg_tables where schemaname = 'public'`.execute(control.db);
    const tables = await Promise.all(
      rows.map(({ name }) =>
        sql<{ row: string }>`select row_to_json(t)::text as row from ${sql.table(name)} t`.execute(control.db),
      ),
    );
    return JSON.stringify(tables.map((table) => table.rows));
  }

  test("secrets stay where they belong", async () => {
    const said: string[] = [];
    const listen = (chunk: unknown): boolean => said.push(inspect(chunk)) > 0;
    for (const stream of [process.stdout, process.stderr]) {
      const spy = vi.spyOn(stream, "write").mockImplementation(listen);
      onTestFinished(() => spy.mockRestore());
    }
    for (const name of ["log", "warn", "error", "info", "debug"] as const) {
      const spy = vi.spyOn(console, name).mockImplementation((...what) => void said.push(inspect(what)));
      onTestFinished(() => spy.mockRestore());
    }
    const failed = async (promise: Promise<unknown>): Promise<void> => {
      said.push(
        await promise.then(
          () => "nothing failed",
          (error: unknown) => inspect(error, { depth: 9, showHidden: true }),
        ),
      );
    };
    const secrets: string[] = [];
    const secret = <Text extends string>(text: Text): Text => {
      secrets.push(text);
      return text;
    };

    const { url, mails } = await startMailServer();
    const refusing = await startMailServer(true);
    secret("s3cret-smtp");
    const mailer = openMailer({ url, from: "exports@example.org" });
    const broken = openMailer({ url: refusing.url, from: "exports@example.org" });
    onTestFinished(() => [mailer, broken].forEach((it) => it.close()));
    const log = (_level: string, message: string) => void said.push(message);
    const signIn = await openSignIn({ control, baseUrl: BASE_URL, mailer, log });
    const withoutMail = await openSignIn({ control, baseUrl: BASE_URL, mailer: broken, log });

    const first = secret((await people.firstLink(control))!.split("#")[1]!);
    const password = secret("a password that nobody knows");
    const { id } = await people.useFirstLink(control, first, ["lab"], { email: EMAIL, name: "Ada", password });
    await failed(people.useFirstLink(control, first, ["lab"], { email: EMAIL, name: "Ada", password }));
    await failed(people.createPerson(control, { email: EMAIL, name: "Ada", password }));
    await failed(people.createPerson(control, { email: "e@example.org", name: "E", password: secret("too short") }));

    const lab = inOrg(control.db, "lab");
    const request = { person: id, name: "t", scopes: ["read"], addresses: [], expiresAt: null };
    const { token } = await createToken(lab, request);
    secret(token.slice(-48));
    await failed(addToken(lab, { ...request, hash: secretHash(token) }));
    await failed(createToken(lab, { ...request, person: "no uuid" }));
    const invitation = await people.invite(lab, {
      email: "bob@example.org",
      role: "admin",
      namespace: null,
      invitedBy: id,
    });
    const invited = secret(invitation.path.split("#")[1]!);
    await failed(people.acceptInvitation(control, "lab", invited, { name: "B", password: secret("tooshort2") }));
    await people.acceptInvitation(control, "lab", invited, { name: "Bob", password });
    await failed(people.acceptInvitation(control, "lab", invited, { name: "Bob", password }));

    const browser = new Browser(signIn);
    await browser.ask("/sign-in/email", { email: EMAIL, password: secret("the wrong password") });
    await browser.ask("/sign-in/email", { email: EMAIL, password });
    const cookies = [...browser.cookies.values()].map((cookie) => secret(cookie));
    expect(cookies.length).toBeGreaterThan(0);
    const { body } = await browser.ask("/two-factor/enable", { password, method: "totp" });
    secret(new URL(body["totpURI"] as string).searchParams.get("secret")!);
    for (const code of body["backupCodes"] as string[]) secret(code);
    await browser.ask("/two-factor/verify-totp", { code: secret("987654321") });
    await browser.ask("/request-password-reset", { email: EMAIL });
    await new Browser(withoutMail).ask("/request-password-reset", { email: EMAIL });
    await signIn.close();
    await withoutMail.close();
    const reset = secret(/#([\w-]+)/.exec(mails[0]!.text)![1]!);
    await browser.ask("/reset-password", { token: reset, newPassword: secret("short") });
    await browser.ask("/reset-password", { token: reset, newPassword: secret("yet another password") });
    await browser.ask("/reset-password", { token: reset, newPassword: secret("yet another password") });
    secret((await signIn.passwordLink(id)).link.split("#")[1]!);

    // A database that fails in the middle of it.
    await sql`alter table session rename to session_gone`.execute(control.db);
    await failed(signIn.session(browser.headers()));
    await failed(new Browser(signIn).ask("/sign-in/email", { email: EMAIL, password: "yet another password" }));
    await sql`alter table session_gone rename to session`.execute(control.db);
    await failed(addMember(lab, password).then(() => putMember(lab, token, "admin")));

    const kept = await everything();
    expect(kept).toContain(EMAIL);
    expect(said.length).toBeGreaterThan(9);
    for (const it of secrets) {
      if (it === "short") continue;
      expect(said.filter((text) => text.includes(it))).toEqual([]);
      expect(kept.includes(it) && it).toBe(false);
    }
  });
});
