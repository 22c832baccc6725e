// Trees of records, as every database must read them: what pages, lists, references and files give one by one, together.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FieldType } from "../../src/catalog/types.ts";
import { plainDecimal } from "../../src/lib/decimal-text.ts";
import { planPage } from "../../src/plan/page.ts";
import type { Select } from "../../src/plan/select.ts";
import { parseWhere } from "../../src/query/parse-where.ts";
import { preparePage } from "../../src/service/records/tree/prepare.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { type PageQuery, type RecordsFilter, recordsPage } from "../../src/service/records/page.ts";
import { findRecord, recordList } from "../../src/service/records/record.ts";
import {
  readConnection,
  readRecord,
  type TreeFile,
  type TreeFiles,
  type TreePage,
  type TreeRecord,
  type WantedPage,
  type WantedRecord,
} from "../../src/service/records/tree.ts";
import { deletionsOffered, readDeleted } from "../../src/service/records/tree/deleted.ts";
import { pageFilters } from "../../src/service/records/tree/filters.ts";
import { recordsSight } from "../../src/service/records/sight.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import type { TestEngine, TestTable } from "../conformance/engine.ts";
import { callBy, openLab } from "../setup/org-call.ts";

const cycle = (values: readonly (string | null)[]) => (n: number) => values[n % values.length]!;
const pad = (n: number): string => String(n).padStart(2, "0");

