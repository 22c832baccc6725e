// Paging, as every database must do it: each row once, in the order of the export, whatever it is ordered by.
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { countRecords } from "../../src/service/records/count.ts";
import { findKeys } from "../../src/service/records/lookup.ts";
import { findRecord } from "../../src/service/records/record.ts";
import { type PageQuery, type RecordsFilter, recordsPage } from "../../src/service/records/page.ts";
import type { TestEngine, TestTable } from "../conformance/engine.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { exported } from "../setup/export.ts";
import { callBy, openLab } from "../setup/org-call.ts";

const TEXTS = [
  "a",
  "A",
  "b",
  "é",
  "É",
  "z",
  "ß",
  "",
  " ",
  "a ",
  "ab",
  "日本",
  "😀",
  "\uFFFD",
  "o'clock",
  '"',
  "\\",
  "%_",
];
const DECIMALS = ["0.00", "1.50", "-0.10", "10.00", "9.99", "12345678901234567.89", "-3.00"];
const FLOATS = ["0", "0.1", "-1.5", "1e+21", "1e-7", "0.30000000000000004", "123456.789"];
const INSTANTS = [
  "2024-05-01T12:34:56.123456Z",
  "2024-05-01T12:34:56.123455Z",
  "2024-05-01T12:34:56Z",
  "1999-12-31T23:59:59.9Z",
];
const UUIDS = [0, 1, 2, 9, 15].map((n) => `${n.toString(16)}d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6`);
const JSONS = ['{"v":1}', '{"v":10}', '{"v":9.5}', '{"v":"x"}', '{"v":"X"}', '{"v":null}', "{}", '{"v":true}'];

const pick = (values: readonly string[], n: number, step: number): string | null =>
  n % 5 === step % 5 ? null : values[(n * 7 + step) % values.length]!;

/** Rows with ties and missing values in every column, and a key of two columns. */
const ROWS = 83;
const TABLE: TestTable = {
  name: "things",
  columns: [
    { name: "part", type: "integer" },
    { name: "code", type: "text" },
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
    { name: "metadata", type: "json" },
  ],
  key: ["part", "code"],
  rows: Array.from({ length: ROWS }, (_, n) => [
    String((n * 13) % 9),
    `${TEXTS[n % TEXTS.length]!}${n}`,
    pick(TEXTS, n, 0),
    pick(["0", "-1", "42", "9007199254740993", "-9223372036854775808"], n, 1),
    pick(DECIMALS, n, 2),
    pick(FLOATS, n, 3),
    pick(INSTANTS, n, 4),
    pick(
      INSTANTS.map((it) => it.slice(0, -1)),
      n,
      0,
    ),
    pick(["2024-05-01", "2024-02-29", "1969-12-31", "9999-12-31"], n, 1),
    pick(["00:00:00", "12:34:56.1", "12:34:56.099999", "23:59:59.999999"], n, 2),
    pick(UUIDS, n, 3),
    pick(["true", "false"], n, 4),
    pick(JSONS, n, 0),
  ]),
};

const ONE: TestTable = {
  name: "numbered",
  columns: [
    { name: "id", type: "integer" },
    { name: "name", type: "text" },
  ],
  key: ["id"],
  rows: Array.from({ length: 31 }, (_, n) => [String(n * 3 - 40), n % 5 === 0 ? null : `Name ${n % 4}`]),
};

const KEYLESS: TestTable = {
  name: "loose",
  columns: [{ name: "word", type: "text" }],
  key: [],
  rows: [["a"], ["a"], ["b"]],
};

