import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { readConnection, readRecord, type WantedRecord } from "../../src/service/records/tree.ts";
import { countAll } from "../../src/service/records/tree/count.ts";
import { preparePage } from "../../src/service/records/tree/prepare.ts";
import { deletionsOffered, readDeleted } from "../../src/service/records/tree/deleted.ts";
import { pageFilters } from "../../src/service/records/tree/filters.ts";
import { recordsSight } from "../../src/service/records/sight.ts";
import { postgres } from "../conformance/engines/postgres.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { type Overheard, overhear } from "../setup/statements.ts";
import { ALIKE, compositeTrees, expectAlike } from "./composite-trees.ts";
import { plainPostgres } from "./plain-sql.ts";
import { trees } from "./trees.ts";

trees(postgres);
compositeTrees(postgres, plainPostgres);

const TABLES = `
CREATE TABLE projects (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO projects VALUES (1, 'North'), (2, 'South');
CREATE TABLE patients (no text PRIMARY KEY, town text NOT NULL);
INSERT INTO patients VALUES ('P1', 'Lille'), ('P2', 'Lyon');
CREATE TABLE samples (id integer PRIMARY KEY, project_id integer NOT NULL REFERENCES projects, patient_no text REFERENCES patients, ward_id integer REFERENCES projects,
  name text NOT NULL, made timestamptz, note text, photo bytea);
INSERT INTO samples SELECT i, 1 + i % 2, 'P' || 1 + i % 2, 1, 'Sample ' || i, '2024-01-01'::timestamptz + i * interval '1 hour', 'n' || i,
  CASE WHEN i = 1 THEN decode('00ff', 'hex') END FROM generate_series(1, 60) i;
CREATE TABLE measures (id integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples, value numeric(9,2), taken timestamptz NOT NULL);
INSERT INTO measures SELECT i, CASE WHEN i % 13 < 10 THEN 1 ELSE 2 + i % 59 END, i / 4.0, '2024-01-01'::timestamptz + (i % 1000) * interval '1 minute'
  FROM generate_series(1, 130000) i;
CREATE INDEX ON measures (sample_id, id);
CREATE INDEX ON measures (sample_id, taken DESC, id DESC);
CREATE TABLE notes (id integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples, said text);
INSERT INTO notes SELECT i, 1 + i % 60, 'note ' || i FROM generate_series(1, 500) i;
CREATE TABLE documents (id integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples, path text, hidden_bytes bytea);
INSERT INTO documents SELECT i, 1 + i % 60, 'd/' || i || '.pdf', '\\x01' FROM generate_series(1, 90) i;
CREATE TABLE deletions (id serial PRIMARY KEY, sample_id integer NOT NULL, project_id integer NOT NULL, at timestamptz NOT NULL);
INSERT INTO deletions (sample_id, project_id, at) SELECT 100 + i, 1 + i % 2, '2024-03-01'::timestamptz + i * interval '1 day' FROM generate_series(1, 9) i;
CREATE TABLE bare_deletions AS SELECT id, sample_id, at FROM deletions;
ALTER TABLE bare_deletions ADD PRIMARY KEY (id);
CREATE TABLE persons (name text PRIMARY KEY, boss_name text REFERENCES persons);
INSERT INTO persons VALUES ('Ada', NULL), ('Bob', 'Ada');
ANALYZE;`;

const OBJECTS = {
  projects: {},
  patients: { fields: { no: { deidentify: { below: "owner", rule: "hash" } } } },
  samples: {
    namespace: "project_id",
    created: "made",
    state: "note",
    fields: {
      patient_no: { deidentify: { below: "owner", rule: "hash" } },
      note: { deidentify: { below: "owner", rule: "drop" } },
      ward_id: { deidentify: { below: "owner", rule: "drop" } },
    },
    files: {
      attachments: { object: "documents", by: "sample_id", store: "files", path: "path" },
      inside: { object: "documents", by: "sample_id", column: "hidden_bytes" },
    },
    deleted: { object: "deletions", key: "sample_id", at: "at" },
  },
  measures: {},
  notes: {
    deleted: { object: "bare_deletions", key: "sample_id", at: "at" },
    policy: { $or: [{ id: { $gt: 10 } }, { "$principal.role": "admin" }] },
  },
  documents: { fields: { hidden_bytes: { deidentify: { below: "owner", rule: "hash" } } } },
  deletions: { namespace: "project_id" },
  bare_deletions: {},
  persons: { references: { boss: { object: "persons", by: "boss_name" } } },
};

