// The orders that lists have of themselves are those of an index: the first page of a long list reads no more than a page.
import { ExplainNode, type SelectQueryNode, sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { inOrg, type InOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import { listBatches } from "../../src/control/queries/batches.ts";
import { listExports } from "../../src/control/queries/exports.ts";
import { listTemplates } from "../../src/control/queries/templates.ts";
import { listTokens } from "../../src/control/queries/tokens.ts";
import { emptyControl, KINDS } from "../setup/control.ts";

interface Plan {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}

const MANY = 20_000;
const ANN = "00000000-0000-7000-8000-00000000000a";
const EVE = "00000000-0000-7000-8000-00000000000e";
const PAGE = { limit: 51 };
const BY_CREATION = [
  { by: "created", descending: false },
  { by: "_id", descending: false },
];
const OLD = "00000000-0000-7000-8000-000000005000";

describe.each(KINDS)("%s", (kind) => {
  let explained: InOrg;
  beforeAll(async () => {
    const control = await emptyControl(kind);
    await fill(control);
    const { org, db } = inOrg(control.db, "lab");
    const explaining = db.withPlugin({
      transformQuery: ({ node }) => {
        // What is asked before the list is.
        if ((node as SelectQueryNode).selections?.length === 1) return node;
        const explain = ExplainNode.create("json", sql`analyze`.toOperationNode());
        return { ...(node as SelectQueryNode), explain };
      },
      transformResult: ({ result }) => Promise.resolve(result),
    });
    explained = { org, db: explaining };
  }, 60_000);

  test.each<readonly [string, (at: InOrg) => Promise<readonly object[]>]>([
    ["all batches", (at) => listBatches(at, PAGE)],
    ["further batches", (at) => listBatches(at, { ...PAGE, after: [OLD] })],
    ["a person's batches, older than those of others", (at) => listBatches(at, { ...PAGE, person: ANN })],
    ["templates of a kind", (at) => listTemplates(at, { ...PAGE, kind: "export-template", seenBy: null })],
    ["templates of the older kind", (at) => listTemplates(at, { ...PAGE, kind: "dataset-template", seenBy: null })],
    ["the audit log", (at) => listAudit(at, PAGE)],
    ["further back in the audit log", (at) => listAudit(at, { ...PAGE, after: [OLD] })],
    ["the audit log of a subject", (at) => listAudit(at, { ...PAGE, subject: { kind: "batch", id: "7" } })],
    ["all exports", (at) => listExports(at, {}, PAGE)],
    ["further exports", (at) => listExports(at, {}, { ...PAGE, after: [OLD] })],
    ["a person's exports, older than those of others", (at) => listExports(at, { seenBy: ANN }, PAGE)],
    ["exports in a state that few are in", (at) => listExports(at, { state: "cancelled" }, PAGE)],
    ["the exports that were made first", (at) => listExports(at, {}, { ...PAGE, order: BY_CREATION })],
    ["a person's tokens", (at) => listTokens(at, ANN, PAGE)],
  ])("%s", async (_, list) => {
    const [row = {}] = await list(explained);
    const [[{ Plan: plan }]] = Object.values(row) as [[{ Plan: Plan }]];
    const nodes = [...nodesOf(plan)];
    const text = JSON.stringify(plan, null, 1);
    expect(plan["Actual Rows"], text).toBe(51);
    expect(
      nodes.filter((it) => it["Node Type"].includes("Sort")),
      text,
    ).toEqual([]);
    const read = Math.max(
      ...nodes.map((it) => it["Actual Loops"] * (it["Actual Rows"] + (it["Rows Removed by Filter"] ?? 0))),
    );
    expect(read, text).toBeLessThan(500);
  });
});

function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const part of plan.Plans ?? []) yield* nodesOf(part);
}

/** Much of others, which is newer than what Ann has. */
async function fill({ db }: Control): Promise<void> {
  const id = (n: string) => sql.raw(`('00000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`);
  const series = sql`generate_series(1, ${MANY}::integer) n`;
  const whose = sql`case when n < 200 then ${ANN}::uuid else ${EVE}::uuid end`;
  for (const it of [ANN, EVE]) {
    await sql`insert into person (id, name, email, email_verified) values (${it}, 'X', ${it}, true)`.execute(db);
    await sql`insert into membership (org, person) values ('lab', ${it})`.execute(db);
  }
  await sql`insert into batch (org, id, name, object, person, key_columns, source, sealed_at)
    select 'lab', ${id("n")}, 'b', 'samples', ${whose}, '{id}', '{}', now() from ${series}`.execute(db);
  await sql`insert into template (org, id, kind, name, person, revision)
    select 'lab', ${id("n")}, case when n < 200 then 'dataset-template' else 'export-template' end, n, ${EVE}, 1
    from ${series}`.execute(db);
  await sql`insert into template_revision (org, template, revision, body)
    select 'lab', ${id("n")}, 1, '{}' from ${series}`.execute(db);
  await sql`insert into audit (org, id, action, subject_kind, subject, details)
    select 'lab', ${id("n")}, 'x', 'batch', (n / 200)::text, '{}' from ${series}`.execute(db);
  await sql`insert into export (org, id, person, kind, format, request, revisions, notify, language, time_zone, join_key, state,
      file_name, mime, created_at)
    select 'lab', ${id("n")}, ${whose}, 'table', 'text/csv', '{}', '[]', false, 'en', 'UTC', '',
      case when n % 300 = 0 then 'cancelled' else 'error' end, 'x.csv', 'text/csv', now() + n * interval '1 second'
    from ${series}`.execute(db);
  await sql`insert into api_token (org, id, person, name, hash, scopes, addresses)
    select 'lab', ${id("n")}, ${whose}, 't', decode(lpad(to_hex(n), 64, '0'), 'hex'), '{}', '{}' from ${series}`.execute(
    db,
  );
  for (const table of ["batch", "template", "template_revision", "audit", "api_token", "person", "export"]) {
    await sql`analyze ${sql.id(table)}`.execute(db);
  }
}
