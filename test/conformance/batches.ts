// Exports of batches: by their keys, the same bytes as the same records by a filter; and what has vanished is told.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dirStore } from "../../src/attachments/dir-store.ts";
import type { Catalog, FieldType } from "../../src/catalog/types.ts";
import type { Container } from "../../src/engine/run.ts";
import { verify } from "../../src/engine/verify.ts";
import type { WaybillError } from "../../src/lib/errors.ts";
import { keyParts, keyText } from "../../src/lib/record-key.ts";
import { compareKeyParts } from "../../src/plan/key-order.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { Principal } from "../../src/plan/principal.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { unpacked } from "../archives/archive.ts";
import { configured } from "../setup/configured.ts";
import { askedBatch, exported, type Exported, ran, type TestBatch } from "../setup/export.ts";
import { dataset, planned } from "../setup/templated.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

const LABS = ["A", "B", "é", "日本", "Ａ", "😀"];
const SAMPLES = range(60).map((n) => ({ lab: LABS[n % LABS.length]!, no: String((n * 37) % 1000), n }));

const samples: TestTable = {
  name: "samples",
  columns: [
    { name: "lab", type: "text" },
    { name: "no", type: "integer" },
    { name: "name", type: "text" },
    { name: "owner", type: "text" },
    { name: "chosen", type: "boolean" },
    { name: "visits", type: "json" },
  ],
  key: ["lab", "no"],
  rows: SAMPLES.map(({ lab, no, n }) => [
    lab,
    no,
    `name ${(n * 7) % 60}`,
    n % 3 === 0 ? "bob@x.org" : "anna@x.org",
    n % 5 < 3 ? "true" : "false",
    JSON.stringify(range(n % 4).map((day) => ({ day, by: `p${day}` }))),
  ]),
};

const measures: TestTable = {
  name: "measures",
  columns: [
    { name: "id", type: "integer" },
    { name: "lab", type: "text" },
    { name: "no", type: "integer" },
    { name: "value", type: "integer" },
  ],
  key: ["id"],
  rows: range(200).map((n) => {
    const of = n % 11 === 0 ? null : SAMPLES[(n * 13) % 60]!;
    return [String(n + 1), of?.lab ?? null, of?.no ?? null, String(n)];
  }),
};

const notes: TestTable = {
  name: "notes",
  columns: [
    { name: "id", type: "integer" },
    { name: "measure", type: "integer" },
    { name: "text", type: "text" },
  ],
  key: ["id"],
  rows: range(90).map((n) => [String(n + 1), String(((n * 7) % 200) + 1), `note ${n}`]),
};

const uploads: TestTable = {
  name: "uploads",
  columns: [
    { name: "id", type: "integer" },
    { name: "lab", type: "text" },
    { name: "no", type: "integer" },
    { name: "path", type: "text" },
  ],
  key: ["id"],
  rows: range(40).map((n) => [String(n + 1), SAMPLES[n]!.lab, SAMPLES[n]!.no, `u/${n + 1}.txt`]),
};

const codes: TestTable = {
  name: "codes",
  columns: [
    { name: "code", type: "text" },
    { name: "name", type: "text" },
  ],
  // Named by the configuration: some of them are the same to a collation of MariaDB.
  key: [],
  rows: ["a", "A", "01", "1", "é", "it's", "Ａ", "😀", "ﬀ", "x".repeat(300)].map((code) => [
    code,
    `name of ${code.slice(0, 9)}`,
  ]),
};

