// Templates over linked object types: the newest of each, lists, a selection carried over, and what de-identification
// closes along the way.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { accessOf } from "../../src/plan/access.ts";
import { dataOf } from "../../src/plan/plan.ts";
import type { Principal } from "../../src/plan/principal.ts";
import { unpacked } from "../archives/archive.ts";
import { configured } from "../setup/configured.ts";
import { pseudonym } from "../setup/pseudonyms.ts";
import { type Asking, dataset, planned, templated } from "../setup/templated.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const people: TestTable = {
  name: "people",
  columns: [
    { name: "id", type: "text" },
    { name: "name", type: "text" },
  ],
  key: ["id"],
  rows: [
    ["P-1", "Ada"],
    ["P-2", "Grace"],
    ["P-3", "Edsger"],
  ],
};

const samples: TestTable = {
  name: "samples",
  columns: [
    { name: "id", type: "integer" },
    { name: "person_id", type: "text" },
    { name: "site", type: "integer" },
    { name: "day", type: "date" },
    { name: "metadata", type: "json" },
    { name: "visits", type: "json" },
  ],
  key: ["id"],
  references: [{ columns: ["person_id"], table: "people", to: ["id"] }],
  rows: [
    ["1", "P-1", "1", "2024-01-01", `{"who":"P-1","n":5}`, `[{"by":"P-1"},{"by":"P-2"}]`],
    ["2", "P-1", "1", "2024-03-01", `{"who":"P-1","n":10}`, `[]`],
    ["3", "P-1", "2", "2024-03-01", `{"who":"P-1","n":9}`, null],
    ["4", "P-2", "1", null, `{"who":"P-2"}`, `[{"by":"P-3"}]`],
    ["5", "P-2", null, "2023-01-01", null, null],
    ["6", null, null, "2020-01-01", `{"n":1}`, null],
    ["7", null, null, null, null, null],
    ["8", null, "3", "2019-01-01", null, null],
  ],
};

const measures: TestTable = {
  name: "measures",
  columns: [
    { name: "sample_id", type: "integer" },
    { name: "number", type: "integer" },
    { name: "value", type: "decimal" },
    { name: "person_id", type: "text" },
  ],
  key: ["sample_id", "number"],
  references: [{ columns: ["sample_id"], table: "samples", to: ["id"] }],
  rows: [
    ["1", "1", "1.50", "P-1"],
    ["1", "2", "2.50", "P-2"],
    ["4", "1", null, "P-2"],
    ["8", "1", "7.00", null],
  ],
};

const OBJECTS = {
  people: { lists: { samples: { object: "samples", by: "person_id" } } },
  samples: {
    references: { person: { object: "people", by: "person_id" } },
    lists: { measures: { object: "measures", by: "sample_id" }, stays: { json: "visits", fields: { by: "text" } } },
  },
  measures: { references: { sample: { object: "samples", by: "sample_id" } } },
  closed: {
    table: "samples",
    key: "id",
    fields: { person_id: { deidentify: { below: "owner", rule: "hash" } } },
    references: { person: { object: "people", by: "person_id" } },
    policy: { site: { $ne: 2 } },
  },
};

const anna: Principal = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null };
const HASH = { deidentify: "hash" };

