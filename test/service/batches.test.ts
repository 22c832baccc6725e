// Batches: who may make and see them, what is in them, and what has become of it; on both control databases.
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { batchKeys, beginBatch } from "../../src/control/queries/batches.ts";
import { archiveNamespace } from "../../src/control/queries/namespaces.ts";
import { putRole } from "../../src/control/queries/members.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import type { Namespace } from "../../src/control/tables.ts";
import { placeAt, type WaybillError } from "../../src/lib/errors.ts";
import { sentence } from "../../src/lib/sentence.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { type BatchRequest, createBatch } from "../../src/service/batches/create.ts";
import { deleteBatch, findBatch, listBatches } from "../../src/service/batches/find.ts";
import { batchRecords, checkBatch } from "../../src/service/batches/records.ts";
import { sweepBatches } from "../../src/service/batches/sweep.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { type Engine, Lab, labOrg, type LabSource, labSource, type Person } from "./batch-lab.ts";

const SQL = `
CREATE TABLE samples (id integer PRIMARY KEY, project varchar(20) NOT NULL, code varchar(40), email varchar(60), depth decimal(10,2));
INSERT INTO samples VALUES
 (1, 'north', 'A', 'ann@example.org', 1.50), (2, 'north', 'B', 'bob@example.org', 2.00), (3, 'south', 'A', 'ann@example.org', 3.25),
 (4, 'water', 'A', 'ann@example.org', 4), (5, 'north', 'C', 'ann@example.org', 5), (6, 'soil', 'A', 'ann@example.org', 6);
CREATE TABLE measures (no integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples (id), value integer);
INSERT INTO measures VALUES (1, 1, 10), (2, 1, 11), (3, 2, 20);
CREATE TABLE places (region varchar(40) NOT NULL, no integer NOT NULL, name varchar(40), PRIMARY KEY (region, no));
INSERT INTO places VALUES ('a,b', 1, 'comma'), ('say "hi"', 2, 'quotes'), ('Évian 🌍', 3, 'unicode'), ('back\\slash', 4, 'slash'),
 ('x'';drop', 5, 'apostrophe'), ('["a",1]', 6, 'array');
CREATE TABLE codes (code varchar(40) PRIMARY KEY, name varchar(40));
INSERT INTO codes VALUES ('1', 'one'), ('01', 'zero one'), ('a', 'small'), ('A', 'large'), ('é', 'one letter');
CREATE TABLE loose (name varchar(40));
INSERT INTO loose VALUES ('x');
CREATE TABLE patients (no varchar(20) PRIMARY KEY, name varchar(20));
INSERT INTO patients VALUES ('P1', 'z'), ('P2', 'y'), ('P3', 'x');
`;
const CONFIG = {
  objects: {
    samples: {
      namespace: "project",
      fields: { email: { deidentify: { below: "owner", rule: "drop" } } },
      policy: { $or: [{ code: { $ne: "C" } }, { "$principal.role": "admin" }] },
      lists: { measures: { object: "measures", by: "sample_id" } },
    },
    measures: {},
    places: {},
    codes: {},
    loose: {},
    patients: { fields: { no: { deidentify: { below: "owner", rule: "hash" } } } },
  },
};

const sources = new Map<Engine, Promise<{ source: LabSource; org: OpenOrg }>>();

function sourceOf(engine: Engine): Promise<{ source: LabSource; org: OpenOrg }> {
  const made =
    sources.get(engine) ??
    labSource(engine, engine === "mariadb" ? SQL.replace("back\\slash", "back\\\\slash") : SQL).then(
      async (source) => ({
        source,
        org: await labOrg(source.url, CONFIG),
      }),
    );
  sources.set(engine, made);
  return made;
}

/** What a call is refused with. */
async function refusal(what: Promise<unknown>): Promise<WaybillError> {
  return what.then(
    () => {
      throw new Error("it was not refused");
    },
    (error: unknown) => error as WaybillError,
  );
}

const said = ({ code, message, hint, places }: WaybillError) => ({ code, message, hint, places });

/** Each control database with another source: they know nothing of each other. */
const PAIRS = { pglite: "sqlite", postgres: "postgres" } as const;

