// `npm run bench:control`: starts of the control database, and a batch of keys beside `INSERT … SELECT` of the same keys.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { readConfig } from "../src/config/read.ts";
import { inOrg } from "../src/control/in-org.ts";
import { type Control, openControl } from "../src/control/open.ts";
import { addBatchKeys, batchChunks, beginBatch, sealBatch } from "../src/control/queries/batches.ts";
import { openOrg, type OpenOrg } from "../src/orgs/open-org.ts";
import { createBatch } from "../src/service/batches/create.ts";
import { checkBatch } from "../src/service/batches/records.ts";
import type { OrgCall } from "../src/service/org-call.ts";
import { startPostgres } from "../test/setup/embedded-postgres.ts";

const KEYS = Number(process.env["BENCH_KEYS"] ?? 1_000_000);
const ROUNDS = 3;
/** What was promised, against PostgreSQL's own. */
const AT_MOST = 3;
/** Keys come from a source in pieces of about this many. */
const PIECE = 40_960;

/** Seconds that something takes. */
async function timed(what: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await what();
  return (performance.now() - begin) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

async function rounds(what: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await timed(what));
  return median(all);
}

/** Opens an empty place, and the same again; gives it open. */
async function starts(databaseUrl: string | null, dataDir: string): Promise<Control> {
  let control: Control | undefined;
  const open = async (): Promise<void> => {
    control = await openControl({ databaseUrl, dataDir });
  };
  const first = await timed(open);
  await control!.close();
  const again = await timed(open);
  console.log(`${control!.kind}: opens in ${first.toFixed(2)} s when empty, in ${again.toFixed(2)} s afterwards`);
  return control!;
}

async function batches({ db, kind }: Control, beside: number | null): Promise<number> {
  await sql`create table bench_source (id bigint primary key)`.execute(db);
  await sql`create table bench_copy (key text)`.execute(db);
  await sql`insert into bench_source select g from generate_series(1000000, ${999_999 + KEYS}::int) g`.execute(db);
  const copy = await rounds(() => sql`insert into bench_copy select id::text from bench_source`.execute(db));
  const keys = Array.from({ length: KEYS }, (_, n) => String(1_000_000 + n));
  const at = inOrg(db, "bench");
  let id = "";
  const batch = await rounds(async () => {
    const facts = { name: "Bench", object: "samples", namespace: null, person: null, keyColumns: ["id"], source: {} };
    id = await beginBatch(at, facts);
    for (let from = 0; from < KEYS; from += PIECE) await addBatchKeys(at, id, from, keys.slice(from, from + PIECE));
    await sealBatch(at, id);
  });
  const back = await rounds(async () => {
    let count = 0;
    for await (const part of batchChunks(at, id)) count += part.length;
    if (count !== KEYS) throw new Error(`${count} keys came back`);
  });
  const ratio = batch / (beside ?? copy);
  console.log(
    `${kind}: INSERT … SELECT ${copy.toFixed(2)} s, batch ${batch.toFixed(2)} s, read back ${back.toFixed(2)} s; ` +
      `${ratio.toFixed(2)} of PostgreSQL's INSERT … SELECT (at most ${AT_MOST}: ${ratio <= AT_MOST ? "kept" : "BROKEN"})`,
  );
  if (ratio > AT_MOST) process.exitCode = 1;
  return copy;
}

/** The source that batches are made from: the server of the control database itself. */
async function orgAt(url: string, folder: string): Promise<OpenOrg> {
  const file = join(folder, "waybill.yaml");
  const org = { sources: { main: { url } }, objects: { samples: { table: "bench_source" } } };
  await writeFile(file, JSON.stringify({ orgs: { bench: org } }));
  const config = await readConfig(file, {});
  const { signal } = new AbortController();
  return openOrg(config, config.orgs.get("bench")!, { file, warn: console.error, signal });
}

/** A batch from a filter, as the service makes it. @param beside what `INSERT … SELECT` takes on PostgreSQL */
async function fromFilter({ db, kind }: Control, org: OpenOrg, beside: number): Promise<void> {
  const person = { id: "00000000-0000-7000-8000-000000000001", email: "", name: "", language: null };
  const call: OrgCall = {
    org: async () => org,
    access: {
      at: inOrg(db, "bench"),
      identity: {
        person: { ...person, timeZone: null, theme: null },
        orgs: new Map([["bench", "admin"]]),
        via: { kind: "session", id: "" },
        setCookies: [],
      },
      isAdmin: true,
      namespaces: new Map(),
    },
    language: "en",
    address: null,
    requestId: null,
    signal: new AbortController().signal,
  };
  let id = "";
  const made = await rounds(async () => {
    const { batch } = await createBatch(call, { object: "samples", name: "Bench", where: { id: { $gte: 0 } } });
    if (batch.count !== KEYS) throw new Error(`${batch.count} keys`);
    id = batch.id;
  });
  const checked = await timed(async () => {
    const { vanished } = await checkBatch(call, id);
    if (vanished.count !== 0) throw new Error(`${vanished.count} records vanished`);
  });
  const ratio = made / beside;
  console.log(
    `${kind}: a batch from a filter ${made.toFixed(2)} s, ${ratio.toFixed(2)} of PostgreSQL's INSERT … SELECT ` +
      `(at most ${AT_MOST}: ${ratio <= AT_MOST ? "kept" : "BROKEN"}); all its records looked for ${checked.toFixed(2)} s`,
  );
  if (ratio > AT_MOST) process.exitCode = 1;
}

const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
// The server runs as another user when this one is root.
await chmod(folder, 0o755);
const server = await startPostgres(join(folder, "postgres"));
try {
  const postgres = await starts(server.url, folder);
  const beside = await batches(postgres, null);
  const org = await orgAt(server.url, folder);
  await fromFilter(postgres, org, beside);
  await postgres.close();
  const pglite = await starts(null, join(folder, "data"));
  await batches(pglite, beside);
  await fromFilter(pglite, org, beside);
  await pglite.close();
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