/** Keys of every kind, more of them than any database takes one by one. */
const many: TestTable = {
  name: "many",
  columns: [
    { name: "id", type: "integer" },
    { name: "name", type: "text" },
    { name: "ref", type: "uuid" },
    { name: "price", type: "decimal" },
    { name: "ratio", type: "float" },
    { name: "day", type: "date" },
    { name: "at", type: "instant" },
  ],
  key: ["id"],
  rows: range(400).map((n) => [
    String((n * 7919) % 100_003),
    `${'it\'s \\é "q" 日本'.slice(n % 10)} ${String(n).padStart(3, "0")}`,
    `00000000-0000-4000-8000-${String((n * 7919) % 100_003).padStart(12, "0")}`,
    `${n - 200}.25`,
    String((n - 200) / 8),
    new Date(Date.UTC(1990, 0, 1 + n)).toISOString().slice(0, 10),
    `${new Date(Date.UTC(1990, 0, 1 + n, 12)).toISOString().slice(0, 19)}Z`,
  ]),
};
const MANY_KEYS = [
  "id",
  "name",
  "ref",
  "price",
  "ratio",
  "day",
  "at",
  ["name", "id"],
  ["ref", "day", "id"],
  ["price", "id"],
];

const MINE = { $or: [{ owner: "$principal.email" }, { "$principal.role": "owner" }] };
const BY = ["lab", "no"];
const OBJECTS = {
  samples: {
    policy: MINE,
    lists: {
      measures: { object: "measures", by: BY },
      visits: { json: "visits", fields: { day: "integer", by: "text" } },
    },
    files: { uploads: { object: "uploads", by: BY, store: "store", path: "path" } },
  },
  measures: { lists: { notes: { object: "notes", by: "measure" } } },
  notes: {},
  // The measures once more, pointing at their samples by themselves.
  owned: {
    table: "measures",
    key: "id",
    references: { sample: { object: "samples", by: BY } },
  },
  uploads: {},
  codes: { key: "code" },
  ...Object.fromEntries(MANY_KEYS.map((key) => [`by_${String(key)}`, { table: "many", key }])),
  secret: {
    table: "samples",
    key: BY,
    fields: { lab: { deidentify: { below: "owner", rule: "hash" } } },
    policy: MINE,
  },
};

const anna: Principal = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null };
const CHOSEN = SAMPLES.filter(({ n }) => n % 5 < 3);
const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const keysOf = (its: typeof SAMPLES): string[] =>
  its
    .toSorted((a, b) => byCodePoint(a.lab, b.lab) || Number(a.no) - Number(b.no))
    .map(({ lab, no }) => keyText([lab, no]));

