// Two orgs with the same data, ids included: whatever query runs in one, it neither sees nor touches the other's rows.
import { readdirSync } from "node:fs";
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { inOrg, type InOrg, ORG_TABLES } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { emptyControl, KINDS } from "../setup/control.ts";

const QUERIES = new URL("../../src/control/queries/", import.meta.url);

const PERSON = "00000000-0000-7000-8000-0000000000a1";
const [PARENT, CHILD] = ["00000000-0000-7000-8000-0000000000b1", "00000000-0000-7000-8000-0000000000b2"];
const ID = "00000000-0000-7000-8000-0000000000c1";
const OPEN_BATCH = "00000000-0000-7000-8000-0000000000c2";
const HASH = Buffer.alloc(32, 7);
const HEX = HASH.toString("hex");
const SOON = new Date("2100-01-01T00:00:00Z");
const LATER = "ffffffff-ffff-7fff-bfff-ffffffffffff";
const CALL = { person: PERSON, key: "call", requestHash: HASH, expiresAt: SOON };
const [PENDING, RUNNING, READY, OVER] = [1, 2, 3, 4].map((n) => `00000000-0000-7000-8000-0000000000d${n}`) as [
  ...[string, string, string, string],
];
const RUN = { id: RUNNING, run: "00000000-0000-7000-8000-0000000000e1" };
const EXPORT = {
  person: PERSON,
  namespace: PARENT,
  label: "soil",
  kind: "table" as const,
  object: "samples",
  format: "text/csv",
  notify: true,
  language: "en",
  timeZone: "UTC",
  joinKey: HASH,
  fileName: "a.csv",
  mime: "text/csv",
};
const GAVE = {
  rows: 1,
  files: 0,
  size: 1,
  storedSize: 1,
  sha256: "a",
  snapshotAt: SOON,
  problems: 0,
  result: {},
  expiresAt: SOON,
};
const KIND = "dataset-template";
const TEMPLATE = '{"object": "samples"}';
const NAMED = { namespace: PARENT, person: PERSON, name: "new" };

