// `waybill user`, `token` and `org`, on an embedded database and on PostgreSQL.
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { openControl } from "../../src/control/open.ts";
import { openSignIn } from "../../src/identity/sign-in.ts";
import { useToken } from "../../src/identity/tokens.ts";
import { Browser } from "../identity/browser.ts";
import { emptyPlace, KINDS } from "../setup/control.ts";
import { type Ended, emptyFolder, expectFailure, shell } from "./program.ts";

const CONFIG = "orgs:\n  lab: { sources: { main: { url: 'sqlite:lab.db' } } }\n";
/** The program starts a dozen times in some of these, each time with a database to open. */
const PATIENCE = 120_000;
const PASSWORD = "correct horse battery staple";

describe.each(KINDS)("on %s", { timeout: PATIENCE }, (its) => {
  let folder: string;
  let environment: string;
  let place: { dataDir: string; databaseUrl: string | null };
  beforeEach(async () => {
    folder = emptyFolder();
    const empty = await emptyPlace(its);
    place = { ...empty, dataDir: join(folder, ".waybill") };
    if (its === "pglite") cpSync(empty.dataDir, place.dataDir, { recursive: true });
    environment = `DATABASE_URL='${empty.databaseUrl ?? ""}'`;
    writeFileSync(join(folder, "waybill.yaml"), CONFIG);
  });

  const run = (line: string): Promise<Ended> => shell(`${environment} $WAYBILL ${line}`, folder);

  async function fine(line: string): Promise<string> {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stderr: stderr.replace(/^This is the token.*\n/, "") }).toEqual({ code: 0, stderr: "" });
    return stdout.toString();
  }

  test("people are added, listed, kept out and let in", async () => {
    expect(await fine("user list")).toBe("Nobody has an account. waybill user add makes one.\n");
    const added = await fine(
      "user add Ada@example.org --name 'Ada L.' --admin --base-url https://exports.example.org/x",
    );
    expect(added).toMatch(
      /^ada@example\.org has an account\.\nThey administer lab\.\nThis link lets them choose a password, once, until 20[\d-]+ [\d:]+ UTC:\n {2}https:\/\/exports\.example\.org\/x\/reset-password#[\w-]+\n$/,
    );
    expect(await fine(`user add bob@example.org --password-stdin <<< '${PASSWORD}'`)).toBe(
      "bob@example.org has an account.\nThey belong to lab.\n",
    );
    expect(await fine("user list")).toBe(
      "E-mail           Name    Organisations\nada@example.org  Ada L.  lab (administrator)\nbob@example.org  bob     lab\n",
    );
    const lines = (await fine("user list --json"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { email: "ada@example.org", orgs: [{ org: "lab", role: "admin" }] },
      { disabledAt: null },
    ]);
    expect(await fine("org list")).toBe(
      "Organisation  Configured  Members  Administrators\nlab           yes         2        1\n",
    );
    expect(await fine("user disable bob@example.org")).toContain("may not sign in any more");
    expect(await fine("user list")).toMatch(/bob@example\.org .* UTC\n/);
    expectFailure(await run("user link bob@example.org"), 2, /may not sign in\.\n {2}waybill user enable lets them/);
    await fine("user enable bob@example.org");

    // The password and the link are good for what they say.
    const token = /#([\w-]+)/.exec(await fine("user link ada@example.org"))![1];
    const control = await openControl(place);
    onTestFinished(() => control.close());
    const signIn = await openSignIn({ control, baseUrl: "http://localhost:8080" });
    const browser = new Browser(signIn);
    expect((await browser.ask("/reset-password", { token, newPassword: PASSWORD })).status).toBe(200);
    for (const email of ["ada@example.org", "bob@example.org"]) {
      expect((await browser.ask("/sign-in/email", { email, password: PASSWORD })).status).toBe(200);
    }
  });

  test("tokens are made, shown once, listed and revoked", async () => {
    await fine("user add ada@example.org --admin");
    const { stdout, stderr, code } = await run(
      "token create nightly --user ada@example.org --scope read --expires P90D --address 192.0.2.0/24 --address ::1",
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^This is the token; it cannot be shown again\. It works until 20[\d-]+ [\d:]+ UTC\.\n$/);
    const token = stdout.toString().trim();
    expect(token).toMatch(/^wb_lab_[0-9a-f]{48}$/);
    const list = await fine("token list --user ada@example.org");
    expect(list).toMatch(/nightly {2}ada@example\.org {2}read {4}192\.0\.2\.0\/24,::1 {2}until 20/);
    const [{ id }] = [JSON.parse(await fine("token list --json")) as { id: string }];
    expect(await fine("token list --json")).not.toContain("hash");
    const valid = async () => {
      const control = await openControl(place);
      const used = await useToken(control, token, "192.0.2.7");
      await control.close();
      return used !== null;
    };
    expect(await valid()).toBe(true);
    expect(await fine(`token revoke ${id}`)).toBe("The token is over.\n");
    expect(await valid()).toBe(false);
    expect(await fine("token list")).toMatch(/revoked 20/);
    expectFailure(await run(`token revoke ${id}`), 2, /lab has no valid token with this id/);
    expectFailure(await run("token revoke x"), 2, /no valid token/);
  });
});

