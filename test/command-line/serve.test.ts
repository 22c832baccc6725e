// `waybill serve`: from an empty folder to somebody who is signed in, and its end.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { KINDS } from "../setup/control.ts";
import { createDatabase } from "../setup/postgres.ts";
import { emptyFolder, shell } from "./program.ts";
import { freePort, post, start, stopped } from "./serving.ts";

const PATIENCE = 120_000;

describe.each(KINDS)("on %s", { timeout: PATIENCE }, (kind) => {
  test("the first link makes the first administrator, who signs in, also after kill -9", async () => {
    const folder = emptyFolder();
    const db = new DatabaseSync(join(folder, "lab.db"));
    db.exec("create table samples (id integer primary key, name text); insert into samples values (1, 'Alder')");
    db.close();
    writeFileSync(join(folder, "waybill.yaml"), "orgs:\n  lab: { sources: { main: { url: 'sqlite:lab.db' } } }\n");
    const env: Record<string, string> = {};
    if (kind === "postgres") {
      const database = await createDatabase();
      onTestFinished(() => database.drop());
      env["DATABASE_URL"] = database.url;
    }
    const first = await start(folder, env);
    expect(first.stdout()).toMatch(
      /^Waybill [\d.]+ listens at http:\/\/127\.0\.0\.1:\d+; people find it at http:\/\/localhost:\d+\.\nOrganisations: lab\.\nNobody has an account\. This link makes the first administrator, once, within a day:\n {2}http:\/\/localhost:\d+\/welcome#\w{48}\n$/,
    );
    // Nothing that lets anybody in is in the log.
    const token = /welcome#(\w+)/.exec(first.stdout())![1]!;
    expect(first.stderr()).not.toContain(token);
    const account = { email: "ada@example.org", name: "Ada", password: "four words by chance" };
    const made = await post(`${first.url}/api/setup`, { token, ...account });
    expect(made.status).toBe(201);
    expect((await post(`${first.url}/api/setup`, { token, ...account })).status).toBe(410);
    expect(await stopped(first, "SIGKILL")).toBeNull();

    const second = await start(folder, env);
    expect(second.stdout()).not.toContain("Nobody has an account");
    const { email, password } = account;
    const origin = `http://localhost:${new URL(second.url).port}`;
    const signIn = await post(`${second.url}/api/auth/sign-in/email`, { email, password }, { origin });
    expect(signIn.status).toBe(200);
    const cookie = signIn.headers
      .getSetCookie()
      .map((it) => it.split(";", 1)[0])
      .join("; ");
    const overview = await fetch(`${second.url}/lab/v2/`, { headers: { cookie } });
    expect(await overview.json()).toMatchObject({ code: "lab", role: "admin" });
    expect(await stopped(second)).toBe(0);
    expect(second.stderr()).not.toMatch(/"level":[56]0/);
  });
});

describe("serve", { timeout: PATIENCE }, () => {
  test("answers on an empty folder and says what to do, and keeps others from the folder", async () => {
    const folder = emptyFolder();
    const first = await start(folder);
    expect(first.stdout()).toContain("There is no configuration: waybill init <source-url> writes one.");
    const again = await shell(`$WAYBILL serve --port ${await freePort()}`, folder);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("is in use");
    expect(await stopped(first, "SIGINT")).toBe(0);
  });

  test("a request that is being answered is answered before the end", async () => {
    const folder = emptyFolder();
    const service = await start(folder);
    const origin = `http://localhost:${new URL(service.url).port}`;
    // Checking a password takes a while.
    const asked = [1, 2, 3].map(() =>
      post(`${service.url}/api/auth/sign-in/email`, { email: "x@example.org", password: "none of them" }, { origin }),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    const code = stopped(service);
    const statuses = (await Promise.allSettled(asked)).map((it) =>
      it.status === "fulfilled" ? it.value.status : "cut",
    );
    // Those that came too late are not taken; none that was taken is cut.
    for (const status of statuses) expect([401, 503, "cut"]).toContain(status);
    expect(await code).toBe(0);
  });

  test("a source that is away keeps nobody from the rest", async () => {
    const folder = emptyFolder();
    const away = "postgres://shop:s3cret@127.0.0.1:1/shop";
    writeFileSync(join(folder, "waybill.yaml"), `orgs:\n  lab: { sources: { main: { url: "${away}" } } }\n`);
    const add = "$WAYBILL user add ada@example.org --org lab --admin --password-stdin <<< 'four words by chance'";
    const token = await shell(`${add} && $WAYBILL token create t --user ada@example.org --scope read,admin`, folder);
    expect(token.code, token.stderr).toBe(0);
    const service = await start(folder);
    const headers = { authorization: `Bearer ${token.stdout.toString().trim().split("\n").at(-1)}` };
    const objects = await fetch(`${service.url}/lab/v2/objects`, { headers });
    expect(objects.status).toBe(503);
    const text = await objects.text();
    expect(JSON.parse(text)).toMatchObject({ code: "source-unreachable", hint: expect.any(String) });
    expect((await fetch(`${service.url}/lab/v2/members`, { headers })).status).toBe(200);
    expect(await stopped(service)).toBe(0);
    expect(text + service.stderr()).not.toContain("s3cret");
  });

  test("what is wrong is said in plain words", async () => {
    const folder = emptyFolder();
    const cases: readonly [string, RegExp, number][] = [
      ["serve --port 99999", /--port needs a number up to 65535/, 2],
      ["serve --port x", /--port needs a number/, 2],
      ["serve --base-url ftp://x", /"ftp:\/\/x" is no address that Waybill could be at/, 2],
      ["serve --origin nonsense", /"nonsense" is no origin/, 2],
      ["serve --config none.yaml", /none\.yaml/, 2],
    ];
    for (const [line, message, code] of cases) {
      const ended = await shell(`$WAYBILL ${line}`, folder);
      expect([ended.code, ended.stderr], line).toEqual([code, expect.stringMatching(message)]);
      expect(ended.stderr.split("\n").length, line).toBeLessThan(5);
    }
    const loud = await shell("WAYBILL_LOG=loud $WAYBILL serve", folder);
    expect([loud.code, loud.stderr]).toEqual([2, expect.stringContaining('WAYBILL_LOG does not know "loud"')]);
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const busy = await shell(`$WAYBILL serve --port ${(taken.address() as AddressInfo).port}`, folder);
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining("Another program listens at port")]);
  });
});