/** What each query function is called with; one that is missing here fails the test, and so does one that is gone. */
const CASES: Readonly<Record<string, readonly unknown[]>> = {
  addAudit: [{ action: "x" }],
  addBatchChunks: [OPEN_BATCH, 9, [{ count: 1, json: `["9"]` }]],
  addBatchKeys: [OPEN_BATCH, 0, ["1"]],
  addEvent: [READY, "x"],
  addExport: [{ ...EXPORT, id: LATER, request: {}, revisions: [], approval: null, state: "pending" }],
  addInvitation: [
    {
      email: "b@example.org",
      role: "admin",
      namespace: null,
      tokenHash: Buffer.alloc(32, 8),
      invitedBy: null,
      expiresAt: SOON,
    },
  ],
  addMember: [PERSON],
  addNamespace: [{ parent: PARENT, code: "new", name: "new" }],
  addShare: [{ export: PENDING, person: PERSON, sharedBy: PERSON }],
  addTemplate: [{ ...NAMED, kind: KIND, body: {} }],
  addToken: [{ person: PERSON, name: "t", hash: Buffer.alloc(32, 8), scopes: [], addresses: [], expiresAt: null }],
  administrators: [],
  archiveNamespace: [PARENT, true],
  batchChunks: [ID],
  batchKeys: [ID, 0, 10],
  beginBatch: [{ ...NAMED, object: "samples", keyColumns: ["id"], source: {} }],
  beginCall: [CALL],
  beginRun: [PENDING, "worker"],
  bytesStored: [],
  changeExport: [PENDING, { label: "changed" }],
  changeNamespace: [PARENT, { name: "changed" }],
  changeOrgSettings: [{ quota: 2 }],
  countAdministrators: [],
  countExports: [],
  endCall: [CALL, { status: 200, headers: {}, body: "ended", expiresAt: CALL.expiresAt }],
  endFailed: [RUN, { code: "x", detail: "y" }],
  endReady: [RUN, GAVE],
  endUnfinished: [PENDING, "cancelled"],
  endedBefore: [SOON, 9],
  eventsOf: [READY],
  expire: [SOON, 9],
  expiringUntil: [SOON],
  findBatch: [ID],
  findExport: [READY],
  findInvitation: [HASH],
  findJoinable: [HASH],
  findMember: [PERSON],
  findMemberNamed: ["a@example.org"],
  findNamespace: [PARENT],
  findOpenInvitation: [ID],
  findPersistedQuery: [HEX],
  findRevision: [ID, 1],
  findTemplate: [ID],
  findTemplateNamed: [KIND, "t", PARENT, PERSON],
  findToken: [{ hash: HASH }],
  forgetArchive: [OVER],
  forgetCall: [CALL],
  forgetOldCalls: [],
  handBack: [RUN, true],
  heldRoles: [PERSON],
  holdExport: [READY],
  inTurn: [],
  isArchiveOf: ["archive"],
  isSharedWith: [READY, PERSON],
  keepFoundNamespaces: [[{ key: "parent", parentKey: null, code: "moved", name: "moved" }]],
  keepProgress: [RUN, { rows: 5, totalRows: null, bytes: 5, files: 0 }],
  keepScript: [READY, {}],
  listAudit: [{ limit: 99 }],
  listBatches: [{ limit: 99 }],
  listExports: [{ seenBy: PERSON, search: "soil", namespaces: [PARENT] }, { limit: 99 }],
  listInvitations: [],
  listMembers: [{ limit: 99 }],
  listNamespaces: [],
  listPersistedQueries: [],
  listNamespacesOf: [new Map([[PARENT, "owner"]]), { limit: 99 }],
  listRevisions: [ID],
  listShares: [ID],
  listTemplates: [
    { limit: 99, after: [LATER], search: "T", object: "samples", seenBy: { person: LATER, namespaces: [CHILD] } },
  ],
  listTokens: [null],
  listViews: [PERSON, "samples"],
  moveNamespace: [CHILD, null],
  namesOf: [[PERSON, PARENT, ID, READY]],
  orgSettings: [],
  overdue: [SOON],
  positionsOf: [[PENDING]],
  putMember: [PERSON, null],
  putPersistedQuery: [{ id: HEX, name: "changed", document: "{ other }", person: PERSON }],
  putRole: [PARENT, PERSON, null],
  removeBatch: [ID],
  removeExport: [READY],
  removeInvitation: [ID],
  removeMember: [PERSON],
  removeNamespace: [CHILD],
  removePersistedQuery: [HEX],
  removeShare: [READY, PERSON],
  removeTemplate: [ID],
  removeUnsealed: [SOON],
  removeView: [PERSON, ID],
  reviseTemplate: [ID, 1, { name: "revised", person: PERSON, body: { revised: true } }],
  revokeToken: [ID, null],
  rolesIn: [PARENT],
  rolesOfEach: [[PERSON]],
  saveView: [{ person: PERSON, object: "samples", name: "view", body: { changed: true } }],
  sealBatch: [OPEN_BATCH],
  shareTemplate: [ID, CHILD, false],
  sharesOf: [READY],
  subtree: [PARENT],
  touchPersistedQuery: [HEX],
  touchToken: [ID],
  unfinished: [],
  usageByDay: ["UTC", 2],
  useInvitation: [ID],
};

type Query = (at: InOrg, ...rest: readonly unknown[]) => unknown;

/** Every function of every file of queries. */
async function allQueries(): Promise<Map<string, Query>> {
  const files = readdirSync(QUERIES).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const modules = await Promise.all(files.map((file) => import(new URL(file, QUERIES).href) as Promise<object>));
  const functions = modules.flatMap((module) => Object.entries(module)).filter(([, it]) => typeof it === "function");
  return new Map(functions as [string, Query][]);
}

