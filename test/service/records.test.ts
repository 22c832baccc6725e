// What callers see of records: pages, counts, single records and look-ups under policies, roles and de-identification.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOrg } from "../../src/control/in-org.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { objectType, objectTypes } from "../../src/service/objects.ts";
import { countRecords } from "../../src/service/records/count.ts";
import { findKeys } from "../../src/service/records/lookup.ts";
import { type PageQuery, type RecordsFilter, recordsPage } from "../../src/service/records/page.ts";
import { findRecord, recordList } from "../../src/service/records/record.ts";
import { postgresDialect } from "../../src/sources/postgres/dialect.ts";
import type { Source } from "../../src/sources/source.ts";
import { compileSelect } from "../../src/sources/sql/compile.ts";
import { emptyControl } from "../setup/control.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

const TABLES = `
CREATE TABLE projects (id integer PRIMARY KEY, name text NOT NULL);
INSERT INTO projects VALUES (1, 'North'), (2, 'South');
CREATE TABLE samples (id integer PRIMARY KEY, project_id integer NOT NULL REFERENCES projects, name text NOT NULL,
  patient_no text, owner_email text, status text NOT NULL, ref uuid, notes text);
INSERT INTO samples SELECT i, 1 + i % 2, 'Sample ' || i, 'P' || lpad((i * 37 % 100)::text, 3, '0'), 'ada@example.org',
  (i % 3)::text, md5(i::text)::uuid, CASE WHEN i % 4 = 0 THEN 'Crème brûlée 100%' END FROM generate_series(1, 60) i;
CREATE TABLE measures (id integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples, value numeric(6,2),
  secret boolean NOT NULL);
INSERT INTO measures SELECT i, 1 + i % 3, i / 4.0, i % 5 = 0 FROM generate_series(1, 90) i;
CREATE TABLE documents (id integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples, stored_path text, bytes bigint);
INSERT INTO documents VALUES (1, 2, 'a/reads_R1.fastq.gz', 1234), (2, 2, 'b\\report.PDF', NULL), (3, 2, NULL, 5);
CREATE TABLE patients (no text PRIMARY KEY, town text NOT NULL);
INSERT INTO patients SELECT 'P' || lpad(i::text, 3, '0'), CASE WHEN i < 5 THEN 'Lille' ELSE 'Lyon' END FROM generate_series(1, 9) i;
CREATE TABLE pairs (a integer, b text, PRIMARY KEY (a, b));
INSERT INTO pairs VALUES (1, 'x'), (1, 'y'), (2, 'x');
ANALYZE;`;

const OBJECTS = {
  projects: {},
  samples: {
    title: "name",
    namespace: "project_id",
    fields: {
      patient_no: { deidentify: { below: "owner", rule: "hash" } },
      owner_email: { optional: true, label: "Owner" },
      status: { labels: { "0": "fresh", "1": "Frozen solid", "2": "thawed" } },
    },
    state: "status",
    lists: { measures: { object: "measures", by: "sample_id" } },
    files: {
      attachments: { object: "documents", by: "sample_id", store: "files", path: "stored_path", size: "bytes" },
    },
  },
  measures: { policy: { $or: [{ secret: false }, { "$principal.role": "admin" }] } },
  documents: {},
  patients: { fields: { no: { deidentify: { below: "owner", rule: "hash" } } } },
  pairs: {},
};

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(call: OrgCall, object: string, query: RecordsFilter & PageQuery = {}): Promise<Row[]> {
  const { data } = await recordsPage(call, object, { limit: 500, ...query });
  return JSON.parse(data.toString("utf8")) as Row[];
}

async function idsOf(call: OrgCall, object: string, query: RecordsFilter & PageQuery = {}): Promise<unknown[]> {
  return (await rowsOf(call, object, query)).map(({ id }) => id);
}

let database: TestDatabase;
let org: OpenOrg;
let admin: OrgCall;
/** A guest of the project 1, where the records with even ids are. */
let guest: OrgCall;