const SAMPLES = 47;
const TABLES: readonly TestTable[] = [
  {
    name: "projects",
    columns: [
      { name: "id", type: "integer" },
      { name: "code", type: "text" },
      { name: "name", type: "text" },
      { name: "budget", type: "decimal" },
      { name: "lead_login", type: "text" },
    ],
    key: ["id"],
    rows: [1, 2, 3].map((n) => [
      String(n),
      `P-${n}`,
      ["North", "South", "Élevage"][n - 1]!,
      `${n}0.50`,
      n === 2 ? null : "ada",
    ]),
  },
  {
    name: "people",
    columns: [
      { name: "login", type: "text" },
      { name: "name", type: "text" },
    ],
    key: ["login"],
    rows: [
      ["ada", "Ada"],
      ["bob", "Bob"],
    ],
  },
  {
    name: "samples",
    columns: [
      { name: "id", type: "integer" },
      { name: "project_id", type: "integer" },
      { name: "login", type: "text" },
      { name: "words", type: "text" },
      { name: "number", type: "integer" },
      { name: "amount", type: "decimal" },
      { name: "ratio", type: "float" },
      { name: "happened", type: "instant" },
      { name: "wall", type: "datetime" },
      { name: "day", type: "date" },
      { name: "clock", type: "time" },
      { name: "ref", type: "uuid" },
      { name: "done", type: "boolean" },
      { name: "photo", type: "binary" },
      { name: "metadata", type: "json" },
      { name: "visits", type: "json" },
      { name: "made", type: "instant" },
      { name: "status", type: "text" },
    ],
    key: ["id"],
    rows: Array.from({ length: SAMPLES }, (_, n) => [
      String(n + 1),
      cycle(["1", "2", "3", null])(n),
      cycle(["ada", "nobody", "bob", null, "ada"])(n),
      cycle(["a", "A", null, "é", "", "日本", "😀", "b"])(n),
      cycle(["0", "-1", null, "9007199254740993", "-9223372036854775808"])(n),
      cycle(["0.00", null, "-0.10", "10.00", "12345678901234567.89", "0.00"])(n),
      cycle(["0", "0.1", null, "1e+21", "-0.30000000000000004"])(n),
      cycle(["2024-05-01T12:34:56.123456Z", null, "2024-05-01T12:34:56.123455Z", "1999-12-31T23:59:59.9Z"])(n),
      cycle([null, "2024-05-01T12:34:56.1", "2024-05-01T12:34:56"])(n),
      cycle(["2024-05-01", "1969-12-31", null, "2024-05-01", "9999-12-31"])(n),
      cycle(["12:34:56.099999", null, "00:00:00"])(n),
      cycle(["0d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", null, "fd9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"])(n),
      cycle(["true", null, "false", "true"])(n),
      cycle(["AAEC/w==", null, ""])(n),
      cycle([
        '{"depth":1,"more":[1,2.5,"x",null]}',
        null,
        '{"depth":12345678901234567890.5,"big":9007199254740993}',
        '{"depth":-0.25,"text":"é\\"\\\\"}',
        "{}",
      ])(n),
      cycle(['[{"seen":"2024-01-02","by":"x"},{"seen":"2024-01-01"}]', "[]", null, '[{"seen":"2023-12-31","by":"y"}]'])(
        n,
      ),
      // Many at the same moment.
      `2024-01-${pad(1 + Math.floor(n / 8))}T00:00:00Z`,
      cycle(["new", "paid", "sent"])(n),
    ]),
  },
  {
    name: "measures",
    columns: [
      { name: "id", type: "integer" },
      { name: "sample_id", type: "integer" },
      { name: "value", type: "decimal" },
      { name: "secret", type: "boolean" },
    ],
    key: ["id"],
    rows: Array.from({ length: 300 }, (_, n) => [
      String(n + 1),
      // None for some, dozens for the first.
      n < 60 ? "1" : String((n * 7) % 40),
      cycle(["1.50", null, "-2.25", "1.50", "100.00"])(n),
      String(n % 5 === 0),
    ]),
  },
  {
    name: "readings",
    columns: [
      { name: "id", type: "integer" },
      { name: "measure_id", type: "integer" },
      { name: "name", type: "text" },
    ],
    key: ["id"],
    rows: Array.from({ length: 400 }, (_, n) => [String(n + 1), String((n % 200) + 1), `reading ${n}`]),
  },
  {
    name: "documents",
    columns: [
      { name: "id", type: "integer" },
      { name: "sample_id", type: "integer" },
      { name: "path", type: "text" },
      { name: "bytes", type: "integer" },
      { name: "content", type: "binary" },
    ],
    key: ["id"],
    rows: Array.from({ length: 60 }, (_, n) => [
      String(n + 1),
      String((n % 20) + 1),
      cycle([`a/reads_${n}.fastq.gz`, `report ${n}.PDF`, null, `gone-${n}.txt`])(n),
      n % 4 < 2 ? String(contentOf(n).length) : null,
      n % 3 === 0 ? null : contentOf(n).toString("base64"),
    ]),
  },
  {
    name: "gone",
    columns: [
      { name: "id", type: "integer" },
      { name: "sample_id", type: "text" },
      { name: "at", type: "instant" },
      { name: "project_id", type: "integer" },
    ],
    key: ["id"],
    rows: Array.from({ length: 23 }, (_, n) => [
      String(n + 1),
      n === 3 ? null : String(1000 + n),
      n === 4 ? null : `2024-02-${pad(1 + ((n * 5) % 7))}T00:00:00Z`,
      String(1 + (n % 2)),
    ]),
  },
];

function contentOf(n: number): Buffer {
  return Buffer.from(`content of ${n}\n`.repeat(n + 1));
}

const OBJECTS = {
  projects: {
    key: "id",
    title: "name",
    references: { lead: { object: "people", by: "lead_login" } },
    lists: { samples: { object: "samples", by: "project_id" } },
  },
  people: { key: "login", policy: { $or: [{ login: "ada" }, { "$principal.role": "admin" }] } },
  samples: {
    key: "id",
    created: "made",
    updated: "happened",
    state: "status",
    fields: { metadata: { keys: { depth: "decimal" } }, clock: { optional: true } },
    references: { project: { object: "projects", by: "project_id" }, person: { object: "people", by: "login" } },
    lists: {
      measures: { object: "measures", by: "sample_id" },
      visits: { json: "visits", fields: { seen: "date", by: "text" } },
    },
    files: {
      attachments: { object: "documents", by: "sample_id", store: "files", path: "path", size: "bytes" },
      inside: { object: "documents", by: "sample_id", column: "content", name: "path" },
    },
    deleted: { object: "gone", key: "sample_id", at: "at" },
  },
  measures: {
    key: "id",
    policy: { $or: [{ secret: false }, { "$principal.role": "admin" }] },
    lists: { readings: { object: "readings", by: "measure_id" } },
  },
  readings: { key: "id" },
  documents: { key: "id" },
  gone: { key: "id" },
};