const NONE: WantedRecord = { fields: [], references: [], lists: [], files: [] };
const PAGE = { size: 15, cursors: false, count: false, of: NONE } as const;

describe("PostgreSQL: trees", () => {
  let database: TestDatabase;
  let overheard: Overheard;
  let org: OpenOrg;
  let admin: OrgCall;
  /** Of the project 1, where the records with even ids are. */
  let guest: OrgCall;
  beforeAll(async () => {
    database = await createDatabase();
    await database.client.query(TABLES);
    overheard = await overhear(database.url);
    const sources = { main: { url: overheard.url }, files: { url: "dir:/tmp" } };
    org = await openLab(overheard.url, OBJECTS, { sources });
    admin = callBy(org, "admin");
    guest = callBy(org, { "1": "guest" });
  });
  afterAll(async () => {
    await org.close();
    await overheard.stop();
    await database.drop();
  });

  const measures = (order?: readonly string[], backwards = false): WantedRecord["lists"][number] => ({
    as: `m${order?.join() ?? ""}${backwards}`,
    name: "measures",
    page: {
      ...PAGE,
      size: 20,
      backwards,
      ...(order === undefined ? {} : { order }),
      of: { ...NONE, fields: ["id", "value"] },
    },
  });

  test("take no more statements than their selection has edges, whatever the number of records", async () => {
    const of: WantedRecord = {
      fields: ["id", "name"],
      references: [
        { as: "project", name: "project", of: { ...NONE, fields: ["name"] } },
        { as: "patient", name: "patient", of: { ...NONE, fields: ["town"] } },
      ],
      lists: [measures(), { as: "notes", name: "notes", page: { ...PAGE, of: { ...NONE, fields: ["said"] } } }],
      files: [{ as: "attachments", name: "attachments", first: 20, checksum: false }],
    };
    // Connects, which the next one need not.
    await readConnection(admin, "samples", PAGE);
    overheard.statements.length = 0;
    const { records } = await readConnection(admin, "samples", { ...PAGE, of });
    const first = (sql: string): string => /^\w+/.exec(sql)![0];
    // What is sent in one piece is still a statement each.
    expect(overheard.statements.flatMap((sent) => sent.split("; ")).map(first)).toEqual([
      "BEGIN",
      "SELECT",
      "COPY",
      "COPY",
      "COPY",
      "COPY",
      "SELECT",
      "ROLLBACK",
    ]);
    expect(records).toHaveLength(15);
    expect(
      records.every(
        ({ lists, references }) =>
          lists["notes"]!.records.length > 7 && references["patient"]?.fields["town"] !== undefined,
      ),
    ).toBe(true);
    expect(records.flatMap(({ files }) => files["attachments"]!.files)).toHaveLength(29);
  });

  test("find the first items of each list by its index, however many there are", async () => {
    for (const list of [
      measures(),
      measures(["-taken", "-id"]),
      measures(undefined, true),
      measures(["-taken", "-id"], true),
    ]) {
      overheard.statements.length = 0;
      const { records } = await readConnection(admin, "samples", { ...PAGE, of: { ...NONE, lists: [list] } });
      expect(records.map(({ lists }) => lists[list.as]!.records.length)).toEqual(Array.from({ length: 15 }, () => 20));
      const copies = overheard.statements.flatMap((it) => /^COPY \((.*)\) TO STDOUT/s.exec(it)?.[1] ?? []);
      const { rows } = await database.client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${copies[1]!}`);
      const [{ Plan }] = (rows as [{ "QUERY PLAN": [{ Plan: Node }] }])[0]["QUERY PLAN"];
      const nodes = flat(Plan);
      expect(nodes.filter((it) => it["Node Type"].startsWith("Index")).length).toBe(15);
      expect(nodes.map((it) => it["Node Type"])).not.toContain("Seq Scan");
      for (const { "Actual Rows": read, "Actual Loops": loops, "Rows Removed by Filter": passed = 0, Plans } of nodes) {
        expect((read + passed) * loops).toBeLessThanOrEqual(Plans === undefined ? 60 : 15 * 21);
      }
      // Of what was found: nothing is sorted to find it.
      expect(nodes.filter((it) => it["Node Type"] === "Sort")).toHaveLength(1);
      expect(Plan["Node Type"]).toBe("Sort");
    }
  });

  test("close what hangs on a de-identified field", async () => {
    const reference = { ...PAGE, of: { ...NONE, references: [{ as: "p", name: "ward", of: NONE }] } };
    await expect(readConnection(guest, "samples", reference)).rejects.toMatchObject({
      code: "unknown-reference",
      places: [{ pointer: "/ward" }],
    });
    expect((await readConnection(admin, "samples", reference)).records[0]!.references["p"]!.key).toBe("1");
    const { lists } = org.catalogIn("en").objects.get("projects")!;
    const { name } = lists.find(({ by }) => by[0]!.to === "ward_id")!;
    const list = { ...PAGE, of: { ...NONE, lists: [{ as: "p", name, page: PAGE }] } };
    await expect(readConnection(guest, "projects", list)).rejects.toMatchObject({ code: "unknown-list" });
    const { records } = await readConnection(admin, "projects", list);
    expect(records.map((it) => it.lists["p"]!.records.length)).toEqual([15, 0]);
    const shown = await readConnection(guest, "samples", { ...PAGE, of: { ...NONE, fields: ["patient_no"] } });
    expect(shown.records[0]!.fields["patient_no"]).toMatch(/^[^P]/);
    await expect(
      readConnection(guest, "samples", { ...PAGE, of: { ...NONE, fields: ["note"] } }),
    ).rejects.toMatchObject({ code: "unknown-field" });
    // A key that may not be told is neither that of a record, nor in a cursor.
    const patients = await readConnection(guest, "patients", {
      ...PAGE,
      cursors: true,
      size: 1,
      of: { ...NONE, fields: ["town"] },
    });
    expect(patients.records).toEqual([{ key: null, fields: { town: "Lille" }, references: {}, lists: {}, files: {} }]);
    expect(Buffer.from(patients.end!, "base64url").toString("latin1")).not.toContain("P1");
    const next = await readConnection(guest, "patients", {
      ...PAGE,
      after: patients.end!,
      of: { ...NONE, fields: ["town"] },
    });
    expect(next.records.map(({ fields }) => fields["town"])).toEqual(["Lyon"]);
    expect(await readRecord(guest, "patients", "P1", NONE)).toBeNull();
    const closed = await readConnection(guest, "samples", {
      ...PAGE,
      of: { ...NONE, files: [{ as: "f", name: "inside", first: 1, checksum: true }] },
    });
    expect(closed.records[0]!.files["f"]!.files[0]).toMatchObject({
      sha256: null,
      problem: "You may not have what the file holds.",
    });
  });

  test("offer filters to whoever may read their fields, and deletions to whoever may know them", async () => {
    const names = async (call: OrgCall, object: string): Promise<unknown[]> => {
      const { created, updated, state } = pageFilters(await recordsSight(call, object));
      return [created, updated, state].map((it) => it?.name ?? null);
    };
    expect(await names(admin, "samples")).toEqual(["made", null, "note"]);
    expect(await names(guest, "samples")).toEqual(["made", null, null]);
    await expect(readConnection(guest, "samples", { ...PAGE, state: ["n1"] })).rejects.toMatchObject({
      code: "filter-not-suited",
      places: [{ pointer: "/state" }],
    });
    const offered = async (call: OrgCall, object: string): Promise<boolean> =>
      deletionsOffered(await recordsSight(call, object));
    expect(await offered(guest, "samples")).toBe(true);
    expect((await readDeleted(admin, "samples", { first: 100 })).deleted).toHaveLength(9);
    expect((await readDeleted(guest, "samples", { first: 100 })).deleted.map(({ key }) => key)).toEqual([
      "102",
      "104",
      "106",
      "108",
    ]);
    // Its records have a policy, and its log has none.
    expect([await offered(admin, "notes"), await offered(guest, "notes")]).toEqual([true, false]);
    await expect(readDeleted(guest, "notes", { first: 1 })).rejects.toMatchObject({ code: "forbidden" });
    const page = await readDeleted(admin, "notes", { first: 1 });
    await expect(readDeleted(admin, "samples", { first: 1, after: page.cursors[0]! })).rejects.toMatchObject({
      code: "cursor-not-suited",
    });
    await expect(readDeleted(admin, "notes", { first: 101 })).rejects.toMatchObject({ code: "limit-not-suited" });
    await expect(readDeleted(admin, "notes", { first: 1, since: "x" })).rejects.toMatchObject({
      code: "value-not-suited",
      places: [{ pointer: "/since" }],
    });
  });

  test("have a log of deletions that suits, or the configuration is refused", async () => {
    const samples = { ...OBJECTS.samples, deleted: { object: "deletions", key: "sample_id", at: "project_id" } };
    const sources = { main: { url: overheard.url }, files: { url: "dir:/tmp" } };
    await expect(openLab(overheard.url, { ...OBJECTS, samples }, { sources })).rejects.toMatchObject({
      places: [{ pointer: "/orgs/lab/objects/samples/deleted/at" }],
    });
  });

  test("say where in the question something is wrong, before anything is read", async () => {
    overheard.statements.length = 0;
    const listing = (page: object): object => ({
      of: { ...NONE, lists: [{ as: "m", name: "measures", page: { ...PAGE, ...page } }] },
    });
    const boss = (depth: number): WantedRecord => ({
      ...NONE,
      references: depth === 0 ? [] : [{ as: "b", name: "boss", of: boss(depth - 1) }],
    });
    const wrong: [object, string, string][] = [
      [{ size: 0 }, "limit-not-suited", "/size"],
      [{ size: 101 }, "limit-not-suited", "/size"],
      [{ where: { nam: 1 } }, "unknown-field", "/where/nam"],
      [{ order: ["nothing"] }, "unknown-field", "/order/0"],
      [{ of: { ...NONE, fields: ["id", "nothing"] } }, "unknown-field", "/fields/1"],
      [
        { of: { ...NONE, files: [{ as: "f", name: "nothing", first: 1, checksum: false }] } },
        "unknown-files",
        "/nothing",
      ],
      [
        { of: { ...NONE, files: [{ as: "f", name: "attachments", first: 101, checksum: false }] } },
        "limit-not-suited",
        "/f/first",
      ],
      [{ after: "x" }, "cursor-not-suited", "/after"],
      [{ state: Array.from({ length: 1_001 }, String) }, "filter-not-suited", "/state"],
      [listing({ where: { value: "x" } }), "value-not-suited", "/m/where/value"],
      [listing({ size: 0 }), "limit-not-suited", "/m/size"],
      [listing({ updatedSince: "2024-01-01" }), "filter-not-suited", "/m/updatedSince"],
    ];
    for (const [page, code, pointer] of wrong) {
      await expect(readConnection(admin, "samples", { ...PAGE, ...page }), pointer).rejects.toMatchObject({
        code,
        places: [{ pointer }],
      });
    }
    await expect(readConnection(admin, "persons", { ...PAGE, of: boss(41) })).rejects.toMatchObject({
      code: "too-many-references",
    });
    expect(overheard.statements.filter((it) => it.startsWith("COPY"))).toEqual([]);
    expect((await readConnection(admin, "persons", { ...PAGE, of: boss(40) })).records[1]!.references["b"]!.key).toBe(
      "Ada",
    );
  });

  test("are no larger than anybody looks at, all statements together", async () => {
    const { client, url, drop } = await createDatabase();
    await client.query("CREATE TABLE big (id integer PRIMARY KEY, up_id integer REFERENCES big, body text)");
    await client.query(
      "INSERT INTO big SELECT i, nullif(i - 1, 0), repeat('x', 40000000) FROM generate_series(1, 2) i",
    );
    const other = await openLab(url, { big: { lists: { below: { object: "big", by: "up_id" } } } });
    const call = callBy(other, "admin");
    const body = { ...NONE, fields: ["body"] };
    const of = { ...body, lists: [{ as: "below", name: "below", page: { ...PAGE, of: body } }] };
    expect((await readRecord(call, "big", "1", body))!.fields["body"]).toHaveLength(40_000_000);
    await expect(readRecord(call, "big", "1", of)).rejects.toMatchObject({ code: "page-too-large" });
    await expect(readConnection(call, "big", { ...PAGE, of: body })).rejects.toMatchObject({ code: "page-too-large" });
    await other.close();
    await drop();
  });

  test("are counted as long as nobody has to wait", async () => {
    const prepared = preparePage(PAGE, await recordsSight(admin, "measures"));
    const counted = async (within: number): Promise<number | null> => {
      const page = {
        records: [],
        cursors: [],
        hasNext: false,
        hasPrevious: false,
        start: null,
        end: null,
        count: null,
      };
      await countAll([{ prepared, conditions: [null], pages: [page] }], admin.signal, within);
      return page.count;
    };
    expect([await counted(1), await counted(60_000)]).toEqual([null, 130_000]);
    await expect(
      countAll([{ prepared, conditions: [null], pages: [] }], AbortSignal.abort(new Error("gone"))),
    ).rejects.toThrow("gone");
  });

  test("stop where nobody waits any more", async () => {
    const { signal } = new AbortController();
    const aborted = AbortSignal.abort(new Error("gone"));
    await expect(readConnection({ ...admin, signal: aborted }, "samples", PAGE)).rejects.toThrow("gone");
    expect((await readConnection({ ...admin, signal }, "samples", PAGE)).records).toHaveLength(15);
  });

  test("refuse tables that were written anew meanwhile, whichever statement has read them", async () => {
    const { client, url, drop } = await createDatabase();
    await client.query(
      "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY, a_id integer REFERENCES a); INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1)",
    );
    let copies = 0;
    // The list is written anew after the snapshot was taken, and before it is read.
    const between = await overhear(url, async (sql) => {
      if (sql.startsWith("COPY") && ++copies === 4) await client.query("ALTER TABLE b ALTER COLUMN id TYPE bigint");
    });
    const other = await openLab(between.url);
    const call = callBy(other, "admin");
    const page = {
      ...PAGE,
      of: { ...NONE, lists: [{ as: "b", name: "b", page: { ...PAGE, of: { ...NONE, fields: ["id"] } } }] },
    };
    expect((await readConnection(call, "a", page)).records[0]!.lists["b"]!.records).toHaveLength(1);
    await expect(readConnection(call, "a", page)).rejects.toMatchObject({ code: "source-changed" });
    await other.close();
    await between.stop();
    await drop();
  });
});

test.each([
  [
    "a collation",
    "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    "varchar(9) COLLATE folded",
  ],
  ["citext", "CREATE EXTENSION citext", "citext"],
])("PostgreSQL has in lists what %s says", async (_, before, type) => {
  const { client, url, drop } = await createDatabase();
  await client.query(`${before}; CREATE TABLE parents (one ${type}, two ${type}, PRIMARY KEY (one, two));
    CREATE TABLE children (id integer PRIMARY KEY, one ${type}, two ${type}, FOREIGN KEY (one, two) REFERENCES parents);
    ${ALIKE.parents}; ${ALIKE.children}`);
  await expectAlike(url);
  await drop();
});

interface Node {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Node[];
}

function flat(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}