beforeAll(async () => {
  database = await createDatabase();
  await database.client.query(TABLES);
  const sources = { main: { url: database.url }, files: { url: "dir:/tmp" } };
  org = await openLab(database.url, OBJECTS, { sources });
  admin = callBy(org, "admin");
  guest = callBy(org, { "1": "guest" });
});
afterAll(async () => {
  await org.close();
  await database.drop();
});

describe("a page", () => {
  test("has the records of the caller's namespaces only", async () => {
    expect(await idsOf(admin, "samples")).toHaveLength(60);
    expect(await idsOf(guest, "samples")).toEqual(Array.from({ length: 30 }, (_, n) => (n + 1) * 2));
    expect(await idsOf(callBy(org, { "1": "guest", "2": "owner" }), "samples")).toHaveLength(60);
    await expect(recordsPage(callBy(org, {}), "samples")).rejects.toMatchObject({ code: "forbidden" });
  });

  test("of one namespace, whoever asks", async () => {
    const control = await emptyControl("pglite");
    const at = inOrg(control.db, "lab");
    const { id } = await addNamespace(at, { parent: null, code: "south", name: "South", key: "2" });
    const ids = await idsOf(callBy(org, "admin", { at }), "samples", { namespace: id });
    expect(ids).toHaveLength(30);
    expect(ids.every((it) => Number(it) % 2 === 1)).toBe(true);
    for (const namespace of [id, "00000000-0000-7000-8000-000000000000"]) {
      await expect(recordsPage(callBy(org, { "1": "guest" }, { at }), "samples", { namespace })).rejects.toMatchObject({
        code: "not-found",
        message: "There is no such namespace, or you may not see it.",
      });
    }
  });

  test("shows de-identified fields by their rule, and neither filters, sorts nor searches by them", async () => {
    const [first] = await rowsOf(guest, "samples", { paths: ["patient_no"], limit: 1 });
    expect(first!["patient_no"]).toMatch(/^[^P]/);
    expect((await rowsOf(admin, "samples", { paths: ["patient_no"], limit: 1 }))[0]).toEqual({ patient_no: "P037" });
    for (const query of [{ where: { patient_no: "P074" } }, { order: ["patient_no"] }]) {
      await expect(recordsPage(guest, "samples", query)).rejects.toMatchObject({ code: "unknown-field" });
    }
    expect(await idsOf(admin, "samples", { search: "P074" })).toEqual([2]);
    expect(await idsOf(guest, "samples", { search: "P074" })).toEqual([]);
  });

  test("nests lists and references under their own policies", async () => {
    const [sample] = await rowsOf(guest, "samples", { where: { id: 2 }, include: ["measures"], expand: ["project"] });
    const measures = sample!["measures"] as Row[];
    expect(sample!["project"]).toEqual({ id: 1, name: "North" });
    expect(measures).toHaveLength(24);
    expect(measures.some(({ secret }) => secret)).toBe(false);
    const two = await rowsOf(admin, "samples", { include: ["measures"], limit: 2 });
    expect(two.map((it) => (it["measures"] as Row[]).length)).toEqual([30, 30]);
  });

  test.each([
    [{ limit: 0 }, "/limit"],
    [{ limit: 501 }, "/limit"],
    [{ limit: 1.5 }, "/limit"],
    [{ where: { nam: 1 } }, "/where/nam"],
    [{ order: ["nothing"] }, "/order/0"],
    [{ paths: ["nothing"] }, "/paths/0"],
    [{ search: "x".repeat(256) }, "/search"],
    [{ search: "a b c d e f g h i j k" }, "/search"],
    [{ search: "\0" }, "/search"],
    [{ after: "" }, "/after"],
  ])("names the place of what is wrong: %j", async (query, pointer) => {
    await expect(recordsPage(admin, "samples", query)).rejects.toMatchObject({ places: [{ pointer }] });
  });

  test("refuses what there is not", async () => {
    await expect(recordsPage(admin, "sample")).rejects.toMatchObject({ code: "unknown-object" });
  });
});

