// `npm run bench:graphql-walk`: all records of a table of a million, page by page through GraphQL, while others insert, change and
// delete: by key, each that stays exactly once; in order of change, each change. The last pages cost what the first ones do.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { inOrg } from "../src/control/in-org.ts";
import { openControl } from "../src/control/open.ts";
import { putMember } from "../src/control/queries/members.ts";
import { createPerson } from "../src/identity/people.ts";
import { createToken } from "../src/identity/tokens.ts";
import { startPostgres } from "../test/setup/embedded-postgres.ts";
import { text as textOf } from "node:stream/consumers";
import { judged, median, start, stop, URL_OF_IT } from "./served.ts";

const ROWS = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
/** What was promised. */
const AT_MOST = { last: 1.3, sql: 3 };
const PAGE = 100;
/** Milliseconds from one change to the next, about. */
const CHANGE_EVERY = 10;

// Even numbers, so that there is room between them. A thousand records of each moment.
const TABLES = `
CREATE TABLE walked (id bigint PRIMARY KEY, name text NOT NULL, depth numeric(6,2), active boolean, day date, note text,
  metadata jsonb, updated timestamptz NOT NULL);
INSERT INTO walked SELECT 2 * i, 'Sample ' || md5(i::text), i % 1000 / 10.0, i % 3 = 0, date '2020-01-01' + i % 1500,
  'A plain note about sample number ' || i || ' of the collection', jsonb_build_object('depth', i % 400, 'operator', 'op' || i % 17),
  timestamptz '2020-01-01 00:00:00Z' + i / 1000 * interval '1 second' FROM generate_series(1, ${ROWS}) i;
CREATE INDEX ON walked (updated, id);`;

const FIELDS = ["id", "name", "depth", "active", "day", "note", "metadata", "updated"];