async function fill({ db }: InOrg): Promise<void> {
  await db.insertInto("orgSettings").values({ settings: `{"quota": 1}` }).execute();
  await db.insertInto("membership").values({ person: PERSON, role: "admin" }).execute();
  for (const [id, parent, key] of [
    [PARENT, null, "parent"],
    [CHILD, PARENT, "child"],
  ] as const) {
    await db.insertInto("namespace").values({ id, parent, key, code: key, name: key, fromSource: true }).execute();
  }
  await db.insertInto("namespaceRole").values({ namespace: PARENT, person: PERSON, role: "owner" }).execute();
  const token = { id: ID, person: PERSON, name: "t", hash: HASH, scopes: ["read"], addresses: [] };
  await db.insertInto("apiToken").values(token).execute();
  const invitation = { id: ID, email: "a@example.org", role: "guest" as const, namespace: PARENT, tokenHash: HASH };
  await db
    .insertInto("invitation")
    .values({ ...invitation, expiresAt: SOON })
    .execute();
  await db.insertInto("audit").values({ id: ID, action: "x", details: "{}" }).execute();
  const calls = [
    { ...CALL, status: 201, body: "begun" },
    { ...CALL, key: "old", expiresAt: new Date(0) },
  ];
  await db
    .insertInto("idempotency")
    .values(calls.map((call) => ({ status: null, body: null, ...call })))
    .execute();
  const batch = { name: "b", object: "samples", namespace: PARENT, keyColumns: ["id"], source: "{}" };
  await db
    .insertInto("batch")
    .values([{ ...batch, id: ID, keyCount: 2, sealedAt: new Date(0) }])
    .execute();
  await db
    .insertInto("batch")
    .values({ ...batch, id: OPEN_BATCH })
    .execute();
  await db.insertInto("batchKeys").values({ batch: ID, first: 0, keyCount: 2, keys: `["1","2"]` }).execute();
  await db.insertInto("template").values({ id: ID, namespace: PARENT, kind: KIND, name: "t", revision: 1 }).execute();
  await db.insertInto("templateRevision").values({ template: ID, revision: 1, body: TEMPLATE }).execute();
  await db.insertInto("templateShare").values({ template: ID, namespace: CHILD }).execute();
  await db
    .insertInto("savedView")
    .values({ id: ID, person: PERSON, object: "samples", name: "view", body: "{}" })
    .execute();
  await db
    .insertInto("persistedQuery")
    .values({ id: HEX, name: "query", document: "{ __typename }", person: PERSON })
    .execute();
  await fillExports({ org: "", db });
}

async function fillExports({ db }: InOrg): Promise<void> {
  const its = { ...EXPORT, request: "{}", revisions: "[]" };
  const old = new Date(0);
  const archived = { size: 1, storedSize: 5, sha256: "a", endedAt: old, expiresAt: old };
  const rows = [
    { id: PENDING, state: "pending" as const, dueAt: old },
    { id: RUNNING, state: "running" as const, run: RUN.run, archive: "going" },
    { id: READY, state: "ready" as const, archive: "archive", ...archived },
    { id: OVER, state: "expired" as const, archive: "gone", ...archived },
  ];
  for (const row of rows) {
    await db
      .insertInto("export")
      .values({ ...its, ...row })
      .execute();
  }
  await db.insertInto("exportShare").values({ export: READY, person: PERSON }).execute();
  await db.insertInto("exportEvent").values({ export: READY, id: ID, event: "ready", details: "{}" }).execute();
}

/** All rows of an org, as text. */
async function rowsOf({ db }: Control, org: string): Promise<string> {
  const tables = [...ORG_TABLES]
    .toSorted()
    .map(
      (table) =>
        sql`select ${sql.lit(table)} as name, row_to_json(t)::text as row from ${sql.table(table)} t where t.org = ${org}`,
    );
  const { rows } = await sql`${sql.join(tables, sql` union all `)} order by 1, 2`.execute(db);
  return JSON.stringify(rows, null, 1);
}

