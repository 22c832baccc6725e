// `waybill serve` as people run it, with people who ask over HTTP as their programs and browsers do.
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { type InOrg, inOrg } from "../../src/control/in-org.ts";
import { openControl } from "../../src/control/open.ts";
import { addMember, putMember } from "../../src/control/queries/members.ts";
import { createToken, SCOPES } from "../../src/identity/tokens.ts";
import { PROGRAM } from "../command-line/program.ts";
import { emptyPlace, type Kind, temporaryFolder } from "../setup/control.ts";
import { personWithPassword } from "../setup/person.ts";

/** JSON as it came: what a test says about it is what it must be. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answered = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Answered;
}

/** Somebody who asks. */
export interface Caller {
  readonly id: string;
  readonly email: string;
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly put: (path: string, body: unknown) => Promise<Answer>;
  readonly delete: (path: string) => Promise<Answer>;
  /** Orders an export, which must be taken. @returns its id */
  readonly order: (body: object) => Promise<string>;
  /** Hears of an export until it is over. @returns its last facts, and those that came before */
  readonly over: (id: string) => Promise<{ readonly facts: Answered; readonly before: readonly Answered[] }>;
  /** The archive of an export, which must be ready; compared with what was said of it. */
  readonly download: (id: string) => Promise<Download>;
  /** Orders, waits, downloads. */
  readonly exported: (body: object) => Promise<Download>;
}

export interface Download {
  readonly id: string;
  readonly facts: Answered;
  readonly bytes: Buffer;
  /** Where it was saved, under the name that the service gave it. */
  readonly file: string;
  readonly name: string;
}

export interface RunningService {
  /** Where it listens. */
  readonly url: string;
  readonly folder: string;
  readonly as: (name: string) => Caller;
  /**
   * Has an administrator give people roles in namespaces, by the keys that the source has for these.
   * @returns the ids of all namespaces by their keys
   */
  readonly roles: (
    admin: string,
    roles: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ) => Promise<ReadonlyMap<string, string>>;
  /** Ends it in order, and starts it anew. */
  readonly again: () => Promise<void>;
  /** Ends it in order. */
  readonly stop: () => Promise<void>;
  /** What it wrote to its log. */
  readonly log: () => string;
}

export interface ServiceOptions {
  readonly kind: Kind;
  /** The folder of `waybill.yaml`. */
  readonly folder?: string;
  readonly yaml: string;
  readonly env?: Readonly<Record<string, string>>;
  /** People of the org `lab` by name, as `<name>@example.org`: how they ask, and in which language they are written to. */
  readonly people: Readonly<
    Record<string, { readonly admin?: true; readonly cookie?: true; readonly language?: string }>
  >;
}

const PASSWORD = "four words by chance";

