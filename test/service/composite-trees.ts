// Trees of records whose keys have two columns and three, compared with what another driver says to plain SQL.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FieldType } from "../../src/catalog/types.ts";
import { keyText } from "../../src/lib/record-key.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { findRecordFile } from "../../src/service/records/file.ts";
import { recordList } from "../../src/service/records/record.ts";
import { readDeleted } from "../../src/service/records/tree/deleted.ts";
import {
  readConnection,
  readRecord,
  type TreePage,
  type TreeRecord,
  type WantedPage,
  type WantedRecord,
} from "../../src/service/records/tree.ts";
import type { TestEngine, TestTable } from "../conformance/engine.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import type { PlainRows, PlainSql } from "./plain-sql.ts";

const cycle = <T>(values: readonly T[], n: number): T => values[n % values.length]!;

/** What would be mistaken for another key, were the parts of one only put behind one another. */
const ONE = ["", "a", "a,b", 'a"b', "a'b", "a\\", '["a"', "1", "é", "x|y", "null", "%", "a/b"];
const TWO = ["", "b", ",", '"', "'", "\\", '"]', "01", "😀", "b,c", "c"];
/** Three of them with each first part. */
const PAIRS = ONE.flatMap((one, n) => [0, 4, 8].map((more): [string, string] => [one, cycle(TWO, n + more)]));
const DATES = ["2024-05-01", "1969-12-31", "2024-05-02", "9999-12-31"];
const ACCOUNTS = ["9007199254740993", "-9223372036854775808", "0", "7"];
const uuid = (n: number): string =>
  `${n % 2 === 0 ? "fd" : "0d"}9f5a3c-1b2e-4c6d-8f90-${String(n % 7).padStart(12, "0")}`;

/** Of days: a text, a date and a UUID. */
const DAYS = Array.from({ length: 64 }, (_, n): [string, string, string] => [
  cycle(["", "a", "a,b", '"'], Math.floor(n / 16)),
  cycle(DATES, Math.floor(n / 4)),
  uuid(n),
]);

const TABLES: readonly TestTable[] = [
  {
    name: "pairs",
    columns: [
      { name: "one", type: "text" },
      { name: "two", type: "text" },
      { name: "title", type: "text" },
      { name: "stage", type: "integer" },
      { name: "up_one", type: "text" },
      { name: "up_two", type: "text" },
    ],
    key: ["one", "two"],
    references: [{ columns: ["up_one", "up_two"], table: "pairs", to: ["one", "two"] }],
    rows: PAIRS.map(([one, two], n) => {
      const up = n === 0 ? null : PAIRS[Math.floor(n / 5)]!;
      // Half a reference is none.
      return [one, two, `pair ${n}`, n % 5 === 0 ? null : String(n % 3), up?.[0] ?? null, n % 4 === 0 ? null : up![1]];
    }),
  },
  {
    name: "days",
    columns: [
      { name: "place", type: "text" },
      { name: "held", type: "date" },
      { name: "ref", type: "uuid" },
      { name: "amount", type: "decimal" },
      { name: "pair_one", type: "text" },
      { name: "pair_two", type: "text" },
    ],
    key: ["place", "held", "ref"],
    references: [{ columns: ["pair_one", "pair_two"], table: "pairs", to: ["one", "two"] }],
    rows: DAYS.map((key, n) => {
      const pair = cycle(PAIRS, (n * n) % 23);
      return [...key, cycle(["1.50", "-0.25", "20.00"], n), pair[0], n % 9 === 0 ? null : pair[1]];
    }),
  },
  {
    name: "marks",
    columns: [
      { name: "account", type: "integer" },
      { name: "ratio", type: "decimal" },
      { name: "code", type: "text" },
      { name: "place", type: "text" },
      { name: "held", type: "date" },
      { name: "ref", type: "uuid" },
    ],
    key: ["account", "ratio", "code"],
    rows: Array.from({ length: 150 }, (_, n) => [
      cycle(ACCOUNTS, n),
      cycle(["10.25", "-9.50", "9.75"], Math.floor(n / 4)),
      cycle(["", '"', "b,c", "\\"], Math.floor(n / 12)) + (n < 48 ? "" : String(n)),
      ...dayOf(n),
    ]),
  },
  {
    name: "documents",
    columns: [
      { name: "one", type: "text" },
      { name: "two", type: "text" },
      { name: "page", type: "integer" },
      { name: "name", type: "text" },
      { name: "content", type: "binary" },
    ],
    key: ["one", "two", "page"],
    references: [{ columns: ["one", "two"], table: "pairs", to: ["one", "two"] }],
    rows: PAIRS.flatMap(([one, two], n) =>
      Array.from({ length: n % 4 }, (_, page) => [one, two, String(page), `${n}-${page}.txt`, base64(n, page)]),
    ),
  },
  {
    name: "gone",
    columns: [
      { name: "one", type: "text" },
      { name: "two", type: "text" },
      { name: "at", type: "instant" },
    ],
    key: ["one", "two", "at"],
    rows: PAIRS.map(([one, two], n) => [two, one, `2024-02-0${1 + (n % 3)}T00:00:00Z`]),
  },
];

