// What walks go through: the program itself on a PostgreSQL, in one process or several, asked over HTTP by people with tokens.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig } from "../../src/config/read.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { type Control, openControl } from "../../src/control/open.ts";
import { addMember, putMember } from "../../src/control/queries/members.ts";
import { verify } from "../../src/engine/verify.ts";
import type { ExportParts } from "../../src/exports/parts.ts";
import { createPerson } from "../../src/identity/people.ts";
import { createToken, SCOPES } from "../../src/identity/tokens.ts";
import { orgsOf } from "../../src/orgs/orgs.ts";
import type { ExportFacts } from "../../src/service/exports/facts.ts";
import type { ExportDetails } from "../../src/service/exports/find.ts";
import { openExports } from "../../src/start/exports.ts";
import { unpacked } from "../archives/archive.ts";
import { PROGRAM } from "../command-line/program.ts";
import { freePort } from "../setup/embedded-postgres.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

export type Shown = ExportFacts & ExportDetails;

/** A process of the service. */
export interface Server {
  readonly url: string;
  readonly pid: number;
}

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** Somebody who asks. */
export interface Asker {
  readonly id: string;
  readonly token: string;
  /** @param path below the org, as `exports` @param server the first one when absent */
  ask<Body = unknown>(method: string, path: string, body?: object, server?: Server): Promise<Answer<Body>>;
  /** Orders an export, which must be taken. */
  order(body: object, server?: Server): Promise<ExportFacts>;
  see(id: string): Promise<Shown>;
  /** An export when it is over; it fails after a while. */
  over(id: string): Promise<Shown>;
  /** The files of an archive, which must pass `waybill verify`, by their paths. */
  archive(id: string): Promise<ReadonlyMap<string, Buffer>>;
}

export interface Served {
  readonly folder: string;
  readonly control: Control;
  /** The control database, to look at. */
  readonly database: TestDatabase;
  /** What a process of its own would have, to sweep with a clock that is moved. It runs nothing. */
  readonly parts: ExportParts;
  /** The first process. */
  readonly server: Server;
  /** Starts another process on the same database and vault. */
  start(): Promise<Server>;
  /** Somebody of an org, with a token. */
  person(org: string, name: string, options?: { readonly role?: "admin"; readonly language?: string }): Promise<Asker>;
  close(): Promise<void>;
}

/** Starts the service on a configuration, which may be JSON, two exports at a time in each process. */
export async function served(configuration: object): Promise<Served> {
  const ends: (() => Promise<void> | void)[] = [];
  const folder = mkdtempSync(join(tmpdir(), "waybill-walk-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "waybill.yaml");
  writeFileSync(file, JSON.stringify(configuration));
  const database = await createDatabase();
  ends.push(() => database.drop());
  const vault = { store: join(folder, "vault"), keys: join(folder, "keys") };
  const control = await openControl({ databaseUrl: database.url, dataDir: folder });
  ends.push(() => control.close());
  const config = await readConfig(file, {});
  const closing = new AbortController();
  const orgs = orgsOf(config, { file, warn: () => {}, signal: closing.signal });
  ends.push(() => orgs.close());
  const start = async (): Promise<Server> => {
    const { child, url } = await startProgram(folder, database.url);
    ends.push(() => stopProgram(child));
    return { url, pid: child.pid! };
  };
  const server = await start();
  const exports = await openExports({
    control,
    orgs,
    config,
    file,
    vault,
    mailer: null,
    baseUrl: server.url,
    slots: 0,
    log: () => {},
  });
  ends.push(() => exports.close(0));
  return {
    folder,
    control,
    database,
    parts: exports.parts,
    server,
    start,
    async person(org, name, { role, language = null } = {}) {
      const email = `${name}@${org}.example.org`;
      const { id } = await createPerson(control, { email, name, password: null, language });
      const at = inOrg(control.db, org);
      await (role === "admin" ? putMember(at, id, role) : addMember(at, id));
      const request = { person: id, name: "walk", scopes: SCOPES, addresses: [], expiresAt: null };
      const { token } = await createToken(at, request);
      return askerOf(server, org, id, token, folder);
    },
    async close() {
      closing.abort();
      while (ends.length > 0) await ends.pop()!();
    },
  };
}

async function startProgram(cwd: string, databaseUrl: string): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ["serve", "--port", String(port), "--base-url", url, "--data-dir", cwd, "--exports", "2"];
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd,
    env: { ...process.env, DATABASE_URL: databaseUrl, WAYBILL_LOG: "warn" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${stderr}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok === true) return { child, url };
    await sleep(20);
  }
}

async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  // What it still does has thirty seconds, which nobody here waits for.
  const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(late);
}

const OVER: ReadonlySet<string> = new Set(["ready", "error", "cancelled", "expired"]);
/** Milliseconds. */
const PATIENCE = 30_000;

function askerOf(first: Server, org: string, id: string, token: string, folder: string): Asker {
  const ask = async <Body>(method: string, path: string, body?: object, { url } = first): Promise<Answer<Body>> => {
    const answer = await fetch(`${url}/${org}/v2/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json") === true;
    return { status: answer.status, headers: answer.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  };
  const see = async (its: string): Promise<Shown> => {
    const { status, body } = await ask<Shown>("GET", `exports/${its}`);
    if (status !== 200) throw new Error(`the export is not seen: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  return {
    id,
    token,
    ask,
    see,
    async order(body, server) {
      const answer = await ask<ExportFacts>("POST", "exports", body, server);
      if (answer.status !== 201) throw new Error(`not ordered: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    over: (its) =>
      whenSo(
        () => see(its),
        (shown) => OVER.has(shown.state),
      ),
    async archive(its) {
      const { dataFile } = await see(its);
      const answer = await fetch(dataFile!.url, { headers: { authorization: `Bearer ${token}` } });
      if (answer.status !== 200) throw new Error(`not downloaded: ${answer.status} ${await answer.text()}`);
      const file = join(folder, `${its}.zip`);
      const bytes = Buffer.from(await answer.arrayBuffer());
      writeFileSync(file, bytes);
      const { findings } = await verify(file, new AbortController().signal);
      if (findings.length > 0) throw new Error(JSON.stringify(findings));
      return unpacked(bytes);
    },
  };
}

/** Looks again and again until something is so. @param within milliseconds */
export async function whenSo<Seen>(
  look: () => Promise<Seen> | Seen,
  isSo: (seen: Seen) => boolean,
  within = PATIENCE,
): Promise<Seen> {
  const end = performance.now() + within;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (performance.now() > end) throw new Error(`it was not so within ${within} ms: ${JSON.stringify(seen)}`);
    await sleep(20);
  }
}
