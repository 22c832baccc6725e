// Links to attached files: for whoever has them, for an hour, and never more than those may see who asked for them.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { putRole, removeMember } from "../../src/control/queries/members.ts";
import { revokeToken } from "../../src/control/queries/tokens.ts";
import { putDisabled } from "../../src/control/people.ts";
import { accessIn } from "../../src/access/org-access.ts";
import { fileLinks } from "../../src/http/file-link.ts";
import { identify } from "../../src/identity/identity.ts";
import { openSignIn } from "../../src/identity/sign-in.ts";
import { createToken, type Scope } from "../../src/identity/tokens.ts";
import type { LinkedFile } from "../../src/service/records/file-link.ts";
import { type Asker, aWorld, type World } from "../setup/service.ts";

const PAPER: LinkedFile = { object: "samples", key: "1", files: "papers", file: "1" };
const SCAN: LinkedFile = { object: "samples", key: "1", files: "scans", file: "a/b" };
const HOUR = 3_600_000;
/** Below a path, as behind a proxy. */
const BASE = "https://exports.example.org/way";

let world: World;
let lines: string[];

beforeEach(async () => {
  lines = [];
  const logTo = { write: (line: string): void => void lines.push(line) };
  world = await aWorld("pglite", { http: { baseUrl: BASE, logLevel: "debug", logTo } });
});
afterEach(() => vi.useRealTimers());

async function linkOf(as: Exclude<Asker, "nobody">, file: LinkedFile, org = "lab"): Promise<URL> {
  const access = (await world.exports.desk.accessOf(org, world.people[as]))!;
  return new URL(fileLinks(world, { baseUrl: BASE })({ access }, file));
}

async function linkByToken(token: string, file = PAPER, address = "127.0.0.1"): Promise<URL> {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  const access = await accessIn(
    world.control,
    "lab",
    await identify(world.control, world.signIn, { headers, address }),
  );
  return new URL(fileLinks(world, { baseUrl: BASE })({ access: access! }, file));
}

async function aToken(more: { addresses?: string[]; expiresAt?: Date; scopes?: Scope[] } = {}) {
  const request = { person: world.people.guest, name: "t", scopes: ["read"], addresses: [], expiresAt: null, ...more };
  return createToken(world.lab, request);
}

/** Asks as nobody. */
function open(link: URL, more: { method?: "GET" | "HEAD"; remoteAddress?: string } = {}) {
  return world.app.inject({ url: link.pathname + link.search, ...more });
}