type Row = Readonly<Record<string, unknown>>;

const NONE: WantedRecord = { fields: [], references: [], lists: [], files: [] };
const PAGE = { size: 100, cursors: true, count: false, of: NONE } as const;

export function trees(engine: TestEngine): void {
  describe(`${engine.name}: trees`, () => {
    let org: OpenOrg;
    let folder: string;
    let drop: () => Promise<void>;
    let admin: OrgCall;
    let guest: OrgCall;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "waybill-trees-"));
      mkdirSync(join(folder, "a"));
      for (let n = 0; n < 60; n += 4) {
        writeFileSync(join(folder, `a/reads_${n}.fastq.gz`), contentOf(n));
        // Of another size than is recorded.
        writeFileSync(join(folder, `report ${n + 1}.PDF`), n === 4 ? "short" : contentOf(n + 1));
      }
      const made = await engine.make(TABLES);
      drop = made.drop;
      const sources = { main: { url: made.url }, files: { url: `dir:${folder}` } };
      org = await openLab(made.url, OBJECTS, { sources });
      admin = callBy(org, "admin");
      guest = callBy(org, { "1": "guest" });
    });
    afterAll(async () => {
      await org.close();
      await drop();
      rmSync(folder, { recursive: true });
    });

    /** The same records, by the pages of the REST API: numbers as they are written. */
    async function pageOf(object: string, query: RecordsFilter & PageQuery, call = admin): Promise<Row[]> {
      const { data } = await recordsPage(call, object, { limit: 100, ...query });
      return parsed(data.toString("utf8")) as Row[];
    }

    function fieldsOf(object: string): string[] {
      return org
        .catalogIn("en")
        .objects.get(object)!
        .fields.filter((it) => it.hidden !== true)
        .map(({ name }) => name);
    }

    /** A record of a tree as JSON has it. */
    function asJson(object: string, { fields }: Pick<TreeRecord, "fields">): Row {
      const types = new Map(
        org
          .catalogIn("en")
          .objects.get(object)!
          .fields.map((it) => [it.name, it]),
      );
      const members = Object.entries(fields).map(([name, value]) => {
        const { type } = types.get(name)!;
        const text = typeof value === "string" && NUMBERS.has(type) ? value : JSON.stringify(value);
        return `${JSON.stringify(name)}:${text}`;
      });
      return parsed(`{${members.join(",")}}`) as Row;
    }

    test("have the values of pages, whatever their type", async () => {
      const fields = fieldsOf("samples").filter((it) => it !== "metadata.depth");
      const { records } = await readConnection(admin, "samples", { ...PAGE, of: { ...NONE, fields } });
      expect(records).toHaveLength(SAMPLES);
      expect(records.map((it) => asJson("samples", it))).toEqual(await pageOf("samples", { paths: fields }));
      expect(records.map(({ key }) => key)).toEqual(Array.from({ length: SAMPLES }, (_, n) => String(n + 1)));
      const [first, second, third, fourth] = records.map((it) => it.fields);
      expect(first).toMatchObject({ number: "0", ratio: 0, done: true, photo: "AAEC/w==", metadata: { depth: 1 } });
      expect(second).toMatchObject({ number: "-1", ratio: 0.1, done: null, metadata: null });
      expect(third).toMatchObject({ ratio: null, done: false });
      expect(fourth).toMatchObject({ number: "9007199254740993", ratio: 1e21, clock: "12:34:56.099999" });
      expect(JSON.stringify(third!["metadata"])).toContain("9007199254740993");
      const keyed = await readConnection(admin, "samples", {
        ...PAGE,
        of: { ...NONE, fields: ["metadata.depth", "id"] },
      });
      const nested = await pageOf("samples", { paths: ["metadata.depth"] });
      expect(keyed.records.map((it) => asJson("samples", it)["metadata.depth"] ?? null)).toEqual(
        nested.map((it) => (it["metadata"] as Row | null)?.["depth"] ?? null),
      );
    });

    /** All pages, one after the other, in either direction. */
    async function throughout(query: Partial<WantedPage>, size: number, backwards: boolean): Promise<TreePage[]> {
      const pages: TreePage[] = [];
      for (let cursor: string | null = null; ;) {
        const place = cursor === null ? {} : backwards ? { before: cursor } : { after: cursor };
        const page: TreePage = await readConnection(admin, "samples", { ...PAGE, ...query, size, backwards, ...place });
        expect(backwards ? page.hasNext : page.hasPrevious).toBe(cursor !== null);
        expect(page.cursors).toHaveLength(page.records.length);
        pages.push(page);
        cursor = backwards ? page.start : page.end;
        if (!(backwards ? page.hasPrevious : page.hasNext)) return pages;
        expect(page.records).toHaveLength(size);
      }
    }

    const keysOf = (pages: readonly TreePage[]): (string | null)[] =>
      pages.flatMap(({ records }) => records.map(({ key }) => key));
    const sorted = [
      "words",
      "number",
      "amount",
      "ratio",
      "happened",
      "wall",
      "day",
      "clock",
      "ref",
      "done",
      "made",
      "project.name",
      "metadata.depth",
    ];

    test.each([
      ...sorted.flatMap((it) => [[it], [`-${it}`]]),
      ["status", "-made"],
      ["-done", "day", "-id"],
      ["-id"],
      [],
    ])("go forwards and backwards in the order of %s %s", async (...asked) => {
      const order = asked.filter((it) => it !== undefined);
      const all = (await pageOf("samples", { order })).map(({ id }) => (id as Numeral).number);
      expect(keysOf(await throughout({ order }, 7, false))).toEqual(all);
      expect(keysOf((await throughout({ order }, 7, true)).toReversed())).toEqual(all);
    });

    test("are windows between two places", async () => {
      const field = fc.constantFrom(...sorted, "status");
      const orders = fc.uniqueArray(fc.tuple(field, fc.boolean()), { maxLength: 3, selector: ([name]) => name });
      const places = fc.tuple(fc.nat(SAMPLES - 1), fc.nat(SAMPLES - 1));
      await fc.assert(
        fc.asyncProperty(
          orders,
          places,
          fc.integer({ min: 1, max: 60 }),
          fc.boolean(),
          async (by, at, size, backwards) => {
            const order = by.map(([name, descending]) => `${descending ? "-" : ""}${name}`);
            const whole = await readConnection(admin, "samples", { ...PAGE, order });
            const all = keysOf([whole]);
            const [from, to] = [at[0], at[1]];
            const between = { after: whole.cursors[from]!, before: whole.cursors[to]! };
            const page = await readConnection(admin, "samples", { ...PAGE, order, size, backwards, ...between });
            const inside = all.slice(from + 1, Math.max(from + 1, to));
            expect(keysOf([page])).toEqual(backwards ? inside.slice(-size) : inside.slice(0, size));
            expect(backwards ? page.hasPrevious : page.hasNext).toBe(inside.length > size);
          },
        ),
        { numRuns: 12 },
      );
    });

    test("go on with the cursors of pages, and the other way round", async () => {
      const where = { number: { $exists: true } };
      const { next } = await recordsPage(admin, "samples", { where, order: ["-day"], limit: 5 });
      const page = await readConnection(admin, "samples", { ...PAGE, where, order: ["-day"], size: 5, after: next! });
      const after = await pageOf("samples", { where, order: ["-day"], limit: 5, after: next! });
      expect(page.records.map(({ key }) => key)).toEqual(after.map(({ id }) => (id as Numeral).number));
      for (const other of [{ where: {} }, { where, order: ["day"] }, { where, order: ["-day"], state: ["new"] }]) {
        await expect(readConnection(admin, "samples", { ...PAGE, ...other, before: next! })).rejects.toMatchObject({
          code: "cursor-not-suited",
          places: [{ pointer: "/before" }],
        });
      }
    });

    test("follow references, and lists of what they arrive at", async () => {
      const of: WantedRecord = {
        ...NONE,
        fields: ["id"],
        references: [
          {
            as: "its",
            name: "project",
            of: {
              ...NONE,
              fields: ["name", "budget"],
              references: [{ as: "lead", name: "lead", of: { ...NONE, fields: ["name"] } }],
              lists: [
                {
                  as: "first",
                  name: "samples",
                  page: { ...PAGE, size: 2, order: ["-id"], of: { ...NONE, fields: ["id"] } },
                },
              ],
            },
          },
          { as: "person", name: "person", of: { ...NONE, fields: ["name"] } },
          { as: "again", name: "project", of: { ...NONE, fields: ["code"] } },
        ],
      };
      const { records } = await readConnection(admin, "samples", { ...PAGE, of });
      const rows = await pageOf("samples", {
        paths: ["id", "project.name", "project.budget", "project.code", "project.lead.name", "person.name"],
      });
      for (const [n, row] of rows.entries()) {
        const { its, person, again } = records[n]!.references;
        const project = row["project"] as Row | null;
        expect(its?.fields["name"] ?? null).toEqual(project?.["name"] ?? null);
        expect(its?.references["lead"]?.fields["name"] ?? null).toEqual(
          (project?.["lead"] as Row | null)?.["name"] ?? null,
        );
        expect(again?.fields["code"] ?? null).toEqual(project?.["code"] ?? null);
        expect(person?.fields["name"] ?? null).toEqual((row["person"] as Row | null)?.["name"] ?? null);
        expect(its === null).toBe(project === null);
        expect(its?.key ?? null).toBe(again?.key ?? null);
        if (its === null) continue;
        const listed = await recordList(admin, "projects", its!.key!, "samples", { order: ["-id"], limit: 2 });
        expect(its!.lists["first"]!.records.map(({ key }) => key)).toEqual(listed.keys);
        expect(its!.lists["first"]!.hasNext).toBe(listed.hasMore);
      }
    });

    test.each([
      ["measures", {}],
      ["measures", { order: ["value", "-id"], where: { id: { $gt: 20 } } }],
      ["measures", { order: ["-value"], search: "7" }],
      ["visits", { order: ["seen"] }],
    ] as const)("have each record's %s as a list of its own has them", async (list, query) => {
      const fields = fieldsOf(list === "visits" ? "samples.visits" : list);
      for (const [call, size] of [
        [admin, 3],
        [guest, 50],
      ] as const) {
        const { order, where, search } = query as { order?: string[]; where?: unknown; search?: string };
        const page: WantedPage = {
          ...PAGE,
          size,
          count: true,
          ...(order === undefined ? {} : { order }),
          ...(where === undefined ? {} : { where }),
          ...(search === undefined ? {} : { search }),
          of: { ...NONE, fields },
        };
        const backwards = { ...page, backwards: true };
        const of = { ...NONE, lists: [page, backwards].map((its, n) => ({ as: `l${n}`, name: list, page: its })) };
        const { records } = await readConnection(call, "samples", { ...PAGE, of });
        expect(records).toHaveLength(SAMPLES);
        for (const { key, lists } of records.filter((_, n) => n % 5 < 2)) {
          const one = await recordList(call, "samples", key!, list, { ...query, order, limit: size, paths: fields });
          const whole = await recordList(call, "samples", key!, list, { ...query, order, limit: 500, paths: fields });
          const name = list === "visits" ? "samples.visits" : list;
          const all = parsed(whole.data.toString("utf8")) as Row[];
          const flat = (row: TreeRecord): Row => asJson(name, row);
          expect(lists["l0"]!.records.map(flat)).toEqual(parsed(one.data.toString("utf8")));
          expect(lists["l0"]!.hasNext).toBe(one.hasMore);
          expect(lists["l1"]!.records.map(flat)).toEqual(all.slice(-size));
          expect(lists["l1"]!.hasPrevious).toBe(all.length > size);
          expect(lists["l0"]!.count).toBe(all.length);
          expect(lists["l1"]!.records.map((it) => it.key)).toEqual(
            whole.keys?.slice(-size) ?? all.slice(-size).map(() => null),
          );
        }
      }
    });

    test.each([[["-amount", "ratio"]], [["metadata.depth"]], [["-happened"]], [undefined]])(
      "have the values of pages in lists too, in the order of %s",
      async (order) => {
        const fields = fieldsOf("samples").filter((it) => it !== "metadata.depth");
        const page = { ...PAGE, ...(order === undefined ? {} : { order }), of: { ...NONE, fields } };
        const of = { ...NONE, lists: [{ as: "s", name: "samples", page }] };
        const { records } = await readConnection(admin, "projects", { ...PAGE, of });
        expect(records).toHaveLength(3);
        for (const { key, lists } of records) {
          const same = await pageOf("samples", { where: { project_id: Number(key) }, order, paths: fields });
          expect(same.length).toBeGreaterThan(10);
          expect(lists["s"]!.records.map((it) => asJson("samples", it))).toEqual(same);
        }
      },
    );

    test("go on in a list of documents inside of one record", async () => {
      const of = (more: Partial<WantedPage>): WantedRecord => ({
        ...NONE,
        lists: [
          {
            as: "v",
            name: "visits",
            page: { ...PAGE, size: 1, order: ["seen"], of: { ...NONE, fields: ["seen"] }, ...more },
          },
        ],
      });
      const first = (await readRecord(admin, "samples", "1", of({})))!.lists["v"]!;
      expect(first).toMatchObject({ records: [{ fields: { seen: "2024-01-01" } }], hasNext: true });
      const next = (await readRecord(admin, "samples", "1", of({ after: first.end! })))!.lists["v"]!;
      expect(next).toMatchObject({ records: [{ fields: { seen: "2024-01-02" } }], hasNext: false, hasPrevious: true });
    });

    test("go on in a list of one record, where one record alone is asked for", async () => {
      const measures = (more: Partial<WantedPage>): WantedRecord => ({
        ...NONE,
        lists: [{ as: "m", name: "measures", page: { ...PAGE, size: 10, order: ["value"], ...more } }],
      });
      const keys: (string | null)[] = [];
      for (let after: string | null = null; ;) {
        const its = await readRecord(admin, "samples", "1", measures(after === null ? {} : { after }));
        const { records, hasNext, end } = its!.lists["m"]!;
        keys.push(...records.map(({ key }) => key));
        if (!hasNext) break;
        after = end;
      }
      expect(keys).toEqual(
        (await recordList(admin, "samples", "1", "measures", { order: ["value"], limit: 500 })).keys,
      );
      const [one, two] = await Promise.all(["1", "2"].map((it) => readRecord(admin, "samples", it, measures({}))));
      const { end } = one!.lists["m"]!;
      expect(end).not.toBeNull();
      await expect(readRecord(admin, "samples", "2", measures({ after: end! }))).rejects.toMatchObject({
        code: "cursor-not-suited",
      });
      const several = { ...PAGE, of: measures({ after: two!.lists["m"]!.end! }) };
      await expect(readConnection(admin, "samples", several)).rejects.toMatchObject({ code: "cursor-not-suited" });
      expect(await readRecord(admin, "samples", "999", measures({}))).toBeNull();
      expect(await readRecord(admin, "samples", "no", measures({}))).toBeNull();
    });

    test("go down several lists, for more records than one statement asks for", async () => {
      const readings = { ...PAGE, size: 1, of: { ...NONE, fields: ["name"] } };
      const measures = { ...PAGE, size: 6, of: { ...NONE, lists: [{ as: "r", name: "readings", page: readings }] } };
      const of = { ...NONE, lists: [{ as: "m", name: "measures", page: measures }] };
      const { records } = await readConnection(admin, "samples", { ...PAGE, of });
      const seen = records.flatMap(({ lists }) => lists["m"]!.records);
      expect(seen.length).toBeGreaterThan(150);
      for (const { key, lists } of seen) {
        const { records: its, hasNext, count } = lists["r"]!;
        const there = Number(key) <= 200;
        expect(its.map(({ fields }) => fields["name"])).toEqual(there ? [`reading ${Number(key) - 1}`] : []);
        expect(hasNext).toBe(there);
        expect(count).toBeNull();
      }
    });

    test("show everywhere what the caller may see, and no more", async () => {
      const person = { as: "p", name: "person", of: { ...NONE, fields: ["name"] } };
      const people = await readConnection(guest, "samples", { ...PAGE, of: { ...NONE, references: [person] } });
      const named = people.records.map(({ references }) => references["p"]?.fields["name"] ?? null);
      const rows = await pageOf("samples", { expand: ["person"] }, guest);
      expect(named).toEqual(rows.map((it) => (it["person"] as Row | null)?.["name"] ?? null));
      expect(new Set(named)).toEqual(new Set(["Ada", null]));
      const measures = { ...PAGE, of: { ...NONE, fields: ["secret"] } };
      const of = { ...NONE, lists: [{ as: "m", name: "measures", page: { ...measures, count: true } }] };
      const [all, some] = await Promise.all(
        [admin, guest].map(async (call) =>
          (await readConnection(call, "samples", { ...PAGE, of })).records.flatMap(({ lists }) => lists["m"]!),
        ),
      );
      const secrets = (pages: readonly TreePage[]): number =>
        pages.flatMap(({ records }) => records).filter(({ fields }) => fields["secret"] === true).length;
      expect(secrets(all!)).toBeGreaterThan(40);
      expect(secrets(some!)).toBe(0);
      const counted = (pages: readonly TreePage[]): number => pages.reduce((sum, { count }) => sum + count!, 0);
      expect(counted(all!) - counted(some!)).toBe(secrets(all!));
    });

    test("have each record's files as the record has them, and their checksums", async () => {
      const files = ["attachments", "inside"].map((name) => ({ as: name, name, first: 2, checksum: true }));
      const { records } = await readConnection(admin, "samples", { ...PAGE, of: { ...NONE, files } });
      let read = 0;
      const problems = new Set<string>();
      for (const { key, files: attached } of records) {
        const { files: shown } = JSON.parse((await findRecord(admin, "samples", key!)).toString("utf8")) as {
          files: Record<string, { data: { key: string; name: string; type: string; size: number | null }[] }>;
        };
        for (const name of ["attachments", "inside"]) {
          const { files: found, hasMore }: TreeFiles = attached[name]!;
          const { data } = shown[name]!;
          expect(found.map(({ at, name: its, format, size }) => ({ key: at, name: its, type: format, size }))).toEqual(
            data.slice(0, 2),
          );
          expect(hasMore).toBe(data.length > 2);
          for (const { at, sha256, problem } of found satisfies readonly TreeFile[]) {
            if (problem === null) {
              expect(sha256).toBe(
                createHash("sha256")
                  .update(contentOf(Number(at) - 1))
                  .digest("hex"),
              );
              read++;
            } else {
              expect(sha256).toBeNull();
              problems.add(problem);
            }
          }
        }
      }
      expect(read).toBeGreaterThan(40);
      expect([...problems].toSorted()).toEqual([
        "The file has 5 bytes instead of the 78 that are recorded.",
        "The file is not in its store.",
      ]);
      const plain = await readConnection(admin, "samples", {
        ...PAGE,
        of: { ...NONE, files: files.map((it) => ({ ...it, checksum: false })) },
      });
      expect(plain.records[0]!.files["attachments"]!.files[0]).toMatchObject({ sha256: null, problem: null });
    });

    test("are asked for by time and state", async () => {
      const { object, access } = await recordsSight(admin, "samples");
      expect(pageFilters({ object, access })).toMatchObject({
        created: { name: "made" },
        updated: { name: "happened" },
        state: { name: "status" },
      });
      const since = "2024-01-03T00:00:00Z";
      const cases: [Partial<WantedPage>, RecordsFilter & PageQuery][] = [
        [{ createdSince: since }, { where: { made: { $gte: since } } }],
        [
          { updatedSince: "2024-05-01T12:34:56.123456Z" },
          { where: { happened: { $gte: "2024-05-01T12:34:56.123456Z" } }, order: ["happened"] },
        ],
        [
          { updatedSince: since, order: ["-id"] },
          { where: { happened: { $gte: since } }, order: ["-id"] },
        ],
        [
          { state: ["new", "sent"], createdSince: since, where: { done: true } },
          { where: { status: { $in: ["new", "sent"] }, made: { $gte: since }, done: true } },
        ],
        [{ state: [] }, { where: { id: 0 } }],
      ];
      for (const [asked, same] of cases) {
        const expected = (await pageOf("samples", same)).map(({ id }) => (id as Numeral).number);
        const page = await readConnection(admin, "samples", { ...PAGE, ...asked, count: true });
        expect(keysOf([page])).toEqual(expected);
        expect(page.count).toBe(expected.length);
        expect(keysOf(await throughout(asked, 4, false))).toEqual(expected);
      }
      const projects = readConnection(admin, "projects", { ...PAGE, updatedSince: since });
      await expect(projects).rejects.toMatchObject({
        code: "filter-not-suited",
        places: [{ pointer: "/updatedSince" }],
      });
      const odd = readConnection(admin, "samples", { ...PAGE, createdSince: "yesterday" });
      await expect(odd).rejects.toMatchObject({ code: "value-not-suited", places: [{ pointer: "/createdSince" }] });
    });

    test("leave out what was deleted, which its log tells", async () => {
      expect(deletionsOffered(await recordsSight(admin, "samples"))).toBe(true);
      expect(deletionsOffered(await recordsSight(admin, "projects"))).toBe(false);
      const all: { key: string; at: string }[] = [];
      for (let after: string | undefined; ;) {
        const page = await readDeleted(admin, "samples", { first: 4, ...(after === undefined ? {} : { after }) });
        all.push(...page.deleted);
        if (!page.hasNext) break;
        after = page.cursors.at(-1)!;
      }
      const log = TABLES.find(({ name }) => name === "gone")!.rows.filter(([, key, at]) => key !== null && at !== null);
      const byTime = log.toSorted(([a, , x], [b, , y]) => (x === y ? Number(a) - Number(b) : x! < y! ? -1 : 1));
      expect(all).toEqual(byTime.map(([, key, at]) => ({ key, at })));
      const later = await readDeleted(admin, "samples", { first: 100, since: "2024-02-04T00:00:00Z" });
      expect(later.deleted).toEqual(all.filter(({ at }) => at >= "2024-02-04"));
    });
  });
}

/** What is asked of a database for the beginnings of 15 lists: the measures of the samples 1 to 15. */
export async function selectOfLists(call: OrgCall, order?: readonly string[]): Promise<Select> {
  const sight = await recordsSight(call, "measures");
  const { object, catalog, access, locale } = sight;
  const page = { ...PAGE, size: 20, ...(order === undefined ? {} : { order }) };
  const { request } = preparePage(page, sight);
  const each = Array.from({ length: 15 }, (_, n) => parseWhere({ sample_id: n + 1 }, object, catalog));
  return planPage({ ...request, each, limit: 21 }, object, catalog, access, locale).table.select;
}

/** A number as it is written, without zeros that say nothing. */
interface Numeral {
  readonly number: string;
}

const NUMBERS: ReadonlySet<FieldType> = new Set(["integer", "decimal"]);

function parsed(text: string): unknown {
  type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
  const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;
  return parse(text, (_key, value, { source }) =>
    typeof value === "number" ? { number: plainDecimal(source!) ?? source } : value,
  );
}
