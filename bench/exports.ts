// `npm run bench:exports [-- small lists load cost]`: exports of the service, on both control databases. How soon ten rows are
// ready, lists of 10,000 beside lists of 10, lists while two exports run, and an export beside the same by the command line.
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { sql } from "kysely";
import { Client } from "pg";
import { inOrg } from "../src/control/in-org.ts";
import { openControl } from "../src/control/open.ts";
import { putMember } from "../src/control/queries/members.ts";
import { createPerson } from "../src/identity/people.ts";
import { createToken, SCOPES } from "../src/identity/tokens.ts";
import { newIdentityFile } from "../src/vault/age-keys.ts";
import { startPostgres } from "../test/setup/embedded-postgres.ts";
import { makeRecordsTables } from "./data.ts";
import { runCommand, waybill } from "./processes.ts";
import { judged, median, start, stop, URL_OF_IT } from "./served.ts";
import { addExports } from "./stored-exports.ts";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 2_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 60);
const ONLY = new Set(process.argv.slice(2));
const wanted = (part: "small" | "lists" | "load" | "cost"): boolean => ONLY.size === 0 || ONLY.has(part);
/** Requests a second. */
const RATE = 200;
/** What was promised. */
const AT_MOST = { small: 1, load: 5, cost: 1.15 };
/** "As fast": what is left to chance. */
const AS_FAST = 1.3;
const SMALL_ROUNDS = 20;
const LIST_ROUNDS = 200;
const RECIPIENT = /age1\w+/.exec(newIdentityFile(new Date()))![0];

/** The orgs: one has ten exports, the other ten thousand. */
const EXPORTS = { few: 10, many: 10_000 } as const;
type Org = keyof typeof EXPORTS;
const ORGS = Object.keys(EXPORTS) as Org[];

interface Asking {
  readonly org: Org;
  readonly token: string;
}

/** @returns an administrator of each org, whose all exports are */
async function fill(cwd: string, databaseUrl: string | null): Promise<readonly Asking[]> {
  const control = await openControl({ databaseUrl, dataDir: join(cwd, ".waybill") });
  const { id: person } = await createPerson(control, { email: "ada@example.org", name: "Ada", password: null });
  const all: Asking[] = [];
  for (const org of ORGS) {
    const at = inOrg(control.db, org);
    await putMember(at, person, "admin");
    const request = { person, name: "bench", scopes: SCOPES, addresses: [], expiresAt: null };
    all.push({ org, token: (await createToken(at, request)).token });
    await addExports(control, { org, person, object: "ten_pg", count: EXPORTS[org] });
  }
  // As autovacuum does within a minute, and the service by itself where there is none.
  await sql`vacuum (analyze)`.execute(control.db);
  await control.close();
  return all;
}