describe("what cannot be", { timeout: PATIENCE }, () => {
  // One place for all: nothing of this leaves anything behind. A server is there sooner than the embedded database.
  let url: string | null;
  beforeAll(async () => {
    url = (await emptyPlace("postgres")).databaseUrl;
  });

  test.each([
    ["user add ada", 2, /This is no mail address\./],
    ["user add ada@example.org --password-stdin <<< short", 2, /A password has 12 to 256 characters\./],
    ["user add ada@example.org --password-stdin < /dev/null", 2, /There is no password on standard input\./],
    ["user add ada@example.org --org labb", 2, /has no organisation "labb"\.\n {2}Did you mean lab\?/],
    ["user add ada@example.org --base-url 'x y'", 2, /no address that Waybill could be at/],
    ["user link eve@example.org", 2, /Nobody has the mail address "eve@example\.org"\.\n {2}waybill user add/],
    ["user disable eve@example.org", 2, /Nobody has the mail address/],
    ["user remove eve@example.org", 2, /Unknown command 'remove'/],
    ["user add", 2, /Missing required argument 'email'/],
    ["token create x", 2, /Required option '--user <email>' not specified/],
    ["token create x --user eve@example.org", 2, /Nobody has/],
    ["token create x --user eve@example.org --expires soon", 2, /--expires does not understand "soon"/],
    ["org list --config none.yaml", 2, /"none\.yaml" does not exist/],
  ] as const)("%s", async (line, code, message) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "waybill.yaml"), CONFIG);
    expectFailure(await shell(`DATABASE_URL='${url}' $WAYBILL ${line}`, folder), code, message);
  });

  test("a server that is not there, and a URL that is none", async () => {
    const folder = emptyFolder();
    const server = "postgres://waybill:s3cret@127.0.0.1:1/waybill";
    expectFailure(
      await shell(`DATABASE_URL='${server}' $WAYBILL user list`, folder),
      1,
      /Cannot reach the control database/,
    );
    expectFailure(await shell("DATABASE_URL=s3cret $WAYBILL user list", folder), 2, /DATABASE_URL is no URL/);
  });

  test("a secret that can be guessed", async () => {
    const environment = `DATABASE_URL='${url}' WAYBILL_SECRET=s3cret`;
    const run = (line: string) => shell(`${environment} $WAYBILL ${line}`, emptyFolder());
    expectFailure(await run("user add a@example.org"), 2, /WAYBILL_SECRET is too short/);
    // Nobody is left without a link.
    expect((await run("user list")).stdout.toString()).toMatch(/^Nobody/);
  });

  test("a data folder that is a file", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "file"), "");
    const ended = await shell("$WAYBILL org list --data-dir file", folder);
    expectFailure(ended, 1, /The data folder "file" cannot be used/);
  });

  test("a data folder that a running Waybill has", async () => {
    const place = await emptyPlace("pglite");
    const control = await openControl(place);
    const ended = await shell(`$WAYBILL user list --data-dir ${place.dataDir}`, emptyFolder());
    expectFailure(ended, 1, new RegExp(`is in use by process ${process.pid} \\(since 20`));
    await control.close();
  });

  test("an account that is there, and somebody who does not belong", async () => {
    const folder = emptyFolder();
    const { databaseUrl } = await emptyPlace("postgres");
    const run = (line: string) => shell(`DATABASE_URL='${databaseUrl}' $WAYBILL ${line}`, folder);
    expect((await run("user add ada@example.org")).code).toBe(0);
    expectFailure(await run("user add ADA@example.org"), 2, /There is an account with the mail address "ada@/);
    expectFailure(
      await run("token create x --user ada@example.org"),
      2,
      /Which organisation is meant\?\n {2}Name it with --org\./,
    );
    expectFailure(await run("token create x --user ada@example.org --org lab"), 2, /does not belong to lab/);
    expect((await run("user add ada@example.org --org lab")).stdout.toString()).toBe(
      "ada@example.org had an account already.\nThey belong to lab.\n",
    );
    expectFailure(await run("token create x --user ada@example.org --org lab --scope all"), 2, /no scope "all"/);
    expectFailure(
      await run("token create x --user ada@example.org --org lab --address here"),
      2,
      /no address or network/,
    );
  });
});