/** What a call gives, without what is new each time: ids, times, and whose it is. */
async function outcomeOf(query: Query, at: InOrg, rest: readonly unknown[]): Promise<unknown> {
  try {
    const given = await query(at, ...rest);
    const whole = given !== null && typeof given === "object" && Symbol.asyncIterator in given;
    const all = whole ? await arrayOf(given as AsyncIterable<unknown>) : given;
    const result = all instanceof Map ? [...(all as Map<unknown, unknown>)] : all;
    return (JSON.stringify(result) ?? "undefined")
      .replaceAll(/"(?!0{8})[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}"|"\d{4}-\d\d-\d\dT[^"]*Z"/g, '"new"')
      .replaceAll(/\.[0-9a-f-]{36}"/g, '.new"')
      .replaceAll(at.org, "the org");
  } catch (error) {
    return (error as Error).message.replaceAll(/[0-9a-f-]{36}/g, "");
  }
}

async function arrayOf(parts: AsyncIterable<unknown>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

class Undo extends Error {}

describe.each(KINDS)("on %s", (kind) => {
  let control: Control;
  beforeAll(async () => {
    control = await emptyControl(kind);
    const person = { id: PERSON, name: "Ada", email: "a@example.org", emailVerified: true };
    await control.db.insertInto("person").values(person).execute();
  });

  /** Calls a query in `lab`, where only the orgs that are named have data, and undoes it. */
  async function call(name: string, query: Query, orgs: readonly string[]) {
    let seen: { outcome: unknown; other: string; changed: boolean } | undefined;
    await control.db
      .transaction()
      .execute(async (db) => {
        for (const org of orgs) await fill(inOrg(db, org));
        const within = { ...control, db } as Control;
        const [lab, other] = [await rowsOf(within, "lab"), await rowsOf(within, "other")];
        const outcome = await outcomeOf(query, inOrg(db, "lab"), CASES[name]!).finally(() => undefined);
        const after = await rowsOf(within, "other").catch(() => other);
        const changed = (await rowsOf(within, "lab").catch(() => lab)) !== lab;
        expect(after, `${name} changed the other org`).toBe(other);
        seen = { outcome, other, changed };
        throw new Undo();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undo)) throw error;
      });
    return seen!;
  }

  test("every query has its case", async () => {
    expect(Object.keys(CASES).toSorted()).toEqual([...(await allQueries()).keys()].toSorted());
  });

  test("no query sees or changes the other org", async () => {
    for (const [name, query] of await allQueries()) {
      const alone = await call(name, query, ["lab"]);
      const beside = await call(name, query, ["lab", "other"]);
      const nothing = await call(name, query, []);
      const theirs = await call(name, query, ["other"]);
      expect(beside.outcome, `${name} saw the other org`).toEqual(alone.outcome);
      expect(theirs.outcome, `${name} saw the other org without rows of its own`).toEqual(nothing.outcome);
      expect(beside.other.length, "the other org has rows").toBeGreaterThan(1000);
      // The case means something: with rows of its own, the query gives or does something else than without.
      if (!/^(?:add(?!Batch(?:Keys|Chunks))|beginBatch|changeOrgSettings|forget|inTurn|keepFound)/.test(name)) {
        expect([alone.outcome, alone.changed], `${name} does nothing`).not.toEqual([nothing.outcome, false]);
      }
    }
  });

  test("statements that cannot be narrowed are refused", async () => {
    const at = inOrg(control.db, "lab");
    const db = at.db as unknown as Control["db"];
    await expect(db.selectFrom("session").selectAll().execute()).rejects.toThrow("none of its tables");
    await expect(db.insertInto("secret").values({ name: "x", value: "y" }).execute()).rejects.toThrow("none of its");
    await expect(at.db.insertInto("audit").defaultValues().execute()).rejects.toThrow("given as values");
    const copied = at.db
      .insertInto("audit")
      .columns(["id"])
      .expression((it) => it.selectFrom("batch").select("id"));
    await expect(copied.execute()).rejects.toThrow("given as values");
    await expect(
      at.db.mergeInto("audit").using("batch", "batch.id", "audit.id").whenMatched().thenDoNothing().execute(),
    ).rejects.toThrow("merge");
  });

  test("joins, sub-queries and rows of several are narrowed too", async () => {
    const at = inOrg(control.db, "lab");
    const { sql: text, parameters } = at.db
      .with("mine", (db) => db.selectFrom("batch").select("id"))
      .selectFrom("mine")
      .leftJoin("template as t", "t.id", "mine.id")
      .innerJoin(
        (db) => db.selectFrom("namespace").select("namespace.id").as("n"),
        (join) => join.onRef("n.id", "=", "t.namespace"),
      )
      .select((it) => it.selectFrom("audit").select("audit.id").limit(1).as("a"))
      .compile();
    for (const part of [`"batch"."org" = `, `"t"."org" = `, `"namespace"."org" = `, `"audit"."org" = `]) {
      expect(text).toContain(part);
    }
    expect(parameters.filter((it) => it === "lab")).toHaveLength(4);
  });
});