describe("a search", () => {
  test.each([
    ["", 60],
    ["sample", 60],
    ["SAMPLE frozen", 20],
    ["crème", 15],
    ["CRÈME 100%", 15],
    ["solid", 20],
    // A name and the number of a patient.
    ["44", 2],
    ["brulee", 0],
    ["ada@", 60],
  ])("for %s finds %i", async (search, count) => {
    expect(await idsOf(admin, "samples", { search })).toHaveLength(count);
  });

  test("for a UUID, and together with a filter", async () => {
    const [{ ref }] = (await rowsOf(admin, "samples", { where: { id: 9 } })) as [Row];
    expect(await idsOf(admin, "samples", { search: String(ref).toUpperCase() })).toEqual([9]);
    expect(await idsOf(admin, "samples", { search: "crème", where: { id: { $lte: 9 } } })).toEqual([4, 8]);
  });
});

describe("a cursor", () => {
  test("is good for its own question only", async () => {
    const { next } = await recordsPage(admin, "samples", { limit: 5 });
    expect(await idsOf(admin, "samples", { limit: 2, after: next! })).toEqual([6, 7]);
    for (const query of [{ order: ["-id"] }, { where: { id: { $gt: 3 } } }, { search: "sample" }]) {
      await expect(recordsPage(admin, "samples", { ...query, after: next! })).rejects.toMatchObject({
        code: "cursor-not-suited",
      });
    }
    await expect(recordsPage(admin, "measures", { after: next! })).rejects.toMatchObject({ code: "cursor-not-suited" });
  });

  test("that is damaged is refused, whatever the damage", async () => {
    const { next } = await recordsPage(admin, "samples", { limit: 5, order: ["name"] });
    const damaged = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.tuple(fc.nat(next!.length - 1), fc.constantFrom("A", "z", "-", "+", "=", " ", "é", "")).map(([at, by]) => {
        return next!.slice(0, at) + by + next!.slice(at + 1);
      }),
      fc.nat(next!.length).map((length) => next!.slice(0, length)),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (after) => {
        fc.pre(after !== next);
        await expect(recordsPage(admin, "samples", { order: ["name"], after })).rejects.toMatchObject({
          code: "cursor-not-suited",
          places: [{ pointer: "/after" }],
        });
      }),
      { numRuns: 300 },
    );
  });

  test("tells nothing of a key that its reader may not know", async () => {
    const towns: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await recordsPage(guest, "patients", { limit: 2, ...(after === undefined ? {} : { after }) });
      expect(page.keys).toBeNull();
      towns.push(...(JSON.parse(page.data.toString()) as Row[]).map(({ town }) => town));
      if (page.next !== null) expect(Buffer.from(page.next, "base64url").toString("latin1")).not.toMatch(/P00/);
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(towns).toEqual([...Array<string>(4).fill("Lille"), ...Array<string>(5).fill("Lyon")]);
  });

  test("is not reached where records are too large for a page, or too many have a value", async () => {
    await database.client.query(`CREATE TABLE heavy AS SELECT 1 AS id, repeat('x', 70 * 1024 * 1024) AS text;
      ALTER TABLE heavy ADD PRIMARY KEY (id);
      CREATE TABLE alike AS SELECT i AS id, 'same' AS text FROM generate_series(1, 10001) i;
      ALTER TABLE alike ADD PRIMARY KEY (id)`);
    const its = await openLab(database.url);
    const call = callBy(its, "admin");
    await expect(recordsPage(call, "heavy")).rejects.toMatchObject({ code: "page-too-large" });
    expect((await recordsPage(call, "heavy", { paths: ["id"] })).keys).toEqual(["1"]);
    await expect(findKeys(call, "alike", ["same"], { by: "text" })).rejects.toMatchObject({ code: "too-many-found" });
    await its.close();
  });

  test("that would be too long is not given", async () => {
    await database.client
      .query(`CREATE TABLE long_texts AS SELECT i AS id, repeat('x', 9000) || i AS text FROM generate_series(1, 3) i;
      ALTER TABLE long_texts ADD PRIMARY KEY (id)`);
    const its = await openLab(database.url);
    const page = await recordsPage(callBy(its, "admin"), "long_texts", { order: ["text"], limit: 1 });
    expect(page).toMatchObject({ hasMore: true, next: null });
    await its.close();
  });
});