interface PageOfRecords {
  readonly nodes: readonly { readonly id: string; readonly updated: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** One connection, as a program that walks through pages has it. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

async function pageAfter(token: string, after: string | null, since: string | null): Promise<PageOfRecords> {
  const query =
    `query ($after: String, $since: DateTime) { walked(first: ${PAGE}, after: $after${since === null ? "" : ", updatedSince: $since"}) {
    nodes { ${FIELDS.join(" ")} } pageInfo { hasNextPage endCursor } } }`.replace(
      since === null ? ", $since: DateTime" : "",
      "",
    );
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const asking = request(`${URL_OF_IT}/lab/graphql`, { method: "POST", headers, agent });
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  asking.once("response", resolve).once("error", reject);
  asking.end(JSON.stringify({ query, variables: { after, ...(since === null ? {} : { since }) } }));
  const answer = JSON.parse(await textOf(await promise)) as { data?: { walked: PageOfRecords }; errors?: unknown };
  const { data, errors } = answer;
  if (data === undefined || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data.walked;
}

/** Milliseconds that each page took, and some of them as bare SQL. */
interface Taken {
  readonly took: readonly number[];
  readonly sql: readonly number[];
}

/** Walks through all pages. @param askSql asks for the page behind a record as a person would */
async function walk(
  token: string,
  since: string | null,
  onPage: (page: PageOfRecords) => void,
  isOver: () => boolean,
  askSql: (last: PageOfRecords["nodes"][number]) => Promise<unknown>,
): Promise<Taken> {
  const took: number[] = [];
  const sql: number[] = [];
  let after: string | null = null;
  for (;;) {
    const began = performance.now();
    const page: PageOfRecords = await pageAfter(token, after, since);
    took.push(performance.now() - began);
    onPage(page);
    after = page.pageInfo.endCursor ?? after;
    // What comes next, while the same goes on beside it.
    if (took.length % 20 === 0) {
      const begunSql = performance.now();
      await askSql(page.nodes.at(-1)!);
      sql.push(performance.now() - begunSql);
    }
    if (!page.pageInfo.hasNextPage && isOver()) return { took, sql };
    if (!page.pageInfo.hasNextPage) await sleep(20);
  }
}

/** What others did meanwhile, by the record's key. */
interface Changes {
  /** When each record was changed last, as the database has it. */
  readonly changed: Map<number, string>;
  inserted: number;
}

/** What went stays away, for the walks that follow too. */
const removed = new Set<number>();

/** Inserts, changes and deletes records all over the table, until it is told to end. */
function disturb(url: string): () => Promise<Changes> {
  const ending = new AbortController();
  const changes: Changes = { changed: new Map(), inserted: 0 };
  const all = (async () => {
    const client = new Client({ connectionString: url });
    client.on("error", () => {});
    await client.connect();
    const anywhere = (): number => 1 + Math.floor(Math.random() * ROWS);
    while (!ending.signal.aborted) {
      const kind = Math.random();
      const id = 2 * anywhere();
      if (kind < 0.2) {
        const { rowCount } = await client.query(
          `INSERT INTO walked SELECT $1, 'New', 1, true, date '2024-01-01', 'new', '{}', clock_timestamp() ON CONFLICT DO NOTHING`,
          [id - 1],
        );
        changes.inserted += rowCount ?? 0;
      } else if (kind < 0.25) {
        await client.query("DELETE FROM walked WHERE id = $1", [id]);
        removed.add(id);
      } else {
        const { rows } = await client.query(
          `UPDATE walked SET depth = depth + 1, updated = clock_timestamp() WHERE id = $1
           RETURNING to_char(updated AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS at`,
          [id],
        );
        const [first] = rows as { at: string }[];
        if (first !== undefined) changes.changed.set(id, first.at);
      }
      await sleep(Math.random() * 2 * CHANGE_EVERY);
    }
    await client.end();
  })();
  // Told to whoever ends it.
  all.catch(() => {});
  return async () => {
    ending.abort();
    await all;
    return changes;
  };
}

/** The first and the last tenth of a walk, of which not one page may be left out. */
function judgeWalk(what: string, { took, sql }: Taken): void {
  const tenth = Math.floor(took.length / 10);
  const [first, last] = [median(took.slice(0, tenth)), median(took.slice(-tenth))];
  console.log(
    `${what}: ${took.length.toLocaleString("en")} pages in ${(took.reduce((a, b) => a + b, 0) / 1000).toFixed(0)} s`,
  );
  judged(
    `${what}: the last tenth of pages (${last.toFixed(2)} ms) beside the first (${first.toFixed(2)} ms)`,
    last / first,
    AT_MOST.last,
    " ×",
  );
  const [page, alone] = [median(took), median(sql)];
  const beside = `${what}: a page (${page.toFixed(2)} ms) beside its bare SQL (${alone.toFixed(2)} ms)`;
  judged(beside, page / alone, AT_MOST.sql, " ×");
}

/** The page as a person would write it, through the same driver. */
function bare(client: Client, where: string, order: string, values: readonly unknown[]): Promise<unknown> {
  return client.query({
    name: order,
    text: `SELECT ${FIELDS.join(", ")} FROM walked WHERE ${where} ORDER BY ${order} LIMIT ${PAGE + 1}`,
    values: [...values],
  });
}

function fail(what: string): void {
  console.log(`BROKEN: ${what}`);
  process.exitCode = 1;
}

async function byKey(token: string, url: string, client: Client): Promise<void> {
  const seen = new Map<number, number>();
  const end = disturb(url);
  const taken = await walk(
    token,
    null,
    ({ nodes }) => nodes.forEach(({ id }) => seen.set(Number(id), (seen.get(Number(id)) ?? 0) + 1)),
    () => true,
    ({ id }) => bare(client, "id > $1", "id", [id]),
  );
  const { changed, inserted } = await end();
  let missing = 0;
  for (let id = 2; id <= 2 * ROWS; id += 2) if (!removed.has(id) && !seen.has(id)) missing++;
  const twice = [...seen.values()].filter((times) => times > 1).length;
  console.log(
    `by key: ${seen.size.toLocaleString("en")} records seen while ${inserted} came, ${changed.size} were changed and ${removed.size} went; ${missing} missing, ${twice} twice`,
  );
  if (missing + twice > 0) fail("a record that stays was not seen exactly once");
  judgeWalk("by key", taken);
}

async function byChange(token: string, url: string, client: Client): Promise<void> {
  const latest = new Map<number, string>();
  const end = disturb(url);
  let ended: Promise<Changes> | null = null;
  let isOver = false;
  const taken = await walk(
    token,
    "2020-01-01T00:00:00Z",
    ({ nodes, pageInfo }) => {
      for (const { id, updated } of nodes) latest.set(Number(id), updated);
      // At the end of what there is: what was changed by now is to come.
      if (!pageInfo.hasNextPage) ended ??= end().then((changes) => ((isOver = true), changes));
    },
    () => isOver,
    ({ id, updated }) => bare(client, "(updated, id) > ($1, $2)", "updated, id", [updated, id]),
  );
  const { changed } = await ended!;
  const same = (a: string, b: string): boolean => Date.parse(a) === Date.parse(`${b}Z`) && digits(a) === digits(b);
  const lost = [...changed].filter(([id, at]) => !removed.has(id) && !same(latest.get(id) ?? "", at));
  let missing = 0;
  for (let id = 2; id <= 2 * ROWS; id += 2) if (!removed.has(id) && !latest.has(id)) missing++;
  console.log(
    `by change: ${latest.size.toLocaleString("en")} records seen while ${changed.size} were changed; of ${lost.length} the last change was missed, ${missing} missing`,
  );
  if (lost.length + missing > 0) fail("a change was not seen");
  judgeWalk("by change", taken);
}

/** The fraction of a second: digits that count. */
function digits(text: string): string {
  return (/\.(\d+)/.exec(text)?.[1] ?? "").replace(/0+$/, "");
}

const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
// The server runs as another user when this one is root.
await chmod(folder, 0o755);
const postgres = await startPostgres(join(folder, "postgres"));
const client = new Client({ connectionString: postgres.url });
// It goes with the server where something fails.
client.on("error", () => {});
try {
  await client.connect();
  await client.query(TABLES);
  await client.query("VACUUM ANALYZE walked");
  const objects = { walked: { updated: "updated" } };
  await writeFile(
    join(folder, "waybill.yaml"),
    JSON.stringify({ orgs: { lab: { sources: { main: { url: postgres.url } }, objects } } }),
  );
  const control = await openControl({ databaseUrl: null, dataDir: join(folder, ".waybill") });
  const { id: person } = await createPerson(control, { email: "ada@example.org", name: "Ada", password: null });
  const at = inOrg(control.db, "lab");
  await putMember(at, person, "admin");
  const { token } = await createToken(at, { person, name: "walk", scopes: ["read"], addresses: [], expiresAt: null });
  await control.close();
  const server = await start(folder, null);
  try {
    await byKey(token, postgres.url, client);
    await byChange(token, postgres.url, client);
  } finally {
    await stop(server);
  }
} finally {
  agent.destroy();
  await client.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