/** @param refined what a configuration has to say of tables without keys */
export function paging(engine: TestEngine, refined: Readonly<Record<string, unknown>> = {}): void {
  describe(`${engine.name}: pages`, () => {
    let org: OpenOrg;
    let url: string;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      ({ url, drop } = await engine.make([TABLE, ONE, KEYLESS]));
      org = await openLab(url, refined);
    });
    afterAll(async () => {
      await org.close();
      await drop();
    });

    type Row = Readonly<Record<string, unknown>>;

    /** What an export gives. */
    async function records(request: Omit<ExportRequest, "format">): Promise<Row[]> {
      const catalog = org.catalogIn("en");
      const { text } = await exported(url, { ...request, format: "json" }, "none", { catalog });
      return JSON.parse(text) as Row[];
    }

    /** All pages, one after the other. */
    async function throughout(
      object: string,
      query: RecordsFilter & PageQuery,
    ): Promise<{ rows: Row[]; keys: string[] }> {
      const rows: Row[] = [];
      const keys: string[] = [];
      const call = callBy(org, "admin");
      for (let after: string | undefined; ;) {
        const page = await recordsPage(call, object, { ...query, ...(after === undefined ? {} : { after }) });
        const some = JSON.parse(page.data.toString("utf8")) as Row[];
        expect(page.keys).toHaveLength(some.length);
        rows.push(...some);
        keys.push(...page.keys!);
        expect(page.hasMore).toBe(page.next !== null);
        if (page.next === null) return { rows, keys };
        expect(some).toHaveLength(query.limit!);
        after = page.next;
      }
    }

    const orders = TABLE.columns.flatMap(({ name, type }) => (type === "json" ? [`${name}.v`] : [name]));
    test.each([
      ...orders.flatMap((it) => [[it], [`-${it}`]]),
      ["-part", "-code"],
      ["words", "-number"],
      ["-day", "amount", "-code"],
      ["metadata.v", "-ratio"],
      ["done", "ref", "-happened"],
    ])("in the order of %s %s %s", async (...order) => {
      const asked = order.filter((it) => it !== undefined);
      const all = await records({ object: "things", order: asked });
      const { rows, keys } = await throughout("things", { order: asked, limit: 7 });
      expect(rows).toEqual(all);
      expect(new Set(keys).size).toBe(ROWS);
      expect(keys[0]).toBe(JSON.stringify([String(rows[0]!["part"]), rows[0]!["code"]]));
    });

    test.each([1, 30, 31, 500])("of %i at a time, by a key of one column", async (limit) => {
      const all = await records({ object: "numbered" });
      const { rows, keys } = await throughout("numbered", { limit });
      expect(rows).toEqual(all);
      expect(keys).toEqual(all.map(({ id }) => String(id)));
      for (const order of [["name"], ["-name"]]) {
        const ordered = await throughout("numbered", { limit, order });
        expect(ordered.rows).toEqual(await records({ object: "numbered", order }));
      }
    });

    test("filtered, searched and chosen", async () => {
      const where = { number: { $exists: true }, done: { $ne: true } };
      const all = await records({ object: "things", where, paths: ["words", "metadata.v"], order: ["-amount"] });
      const { rows } = await throughout("things", {
        where,
        paths: ["words", "metadata.v"],
        order: ["-amount"],
        limit: 4,
      });
      expect(rows).toEqual(all);
      const found = await throughout("things", { search: "É", limit: 3 });
      const either = await records({ object: "things" });
      expect(found.rows).toEqual(either.filter(({ words, code }) => /é/iu.test(`${String(words)} ${String(code)}`)));
      expect(found.rows.length).toBeGreaterThan(10);
    });

    test("of random questions, as the export gives them", async () => {
      const field = fc.constantFrom(...orders);
      const order = fc.uniqueArray(fc.tuple(field, fc.boolean()), { maxLength: 4, selector: ([name]) => name });
      await fc.assert(
        fc.asyncProperty(order, fc.integer({ min: 1, max: 90 }), async (by, limit) => {
          const asked = by.map(([name, descending]) => `${descending ? "-" : ""}${name}`);
          const all = await records({ object: "things", order: asked });
          expect((await throughout("things", { order: asked, limit })).rows).toEqual(all);
        }),
        { numRuns: 15 },
      );
    });

    test("have records that are found one by one, counted, and looked up", async () => {
      const call = callBy(org, "admin");
      const all = await records({ object: "things" });
      const keys = all.map(({ part, code }) => JSON.stringify([String(part), code]));
      for (const n of [0, 17, ROWS - 1]) {
        const { record } = JSON.parse((await findRecord(call, "things", keys[n]!)).toString("utf8")) as { record: Row };
        expect(record).toEqual(all[n]);
      }
      await expect(findRecord(call, "things", '["1","no"]')).rejects.toMatchObject({ code: "not-found" });
      expect(await countRecords(call, "things")).toEqual({ count: ROWS, exact: true });
      expect(await findKeys(call, "things", [...keys.slice(0, 9), '["1","no"]'])).toEqual({
        found: keys.slice(0, 9).map((key) => ({ value: key, key })),
        notFound: ['["1","no"]'],
      });
      expect((await findKeys(call, "things", ["a ", "a", "A"], { by: "words" })).found).toEqual(
        ["a ", "a", "A"].flatMap((value) =>
          all.flatMap(({ words }, n) => (words === value ? [{ value, key: keys[n]! }] : [])),
        ),
      );
      const ref = UUIDS[0]!.toUpperCase();
      const found = all.filter((it) => it["ref"] === ref.toLowerCase()).length;
      expect((await findKeys(call, "things", [ref], { by: "ref" })).found).toHaveLength(found);
      expect(await findKeys(call, "numbered", ["-40", "7", "x"])).toMatchObject({ notFound: ["7", "x"] });
    });

    test("of a table without a key are one, which says that there is more", async () => {
      const page = await recordsPage(callBy(org, "admin"), "loose", { limit: 2 });
      expect(page).toMatchObject({ keys: null, hasMore: true, next: null });
      expect(JSON.parse(page.data.toString())).toEqual([{ word: "a" }, { word: "a" }]);
      await expect(recordsPage(callBy(org, "admin"), "loose", { after: "x" })).rejects.toMatchObject({
        code: "cursor-not-suited",
        places: [{ pointer: "/after" }],
      });
    });
  });
}
