// What crash tests kill: a service and its worker as people start them, on databases that can be killed too.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { inOrg } from "../../src/control/in-org.ts";
import { type ControlPlace, openControl } from "../../src/control/open.ts";
import { putMember } from "../../src/control/queries/members.ts";
import { createPerson } from "../../src/identity/people.ts";
import { createToken, SCOPES } from "../../src/identity/tokens.ts";
import { childrenOf, isAlive, PROGRAM } from "../command-line/program.ts";
import type { Kind } from "../setup/control.ts";
import { freePort, type RunningPostgres, startPostgres } from "../setup/embedded-postgres.ts";

export const ORGS = ["lab", "twin"] as const;
export type Org = (typeof ORGS)[number];

/** How many rows `slow` has. Each takes `NAP` milliseconds, and no processor. */
export const ROWS = 1000;
const NAP = 10;

const SOURCE = `
  create table samples (id integer primary key, name text not null);
  insert into samples select n, 'Sample ' || n from generate_series(1, ${ROWS}) n;
  create function nap() returns boolean language sql volatile as 'select pg_sleep(${NAP / 1000}) is not null';
  create view slow as select id, name from samples where nap();
`;

/** Something that is killed, and starts again. */
export interface Victim {
  kill(): Promise<void>;
  restart(): Promise<void>;
}

/** A program of ours that runs. */
export class Program implements Victim {
  readonly #args: readonly string[];
  readonly #cwd: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  /** What it wrote to standard error since its last start, and how it ended. */
  log = "";