describe("a count", () => {
  test("is exact, of what the caller may see", async () => {
    expect(await countRecords(admin, "samples")).toEqual({ count: 60, exact: true });
    expect(await countRecords(guest, "samples")).toEqual({ count: 30, exact: true });
    expect(await countRecords(guest, "samples", { where: { id: { $lt: 10 } }, search: "sample" })).toEqual({
      count: 4,
      exact: true,
    });
  });

  test("that takes too long is an estimate, for whoever may see everything", async () => {
    await database.client.query(
      "CREATE TABLE many AS SELECT i AS id, i % 10 AS n FROM generate_series(1, 300000) i; ANALYZE many",
    );
    const open = await openLab(database.url);
    const all = callBy(open, "admin");
    const within = 1;
    const whole = await countRecords(all, "many", { within });
    expect(whole.exact).toBe(false);
    expect(whole.count).toBeGreaterThan(250_000);
    const some = await countRecords(all, "many", { where: { n: 3 }, within });
    expect(some.exact).toBe(false);
    expect(some.count).toBeGreaterThan(20_000);
    expect(some.count).toBeLessThan(40_000);
    await open.close();
    const shared = await openLab(database.url, {
      many: { policy: { "$principal.role": "admin" } },
      samples: { namespace: "project_id" },
    });
    // The policy lets all through for the one and nothing for the other, and neither is told an estimate.
    for (const call of [callBy(shared, "admin"), callBy(shared, { "1": "guest" })]) {
      const { count, exact } = await countRecords(call, "many", { within });
      if (!exact) expect(count).toBeNull();
    }
    await shared.close();
    const aborted = callBy(org, "admin", { signal: AbortSignal.abort(new Error("gone")) });
    await expect(countRecords(aborted, "samples")).rejects.toThrow("gone");
  });
});