/** Declares the tests of an engine. */
export function templateLinksBehave(engine: TestEngine): void {
  describe(`${engine.name}: templates over links`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      ({ url, drop } = await engine.make([people, samples, measures]));
      catalog = await configured(url, OBJECTS);
    });
    afterAll(() => drop());
    const run = (template: object, asking: Asking = {}): ReturnType<typeof templated> =>
      templated(url, template, { catalog, ...asking });
    const files = async (datasets: readonly object[], asking: Asking = {}): Promise<Record<string, string>> => {
      const { bytes } = await run({ kind: "export-template", name: "T", datasets }, { container: "zip", ...asking });
      return Object.fromEntries([...(await unpacked(bytes))].map(([name, content]) => [name, content.toString()]));
    };
    const refusal = (template: object, asking: Asking = {}): unknown => {
      try {
        planned(template, catalog, asking);
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    };
    const lines = (text: string): string[] => text.trimEnd().split("\n").slice(1);
    const ids = async (last: object, more: object = {}): Promise<string> =>
      lines((await run(dataset("samples", [{ field: "id" }], { last, ...more }))).text).join(" ");

    it("keeps the newest of each: ties by the key, missing values never the newest, nobody's as one", async () => {
      expect(await ids({ by: "person_id", order: "day" })).toBe("3 5 6");
      expect(await ids({ by: ["person_id"], order: ["-day"] })).toBe("1 5 8");
      expect(await ids({ by: ["person_id", "site"], order: ["day"] })).toBe("2 3 4 5 6 8");
      expect(await ids({ by: "person.name", order: "-id" })).toBe("1 4 6");
      expect(await ids({ by: "person_id", order: "metadata.n" })).toBe("2 5 6");
      expect(await ids({ by: "metadata.who", order: "day" })).toBe("3 4 5");
      expect(await ids({ by: "person_id", order: "day" }, { order: ["-day", "id"] })).toBe("3 5 6");
      expect(await ids({ by: "person_id", order: "day" }, { order: ["day"] })).toBe("6 5 3");
      expect(await ids({ by: "person_id", order: "day" }, { where: { site: 1 } })).toBe("2 4");
      const limited = dataset("samples", [{ field: "id" }], { last: { by: "person_id", order: "day" } });
      expect(lines((await run(limited, { limit: 2 })).text)).toEqual(["3", "5"]);
    });

    it("nests lists in formats that nest, with columns of their own", async () => {
      const lists = [
        {
          list: "samples",
          columns: [
            { field: "id", name: "nr" },
            { field: "day", date: "dd/MM/yyyy", default: "1999-12-31" },
          ],
          lists: [
            {
              list: "measures",
              columns: [
                { field: "value", name: "v", default: 0 },
                { value: "cm", name: "unit" },
              ],
            },
          ],
        },
      ];
      const { text } = await run(
        dataset("people", [{ field: "name", name: "who" }], { format: "ndjson", lists, where: { id: { $ne: "P-1" } } }),
      );
      expect(text).toBe(
        `{"who":"Grace","samples":[{"nr":4,"day":"31/12/1999","measures":[{"v":0,"unit":"cm"}]},{"nr":5,"day":"01/01/2023","measures":[]}]}\n` +
          `{"who":"Edsger","samples":[]}\n`,
      );
    });

    it("makes lists tables of their own, whose hashed keys still join", async () => {
      const lists = [{ list: "measures", columns: [{ field: "value" }, { field: "sample_id" }] }];
      const columns = [{ field: "id", name: "Sample", ...HASH }, { field: "day" }];
      const found = await files([{ name: "S", object: "samples", format: "csv", columns, lists }]);
      const parents = lines(found["samples.csv"]!).map((line) => line.split(",")[0]!);
      expect(parents.toSorted()).toEqual(
        range(8)
          .map((n) => pseudonym(String(n)))
          .toSorted(),
      );
      const [header, ...rows] = found["samples.measures.csv"]!.trimEnd()
        .split("\n")
        .map((line) => line.split(","));
      expect(header).toEqual(["samples.id (deidentified)", "value", "sample_id (deidentified)"]);
      expect(rows.map(([key, value]) => `${key} ${value}`).toSorted()).toEqual(
        [
          ["1", "1.50"],
          ["1", "2.50"],
          ["4", ""],
          ["8", "7.00"],
        ]
          .map(([id, value]) => `${pseudonym(id!)} ${value}`)
          .toSorted(),
      );
      for (const [key, , own] of rows) expect(own).toBe(key);
      const { resources } = JSON.parse(found["datapackage.json"]!) as {
        resources: { schema: { primaryKey?: unknown; foreignKeys?: unknown } }[];
      };
      expect(resources[0]!.schema.primaryKey).toEqual(["Sample (deidentified)"]);
      expect(resources[1]!.schema.foreignKeys).toEqual([
        {
          fields: ["samples.id (deidentified)"],
          reference: { resource: "samples", fields: ["Sample (deidentified)"] },
        },
      ]);
    });

    it("refuses a list as a table where the parent's key is left out, and nests it", async () => {
      const columns = [{ field: "id", deidentify: "drop" }, { field: "site" }];
      const stays = { lists: [{ list: "stays", columns: [{ field: "by" }] }], where: { id: 1 } };
      expect(refusal(dataset("samples", columns, stays))).toMatch(
        /stays cannot be a table of its own.*"id" of samples/,
      );
      expect((await run(dataset("samples", columns, { ...stays, format: "ndjson" }))).text).toBe(
        `{"id":null,"site":1,"stays":[{"by":"P-1"},{"by":"P-2"}]}\n`,
      );
      const measured = { lists: [{ list: "measures", columns: [{ field: "value" }] }], format: "ndjson" };
      expect(refusal(dataset("samples", columns, measured))).toMatch(/may not be followed.*"sample_id" of measures/);
    });

    it("carries a choice of records over to what is linked with them", async () => {
      const of = (object: string, field: string): object => ({
        name: object,
        object,
        format: "csv",
        columns: [{ field }],
      });
      const three = [of("samples", "id"), of("measures", "value"), of("people", "name")];
      const found = await files(three, { where: { site: 1, day: { $ne: "2024-03-01" } } });
      expect(lines(found["samples.csv"]!)).toEqual(["1", "4"]);
      expect(lines(found["measures.csv"]!)).toEqual(["1.50", "2.50", '""']);
      expect(lines(found["people.csv"]!)).toEqual(["Ada", "Grace"]);
      const negated = await files(three, { where: { $nor: [{ person: { $exists: true } }] } });
      expect(lines(negated["samples.csv"]!)).toEqual(["6", "7", "8"]);
      expect(lines(negated["measures.csv"]!)).toEqual(["7.00"]);
      expect(lines(negated["people.csv"]!)).toEqual([]);
      expect(
        refusal(
          { kind: "export-template", name: "T", datasets: [of("people", "id"), of("measures", "value")] },
          { where: { id: "P-1" } },
        ),
      ).toMatch(/also has measures, which is not linked with people/);
    });

    it("carries nothing over along links that the principal may not follow, and keeps policies", async () => {
      const datasets = ["people", "closed"].map((object) => ({
        name: object,
        object,
        format: "csv",
        columns: [{ field: "id" }],
      }));
      const template = { kind: "export-template", name: "T", datasets };
      expect(refusal(template, { where: { id: "P-1" }, access: accessOf(anna, catalog) })).toMatch(/not linked/);
      const owner = accessOf({ ...anna, role: "owner" }, catalog);
      const found = await files(datasets, { where: { id: "P-1" }, access: owner });
      expect(lines(found["closed.csv"]!)).toEqual(["1", "2"]);
    });

    it("de-identifies the same field wherever else the export shows it, and what points at it", async () => {
      const found = await files([
        { name: "A", object: "people", format: "csv", columns: [{ field: "id", ...HASH }, { field: "name" }] },
        {
          name: "B",
          object: "samples",
          format: "csv",
          columns: [{ field: "id" }, { field: "person_id" }, { field: "person.name" }, { field: "person.id" }],
        },
        {
          name: "C",
          object: "people",
          format: "ndjson",
          columns: [{ field: "id" }],
          lists: [{ list: "samples", columns: [{ field: "person_id" }] }],
        },
      ]);
      expect(found["people.csv"]).toContain(`${pseudonym("P-1")},Ada\n`);
      expect(found["samples.csv"]).toContain(`1,${pseudonym("P-1")},Ada,${pseudonym("P-1")}\n`);
      expect(found["people.ndjson"]).toContain(
        `{"id":"${pseudonym("P-2")}","samples":[{"person_id":"${pseudonym("P-2")}"}`,
      );
      for (const text of Object.values(found)) expect(text).not.toMatch(/P-\d/);
    });

    it.each<[string, readonly object[], object]>([
      ["order", [{ field: "person_id", ...HASH }], { order: ["person_id"] }],
      ["order through a reference", [{ field: "person_id", ...HASH }], { order: ["person.name"] }],
      ["last.by", [{ field: "person_id", ...HASH }], { last: { by: "person_id", order: "id" } }],
      ["last.order", [{ field: "day", ...HASH }], { last: { by: "id", order: "day" } }],
      ["a reference", [{ field: "person_id", ...HASH }, { field: "person.name" }], {}],
      ["the JSON around", [{ field: "metadata.who", ...HASH }, { field: "metadata" }], {}],
      ["order by a key of it", [{ field: "metadata", ...HASH }], { order: ["metadata.who"] }],
      [
        "the JSON around a list",
        [{ field: "visits" }],
        { lists: [{ list: "stays", columns: [{ field: "by", ...HASH }] }] },
      ],
      [
        "a path into a list's JSON",
        [{ field: "visits.0.by" }],
        { lists: [{ list: "stays", columns: [{ field: "by", ...HASH }] }] },
      ],
      [
        "an item as a whole",
        [{ field: "id" }],
        { lists: [{ list: "stays", columns: [{ field: "by", ...HASH }, { field: "value" }] }] },
      ],
    ])("refuses %s of what a template de-identifies", (_, columns, more) => {
      expect(refusal(dataset("samples", columns, { format: "ndjson", ...more }))).toMatch(
        /may not be (?:read|followed).*de-identified/,
      );
    });

    it("de-identifies parts of JSON with the whole, and lists of it", async () => {
      const columns = [{ field: "metadata", ...HASH }, { field: "metadata.who" }, { field: "visits", ...HASH }];
      const { text } = await run(
        dataset("samples", columns, {
          format: "ndjson",
          where: { id: 1 },
          lists: [{ list: "stays", columns: [{ field: "by" }] }],
        }),
      );
      const record = JSON.parse(text) as Record<string, unknown>;
      expect(record["metadata.who"]).toBe(pseudonym("P-1"));
      expect(record["stays"]).toEqual([{ by: pseudonym("P-1") }, { by: pseudonym("P-2") }]);
      expect(text).not.toMatch(/P-\d/);
    });

    it("does not show originals by the default order", async () => {
      const { plan } = await run(
        dataset("samples", [{ field: "id", ...HASH }, { field: "day", ...HASH }, { field: "site" }]),
      );
      const { tables } = dataOf(plan)[0]!;
      expect(tables[0].select.order.map(({ by }) => (by.kind === "column" ? by.column : by.kind))).toEqual([
        "person_id",
        "site",
        "metadata",
        "visits",
        "id",
      ]);
    });

    it("lets a filter name what is de-identified, and does not tell its values", async () => {
      const columns = [{ field: "id" }, { field: "person_id", ...HASH }];
      const found = await files(
        [{ name: "S", object: "samples", format: "csv", columns, where: { "person.name": "Ada", person_id: "P-1" } }],
        {
          where: { person_id: { $in: ["P-1"] }, day: { $gte: "2024-02-01" } },
        },
      );
      expect(lines(found["samples.csv"]!).map((line) => line.split(",")[0])).toEqual(["2", "3"]);
      expect(found["datapackage.json"]).toMatch(/"person_id": "\(left out\)"/);
      for (const text of Object.values(found)) expect(text).not.toMatch(/P-1/);
    });

    it("puts the configuration's rule before a template's, but for drop", async () => {
      const access = accessOf(anna, catalog);
      const show = async (deidentify: unknown): Promise<string> =>
        lines(
          (await run(dataset("closed", [{ field: "person_id", deidentify }], { where: { id: 1 } }), { access })).text,
        )[0]!;
      expect(await show({ rule: "truncate", length: 100 })).toBe(pseudonym("P-1"));
      expect(await show(null)).toBe(pseudonym("P-1"));
      expect(await show("drop")).toBe('""');
      const owner = { access: accessOf({ ...anna, role: "owner" }, catalog) };
      const own = dataset("closed", [{ field: "person_id", deidentify: { rule: "truncate", length: 1 } }], {
        where: { id: 1 },
      });
      expect(lines((await run(own, owner)).text)).toEqual(["P"]);
    });
  });
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}