/** The day of a mark: of its row in SQLite, since the forms of UUIDs go with rows. Some have parts of several days. */
function dayOf(n: number): readonly string[] {
  const [place, held, ref] = DAYS[(n % 4) + 4 * ((n * 5) % 8)]!;
  return n % 11 === 0 ? [place, "1970-01-01", ref] : [place, held, ref];
}

function base64(n: number, page: number): string {
  return Buffer.from(`${n}/${page}`).toString("base64");
}

const OBJECTS = {
  pairs: {
    references: { up: { object: "pairs", by: ["up_one", "up_two"] } },
    lists: {
      below: { object: "pairs", by: ["up_one", "up_two"] },
      days: { object: "days", by: ["pair_one", "pair_two"] },
    },
    files: { papers: { object: "documents", by: ["one", "two"], column: "content", name: "name" } },
    deleted: { object: "gone", key: ["one", "two"], at: "at" },
  },
  days: {
    references: { pair: { object: "pairs", by: ["pair_one", "pair_two"] } },
    lists: { marks: { object: "marks", by: ["place", "held", "ref"] } },
  },
  marks: {
    fields: { code: { deidentify: { below: "owner", rule: "hash" } } },
    references: { day: { object: "days", by: ["place", "held", "ref"] } },
  },
  documents: {},
  gone: {},
};

type ObjectName = "pairs" | "days" | "marks";

/** Of a key, alone. */
const FIRST_PARTS = { pairs: "a", days: "a", marks: "7" } as const;

const KEYS = { pairs: ["one", "two"], days: ["place", "held", "ref"], marks: ["account", "ratio", "code"] } as const;

const NONE: WantedRecord = { fields: [], references: [], lists: [], files: [] };
const PAGE = { size: 100, cursors: true, count: false, of: NONE } as const;

