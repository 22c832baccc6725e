// `npm run bench:records`: pages of records beside their bare SQL through the same driver, on a table of a million rows.
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import type { Identity } from "../src/identity/identity.ts";
import type { OrgAccess } from "../src/access/org-access.ts";
import { readConfig } from "../src/config/read.ts";
import { openOrg } from "../src/orgs/open-org.ts";
import type { OrgCall } from "../src/service/org-call.ts";
import { countRecords } from "../src/service/records/count.ts";
import { findKeys } from "../src/service/records/lookup.ts";
import { openFor, readPage } from "../src/engine/page.ts";
import { cursorOf } from "../src/service/records/cursor.ts";
import { type PageQuery, preparePage, type RecordsFilter, recordsPage } from "../src/service/records/page.ts";
import { pageOptions, recordsSight } from "../src/service/records/sight.ts";
import { findRecord } from "../src/service/records/record.ts";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "../test/setup/embedded-postgres.ts";
import { makeRecordsTables } from "./data.ts";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 11);
/** What was promised: so many times the bare SQL, and so many milliseconds more. */
const TIMES = 2;
const MORE = 5;
const LIMIT = 50;

/** A question, and the SQL that a person would write for its first page. */
interface Question {
  readonly name: string;
  readonly query: RecordsFilter & PageQuery;
  readonly sql: string;
}

const COLUMNS = "id, parent_id, code, name, price, ratio, active, created, day, note, ref, metadata";

const QUESTIONS: readonly Question[] = [
  {
    name: "by key",
    query: {},
    sql: `SELECT ${COLUMNS} FROM bench ORDER BY id LIMIT ${LIMIT + 1}`,
  },
  {
    name: "filtered, sorted by an indexed column",
    query: { where: { active: true }, order: ["-created"] },
    sql: `SELECT ${COLUMNS} FROM bench WHERE active ORDER BY created DESC, id LIMIT ${LIMIT + 1}`,
  },
  {
    name: "filtered, sorted without an index",
    query: { where: { price: { $gte: 5000 } }, order: ["day", "-ratio"] },
    sql: `SELECT ${COLUMNS} FROM bench WHERE price >= 5000 ORDER BY day, ratio DESC, id LIMIT ${LIMIT + 1}`,
  },
  {
    name: "one parent's, by text",
    query: { where: { parent_id: 7 }, order: ["name"] },
    sql: `SELECT ${COLUMNS} FROM bench WHERE parent_id = 7 ORDER BY name, id LIMIT ${LIMIT + 1}`,
  },
];

/** Milliseconds that something takes: the median of all rounds after two to get warm. */
async function timed(what: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let round = -2; round < ROUNDS; round++) {
    const begin = performance.now();
    await what();
    if (round >= 0) all.push(performance.now() - begin);
  }
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
}

/** The cursor of the last page, found from the end: there are too many pages before it. */
async function lastCursor(call: OrgCall, { query }: Question): Promise<string> {
  const sight = await recordsSight(call, "bench");
  const turned = [...(query.order ?? []), "id"].map((it) => (it.startsWith("-") ? it.slice(1) : `-${it}`));
  // One more than a page: the record before it.
  const { plan } = preparePage(sight, { ...query, order: turned, limit: LIMIT + 1 });
  const session = await openFor([plan], sight.source, signal);
  try {
    const { last } = await readPage(plan, LIMIT + 1, session, pageOptions(sight, [plan], signal));
    return cursorOf(last!, preparePage(sight, query).seal!)!;
  } finally {
    await session.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
// The server runs as another user when this one is root.
await chmod(folder, 0o755);
const server = await startPostgres(join(folder, "postgres"));
const { signal } = new AbortController();
const bare = new Client({ connectionString: server.url });
try {
  await bare.connect();
  const begin = performance.now();
  await makeRecordsTables(bare, ROWS);
  console.log(`${ROWS.toLocaleString("en")} rows made in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  const file = join(folder, "waybill.yaml");
  await writeFile(file, JSON.stringify({ orgs: { lab: { sources: { main: { url: server.url } } } } }));
  const config = await readConfig(file, {});
  const org = await openOrg(config, config.orgs.get("lab")!, { file, warn: () => {}, signal });
  const person = { id: "p", email: "p@example.org", name: "P", language: null, timeZone: null, theme: null };
  const identity: Identity = { person, orgs: new Map(), via: { kind: "session", id: "s" }, setCookies: [] };
  const access: OrgAccess = { at: { org: "lab" } as OrgAccess["at"], identity, isAdmin: true, namespaces: new Map() };
  const call: OrgCall = {
    org: async () => org,
    access,
    language: "en",
    address: null,
    requestId: null,
    signal,
  };
  for (const question of QUESTIONS) {
    const after = await lastCursor(call, question);
    const sql = (name: string, text: string): Promise<number> => timed(() => bare.query({ name, text }));
    const page = (cursor?: string): Promise<number> =>
      timed(() =>
        recordsPage(call, "bench", {
          ...question.query,
          limit: LIMIT,
          ...(cursor === undefined ? {} : { after: cursor }),
        }),
      );
    const [plain, first, last] = [await sql(question.name, question.sql), await page(), await page(after)];
    const { hasMore, data } = await recordsPage(call, "bench", { ...question.query, limit: LIMIT, after });
    if (hasMore || (JSON.parse(data.toString()) as unknown[]).length !== LIMIT) throw new Error("not the last page");
    // What varies from one run to the next is not counted.
    const isKept = first <= TIMES * plain + MORE && last <= first * 1.1 + 1;
    console.log(
      `${question.name}: first page ${first.toFixed(2)} ms, bare SQL ${plain.toFixed(2)} ms (${(first / plain).toFixed(2)} ×), ` +
        `last page ${last.toFixed(2)} ms: ${isKept ? "kept" : "BROKEN"}`,
    );
    if (!isKept) process.exitCode = 1;
  }
  const count = await timed(() => countRecords(call, "bench", { where: { active: true } }));
  const countBare = await timed(() => bare.query("SELECT count(*) FROM bench WHERE active"));
  console.log(`count: ${count.toFixed(2)} ms, bare SQL ${countBare.toFixed(2)} ms`);
  const one = await timed(() => findRecord(call, "bench", "4242"));
  console.log(`one record with its lists: ${one.toFixed(2)} ms`);
  const keys = Array.from({ length: 10_000 }, (_, n) => String(n * 101));
  console.log(`10,000 keys looked up: ${(await timed(() => findKeys(call, "bench", keys))).toFixed(0)} ms`);
  await org.close();
} finally {
  await bare.end();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
