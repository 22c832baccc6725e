// `npm run bench:service`: how long `waybill serve` takes to answer, and 300 requests a second of lists, on both control databases.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import autocannon from "autocannon";
import { inOrg } from "../src/control/in-org.ts";
import { openControl } from "../src/control/open.ts";
import { addAudit } from "../src/control/queries/audit.ts";
import { addMember, putMember } from "../src/control/queries/members.ts";
import { addNamespace } from "../src/control/queries/namespaces.ts";
import { addTemplate } from "../src/control/queries/templates.ts";
import { beginBatch, sealBatch } from "../src/control/queries/batches.ts";
import { createPerson } from "../src/identity/people.ts";
import { createToken, SCOPES } from "../src/identity/tokens.ts";
import { startPostgres } from "../test/setup/embedded-postgres.ts";
import { judged, start, stop, URL_OF_IT } from "./served.ts";

const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 60);
const RATE = 300;
/** What was promised: seconds until it answers, and how far the slowest hundredth is from the middle. */
const AT_MOST = { empty: 8, existing: 4, spread: 5 };
/** Of each kind of thing that is listed. */
const THINGS = 200;
const LISTS = ["namespaces", "batches", "dataset-templates", "export-templates", "members", "audit"];

/** Fills the lists, and gives a token that sees all of them. */
async function fill(cwd: string, databaseUrl: string | null): Promise<string> {
  const control = await openControl({ databaseUrl, dataDir: join(cwd, ".waybill") });
  const lab = inOrg(control.db, "lab");
  const admin = await createPerson(control, { email: "admin@example.org", name: "Admin", password: null });
  await putMember(lab, admin.id, "admin");
  for (let n = 0; n < THINGS; n++) {
    const { id: namespace } = await addNamespace(lab, { parent: null, code: `n${n}`, name: `Namespace ${n}` });
    const { id } = await createPerson(control, { email: `p${n}@example.org`, name: `Person ${n}`, password: null });
    await addMember(lab, id);
    const person = admin.id;
    const batch = { name: `Batch ${n}`, object: "samples", namespace, person, keyColumns: ["id"], source: {} };
    await sealBatch(lab, await beginBatch(lab, batch));
    for (const kind of ["dataset-template", "export-template"] as const) {
      await addTemplate(lab, { kind, name: `${kind} ${n}`, namespace, person, body: { kind, name: "x", columns: [] } });
    }
    await addAudit(lab, { action: "bench", subjectKind: "bench", subject: String(n) });
  }
  const request = { person: admin.id, name: "bench", scopes: SCOPES, addresses: [], expiresAt: null };
  const { token } = await createToken(lab, request);
  await control.close();
  return token;
}

async function measure(kind: string, databaseUrl: string | null): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), "waybill-bench-"));
  try {
    const db = new DatabaseSync(join(cwd, "lab.db"));
    db.exec("create table samples (id integer primary key, name text)");
    db.close();
    await writeFile(join(cwd, "waybill.yaml"), "orgs:\n  lab: { sources: { main: { url: 'sqlite:lab.db' } } }\n");
    const first = await start(cwd, databaseUrl);
    await stop(first);
    judged(`${kind}: answers on an empty folder after`, first.seconds, AT_MOST.empty, " s");
    const token = await fill(cwd, databaseUrl);
    const again = await start(cwd, databaseUrl);
    judged(`${kind}: answers on an existing folder after`, again.seconds, AT_MOST.existing, " s");
    const requests = LISTS.map((list) => ({ path: `/lab/v2/${list}` }));
    const headers = { authorization: `Bearer ${token}` };
    // What is loaded and compiled with the first requests is not what is measured.
    await autocannon({ url: URL_OF_IT, requests, headers, connections: 4, duration: 3 });
    const result = await autocannon({
      url: URL_OF_IT,
      requests,
      headers,
      connections: 20,
      overallRate: RATE,
      duration: SECONDS,
    });
    await stop(again);
    const { latency, errors, timeouts, non2xx, requests: sent } = result;
    const failed = errors + timeouts + non2xx;
    console.log(
      `${kind}: ${sent.total} requests in ${SECONDS} s, ${(sent.total / SECONDS).toFixed(0)} a second, ${failed} failed; ` +
        `median ${latency.p50} ms, 99th percentile ${latency.p99} ms, slowest ${latency.max} ms`,
    );
    if (failed > 0 || sent.total < RATE * SECONDS * 0.98) process.exitCode = 1;
    judged(`${kind}: 99th percentile in medians`, latency.p99 / Math.max(1, latency.p50), AT_MOST.spread, "");
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

await measure("PGlite", null);
const folder = await mkdtemp(join(tmpdir(), "waybill-bench-pg-"));
await chmod(folder, 0o755);
const server = await startPostgres(join(folder, "postgres"));
try {
  await measure("PostgreSQL", server.url);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