export function compositeTrees(engine: TestEngine, plain: PlainSql): void {
  describe(`${engine.name}: trees of records whose keys have several columns`, () => {
    let org: OpenOrg;
    let admin: OrgCall;
    let database: Awaited<ReturnType<PlainSql["connect"]>>;
    let drop: () => Promise<void>;
    beforeAll(async () => {
      const made = await engine.make(TABLES);
      drop = made.drop;
      org = await openLab(made.url, OBJECTS);
      admin = callBy(org, "admin");
      database = await plain.connect(made.url);
    });
    afterAll(async () => {
      await org.close();
      await database.end();
      await drop();
    });

    function typeOf(table: string, column: string): FieldType {
      const { type } = TABLES.find(({ name }) => name === table)!.columns.find(({ name }) => name === column)!;
      return type as FieldType;
    }

    const text = (table: string, column: string, as: string = table): string =>
      plain.text(typeOf(table, column), `${as}.${column}`);

    /** `ORDER BY` of columns, descending with a minus in front, and of the key behind them: missing values last. */
    function inOrder(table: ObjectName, order: readonly string[], as: string = table): string {
      const rest = KEYS[table].filter((it) => !order.some((asked) => asked.replace("-", "") === it));
      const all = [...order, ...rest].flatMap((it) => {
        const column = it.replace("-", "");
        const [way, name] = [it === column ? "" : " DESC", `${as}.${column}`];
        return [`(${name} IS NULL)${way}`, `${plain.ordered(typeOf(table, column), name)}${way}`];
      });
      return `ORDER BY ${all.join(", ")}`;
    }

    /** That columns of one table have what the key of the other has. */
    function joined(from: string, by: readonly string[], to: ObjectName, as: string = to): string {
      const same = by.map((it, n) => {
        const type = typeOf(from, it);
        return `${plain.ordered(type, `${from}.${it}`)} = ${plain.ordered(type, `${as}.${KEYS[to][n]!}`)}`;
      });
      return same.join(" AND ");
    }

    const keyColumns = (table: ObjectName, as: string = table): string =>
      KEYS[table].map((it) => text(table, it, as)).join(", ");

    async function keys(table: ObjectName, order: readonly string[] = []): Promise<string[]> {
      const rows = await database.ask(`SELECT ${keyColumns(table)} FROM ${table} ${inOrder(table, order)}`);
      return rows.map((row) => keyText(row as string[]));
    }

    const keysOf = (pages: readonly TreePage[]): (string | null)[] =>
      pages.flatMap(({ records }) => records.map(({ key }) => key));

    /** All pages, one after the other, in either direction. */
    async function throughout(object: ObjectName, query: Partial<WantedPage>, call = admin): Promise<TreePage[]> {
      const pages: TreePage[] = [];
      for (let cursor: string | null = null; ;) {
        const place = cursor === null ? {} : query.backwards === true ? { before: cursor } : { after: cursor };
        const page: TreePage = await readConnection(call, object, { ...PAGE, size: 7, ...query, ...place });
        pages.push(page);
        if (!(query.backwards === true ? page.hasPrevious : page.hasNext)) return pages;
        expect(page.records).toHaveLength(7);
        cursor = query.backwards === true ? page.start : page.end;
        expect(cursor).not.toBeNull();
      }
    }

    test.each<[ObjectName, string[]]>([
      ["pairs", []],
      ["pairs", ["-two"]],
      ["pairs", ["-one", "two"]],
      ["pairs", ["two", "one"]],
      ["pairs", ["stage"]],
      ["pairs", ["-stage", "-one"]],
      ["days", []],
      ["days", ["-held"]],
      ["days", ["ref", "-place"]],
      ["days", ["amount", "-ref"]],
      ["days", ["-pair_two"]],
      ["marks", []],
      ["marks", ["-account", "-ratio", "-code"]],
      ["marks", ["code", "-ratio"]],
      ["marks", ["-held", "ref"]],
    ])("go through %s in the order of %s, forwards and backwards", async (object, order) => {
      const all = await keys(object, order);
      expect(new Set(all).size).toBe(TABLES.find(({ name }) => name === object)!.rows.length);
      expect(keysOf(await throughout(object, { order }))).toEqual(all);
      expect(keysOf((await throughout(object, { order, backwards: true })).toReversed())).toEqual(all);
      const { cursors } = await readConnection(admin, object, { ...PAGE, order, size: 39 });
      const between = { after: cursors[4]!, before: cursors[30]! };
      for (const backwards of [false, true]) {
        const page = await readConnection(admin, object, { ...PAGE, order, size: 9, backwards, ...between });
        expect(keysOf([page])).toEqual(backwards ? all.slice(21, 30) : all.slice(5, 14));
      }
    });

    test.each<ObjectName>(["pairs", "days", "marks"])(
      "find each of %s by its key, and none by another",
      async (object) => {
        const fields = [...KEYS[object]];
        const all = await keys(object);
        for (const key of all) {
          const found = await readRecord(admin, object, key, { ...NONE, fields });
          expect(found?.key).toBe(key);
          expect(keyText(fields.map((it) => String(found!.fields[it])))).toBe(key);
        }
        const there = new Set(all);
        const others = all.flatMap((key) => {
          const parts = JSON.parse(key) as string[];
          const more = [...parts.slice(1), parts[0]!];
          return [more, parts.slice(1), [...parts, ""], [parts.join(",")], [parts[0]!, ...parts]].map((it) =>
            JSON.stringify(it),
          );
        });
        const absent = others.filter((it) => !there.has(it)).concat("", "null", "[]", "{}", FIRST_PARTS[object]);
        for (const key of absent) expect(await readRecord(admin, object, key, NONE), key).toBeNull();
      },
    );

    test("follow references of two columns and of three, and none that is half there", async () => {
      const pair: WantedRecord = {
        ...NONE,
        fields: ["title"],
        references: [{ as: "up", name: "up", of: { ...NONE, fields: ["title"] } }],
      };
      const day = { ...NONE, fields: ["amount"], references: [{ as: "pair", name: "pair", of: pair }] };
      const of = { ...NONE, references: [{ as: "day", name: "day", of: day }] };
      const pages = await throughout("marks", { of });
      const said = (its: TreeRecord | null | undefined, field: string): unknown[] => [
        its?.key ?? null,
        its?.fields[field] ?? null,
      ];
      const found = pages.flatMap(({ records }) =>
        records.map(({ key, references: { day: its } }) => {
          const its_pair = its?.references["pair"];
          return [
            key,
            ...said(its, "amount"),
            ...said(its_pair, "title"),
            ...said(its_pair?.references["up"], "title"),
          ];
        }),
      );
      const rows = await database.ask(`SELECT ${keyColumns("marks")}, ${keyColumns("days")}, ${text("days", "amount")},
        ${keyColumns("pairs")}, pairs.title, ${keyColumns("pairs", "up")}, up.title FROM marks
        LEFT JOIN days ON ${joined("marks", ["place", "held", "ref"], "days")}
        LEFT JOIN pairs ON ${joined("days", ["pair_one", "pair_two"], "pairs")}
        LEFT JOIN pairs AS up ON ${joined("pairs", ["up_one", "up_two"], "pairs", "up")} ${inOrder("marks", [])}`);
      const keyAt = (row: PlainRows[number], from: number, to: number): string | null =>
        row[from] === null ? null : keyText(row.slice(from, to) as string[]);
      expect(found).toEqual(
        rows.map((row) => [
          keyAt(row, 0, 3),
          keyAt(row, 3, 6),
          row[6],
          keyAt(row, 7, 9),
          row[9],
          keyAt(row, 10, 12),
          row[12],
        ]),
      );
      for (const n of [1, 3, 5]) {
        const missing = found.filter((it) => it[n] === null).length;
        expect(missing).toBeGreaterThan(10);
        expect(missing).toBeLessThan(found.length - 10);
      }
    });

    test.each<[ObjectName, string, ObjectName, string[], string[]]>([
      ["pairs", "below", "pairs", ["up_one", "up_two"], []],
      ["pairs", "below", "pairs", ["up_one", "up_two"], ["stage", "-two"]],
      ["pairs", "days", "days", ["pair_one", "pair_two"], []],
      ["pairs", "days", "days", ["pair_one", "pair_two"], ["-held"]],
      ["days", "marks", "marks", ["place", "held", "ref"], []],
      ["days", "marks", "marks", ["place", "held", "ref"], ["-code"]],
    ])(
      "have in the list %s.%s what belongs to a record, in the order of $order",
      async (object, list, items, by, order) => {
        const rows = await database.ask(`SELECT ${by.map((it) => text(items, it, "item")).join(", ")},
        ${keyColumns(items, "item")} FROM ${items} AS item ${inOrder(items, order, "item")}`);
        const of = (backwards: boolean): WantedRecord => ({
          ...NONE,
          lists: [{ as: "its", name: list, page: { ...PAGE, size: 2, count: true, order, backwards } }],
        });
        for (const backwards of [false, true]) {
          const pages = await throughout(object, { of: of(backwards) });
          expect(keysOf(pages)).toEqual(await keys(object));
          const many = pages.flatMap(({ records }) => records);
          let more = 0;
          for (const { key, lists } of many) {
            const { records, hasNext, hasPrevious, count } = lists["its"]!;
            const own = rows.filter((row) => !row.slice(0, by.length).includes(null));
            const all = own
              .filter((row) => keyText(row.slice(0, by.length) as string[]) === key)
              .map((row) => keyText(row.slice(by.length) as string[]));
            expect(records.map((it) => it.key)).toEqual(backwards ? all.slice(-2) : all.slice(0, 2));
            expect(backwards ? hasPrevious : hasNext).toBe(all.length > 2);
            expect(count).toBe(all.length);
            more += all.length > 2 ? 1 : 0;
          }
          expect(more).toBeGreaterThan(0);
        }
      },
    );

    test("go on in the list of one record, and with no cursor of another", async () => {
      const asked = (of: Partial<WantedPage>): WantedRecord => ({
        ...NONE,
        lists: [{ as: "d", name: "days", page: { ...PAGE, size: 1, order: ["-held"], ...of } }],
      });
      const rows = await database.ask(
        `SELECT ${text("days", "pair_one")}, ${text("days", "pair_two")}, ${keyColumns("days")} FROM days ${inOrder("days", ["-held"])}`,
      );
      const whole = rows.filter((row) => !row.includes(null)) as string[][];
      const byPair = Map.groupBy(whole, (row) => keyText(row.slice(0, 2)));
      const ends = new Map<string, string>();
      for (const [key, its] of byPair) {
        for (const backwards of [false, true]) {
          const seen: (string | null)[] = [];
          for (let cursor: string | null = null; ;) {
            const place = cursor === null ? {} : backwards ? { before: cursor } : { after: cursor };
            const found = await readRecord(admin, "pairs", key, asked({ backwards, ...place }));
            const page = found!.lists["d"]!;
            seen.push(...keysOf([page]));
            ends.set(key, page.end!);
            cursor = backwards ? page.start : page.end;
            if (!(backwards ? page.hasPrevious : page.hasNext)) break;
          }
          const all = its.map((row) => keyText(row.slice(2)));
          expect(seen).toEqual(backwards ? all.toReversed() : all);
        }
      }
      expect(Math.max(...[...byPair.values()].map(({ length }) => length))).toBeGreaterThan(3);
      const [[one], [other]] = [...ends.keys()].map((key) => [key]) as [[string], [string]];
      await expect(readRecord(admin, "pairs", one, asked({ after: ends.get(other)! }))).rejects.toMatchObject({
        code: "cursor-not-suited",
      });
    });

    test("have a record's files, by keys of their own of three columns", async () => {
      const of = { ...NONE, files: [{ as: "papers", name: "papers", first: 2, checksum: true }] };
      const pages = await throughout("pairs", { of });
      let read = 0;
      for (const { key, files } of pages.flatMap(({ records }) => records)) {
        const n = PAIRS.findIndex((it) => keyText(it) === key);
        const { files: found, hasMore } = files["papers"]!;
        expect(hasMore).toBe(n % 4 > 2);
        expect(found.map(({ name }) => name)).toEqual(
          Array.from({ length: Math.min(2, n % 4) }, (_, page) => `${n}-${page}.txt`),
        );
        for (const [page, { at, name, sha256, problem }] of found.entries()) {
          expect([at, problem]).toEqual([keyText([...PAIRS[n]!, String(page)]), null]);
          expect(sha256).toBe(createHash("sha256").update(`${n}/${page}`).digest("hex"));
          const file = await findRecordFile(admin, "pairs", key!, "papers", at);
          expect(file.name).toBe(name);
          const content = await file.open();
          let bytes = "";
          for await (const chunk of content.chunks) bytes += Buffer.from(chunk).toString();
          expect(bytes).toBe(`${n}/${page}`);
          await content.close();
          read++;
        }
        // That of another record with the same file number.
        const elsewhere = keyText([...PAIRS[(n + 1) % PAIRS.length]!, "0"]);
        await expect(findRecordFile(admin, "pairs", key!, "papers", elsewhere)).rejects.toMatchObject({
          code: "not-found",
        });
      }
      expect(read).toBeGreaterThan(40);
    });

    test("tell deletions by the key that the record had", async () => {
      const found: { key: string; at: string }[] = [];
      for (let after: string | undefined; ;) {
        const page = await readDeleted(admin, "pairs", { first: 5, ...(after === undefined ? {} : { after }) });
        found.push(...page.deleted);
        if (!page.hasNext) break;
        after = page.cursors.at(-1)!;
      }
      const order = ["one", "two"].map((it) => plain.ordered("text", it)).join(", ");
      const rows = await database.ask(`SELECT one, two FROM gone ORDER BY ${plain.ordered("instant", "at")}, ${order}`);
      expect(found.map(({ key }) => key)).toEqual(rows.map((row) => keyText(row as string[])));
      const at = new Map(
        TABLES.find(({ name }) => name === "gone")!.rows.map(([one, two, when]) => [keyText([one!, two!]), when]),
      );
      for (const it of found) expect(it.at).toBe(at.get(it.key));
    });

    test("page by keys of which a part may not be told, and tell nothing of it", async () => {
      const guest = callBy(org, { "1": "guest" });
      const fields = ["account", "ratio", "ref"];
      const pages = await throughout("marks", { order: ["-ref"], of: { ...NONE, fields } }, guest);
      const found = pages.flatMap(({ records }) => records);
      expect(found.map(({ key }) => key)).toEqual(found.map(() => null));
      const said = (its: TreeRecord): string => fields.map((it) => String(its.fields[it])).join();
      const rows = await database.ask(
        `SELECT ${fields.map((it) => text("marks", it)).join(", ")} FROM marks ${inOrder("marks", ["-ref"])}`,
      );
      expect(found.map(said).toSorted()).toEqual(rows.map((row) => row.join()).toSorted());
      expect(found.map((it) => it.fields["ref"])).toEqual(rows.map((row) => row[2]));
      expect(await readRecord(guest, "marks", (await keys("marks"))[0]!, NONE)).toBeNull();
      expect((await throughout("days", {}, guest)).flatMap(({ records }) => records)).toHaveLength(DAYS.length);
    });
  });
}