async function ask({ org, token }: Asking, path: string, body?: object): Promise<Response> {
  const answer = await fetch(`${URL_OF_IT}/${org}/v2/${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

async function order(by: Asking, body: object): Promise<string> {
  return ((await (await ask(by, "exports", { ...body, join: false })).json()) as { _id: string })._id;
}

/** Orders an export, and waits until it is ready. @returns seconds since before it was ordered, and its size */
async function exported(by: Asking, body: object): Promise<{ seconds: number; bytes: number }> {
  const began = performance.now();
  const id = await order(by, body);
  // As the web app does: whoever asks again and again takes from what the export itself needs.
  const events = await ask(by, `exports/${id}/events`);
  await events.text();
  const seconds = (performance.now() - began) / 1000;
  const its = (await (await ask(by, `exports/${id}`)).json()) as {
    readonly state: string;
    readonly fault: unknown;
    readonly dataFile: { readonly size: number };
  };
  if (its.state === "ready") return { seconds, bytes: its.dataFile.size };
  throw new Error(`${its.state}: ${JSON.stringify(its.fault)}`);
}

async function measureSmall(kind: string, by: Asking): Promise<void> {
  for (const object of ["ten_pg", "ten_lite"]) {
    const all: number[] = [];
    for (let round = 0; round < SMALL_ROUNDS; round++) {
      // Idle: the next process waits for it.
      await sleep(1_500);
      all.push((await exported(by, { objects: object, format: "csv" })).seconds);
    }
    const slowest = Math.max(...all);
    judged(
      `${kind}: ten rows of ${object} are ready after (median of ${SMALL_ROUNDS})`,
      median(all),
      AT_MOST.small,
      " s",
    );
    console.log(`${kind}: ten rows of ${object}, at the slowest: ${slowest.toFixed(2)} s`);
  }
}

async function measureLists(kind: string, by: readonly Asking[]): Promise<void> {
  const lists: readonly (readonly [string, string])[] = [
    ["all exports", "exports?limit=10"],
    ["one's own exports", "exports?limit=10&mine=true"],
    ["those that are ready", "exports?limit=10&state=ready"],
    ["those that failed, of which there are none", "exports?limit=10&state=error"],
    ["the oldest ones", "exports?limit=10&sort=created"],
  ];
  for (const [what, path] of lists) {
    const took: Record<Org, number[]> = { few: [], many: [] };
    for (let round = 0; round < LIST_ROUNDS; round++) {
      for (const asking of round % 2 === 0 ? by : by.toReversed()) {
        const began = performance.now();
        await (await ask(asking, path)).arrayBuffer();
        took[asking.org].push(performance.now() - began);
      }
    }
    const [few, many] = [median(took.few), median(took.many)];
    const figures = `${kind}: ${what}: ${many.toFixed(1)} ms of 10,000, ${few.toFixed(1)} ms of 10`;
    judged(`${figures}; ratio`, many / few, AS_FAST, "");
  }
}

/** Keeps an export running in each org, until it is told to end. @returns what ends it, and gives how many became ready */
function keepRunning(by: readonly Asking[]): () => Promise<number> {
  const ending = new AbortController();
  let done = 0;
  const body = { objects: "bench", format: "csv" };
  const all = by.map(async (asking) => {
    while (!ending.signal.aborted) {
      await exported(asking, body);
      done++;
    }
  });
  return async () => {
    ending.abort();
    await Promise.all(all);
    return done;
  };
}

async function hammered({ token, org }: Asking, seconds: number): Promise<autocannon.Result> {
  const lists = ["exports", "exports?state=ready", "batches", "dataset-templates", "members", "audit", "objects"];
  const requests = lists.map((list) => ({ path: `/${org}/v2/${list}` }));
  const headers = { authorization: `Bearer ${token}` };
  const options = { url: URL_OF_IT, requests, headers, connections: 20 };
  return autocannon({ ...options, overallRate: RATE, duration: seconds });
}

async function measureLoad(kind: string, all: readonly Asking[]): Promise<void> {
  const [by] = all;
  // What is loaded and compiled with the first requests is not what is measured.
  await hammered(by!, 3);
  const idle = await hammered(by!, SECONDS);
  const end = keepRunning(all);
  await sleep(500);
  const loaded = await hammered(by!, SECONDS);
  const done = await end();
  for (const [what, { latency, requests, errors, timeouts, non2xx }] of [
    ["idle", idle],
    [`with two exports running (${done} became ready)`, loaded],
  ] as const) {
    const failed = errors + timeouts + non2xx;
    console.log(
      `${kind}, ${what}: ${requests.total} requests in ${SECONDS} s, ${failed} failed; median ${latency.p50} ms, ` +
        `99th percentile ${latency.p99} ms, slowest ${latency.max} ms`,
    );
    if (failed > 0 || requests.total < RATE * SECONDS * 0.98) process.exitCode = 1;
  }
  judged(
    `${kind}: 99th percentile beside that of an idle server`,
    loaded.latency.p99 / idle.latency.p99,
    AT_MOST.load,
    "",
  );
}

async function measureCost(kind: string, cwd: string, by: Asking): Promise<void> {
  const { signal } = new AbortController();
  for (const [format, container, sealed] of [
    ["csv", "none", false],
    ["csv", "none", true],
    ["csv", "zip", false],
    ["xlsx", "none", false],
  ] as const) {
    const out = join(cwd, `bench.${container === "zip" ? "zip" : format}`);
    const options = [
      "--config",
      join(cwd, "waybill.yaml"),
      "--org",
      by.org,
      "--format",
      format,
      "--container",
      container,
      // What the service makes is encrypted: a bare file is the same only where the command line does so, too.
      ...(sealed ? ["--recipient", RECIPIENT] : []),
    ];
    const command = waybill("export", "bench", ...options, "--out", out, "--quiet");
    // A worksheet has room for 1,048,576 rows; it takes longer, too.
    const limit = format === "xlsx" ? Math.ceil(ROWS / 10) : ROWS;
    const theirs: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const byCommand = async (): Promise<void> => {
        const args = [...command.args, "--limit", String(limit)];
        theirs.push((await runCommand({ ...command, args }, signal)).seconds);
      };
      const byService = async (): Promise<void> => {
        // As in daily life: the service was idle, and the process that waits is there.
        await sleep(1_500);
        const { seconds, bytes } = await exported(by, { objects: "bench", format, container, limit });
        ours.push(seconds);
        const { size } = await stat(out).catch(() => ({ size: bytes }));
        // A sealed file has 16 bytes more for each 64 KiB (age, "Payload").
        const expected = sealed ? bytes + Math.ceil(bytes / 65_536) * 16 : bytes;
        if (Math.abs(size - expected) > 10_000) throw new Error(`${bytes} bytes, by the command line ${size}`);
      };
      for (const one of round % 2 === 0 ? [byCommand, byService] : [byService, byCommand]) await one();
    }
    const [service, commandLine] = [median(ours), median(theirs)];
    const figures =
      `${kind}: ${limit.toLocaleString("en-US")} rows to ${format}, ${container}: ${service.toFixed(2)} s by the service, ` +
      `${commandLine.toFixed(2)} s by the command line${sealed ? ", sealed too" : ""}; ratio`;
    if (format === "csv" && container === "none" && !sealed)
      console.log(`${figures}: ${(service / commandLine).toFixed(2)}`);
    else judged(figures, service / commandLine, AT_MOST.cost, "");
  }
}

async function measure(kind: string, databaseUrl: string | null, source: string): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  try {
    const db = new DatabaseSync(join(cwd, "lite.db"));
    db.exec("create table ten_lite (id integer primary key, name text)");
    for (let n = 1; n <= 10; n++) db.exec(`insert into ten_lite values (${n}, 'Row ${n}')`);
    db.close();
    const sources = `{ pg: { url: "${source}" }, lite: { url: "sqlite:lite.db" } }`;
    const objects = `{ bench: { source: pg }, ten_pg: { source: pg }, ten_lite: { source: lite } }`;
    const orgs = ORGS.map((org) => `  ${org}: { sources: ${sources}, objects: ${objects} }\n`).join("");
    await writeFile(join(cwd, "waybill.yaml"), `orgs:\n${orgs}`);
    const people = await fill(cwd, databaseUrl);
    const server = await start(cwd, databaseUrl);
    try {
      const [by] = people;
      if (wanted("small")) await measureSmall(kind, by!);
      if (wanted("lists")) await measureLists(kind, people);
      if (wanted("load")) await measureLoad(kind, people);
      if (wanted("cost")) await measureCost(kind, cwd, by!);
    } finally {
      await stop(server);
    }
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

const folder = await mkdtemp(join(tmpdir(), "waybill-bench-pg-"));
await chmod(folder, 0o755);
const server = await startPostgres(join(folder, "postgres"));
try {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query("create database bench");
  await client.query("create database control");
  await client.end();
  const of = (name: string): string => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
  const source = new Client({ connectionString: of("bench") });
  await source.connect();
  await makeRecordsTables(source, wanted("load") || wanted("cost") ? ROWS : 1000);
  await source.query("create table ten_pg as select id, name from bench where id <= 10");
  await source.query("alter table ten_pg add primary key (id)");
  await source.end();
  const kinds = process.env["BENCH_CONTROL"] ?? "PGlite,PostgreSQL";
  if (kinds.includes("PGlite")) await measure("PGlite", null, of("bench"));
  if (kinds.includes("PostgreSQL")) await measure("PostgreSQL", of("control"), of("bench"));
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