/** Starts the program on a configuration. */
export async function runningService({ kind, yaml, people, ...options }: ServiceOptions): Promise<RunningService> {
  const folder = options.folder ?? temporaryFolder();
  writeFileSync(join(folder, "waybill.yaml"), yaml);
  const place = await emptyPlace(kind);
  const tokens = new Map<string, { readonly id: string; readonly token: string }>();
  const control = await openControl(place);
  const lab: InOrg = inOrg(control.db, "lab");
  for (const [name, { admin = false, language }] of Object.entries(people)) {
    const email = `${name}@example.org`;
    const id = await personWithPassword(control, { email, name, language: language ?? null }, PASSWORD);
    await (admin ? putMember(lab, id, "admin") : addMember(lab, id));
    const asked = { person: id, name: "walk", scopes: SCOPES, addresses: [], expiresAt: null };
    tokens.set(name, { id, token: (await createToken(lab, asked)).token });
  }
  await control.close();

  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let log = "";
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const args = ["serve", "--port", String(port), "--data-dir", place.dataDir, "--base-url", url];
    const starting = spawn(process.execPath, [PROGRAM, ...args], {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: place.databaseUrl ?? "", ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = starting;
    let stdout = "";
    starting.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    starting.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
    while (!stdout.includes("listens at")) {
      if (starting.exitCode !== null) throw new Error(`it ended with ${starting.exitCode}: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const stop = async (): Promise<void> => {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  };
  await start();

  const callers = new Map<string, Caller>();
  for (const [name, { cookie }] of Object.entries(people)) {
    const { id, token } = tokens.get(name)!;
    const email = `${name}@example.org`;
    const credentials: Record<string, string> =
      cookie === true ? { cookie: await signedIn(url, email), origin: url } : { authorization: `Bearer ${token}` };
    callers.set(name, callerOf(`${url}/lab/v2`, folder, { id, email }, credentials));
  }
  const as = (name: string): Caller => callers.get(name)!;
  return {
    url,
    folder,
    as,
    async roles(admin, roles) {
      // The service looks for them when it has started.
      const found = await vi.waitFor(async () => {
        const { data } = (await as(admin).get("/namespaces?limit=500")).body;
        expect(data).not.toEqual([]);
        return data as Answered[];
      }, 20_000);
      const ids = new Map(found.map(({ key, _id }): [string, string] => [key, _id]));
      for (const [name, its] of Object.entries(roles)) {
        for (const [key, role] of Object.entries(its)) {
          const answer = await as(admin).put(`/namespaces/${ids.get(key)}/members/${as(name).id}`, { role });
          expect(answer.status).toBe(204);
        }
      }
      return ids;
    },
    async again() {
      await stop();
      await start();
    },
    stop,
    log: () => log,
  };
}

function callerOf(
  base: string,
  folder: string,
  who: { readonly id: string; readonly email: string },
  credentials: Readonly<Record<string, string>>,
): Caller {
  const ask = async (method: string, path: string, body?: unknown, headers = {}): Promise<Answer> => {
    const answer = await fetch(base + path, {
      method,
      headers: {
        ...credentials,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
  };
  let downloads = 0;
  const caller: Caller = {
    ...who,
    get: (path) => ask("GET", path),
    post: (path, body, headers) => ask("POST", path, body, headers),
    put: (path, body) => ask("PUT", path, body),
    delete: (path) => ask("DELETE", path),
    async order(body) {
      const { status, headers, body: facts } = await ask("POST", "/exports", body);
      expect({ status, facts }).toMatchObject({ status: 201, facts: { object: "export" } });
      expect(headers.get("location")).toBe(`/lab/v2/exports/${facts._id}`);
      return facts._id;
    },
    async over(id) {
      const answer = await fetch(`${base}/exports/${id}/events`, { headers: credentials });
      expect(answer.headers.get("content-type")).toMatch(/^text\/event-stream/);
      const events = [...(await answer.text()).matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!));
      return { facts: events.at(-1), before: events.slice(0, -1) };
    },
    async download(id) {
      const { body: facts } = await ask("GET", `/exports/${id}`);
      expect(facts).toMatchObject({ state: "ready", fault: null });
      const answer = await fetch(facts.dataFile.url, { headers: credentials });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.status).toBe(200);
      expect(bytes.length).toBe(facts.dataFile.size);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(facts.dataFile.sha256);
      const disposition = answer.headers.get("content-disposition")!;
      const [, encoded] = /; filename\*=UTF-8''(\S+)$/.exec(disposition) ?? [];
      const name = encoded === undefined ? /; filename="([^"]+)"$/.exec(disposition)![1]! : decodeURIComponent(encoded);
      expect(name).toBe(facts.dataFile.filename);
      const file = join(folder, `${who.id}-${++downloads}-${name}`);
      writeFileSync(file, bytes);
      return { id, facts, bytes, file, name };
    },
    async exported(body) {
      const id = await caller.order(body);
      const { facts } = await caller.over(id);
      expect(facts).toMatchObject({ state: "ready", fault: null });
      return caller.download(id);
    },
  };
  return caller;
}

async function signedIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  expect(answer.status).toBe(200);
  return answer.headers
    .getSetCookie()
    .map((it) => it.split(";", 1)[0])
    .join("; ");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