/** Declares the tests of an engine. */
export function batchesBehave(engine: TestEngine): void {
  describe(`${engine.name}: batches`, () => {
    const folder = mkdtempSync(join(tmpdir(), "waybill-batch-files-"));
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      for (const n of range(40)) {
        const file = join(folder, `u/${n + 1}.txt`);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `File ${n + 1}\n`.repeat(n + 1));
      }
      ({ url, drop } = await engine.make([samples, measures, notes, uploads, codes, many]));
      catalog = await configured(url, OBJECTS, { sources: { main: { url }, store: { url: `dir:${folder}` } } });
    });
    afterAll(async () => {
      await drop();
      rmSync(folder, { recursive: true });
    });

    const sees = (principal: Principal | null) => ({
      catalog,
      access: accessOf(principal, catalog),
      store: () => dirStore(folder),
    });
    const run = (
      request: Partial<ExportRequest>,
      container: Container,
      batch?: TestBatch,
      principal: Principal | null = null,
    ): Promise<Exported> =>
      exported(url, { object: "samples", format: "ndjson", ...request }, container, {
        ...sees(principal),
        ...(batch === undefined ? {} : { batch }),
      });
    /** What of an archive does not say how its records were chosen. */
    const contents = async ({ bytes }: Exported): Promise<[string, string][]> =>
      [...(await unpacked(bytes))]
        .filter(([name]) => !["README.txt", "datapackage.json"].includes(name))
        .map(([name, content]) => [name, content.toString("base64")]);
    const refusal = (asked: Promise<unknown>): Promise<unknown> =>
      asked.then(
        () => null,
        ({ code, message, hint, places }: WaybillError) => [code, places[0]?.pointer, message, hint],
      );

    const chosen = { chosen: true };
    const keys = keysOf(CHOSEN);

    it.each<[string, Partial<ExportRequest>, Container]>([
      ["a table", { format: "csv" }, "none"],
      ["a sheet", { format: "xlsx", paths: ["name"] }, "none"],
      ["nested lists", { include: ["measures", "lists.visits", "measures.notes"] }, "none"],
      ["lists as tables", { format: "csv", include: ["measures", "lists.visits", "measures.notes"] }, "zip"],
      ["lists as sheets", { format: "ods", include: ["measures"] }, "none"],
      ["files beside tables", { format: "csv", exportFiles: true, include: ["measures"] }, "zip"],
      ["files in a zip", { zipFiles: true, include: ["lists.visits"] }, "zip"],
      ["folders", { layout: "folders", exportFiles: true }, "zip"],
      ["files alone", { layout: "files" }, "zip"],
      ["a column of another object type", { paths: ["name", "measures.value"], format: "parquet" }, "zip"],
    ])("give the bytes of a filter, in parts and as a whole: %s", async (_, request, container) => {
      const byFilter = await run({ ...request, where: chosen }, container);
      for (const keysInPart of [5, 35, 36, 1000]) {
        const byKeys = await run(request, container, { keys, keysInPart });
        if (container === "zip") expect(await contents(byKeys)).toEqual(await contents(byFilter));
        else expect(byKeys.bytes.equals(byFilter.bytes)).toBe(true);
        expect(byKeys.facts.tables).toEqual(byFilter.facts.tables);
        expect(byKeys.facts.files).toBe(byFilter.facts.files);
        expect(byKeys.facts.problems).toEqual([]);
      }
    });

    it("come in any order, as groups and limited while they are one part, and a filter narrows them", async () => {
      const asked: Partial<ExportRequest>[] = [
        { order: ["-name"], include: ["measures"] },
        { order: ["name"], limit: 7, include: ["measures"] },
        { aggregate: { by: ["owner"], measures: { n: { count: "*" } } } },
      ];
      for (const request of asked) {
        const { text } = await run({ ...request, where: chosen }, "none");
        expect((await run(request, "none", { keys })).text).toBe(text);
      }
      const where = { owner: "bob@x.org" };
      const { text } = await run({ where: { $and: [where, chosen] } }, "none");
      expect((await run({ where }, "none", { keys, keysInPart: 4 })).text).toBe(text);
    });

    it("in parts, come in the order of their key in either direction, and in no other", async () => {
      const batch = { keys, keysInPart: 4 };
      const order = ["-lab", "-no"];
      const { text } = await run({ order, where: chosen, include: ["measures", "lists.visits"] }, "none");
      expect((await run({ order, include: ["measures", "lists.visits"] }, "none", batch)).text).toBe(text);
      const rising = (await run({ where: chosen }, "none")).text;
      for (const same of [["lab"], ["lab", "no", "name"]]) {
        expect((await run({ order: same }, "none", batch)).text).toBe(rising);
      }
      const smaller = (what: string) => `${what}, or take a smaller batch.`;
      const larger = (what: string) => `A batch of more than 4 records ${what}`;
      expect(await refusal(run({ order: ["name"] }, "none", batch))).toEqual([
        "batch-too-large",
        "/order",
        larger("comes in the order of its keys only."),
        smaller("Leave out the order"),
      ]);
      for (const other of [["-lab"], ["lab", "-no"], ["no"], ["no", "lab"]]) {
        const said = (await refusal(run({ order: other }, "none", batch))) as unknown[];
        expect(said.slice(0, 2)).toEqual(["batch-too-large", "/order"]);
      }
      expect(await refusal(run({ limit: 2 }, "none", batch))).toEqual([
        "batch-too-large",
        "/limit",
        larger("cannot be limited."),
        smaller("Leave out the limit"),
      ]);
      const aggregate = { measures: { n: { count: "*" } } };
      expect(await refusal(run({ aggregate }, "none", batch))).toEqual([
        "batch-too-large",
        "/aggregate",
        larger("cannot be grouped."),
        "Group its records by a filter, or take a smaller batch.",
      ]);
    });

    it("tell of records that have vanished: how many, and the first hundred", async () => {
      const gone = range(150).map((n) => keyText(["Z", String(n)]));
      const other = [keyText(["a", "0"]), keyText(["A", "00"]), "nonsense", `["A"]`, `["A","x"]`];
      for (const keysInPart of [7, 1000]) {
        const asked = { keys: [...other, ...keys, ...gone], keysInPart };
        const archive = await run({ format: "csv" }, "zip", asked);
        const problem = { code: "record-vanished", column: "samples", count: 155 };
        expect(archive.facts.problems).toEqual([{ ...problem, keys: [...other, ...gone.slice(0, 95)] }]);
        const files = await unpacked(archive.bytes);
        expect(files.get("samples.csv")!.toString()).toBe((await run({ format: "csv", where: chosen }, "none")).text);
        const manifest = JSON.parse(files.get("datapackage.json")!.toString()) as Record<string, unknown>;
        expect(manifest).toMatchObject({ problems: archive.facts.problems, provenance: { batch: "The batch" } });
        const readme = files.get("README.txt")!.toString();
        expect(readme).toMatch(/^ {2}Batch +The batch$/m);
        expect(readme).toContain(
          `  samples: 155 of the batch not there any more, or not for whoever the export was made for (record-vanished)\n    ["a","0"], `,
        );
        const file = join(folder, "a.zip");
        writeFileSync(file, archive.bytes);
        expect((await verify(file, new AbortController().signal)).findings).toEqual([]);
      }
    });

    it("hold what the principal may see: the others are told as if they were not there", async () => {
      const hers = CHOSEN.filter(({ n }) => n % 3 !== 0);
      const { text } = await run({ where: chosen, include: ["measures"] }, "none", undefined, anna);
      const { text: its, facts } = await run({ include: ["measures"] }, "none", { keys, keysInPart: 6 }, anna);
      expect(its).toBe(text);
      expect(facts.tables[0]!.rows).toBe(hers.length);
      const hidden = keysOf(CHOSEN.filter((sample) => !hers.includes(sample)));
      expect(facts.problems).toEqual([
        { code: "record-vanished", column: "samples", count: hidden.length, keys: hidden },
      ]);
    });

    it("tell no keys where they are de-identified", async () => {
      const { facts } = await run({ object: "secret" }, "none", { keys, keysInPart: 6 }, anna);
      expect(facts.problems).toEqual([{ code: "record-vanished", column: "secret", count: 12 }]);
      expect(facts.tables[0]!.rows).toBe(24);
    });

    it("take texts for what they are", async () => {
      const all = codes.rows.map(([code]) => code!);
      const { text } = await run({ object: "codes" }, "none");
      const batch = { keys: all.toSorted(byCodePoint), keysInPart: 3 };
      expect(await run({ object: "codes" }, "none", batch)).toMatchObject({ text, facts: { problems: [] } });
      const likes = { keys: ["É", "001", "a ", "😁"] };
      const { facts } = await run({ object: "codes" }, "none", likes);
      expect(facts.problems).toEqual([{ code: "record-vanished", column: "codes", count: 4, keys: likes.keys }]);
    });

    it.each(MANY_KEYS.map((key) => [`by_${String(key)}`, [key].flat()] as const))(
      "find hundreds of keys: %s",
      async (object, key) => {
        const asked = { object, format: "json-rows", paths: key };
        const all = JSON.parse((await run(asked, "none")).text) as (string | number)[][];
        // Decimals and floats as their canonical text, which JSON's own numbers are not.
        const columns = key.map((name) => many.columns.findIndex((column) => column.name === name));
        const texts = new Map(
          many.rows.map((row) => [rowName(columns.map((c) => row[c]!)), keyText(columns.map((c) => row[c]!))]),
        );
        const keysInOrder = all.slice(1).map((row) => texts.get(rowName(row))!);
        expect(new Set(keysInOrder).size).toBe(400);
        const compare = compareKeyParts(
          key.map((name) => many.columns.find((column) => column.name === name)!.type as FieldType),
        );
        const sorted = keysInOrder
          .map((text) => keyParts(text, key.length)!)
          .toSorted(compare)
          .map(keyText);
        expect(sorted).toEqual(keysInOrder);
        const some = keysInOrder.filter((_, n) => n % 3 > 0);
        const { text, facts } = await run(asked, "none", { keys: some, keysInPart: 150 });
        expect(facts.problems).toEqual([]);
        expect(JSON.parse(text)).toEqual(all.filter((_, n) => n === 0 || (n - 1) % 3 > 0));
      },
    );

    it("may have keys that are too long for one statement, which only their own order allows", async () => {
      const long = range(400).map((n) => `${String(n).padStart(3, "0")}${"x".repeat(10_000)}`);
      const batch = { keys: [...long, "a", "é"] };
      const { facts, text } = await run({ object: "codes", format: "csv", paths: ["code"] }, "none", batch);
      expect(text).toBe("code\na\né\n");
      expect(facts.problems).toMatchObject([{ code: "record-vanished", count: 400 }]);
      const order = ["-code"];
      expect((await run({ object: "codes", format: "csv", paths: ["code"], order }, "none", batch)).text).toBe(
        "code\né\na\n",
      );
      for (const asked of [{ order: ["name"] }, { limit: 1 }, { aggregate: { measures: { n: { count: "*" } } } }]) {
        const [code] = (await refusal(run({ object: "codes", ...asked }, "none", batch))) as unknown[];
        expect(code).toBe("batch-too-large");
      }
    });

    it("narrow the datasets of templates that are about their object type", async () => {
      const template = {
        kind: "export-template",
        name: "All",
        datasets: [
          dataset("samples", [{ field: "name" }], { name: "plain", fileName: "plain.csv" }),
          dataset("samples", [{ field: "no" }, { field: "lab", deidentify: "hash" }], {
            name: "some",
            fileName: "some.csv",
            where: { owner: "bob@x.org" },
          }),
        ],
      };
      const ghosts = [...keys, keyText(["Z", "1"])];
      for (const keysInPart of [5, 1000]) {
        const asked = { keys: ghosts, keysInPart };
        const plan = planned(template, catalog, { batch: askedBatch("samples", asked), exportFiles: true });
        const archive = await ran(plan, url, "zip", KEY, () => dirStore(folder), asked);
        // The template's key is a pseudonym, so that no key is told.
        expect(archive.facts.problems).toEqual([{ code: "record-vanished", column: "samples", count: 1 }]);
        const bobs = CHOSEN.filter(({ n }) => n % 3 === 0).length;
        expect(archive.facts.tables.map(({ rows }) => rows)).toEqual([36, bobs]);
        expect(archive.facts.files).toBe(CHOSEN.filter(({ n }) => n < 40).length);
      }
      const only = dataset("samples", [{ field: "name" }], { order: ["name"] });
      const parts = askedBatch("samples", { keys, keysInPart: 5 });
      const refused = (its: unknown, asked: object): unknown => {
        try {
          return planned(its, catalog, asked);
        } catch (error) {
          const { code, places } = error as WaybillError;
          return [code, places[0]?.pointer];
        }
      };
      expect(refused(only, { batch: parts })).toEqual(["batch-too-large", "/order"]);
      expect(refused({ ...template, datasets: [template.datasets[0], only] }, { batch: parts })).toEqual([
        "batch-too-large",
        "/datasets/1/order",
      ]);
      const last = { by: "owner", order: "no" };
      expect(refused({ ...only, order: undefined, last }, { batch: parts })).toEqual(["batch-too-large", "/last"]);
      expect(refused(dataset("codes", [{ field: "code" }]), { batch: parts })).toEqual([
        "not-with-template",
        undefined,
      ]);
    });

    it("bring along what is linked with them, by a list or a reference of either side, as a filter does", async () => {
      const template = {
        kind: "export-template",
        name: "Linked",
        datasets: [
          dataset("samples", [{ field: "name" }], { name: "samples" }),
          dataset("measures", [{ field: "id" }], { name: "measures", order: ["-id"] }),
          dataset("owned", [{ field: "sample.name" }, { field: "id" }], { name: "owned", where: { id: { $lt: 100 } } }),
        ],
      };
      const asked = { keys };
      const plan = planned(template, catalog, { batch: askedBatch("samples", asked) });
      const archive = await unpacked((await ran(plan, url, "zip", KEY, undefined, asked)).bytes);
      const where = planned(template, catalog, { object: "samples", where: chosen });
      const filtered = await unpacked((await ran(where, url, "zip", KEY)).bytes);
      const tables = ["samples.csv", "measures.csv", "owned.csv"];
      expect(tables.map((name) => archive.get(name)!.toString())).toEqual(
        tables.map((name) => filtered.get(name)!.toString()),
      );
      const chosenKeys = new Set(CHOSEN.map(({ lab, no }) => keyText([lab, no])));
      const its = measures.rows
        .filter((row) => chosenKeys.has(keyText([row[1]!, row[2]!])))
        .map((row) => Number(row[0]));
      expect(its.length).toBeGreaterThan(10);
      const column = archive.get("measures.csv")!.toString().trim().split("\n").slice(1).map(Number);
      expect(column).toEqual(its.toSorted((a, b) => b - a));
      // The statements of one part, too, may be linked with the same record.
      const long = { keys: [...keys, ...range(400).map((n) => keyText(["x".repeat(10_000), String(n)]))] };
      const tooLong = planned(template, catalog, { batch: askedBatch("samples", long) });
      expect((await refusal(ran(tooLong, url, "zip", KEY, undefined, long))) as unknown[]).toContain("batch-too-large");
      // So may several parts, and what is linked with nothing is of no batch.
      const wrong = (batch: TestBatch, object: string): unknown => {
        const datasets = [template.datasets[0], dataset(object, [{ field: object === "codes" ? "code" : "id" }])];
        try {
          return planned({ ...template, datasets }, catalog, { batch: askedBatch("samples", batch) });
        } catch (error) {
          const { code, message } = error as WaybillError;
          return [code, message];
        }
      };
      expect(wrong({ keys, keysInPart: 5 }, "measures")).toEqual([
        "batch-too-large",
        "A batch of more than 5 records does not tell which records of measures are linked with them.",
      ]);
      expect(wrong({ keys }, "codes")).toEqual([
        "not-linked",
        "The template also has codes, which is not linked with samples.",
      ]);
    });

    it("end with an error where keys have gone, or nobody has them", async () => {
      const plan = planned(dataset("codes", [{ field: "code" }]), catalog, {
        batch: askedBatch("codes", { keys: ["a", "A", "é"] }),
      });
      expect(await refusal(ran(plan, url, "none", null, undefined, { keys: ["a"] }))).toEqual([
        "batch-gone",
        undefined,
        "The batch has been deleted since the export was ordered.",
        "Make the batch anew, and order the export again.",
      ]);
      await expect(ran(plan, url)).rejects.toThrow("nobody has the keys of the batch");
    });
  });
}

/** A number is the same whichever way it is written. */
function rowName(row: readonly (string | number)[]): string {
  return JSON.stringify(row.map((value) => (Number.isNaN(Number(value)) ? value : Number(value))));
}

const KEY = new Uint8Array(32).fill(7);