describe("a record", () => {
  test("has all its fields, the beginning of its lists, and its files", async () => {
    const its = JSON.parse((await findRecord(admin, "samples", "2")).toString("utf8")) as {
      key: string;
      record: Row;
      lists: Record<string, { data: Row[]; keys: string[]; hasMore: boolean; next: string }>;
      files: Record<string, unknown>;
    };
    expect(its.key).toBe("2");
    expect(its.record).toMatchObject({ id: 2, name: "Sample 2", owner_email: "ada@example.org", patient_no: "P074" });
    const { measures } = its.lists;
    expect(Object.keys(its.lists)).toEqual(["measures"]);
    expect(measures).toMatchObject({ hasMore: true });
    expect(measures!.data).toHaveLength(20);
    expect(measures!.keys[0]).toBe("1");
    const rest = await recordList(admin, "samples", "2", "measures", { after: measures!.next });
    expect(rest.keys).toHaveLength(10);
    expect(rest.hasMore).toBe(false);
    expect(its.files).toEqual({
      attachments: {
        data: [
          { key: "1", name: "reads_R1.fastq.gz", type: "fastq", size: 1234 },
          { key: "2", name: "report.PDF", type: "pdf", size: null },
          { key: "3", name: "attachments-3", type: "unknown", size: 5 },
        ],
        hasMore: false,
      },
    });
  });

  test("is not there for those who may not see it, in the same words", async () => {
    const words: unknown[] = [];
    for (const [call, key] of [
      [guest, "1"],
      [guest, "999"],
      [admin, "999"],
      [admin, "abc"],
      [admin, ""],
      [admin, "9".repeat(100)],
    ] as const) {
      const error = await findRecord(call, "samples", key).catch((it: Error) => it);
      words.push({ ...(error as object), message: (error as Error).message });
      await expect(recordList(call, "samples", key, "measures")).rejects.toMatchObject({ code: "not-found" });
    }
    expect(new Set(words.map((it) => JSON.stringify(it))).size).toBe(1);
    expect(words[0]).toMatchObject({ code: "not-found", message: "There is no such record, or you may not see it." });
    // Its key is a secret: it cannot be asked for.
    await expect(findRecord(guest, "patients", "P001")).rejects.toMatchObject({ code: "not-found" });
  });

  test("is looked for in the same way, whether it is not there or not to be seen", async () => {
    const asked = async (key: string): Promise<[string, unknown][]> => {
      const statements: string[] = [];
      const sourceNamed = (name: string): Source => {
        const source = org.sourceNamed(name);
        const open: Source["open"] = async (...how) => {
          const session = await source.open(...how);
          const stream: typeof session.stream = (select) => {
            statements.push(compileSelect(select, postgresDialect).text);
            return session.stream(select);
          };
          return { snapshotAt: session.snapshotAt, stream, close: () => session.close() };
        };
        return { ...source, open };
      };
      const call = { ...guest, org: async () => ({ ...org, sourceNamed }) };
      await expect(findRecord(call, "samples", key)).rejects.toMatchObject({ code: "not-found" });
      const plans: [string, unknown][] = [];
      for (const statement of statements) {
        const { rows } = await database.client.query(`EXPLAIN (COSTS OFF) ${statement}`);
        plans.push([statement, rows]);
      }
      return plans;
    };
    const [forbidden, unknown] = [await asked("11"), await asked("99")];
    expect(forbidden.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(forbidden).replaceAll(/\b11\b/g, "99"))).toEqual(unknown);
  });

  test("with a key of several columns", async () => {
    const its = JSON.parse((await findRecord(admin, "pairs", '["1","y"]')).toString()) as Row;
    expect(its).toMatchObject({ key: '["1","y"]', record: { a: 1, b: "y" } });
    expect(JSON.parse((await findRecord(admin, "pairs", '[2,"x"]')).toString())).toMatchObject({ record: { a: 2 } });
    for (const key of ["1", "[1]", '{"a":1}', '[1,["x"]]', '[1,"z"]']) {
      await expect(findRecord(admin, "pairs", key)).rejects.toMatchObject({ code: "not-found" });
    }
  });

  test("gives its lists by pages, under the policies of both", async () => {
    const shown = await recordList(guest, "samples", "2", "measures", {
      limit: 500,
      order: ["-value"],
      paths: ["id", "secret"],
    });
    const items = JSON.parse(shown.data.toString()) as Row[];
    expect(items).toHaveLength(24);
    expect(items[0]).toEqual({ id: 88, secret: false });
    expect(items.some(({ secret }) => secret)).toBe(false);
    const other = await recordList(admin, "samples", "3", "measures", { limit: 1 });
    // A cursor is one list's.
    await expect(recordList(admin, "samples", "2", "measures", { after: other.next! })).rejects.toMatchObject({
      code: "cursor-not-suited",
    });
    await expect(recordList(admin, "samples", "2", "documents")).rejects.toMatchObject({ code: "unknown-list" });
    await expect(recordList(admin, "samples", "2", "measures", { limit: 0 })).rejects.toMatchObject({
      places: [{ pointer: "/limit" }],
    });
  });
});