async function expectRefused(link: URL, status: number, code: string): Promise<void> {
  const answer = await open(link);
  expect(answer.json<object>()).toMatchObject({ status, code });
  expect(answer.headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
}

describe("a link", () => {
  test("gives the file to whoever has it, as a download that stays nowhere and tells nobody", async () => {
    const link = await linkOf("guest", PAPER);
    expect(link.href).toMatch(/^https:\/\/exports\.example\.org\/way\/lab\/v2\/attached-file\?ticket=[\w-]+$/);
    const answer = await open(link);
    expect([answer.statusCode, answer.body]).toEqual([200, "A note of Alder.\n"]);
    expect(answer.headers).toMatchObject({
      "content-type": "text/plain",
      "content-length": "17",
      "content-disposition": 'attachment; filename="note.txt"',
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "private, no-store",
    });
    expect(answer.headers).not.toHaveProperty("set-cookie");
    const head = await open(link, { method: "HEAD" });
    expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", "17"]);
    const picture = await open(await linkOf("guest", SCAN));
    expect([picture.statusCode, picture.rawPayload.toString("hex")]).toEqual([200, "89504e470d0a1a0a"]);
    expect(picture.headers["content-disposition"]).toBe('attachment; filename="scan.png"');
  });

  test("tells nothing by itself, and is in no log", async () => {
    const link = await linkOf("guest", PAPER);
    const ticket = link.searchParams.get("ticket")!;
    const bytes = Buffer.from(ticket, "base64url").toString("latin1");
    for (const word of ["lab", "samples", "papers", world.people.guest]) expect(bytes).not.toContain(word);
    await open(link);
    await expectRefused(new URL(link.href.slice(0, -1)), 404, "not-found");
    const log = lines.join("");
    expect(log).toContain("/lab/v2/attached-file");
    expect(log).not.toContain("ticket=");
    expect(log).not.toContain(ticket.slice(0, 20));
  });

  test("is good for an hour, and no longer", async () => {
    const now = Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now });
    const link = await linkOf("guest", PAPER);
    vi.setSystemTime(now + HOUR - 1);
    expect((await open(link)).statusCode).toBe(200);
    vi.setSystemTime(now + HOUR);
    await expectRefused(link, 410, "expired");
    vi.setSystemTime(now + 1000 * HOUR);
    await expectRefused(link, 410, "expired");
  });

  test("works after a restart and in other processes, and not where sessions are signed with something else", async () => {
    const link = await linkOf("guest", PAPER);
    const again = await openSignIn({ control: world.control, baseUrl: BASE });
    expect(again.keyFor("x")).toEqual(world.signIn.keyFor("x"));
    expect(again.keyFor("x")).not.toEqual(again.keyFor("y"));
    await again.close();
    const other = await openSignIn({ control: world.control, baseUrl: BASE, secret: "another ".repeat(8) });
    const access = (await world.exports.desk.accessOf("lab", world.people.guest))!;
    await expectRefused(new URL(fileLinks({ signIn: other }, { baseUrl: BASE })({ access }, PAPER)), 404, "not-found");
    await other.close();
    expect((await open(link)).statusCode).toBe(200);
  });

  test("that was changed anywhere, or is none, leads to nothing", async () => {
    const link = await linkOf("guest", PAPER);
    const ticket = link.searchParams.get("ticket")!;
    for (let n = 0; n < ticket.length; n += 7) {
      const changed = new URL(link);
      changed.searchParams.set("ticket", ticket.slice(0, n) + (ticket[n] === "A" ? "B" : "A") + ticket.slice(n + 1));
      expect((await open(changed)).json<object>(), `${n}`).toMatchObject({ status: 404, code: "not-found" });
    }
    for (const it of [
      "",
      "x",
      `${ticket}A`,
      `${ticket}=`,
      `${ticket}\0`,
      "https://evil.example.org/",
      "é".repeat(99),
    ]) {
      const changed = new URL(link);
      changed.searchParams.set("ticket", it);
      await expectRefused(changed, 404, "not-found");
    }
    for (const query of ["", "?ticket=a&ticket=b", `?ticket=${ticket}&to=https://evil.example.org`]) {
      const answer = await world.app.inject({ url: `/lab/v2/attached-file${query}` });
      expect([answer.statusCode, answer.headers["location"]], query).toEqual([400, undefined]);
    }
  });

  test("of one org leads nowhere in another one that has the same", async () => {
    const [link, twins] = [await linkOf("guest", PAPER), await linkOf("stranger", PAPER, "twin")];
    expect((await open(twins)).statusCode).toBe(200);
    link.pathname = "/twin/v2/attached-file";
    await expectRefused(link, 404, "not-found");
    twins.pathname = "/lab/v2/attached-file";
    await expectRefused(twins, 404, "not-found");
    twins.pathname = "/nowhere/v2/attached-file";
    await expectRefused(twins, 404, "not-found");
  });

  test("does not need its owner's session, nor is another one's used", async () => {
    const link = await linkOf("guest", PAPER);
    const request = { url: link.pathname + link.search };
    for (const as of ["stranger", "elsewhere", "admin"] as const) {
      expect((await world.ask(as, request)).statusCode, as).toBe(200);
    }
    const wrong = { ...request, headers: { authorization: "Bearer wb_lab_none" } };
    expect((await world.app.inject(wrong)).statusCode).toBe(200);
    // What the guest may not see, an administrator's session does not open.
    const hidden = await linkOf("guest", { ...PAPER, key: "5", file: "2" });
    expect((await world.ask("admin", { url: hidden.pathname + hidden.search })).statusCode).toBe(404);
  });
});