describe.each(KINDS)("on %s", (kind) => {
  let control: Control;
  beforeAll(async () => {
    control = await emptyControl(kind);
  });

  describe.each([PAIRS[kind]])("of a %s source", (engine) => {
    let lab: Lab;
    let source: LabSource;
    let org: OpenOrg;
    let soil: Namespace;
    let north: Namespace;
    let south: Namespace;
    let water: Namespace;
    let ann: Person;
    let ada: Person;

    /** soil ─ {north, south}; water. Ann is an analyst of soil, Ada an administrator. */
    beforeEach(async () => {
      ({ source, org } = await sourceOf(engine));
      await sql`truncate person, namespace, batch cascade`.execute(control.db);
      lab = new Lab(control, org);
      soil = await lab.namespace("soil");
      north = await lab.namespace("north", soil);
      south = await lab.namespace("south", soil);
      water = await lab.namespace("water");
      ann = await lab.person("ann", [[soil, "analyst"]]);
      ada = await lab.person("ada", "admin");
    });

    const make = async (person: Person, request: Partial<BatchRequest>, most?: number) =>
      createBatch(await lab.call(person), { object: "samples", name: "B", ...request }, most);
    const keysOf = (id: string) => batchKeys(lab.at, id, 0, 1000);
    const batches = async () => (await sql`select 1 from batch`.execute(control.db)).rows.length;

    test("from a filter: the records of a namespace and of those below it that the caller may see", async () => {
      const made = await make(ann, { namespace: soil.id, where: {} });
      expect(await keysOf(made.batch.id)).toEqual(["1", "2", "3", "6"]);
      expect(made).toMatchObject({ notFound: [], notFoundCount: 0 });
      expect(made.batch).toEqual({
        id: made.batch.id,
        object: "batch",
        name: "B",
        objects: "samples",
        namespace: soil.id,
        owner: { id: ann.identity.person.id, name: "ann" },
        keyColumns: ["id"],
        count: 4,
        source: { from: "filter", where: {} },
        created: expect.stringMatching(/^20\d\d-.*Z$/),
      });
      expect(await findBatch(await lab.call(ann), made.batch.id)).toEqual(made.batch);
      const some = await make(ann, { namespace: north.id, where: { code: { $in: ["A", "C"] } } });
      expect(await keysOf(some.batch.id)).toEqual(["1"]);
      // An administrator is bound to the namespace of the batch too; the policy lets them see more.
      expect(await keysOf((await make(ada, { namespace: north.id, where: {} })).batch.id)).toEqual(["1", "2", "5"]);
      const audited = await listAudit(lab.at, { limit: 9, subject: { kind: "batch", id: made.batch.id } });
      expect(audited.map(({ action, person, details }) => ({ action, person, details }))).toEqual([
        {
          action: "batch.create",
          person: ann.identity.person.id,
          details: { object: "samples", namespace: soil.id, count: 4, from: "filter" },
        },
      ]);
    });

    test("values of de-identified fields are not kept in the filter", async () => {
      const where = { email: "ann@example.org", code: "A" };
      const { batch } = await make(ada, { namespace: soil.id, where });
      expect(batch.source).toEqual({ from: "filter", where: { email: "(left out)", code: "A" } });
      expect((await refusal(make(ann, { namespace: soil.id, where }))).places[0]?.pointer).toBe("/where/email");
    });

    test("from keys: in the order given, each once", async () => {
      const { batch } = await make(ann, { namespace: soil.id, keys: ["3", "1", "3", "2", "1"] });
      expect(await keysOf(batch.id)).toEqual(["3", "1", "2"]);
      expect(batch).toMatchObject({ count: 3, source: { from: "keys", given: 3, notFound: 0 } });
    });

    test("unknown and forbidden keys, and those of no number, are refused with the same words", async () => {
      const refused = async (keys: readonly string[]) =>
        said(await refusal(make(ann, { namespace: soil.id, keys: ["1", ...keys] })));
      const unknown = await refused(["99"]);
      expect(unknown).toEqual({
        code: "keys-not-found",
        message: "One of the keys was not found, or you may not see its record.",
        hint: `Correct them, or ask for the others alone with "missing": "leave-out".`,
        places: [placeAt("/keys/1", sentence`There is no such record, or you may not see it.`)],
      });
      // Another namespace, the policy; then what is no key at all.
      const others = [
        "4",
        "5",
        "01",
        "1.0",
        " 1",
        "+1",
        "",
        "x",
        "1'; drop table samples --",
        "\u0000",
        "9".repeat(40),
      ];
      for (const key of others) expect([key, await refused([key])]).toEqual([key, unknown]);
      const many = await refused(Array.from({ length: 1_200 }, (_, n) => String(n + 100)));
      expect(many.message).toBe("1,200 of the keys were not found, or you may not see their records.");
      expect(many.places).toHaveLength(100);
      expect(many.places[99]).toMatchObject({ pointer: "/keys/100" });
      expect(await batches()).toBe(0);
    });

    test("keys that are not found can be left out, and are told", async () => {
      const keys = ["01", "2", ...Array.from({ length: 5_000 }, (_, n) => String(n + 100)), "4", "1"];
      const made = await make(ann, { namespace: soil.id, keys, missing: "leave-out" });
      expect(await keysOf(made.batch.id)).toEqual(["2", "1"]);
      expect(made.notFoundCount).toBe(5_002);
      expect(made.notFound).toHaveLength(1_000);
      expect(made.notFound.slice(0, 2)).toEqual(["01", "100"]);
      expect(made.batch.source).toEqual({ from: "keys", given: 5_004, notFound: 5_002 });
      const none = refusal(make(ann, { namespace: soil.id, keys: ["4", "77"], missing: "leave-out" }));
      expect(await none).toMatchObject({ code: "nothing-selected", places: [{ pointer: "/keys" }] });
    });

    test("compound keys are JSON arrays, whatever their texts hold", async () => {
      const { batch } = await make(ada, { object: "places", where: {} });
      const keys = await keysOf(batch.id);
      expect(keys.toSorted()).toEqual(
        [
          ["a,b", "1"],
          ['say "hi"', "2"],
          ["Évian 🌍", "3"],
          ["back\\slash", "4"],
          ["x';drop", "5"],
          ['["a",1]', "6"],
        ]
          .map((key) => JSON.stringify(key))
          .toSorted(),
      );
      expect(batch.keyColumns).toEqual(["region", "no"]);
      const given = await make(ada, { object: "places", keys: [...keys.toReversed(), '[ "a,b" , 1 ]'] });
      expect(await keysOf(given.batch.id)).toEqual(keys.toReversed());
      const { records, vanished } = await batchRecords(await lab.call(ada), given.batch.id, {
        limit: 9,
        paths: ["no"],
      });
      expect(records).toEqual(keys.toReversed().map((key) => `{"no":${(JSON.parse(key) as string[])[1]}}`));
      expect(vanished).toEqual({ count: 0, keys: [] });
      expect(await checkBatch(await lab.call(ada), given.batch.id)).toMatchObject({ count: 6, vanished: { count: 0 } });
      const no = [
        "a,b",
        '["a,b"]',
        '["a,b","01"]',
        '["a,b",1.5]',
        '["a,b",2]',
        '["a,b",1,1]',
        "[",
        '{"a":1}',
        '["a,b",null]',
      ];
      for (const key of no) {
        expect([key, (await refusal(make(ada, { object: "places", keys: [key] }))).code]).toEqual([
          key,
          "keys-not-found",
        ]);
      }
    });

    test("keys of text are compared letter by letter", async () => {
      const { batch } = await make(ada, { object: "codes", keys: ["01", "A", "é"] });
      expect(await keysOf(batch.id)).toEqual(["01", "A", "é"]);
      const notThere = await make(ada, { object: "codes", keys: ["1", "É", "e\u0301", "a "], missing: "leave-out" });
      expect(notThere.notFound).toEqual(["É", "e\u0301", "a "]);
    });

    test("what a batch cannot be made of", async () => {
      const refused = async (request: Partial<BatchRequest>, most?: number) => {
        const { code, places } = await refusal(make(ada, request, most));
        return [code, places[0]?.pointer];
      };
      const namespace = soil.id;
      expect(await refused({ where: {} })).toEqual(["namespace-missing", "/namespace"]);
      expect(await refused({ object: "loose", where: {} })).toEqual(["no-key", "/object"]);
      expect(await refused({ object: "nothing", where: {} })).toEqual(["unknown-object", "/object"]);
      expect(await refused({ namespace })).toEqual(["keys-or-where", "/where"]);
      expect(await refused({ namespace, where: {}, keys: ["1"] })).toEqual(["keys-or-where", "/keys"]);
      expect(await refused({ namespace, keys: [] })).toEqual(["nothing-selected", "/keys"]);
      expect(await refused({ namespace, where: { code: "none" } })).toEqual(["nothing-selected", "/where"]);
      expect(await refused({ namespace, where: { nope: 1 } })).toEqual(["unknown-field", "/where/nope"]);
      expect(await refused({ namespace, where: {}, name: " " })).toEqual(["value-not-suited", "/name"]);
      expect(await refused({ namespace, where: {}, name: "\u0000" })).toEqual(["value-not-suited", "/name"]);
      expect(await refused({ namespace, where: {} }, 3)).toEqual(["too-many-keys", "/where"]);
      expect(await refused({ namespace, keys: ["1", "2", "3", "6"] }, 3)).toEqual(["too-many-keys", "/keys"]);
      for (const id of ["x", "00000000-0000-7000-8000-000000000000"]) {
        expect(await refused({ namespace: id, where: {} })).toEqual(["not-found", undefined]);
      }
      const many = await refusal(make(ada, { namespace, where: {} }, 3));
      expect(many.message).toBe("The filter finds more than 3 records, the most that a batch can have.");
      expect(await batches()).toBe(0);
    });

    test("an org without namespaces needs none", async () => {
      await sql`truncate namespace cascade`.execute(control.db);
      const { batch } = await make(ada, { where: {} });
      expect(batch).toMatchObject({ namespace: null, count: 6 });
    });

    test("roles: analysts make batches where they are analysts, and see their own", async () => {
      const guest = await lab.person("gil", [[soil, "guest"]]);
      const other = await lab.person("oda", [[soil, "owner"]]);
      expect((await refusal(make(guest, { namespace: soil.id, where: {} }))).code).toBe("forbidden");
      // A namespace that one does not see is not there.
      const unknown = said(await refusal(make(ann, { namespace: "00000000-0000-7000-8000-000000000000", where: {} })));
      expect(said(await refusal(make(ann, { namespace: water.id, where: {} })))).toEqual(unknown);
      const { batch } = await make(ann, { namespace: north.id, where: {} });
      const calls = {
        find: async (person: Person) => findBatch(await lab.call(person), batch.id),
        records: async (person: Person) => batchRecords(await lab.call(person), batch.id, { limit: 1 }),
        check: async (person: Person) => checkBatch(await lab.call(person), batch.id),
        remove: async (person: Person) => deleteBatch(await lab.call(person), batch.id),
      };
      const absent = said(await refusal(findBatch(await lab.call(ann), "00000000-0000-7000-8000-000000000000")));
      expect(absent).toMatchObject({ code: "not-found", message: "There is no such batch, or you may not see it." });
      for (const call of Object.values(calls)) {
        expect(said(await refusal(call(other)))).toEqual(absent);
        expect((await refusal(call(guest))).code).toBe("forbidden");
      }
      expect(said(await refusal(findBatch(await lab.call(ann), "../x")))).toEqual(absent);
      expect(await calls.find(ada)).toEqual(batch);
      expect((await calls.records(ada)).records).toHaveLength(1);
      // Whoever is no analyst there any more has lost what they made.
      await putRole(lab.at, soil.id, ann.identity.person.id, "guest");
      await putRole(lab.at, south.id, ann.identity.person.id, "analyst");
      expect(said(await refusal(calls.find(ann)))).toEqual(absent);
      expect((await listBatches(await lab.call(ann), { limit: 9 })).data).toEqual([]);
      await putRole(lab.at, soil.id, ann.identity.person.id, "analyst");
      await calls.remove(ann);
      expect(await batches()).toBe(0);
      const [deleted] = await listAudit(lab.at, { limit: 1, subject: { kind: "batch", id: batch.id } });
      expect(deleted).toMatchObject({ action: "batch.delete", details: { name: "B", object: "samples", count: 2 } });
    });

    test("another org has none of it", async () => {
      const { batch } = await make(ann, { namespace: soil.id, where: {} });
      const elsewhere = new Lab(control, await labOrg(source.url, CONFIG, "other"));
      const eve = await elsewhere.call(await elsewhere.person("eve", "admin"));
      expect((await refusal(findBatch(eve, batch.id))).code).toBe("not-found");
      expect((await refusal(batchRecords(eve, batch.id, { limit: 1 }))).code).toBe("not-found");
      expect((await refusal(deleteBatch(eve, batch.id))).code).toBe("not-found");
      expect((await listBatches(eve, { limit: 9 })).data).toEqual([]);
      const refused = refusal(createBatch(eve, { object: "samples", name: "B", namespace: soil.id, where: {} }));
      expect((await refused).code).toBe("not-found");
      await sql`delete from batch where org = 'other'`.execute(control.db);
    });

    test("archived namespaces are closed, and what was made there can still be seen", async () => {
      const { batch } = await make(ann, { namespace: north.id, where: {} });
      await archiveNamespace(lab.at, north.id, true);
      for (const person of [ann, ada]) {
        const { message } = await refusal(make(person, { namespace: north.id, where: {} }));
        expect(message).toBe("The namespace is archived, and closed for exports.");
        // Nor is it reached by way of what is above it.
        const above = await make(person, { namespace: soil.id, where: {} });
        expect(await keysOf(above.batch.id)).toEqual(["3", "6"]);
      }
      expect(await findBatch(await lab.call(ann), batch.id)).toEqual(batch);
      expect((await batchRecords(await lab.call(ann), batch.id, { limit: 9 })).vanished.count).toBe(0);
    });

    test("lists: the newest first, by object type and namespace, a page at a time", async () => {
      const bob = await lab.person("bob", [[water, "analyst"]]);
      const a = await make(ann, { namespace: north.id, where: {}, name: "a" });
      const b = await make(bob, { namespace: water.id, where: {}, name: "b" });
      const c = await make(ann, { namespace: soil.id, where: {}, name: "c" });
      const d = await make(ann, { object: "codes", where: {}, name: "d" });
      const listed = async (person: Person, page: Partial<Parameters<typeof listBatches>[1]> = {}) => {
        const { data, next } = await listBatches(await lab.call(person), { limit: 9, ...page });
        expect(next).toBeNull();
        return data.map(({ name }) => name).join("");
      };
      expect(await listed(ann)).toBe("dca");
      expect(await listed(bob)).toBe("b");
      expect(await listed(ada)).toBe("dcba");
      expect(await listed(ann, { object: "samples" })).toBe("ca");
      expect(await listed(ann, { namespace: soil.id })).toBe("ca");
      expect(await listed(ada, { namespace: north.id })).toBe("a");
      expect(await listed(ann, { namespace: water.id })).toBe("");
      expect(await listed(ada, { namespace: "x" })).toBe("");
      const first = await listBatches(await lab.call(ada), { limit: 2 });
      expect(first).toMatchObject({ data: [d.batch, c.batch], next: expect.any(String) });
      const second = await listBatches(await lab.call(ada), { limit: 2, after: first.next! });
      expect(second).toMatchObject({ data: [b.batch, a.batch], next: null });
      const wrong = await refusal(listBatches(await lab.call(ada), { limit: 2, after: "x" }));
      expect(wrong).toMatchObject({ code: "cursor-not-suited" });
    });

    test("records are rendered as exports render them, in the batch's order", async () => {
      const { batch } = await make(ann, { namespace: soil.id, keys: ["6", "1", "3"] });
      const call = await lab.call(ann);
      const page = await batchRecords(call, batch.id, {
        limit: 2,
        paths: ["depth", "id"],
        include: ["lists.measures"],
      });
      expect(page.records.map((it) => JSON.parse(it) as unknown)).toEqual([
        { depth: 6, id: 6, measures: [] },
        {
          depth: 1.5,
          id: 1,
          measures: [
            { no: 1, sample_id: 1, value: 10 },
            { no: 2, sample_id: 1, value: 11 },
          ],
        },
      ]);
      expect(page.next).toBe(2);
      expect(await batchRecords(call, batch.id, { from: 2, limit: 2, paths: ["id"] })).toEqual({
        records: [`{"id":3}`],
        keys: ["3"],
        vanished: { count: 0, keys: [] },
        next: null,
      });
      const beyond = await batchRecords(call, batch.id, { from: 7, limit: 2 });
      expect(beyond).toEqual({ records: [], keys: [], vanished: { count: 0, keys: [] }, next: null });
      const wrong = await refusal(batchRecords(call, batch.id, { from: 7, limit: 2, paths: ["email", "nope"] }));
      expect(wrong.places[0]?.pointer).toBe("/paths/1");
    });

    test("what has vanished is told, whether it is gone or not to be seen any more", async () => {
      const own = await labSource(engine, SQL);
      const there = new Lab(control, await labOrg(own.url, CONFIG));
      const { batch } = await createBatch(await there.call(ann), {
        object: "samples",
        name: "B",
        namespace: soil.id,
        keys: ["6", "2", "1", "3"],
      });
      await own.run("DELETE FROM samples WHERE id = 6; UPDATE samples SET code = 'C' WHERE id = 1");
      await own.run(
        "UPDATE samples SET project = 'water' WHERE id = 3; INSERT INTO samples (id, project) VALUES (7, 'soil')",
      );
      const call = await there.call(ann);
      expect(await batchRecords(call, batch.id, { limit: 9, paths: ["id"] })).toEqual({
        records: [`{"id":2}`],
        keys: ["2"],
        vanished: { count: 3, keys: ["6", "1", "3"] },
        next: null,
      });
      expect(await checkBatch(call, batch.id)).toEqual({ count: 4, vanished: { count: 3, keys: ["6", "1", "3"] } });
      // The batch stays as it was made, and an administrator sees what the policy hides from others.
      expect(await findBatch(call, batch.id)).toEqual(batch);
      expect(await checkBatch(await there.call(ada), batch.id)).toEqual({
        count: 4,
        vanished: { count: 2, keys: ["6", "3"] },
      });
      const { samples: _, ...rest } = CONFIG.objects;
      const without = new Lab(control, await labOrg(own.url, { objects: rest }));
      const withOther = new Lab(control, await labOrg(own.url, { objects: { samples: { key: "code" } } }));
      for (const its of [withOther, without]) {
        expect((await refusal(checkBatch(await its.call(ann), batch.id))).code).toBe("batch-outdated");
      }
    });

    test("keys that the caller may not read are neither asked for nor told", async () => {
      const { batch } = await make(ann, { object: "patients", where: {} });
      expect(batch.count).toBe(3);
      // Nor does their order tell anything.
      expect(await keysOf(batch.id)).toEqual(["P3", "P2", "P1"]);
      const refused = await refusal(make(ann, { object: "patients", keys: ["P1"] }));
      expect(refused).toMatchObject({ code: "key-not-readable", places: [{ pointer: "/keys" }] });
      const page = await batchRecords(await lab.call(ann), batch.id, { limit: 9, paths: ["name"] });
      expect(page.records).toEqual([`{"name":"x"}`, `{"name":"y"}`, `{"name":"z"}`]);
      await sql`update batch_keys set keys = '["P3","gone","P1"]'`.execute(control.db);
      const seen = await batchRecords(await lab.call(ann), batch.id, { limit: 9, paths: ["name"] });
      expect(seen).toMatchObject({
        records: [`{"name":"x"}`, `{"name":"z"}`],
        keys: null,
        vanished: { count: 1, keys: [] },
      });
      expect((await checkBatch(await lab.call(ann), batch.id)).vanished).toEqual({ count: 1, keys: [] });
      expect((await checkBatch(await lab.call(ada), batch.id)).vanished).toEqual({ count: 1, keys: ["gone"] });
    });

    test("two at once, and each has its own", async () => {
      const calls = [{ where: {} }, { keys: ["3", "2"] }, { where: { code: "B" } }, { keys: ["6"] }];
      const made = await Promise.all(calls.map((request) => make(ann, { namespace: soil.id, ...request })));
      const keys = await Promise.all(made.map(({ batch }) => keysOf(batch.id)));
      expect(keys).toEqual([["1", "2", "3", "6"], ["3", "2"], ["2"], ["6"]]);
    });

    test("when the caller is gone, nothing is left", async () => {
      const gone = new AbortController();
      gone.abort(new Error("gone"));
      const before = createBatch(await lab.call(ann, gone.signal), {
        object: "samples",
        name: "B",
        namespace: soil.id,
        where: {},
      });
      expect((await refusal(before)).message).toBe("gone");
      expect(await batches()).toBe(0);
    });

    describe("of many records", () => {
      const MANY = 50_000;
      let many: LabSource;
      let there: OpenOrg;
      beforeAll(async () => {
        const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY}) `;
        many = await labSource(engine, "CREATE TABLE things (id integer PRIMARY KEY, name varchar(20))");
        const rows = `${numbers}SELECT i, 'n' || i FROM n`;
        await many.run(`INSERT INTO things ${engine === "sqlite" ? rows : `SELECT * FROM (${rows}) r`}`);
        there = await labOrg(many.url, { objects: { things: {} } });
      });

      /** The org with a source that is the real one, but for what happens after its first rows. */
      const interrupted = (afterwards: () => void): OpenOrg => ({
        ...there,
        sourceNamed(name) {
          const real = there.sourceNamed(name);
          return {
            ...real,
            async open(streams, signal) {
              const session = await real.open(streams, signal);
              const stream = (select: Parameters<typeof session.stream>[0]) => {
                const its = session.stream(select);
                let asked = 0;
                return {
                  get rowsSent() {
                    return its.rowsSent;
                  },
                  next() {
                    if (asked++ === 1) afterwards();
                    return its.next();
                  },
                };
              };
              return { snapshotAt: session.snapshotAt, stream, close: () => session.close() };
            },
          };
        },
      });

      test("they are read and checked part by part", async () => {
        const its = new Lab(control, there);
        const call = await its.call(ann);
        const { batch } = await createBatch(call, { object: "things", name: "B", where: {} });
        expect(batch.count).toBe(MANY);
        const page = await batchRecords(call, batch.id, { from: 40_955, limit: 500, paths: ["id"] });
        expect(page.records).toEqual(Array.from({ length: 500 }, (_, n) => `{"id":${40_956 + n}}`));
        const last = await batchRecords(call, batch.id, { from: MANY - 3, limit: 500, paths: ["id"] });
        expect([last.records.length, last.next]).toEqual([3, null]);
        // The same from the list of its keys, backwards.
        const keys = Array.from({ length: MANY }, (_, n) => String(MANY - n));
        const given = await createBatch(call, { object: "things", name: "B", keys });
        expect(await batchKeys(lab.at, given.batch.id, 20_000, 3)).toEqual(["30000", "29999", "29998"]);
        await many.run("DELETE FROM things WHERE id % 100 = 7");
        const checked = await checkBatch(call, given.batch.id);
        expect(checked).toMatchObject({ count: MANY, vanished: { count: 500 } });
        expect(checked.vanished.keys).toHaveLength(100);
        expect(checked.vanished.keys.slice(0, 2)).toEqual(["49907", "49807"]);
      });

      test("when the caller goes midway, nothing is left", async () => {
        for (const keys of [undefined, Array.from({ length: 9_000 }, (_, n) => String(n + 1))]) {
          const gone = new AbortController();
          const seen: number[] = [];
          const its = new Lab(
            control,
            interrupted(() => gone.abort(new Error("gone"))),
          );
          const call = await its.call(ann, gone.signal);
          const request = keys === undefined ? { where: {} } : { keys, missing: "leave-out" as const };
          const making = refusal(createBatch(call, { object: "things", name: "B", ...request }));
          const watching = setInterval(() => void listed().then((count) => seen.push(count)), 5);
          const listed = async () => (await listBatches(await its.call(ann), { limit: 9 })).data.length;
          expect((await making).message).toBe("gone");
          clearInterval(watching);
          expect(seen.every((count) => count === 0)).toBe(true);
          expect(await batches()).toBe(0);
        }
      });

      test("when the source fails midway, or there are too many, nothing is left", async () => {
        const its = new Lab(
          control,
          interrupted(() => {
            throw new Error("lost");
          }),
        );
        const lost = refusal(createBatch(await its.call(ann), { object: "things", name: "B", where: {} }));
        expect((await lost).message).toBe("lost");
        const call = await new Lab(control, there).call(ann);
        const tooMany = refusal(createBatch(call, { object: "things", name: "B", where: {} }, 45_000));
        expect((await tooMany).code).toBe("too-many-keys");
        expect(await batches()).toBe(0);
      });
    });

    test("batches that nobody finished are swept after a day", async () => {
      const facts = { name: "B", object: "samples", namespace: null, person: null, keyColumns: ["id"], source: {} };
      await beginBatch(inOrg(control.db, "lab"), facts);
      await sweepBatches(lab.at);
      expect(await batches()).toBe(1);
      await sweepBatches(lab.at, new Date(Date.now() + 25 * 3_600_000));
      expect(await batches()).toBe(0);
    });
  });
});