  constructor(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    this.#args = args;
    this.#cwd = cwd;
    this.#env = env;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  /** Starts it, and waits until it says that it has. */
  async restart(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAM, ...this.#args], {
      cwd: this.#cwd,
      env: { ...process.env, ...this.#env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.log = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.log += text));
    child.once("exit", (code, signal) => (this.log += `ended: ${signal ?? code}\n`));
    const ended = once(child, "exit");
    const code = await Promise.race([once(child.stdout, "data").then(() => "started"), ended.then(([its]) => its)]);
    if (code !== "started") throw new Error(`waybill ${this.#args.join(" ")} ended with ${code}: ${this.log}`);
    child.stdout.resume();
  }

  kill(): Promise<void> {
    return this.#end("SIGKILL").then(() => {});
  }

  /** Asks it to stop, and waits until it has. @returns its exit code */
  stop(): Promise<number | null> {
    return this.#end("SIGTERM");
  }

  /** The processes that it has for exports. */
  exporters(): Promise<number[]> {
    return childrenOf(this.pid);
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  }
}

/** The servers of databases that programs run on. */
export interface Databases {
  /** Where records come from. */
  readonly source: RunningPostgres;
  /** For what the service remembers. */
  readonly control: RunningPostgres;
  stop(): Promise<void>;
}

export async function theDatabases(): Promise<Databases> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-crash-"));
  chmodSync(folder, 0o755);
  const [source, control] = await Promise.all([
    startPostgres(join(folder, "source")),
    startPostgres(join(folder, "control")),
  ]);
  await statement(source.url, SOURCE);
  return {
    source,
    control,
    async stop() {
      await Promise.all([source.stop(), control.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface CrashWorld {
  readonly file: string;
  readonly place: ControlPlace;
  readonly vault: { readonly store: string; readonly keys: string };
  readonly server: Program;
  /** Runs exports too; null beside an embedded control database, which has one process only. */
  readonly worker: Program | null;
  readonly source: RunningPostgres;
  /** The server of the control database; null where that is embedded. */
  readonly control: RunningPostgres | null;
  /** Asks the server. @throws where nobody answers */
  ask(org: Org, path: string, method?: "GET" | "POST" | "DELETE", body?: object): Promise<Response>;
  /** Orders rows of `slow` or `samples`. @returns the export's id; null when it was not taken */
  order(org: Org, objects: "slow" | "samples", rows: number): Promise<string | null>;
  /** What the server says of an export. */
  find(org: Org, id: string): Promise<Found>;
  /** Statements of ours that run at the source. */
  statements(): Promise<number>;
  /** Ends the programs, whatever state they are in. */
  drop(): Promise<void>;
}

/** The part of an export that is looked at. */
export interface Found {
  readonly state: string;
  readonly fault: { readonly code: string; readonly detail: string; readonly hint?: string } | null;
  readonly timeline: readonly { readonly event: string; readonly details: object }[];
}

/** @param grace what programs give to what still runs when they are asked to stop, in seconds */
export async function aCrashWorld(kind: Kind, { source, control }: Databases, grace: number): Promise<CrashWorld> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-crash-"));
  const port = await freePort();
  const file = join(folder, "waybill.yaml");
  const org = `{ sources: { main: { url: "${source.url}" } }, objects: { samples: {}, slow: { key: id } } }`;
  writeFileSync(file, `orgs:\n${ORGS.map((code) => `  ${code}: ${org}\n`).join("")}`);
  const dataDir = join(folder, "data");
  const place = { dataDir, databaseUrl: kind === "postgres" ? control.url : null };
  const tokens = await tokensIn(place);
  const env = { DATABASE_URL: place.databaseUrl ?? "", WAYBILL_LOG: "warn" };
  const options = ["--data-dir", dataDir, "--exports", "2", "--grace", String(grace)];
  const server = new Program(["serve", "--port", String(port), ...options], folder, env);
  const worker = kind === "postgres" ? new Program(["worker", ...options], folder, env) : null;
  await Promise.all([server.restart(), worker?.restart()]);
  const ask: CrashWorld["ask"] = (code, path, method = "GET", body = undefined) =>
    fetch(`http://127.0.0.1:${port}/${code}/v2/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokens.get(code)}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(20_000),
    });
  return {
    file,
    place,
    vault: { store: join(dataDir, "vault"), keys: join(dataDir, "keys") },
    server,
    worker,
    source,
    control: worker === null ? null : control,
    ask,
    async order(code, objects, rows) {
      const body = { objects, where: { id: { $lte: rows } }, format: "csv", join: false };
      const answer = await ask(code, "exports", "POST", body);
      const { _id: id } = (await answer.json()) as { _id: string };
      return answer.status === 201 ? id : null;
    },
    find: async (code, id) => (await (await ask(code, `exports/${id}`)).json()) as Found,
    async statements() {
      const sql = "select count(*)::int n from pg_stat_activity where query ~ 'slow' and pid <> pg_backend_pid()";
      const [row] = await statement(source.url, `${sql} and state = 'active'`);
      return row!["n"] as number;
    },
    async drop() {
      await Promise.all([server.kill(), worker?.kill()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function statement(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** An administrator of all orgs, with a token for each. */
async function tokensIn(place: ControlPlace): Promise<ReadonlyMap<Org, string>> {
  const control = await openControl(place);
  try {
    const { id: person } = await createPerson(control, { email: "ada@example.org", name: "Ada", password: null });
    const tokens = new Map<Org, string>();
    for (const org of ORGS) {
      const at = inOrg(control.db, org);
      await putMember(at, person, "admin");
      const { token } = await createToken(at, { person, name: "t", scopes: SCOPES, addresses: [], expiresAt: null });
      tokens.set(org, token);
    }
    return tokens;
  } finally {
    await control.close();
  }
}

/**
 * Looks which exports a program runs, which is then killed.
 * @returns what waits until all of them were begun again, or are over, and gives the longest time; a control database that
 *   is away stops the clock
 */
export async function runsOf({ url }: RunningPostgres, { pid }: Program): Promise<() => Promise<number>> {
  const sql = `select run from export where state = 'running' and worker like '%:${pid}'`;
  const runs = (await statement(url, sql)).map(({ run }) => `'${run as string}'`);
  return async () => {
    let waited = 0;
    let left = runs.length > 0;
    for (let last = performance.now(); left && waited <= AGAIN_WITHIN;) {
      await sleep(200);
      const found = await statement(url, `select 1 from export where run in (${runs.join()})`).catch(() => null);
      const now = performance.now();
      if (found === null) waited = 0;
      else {
        waited += now - last;
        left = found.length > 0;
      }
      last = now;
    }
    return waited;
  };
}

/** How soon an export whose worker was lost begins again, in milliseconds. */
export const AGAIN_WITHIN = 30_000;

/** Ends a random one of the processes that make exports. */
export function exporterOf(world: CrashWorld, random: () => number): Victim {
  return {
    async kill() {
      const programs = world.worker === null ? [world.server] : [world.server, world.worker];
      const pids = (await Promise.all(programs.map((it) => it.exporters()))).flat();
      const pid = pids[Math.floor(random() * pids.length)];
      if (pid !== undefined && isAlive(pid)) process.kill(pid, "SIGKILL");
    },
    restart: async () => {},
  };
}

/** Waits until something is so; what it throws meanwhile is that it is not. */
export async function eventually(what: () => Promise<boolean>, within: number, why: () => string): Promise<void> {
  const end = performance.now() + within;
  for (;;) {
    let error: unknown;
    if (await what().catch((its: unknown) => void (error = its))) return;
    if (performance.now() > end) throw new Error(`not so within ${within} ms: ${why()}`, { cause: error });
    await sleep(100);
  }
}

/** Numbers from 0 to before 1, the same ones for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