describe("a look-up", () => {
  test("tells which keys have records, in their order and once", async () => {
    expect(await findKeys(guest, "samples", ["4", "3", "abc", "4", "04", "1000", ""])).toEqual({
      found: [
        { value: "4", key: "4" },
        { value: "04", key: "4" },
      ],
      notFound: ["3", "abc", "1000", ""],
    });
    const many = Array.from({ length: 10_000 }, (_, n) => String(n));
    const { found, notFound } = await findKeys(admin, "samples", many);
    expect([found.length, notFound.length]).toEqual([60, 9_940]);
    await expect(findKeys(admin, "samples", [...many, "x"])).rejects.toMatchObject({
      places: [{ pointer: "/values" }],
    });
  });

  test("by another field, which may have several records", async () => {
    expect(await findKeys(admin, "samples", ["Sample 7", "sample 7"], { by: "name" })).toEqual({
      found: [{ value: "Sample 7", key: "7" }],
      notFound: ["sample 7"],
    });
    const { found } = await findKeys(guest, "samples", ["2"], { by: "project_id" });
    expect(found).toEqual([]);
    expect((await findKeys(guest, "samples", ["1"], { by: "project_id" })).found).toHaveLength(30);
    for (const by of ["patient_no", "nothing"]) {
      await expect(findKeys(guest, "samples", ["P074"], { by })).rejects.toMatchObject({
        places: [{ pointer: "/by" }],
      });
    }
    for (const by of ["project.name", "measures", "status"]) {
      const looking = findKeys(admin, "samples", ["x"], { by });
      if (by === "status") expect((await looking).notFound).toEqual(["x"]);
      else await expect(looking).rejects.toMatchObject({ code: "field-not-suited" });
    }
    await expect(findKeys(admin, "measures", ["true"], { by: "secret" })).rejects.toMatchObject({
      code: "field-not-suited",
    });
  });

  test("by keys of several columns, and none by a key that is a secret", async () => {
    expect(await findKeys(admin, "pairs", ['["1","y"]', '[1,"y"]', '["9","y"]', "1"])).toEqual({
      found: [
        { value: '["1","y"]', key: '["1","y"]' },
        { value: '[1,"y"]', key: '["1","y"]' },
      ],
      notFound: ['["9","y"]', "1"],
    });
    await expect(findKeys(guest, "patients", ["P001"])).rejects.toMatchObject({ code: "no-key" });
    await expect(findKeys(guest, "patients", ["Lyon"], { by: "town" })).rejects.toMatchObject({ code: "no-key" });
  });
});

describe("object types", () => {
  test("are told as the caller may know them", async () => {
    const all = await objectTypes(admin);
    expect(all.map(({ name }) => name)).toContain("samples");
    expect(all.find(({ name }) => name === "projects")!.estimatedRows).toBe(2);
    const seen = await objectTypes(guest);
    expect(seen.find(({ name }) => name === "samples")).toMatchObject({
      estimatedRows: null,
      namespaced: true,
      key: ["id"],
    });
    expect(seen.find(({ name }) => name === "patients")).toMatchObject({ key: [] });
    await expect(objectTypes(callBy(org, {}))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("with their fields", async () => {
    const samples = await objectType(guest, "samples");
    const field = (name: string) => samples.fields.find((it) => it.name === name);
    expect(samples).toMatchObject({
      title: "name",
      state: "status",
      references: [{ name: "project", object: "projects" }],
    });
    expect(samples.lists).toEqual([{ name: "measures", object: "measures" }]);
    expect(samples.files).toEqual([{ name: "attachments", object: "documents" }]);
    expect(field("patient_no")).toMatchObject({
      deidentified: "hash",
      readable: false,
      sortable: false,
      operators: [],
    });
    expect(field("owner_email")).toMatchObject({
      optional: true,
      label: "Owner",
      readable: true,
      id: "samples.owner_email",
    });
    expect(field("id")!.operators).toContain("$gte");
    expect(field("id")!.operators).not.toContain("$contains");
    expect((await objectType(admin, "samples")).fields.find(({ name }) => name === "patient_no")).toMatchObject({
      deidentified: null,
      readable: true,
    });
    await expect(objectType(admin, "nothing")).rejects.toMatchObject({ code: "unknown-object" });
  });
});