describe("between link and use", () => {
  test("a role that was taken away is gone, and one that was changed counts", async () => {
    const link = await linkOf("guest", PAPER);
    await putRole(world.lab, world.soil.id, world.people.guest, null);
    await expectRefused(link, 403, "forbidden");
    await putRole(world.lab, world.water.id, world.people.guest, "owner");
    await expectRefused(link, 404, "not-found");
    await putRole(world.lab, world.soil.id, world.people.guest, "analyst");
    expect((await open(link)).statusCode).toBe(200);
  });

  test("who left the org, or was kept out, opens nothing any more", async () => {
    const [guest, analyst] = [await linkOf("guest", PAPER), await linkOf("analyst", PAPER)];
    await removeMember(world.lab, world.people.guest);
    await expectRefused(guest, 404, "not-found");
    await putDisabled(world.control.db, world.people.analyst, true);
    await expectRefused(analyst, 404, "not-found");
    await putDisabled(world.control.db, world.people.analyst, false);
    expect((await open(analyst)).statusCode).toBe(200);
  });

  test("a session that was ended does not end it: the person may see the file still", async () => {
    const link = await linkOf("guest", PAPER);
    await world.ask("guest", { method: "POST", url: "/api/auth/sign-out", headers: { origin: new URL(BASE).origin } });
    expect((await world.ask("guest", { url: "/lab/v2/" })).statusCode).toBe(401);
    expect((await open(link)).statusCode).toBe(200);
  });

  test("a token that was revoked opens nothing, whatever its person may do", async () => {
    const { token, kept } = await aToken();
    const link = await linkByToken(token);
    expect((await open(link)).statusCode).toBe(200);
    await revokeToken(world.lab, kept.id, null);
    await expectRefused(link, 404, "not-found");
  });

  test("a token that ran out, or whose person left or was kept out, opens nothing", async () => {
    const soon = await aToken({ expiresAt: new Date(Date.now() + 1500) });
    const link = await linkByToken(soon.token);
    expect((await open(link)).statusCode).toBe(200);
    await vi.waitFor(() => expectRefused(link, 404, "not-found"), { timeout: 5000, interval: 200 });
    const other = await linkByToken((await aToken()).token);
    await putDisabled(world.control.db, world.people.guest, true);
    await expectRefused(other, 404, "not-found");
    await putDisabled(world.control.db, world.people.guest, false);
    await removeMember(world.lab, world.people.guest);
    await expectRefused(other, 404, "not-found");
  });

  test("a token's link is good where the token is", async () => {
    const { token } = await aToken({ addresses: ["192.0.2.0/24"] });
    const link = await linkByToken(token, PAPER, "192.0.2.7");
    expect((await open(link, { remoteAddress: "192.0.2.8" })).statusCode).toBe(200);
    expect((await open(link, { remoteAddress: "198.51.100.1" })).statusCode).toBe(404);
  });

  test("a token's scopes count: one for queries opens what a query told of, one for exports does not", async () => {
    const query = await linkByToken((await aToken({ scopes: ["query"] })).token);
    expect((await open(query)).statusCode).toBe(200);
    await expectRefused(await linkByToken((await aToken({ scopes: ["export"] })).token), 403, "forbidden");
  });

  test("a file that is gone is told as it is", async () => {
    await expectRefused(await linkOf("guest", { ...PAPER, file: "99" }), 404, "not-found");
    await expectRefused(await linkOf("guest", { ...PAPER, object: "nothing" }), 422, "unknown-object");
  });
});