/** What a database takes for the same key: parents, and children that refer to some of them in other letters. */
export const ALIKE = {
  parents: `INSERT INTO parents VALUES ('x', 'b'), ('y', 'c'), ('ASCII', '')`,
  children: `INSERT INTO children VALUES (1, 'X', 'B'), (2, 'x', 'b'), (3, 'y', 'C'), (4, 'x', NULL), (5, 'Ascii', '')`,
} as const;

/** That lists, counts and files have whatever a reference leads from. */
export async function expectAlike(url: string): Promise<void> {
  const org = await openLab(url, {
    parents: {
      lists: { children: { object: "children", by: ["one", "two"] } },
      files: { papers: { object: "papers", by: ["one", "two"], column: "two" } },
    },
    papers: { table: "children" },
    children: { references: { parent: { object: "parents", by: ["one", "two"] } } },
  });
  const call = callBy(org, "admin");
  const reference = { as: "p", name: "parent", of: NONE };
  const children = await readConnection(call, "children", { ...PAGE, of: { ...NONE, references: [reference] } });
  expect(children.records.map(({ key, references }) => [key, references["p"]?.key ?? null])).toEqual([
    ["1", '["x","b"]'],
    ["2", '["x","b"]'],
    ["3", '["y","c"]'],
    ["4", null],
    ["5", '["ASCII",""]'],
  ]);
  const its = { '["x","b"]': ["1", "2"], '["y","c"]': ["3"], '["ASCII",""]': ["5"] };
  const of = {
    ...NONE,
    lists: [{ as: "c", name: "children", page: { ...PAGE, count: true } }],
    files: [{ as: "f", name: "papers", first: 10, checksum: false }],
  };
  const parents = await readConnection(call, "parents", { ...PAGE, of });
  const keys = (some: readonly { readonly key: string | null }[]): (string | null)[] => some.map(({ key }) => key);
  expect(Object.fromEntries(parents.records.map((it) => [it.key, keys(it.lists["c"]!.records)]))).toEqual(its);
  for (const [key, own] of Object.entries(its)) {
    const one = (await readRecord(call, "parents", key, of))!;
    expect(keys(one.lists["c"]!.records)).toEqual(own);
    expect(one.lists["c"]!.count).toBe(own.length);
    expect(one.files["f"]!.files.map(({ at }) => at)).toEqual(own);
    expect((await recordList(call, "parents", key, "children")).keys).toEqual(own);
  }
  await org.close();
}
