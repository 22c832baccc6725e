// What the configuration makes of tables: typed keys of JSON, labels of codes, arrays inside of JSON, queries, realms.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { accessOf } from "../../src/plan/access.ts";
import { dataOf } from "../../src/plan/plan.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { Principal } from "../../src/plan/principal.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { configured } from "../setup/configured.ts";
import { exported } from "../setup/export.ts";
import { pseudonym } from "../setup/pseudonyms.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const samples: TestTable = {
  name: "samples",
  columns: [
    { name: "id", type: "integer" },
    { name: "status", type: "integer" },
    { name: "metadata", type: "json" },
    { name: "visits", type: "json" },
    { name: "collected", type: "date" },
    { name: "seen", type: "instant" },
    { name: "patient", type: "text" },
  ],
  key: ["id"],
  rows: [
    [
      "1",
      "1",
      `{"depth":5,"on":"2024-05-01","site":{"name":"Tourbière"},"ok":true,"at":"2024-05-01T10:00:00+02:00"}`,
      `[{"day":"2024-01-02","weight":1.50,"tags":["a"]},{"day":"soon","weight":"heavy"},7,null]`,
      "2023-12-31",
      "2023-12-31T23:30:00Z",
      "P-1",
    ],
    ["2", "2", `{"depth":"deep","on":"2024-06-01","ok":false}`, null, "2024-02-29", "2024-02-29T12:00:00Z", "P-2"],
    ["3", "9", null, "[]", "2024-12-31", "2024-12-31T22:59:59.999Z", null],
    ["4", null, `{"depth":-2.5}`, `{"no":"array"}`, null, null, "P-4"],
    ["5", "1", `{"depth":12,"site":{}}`, `[{"day":"2024-02-01"}]`, "2025-01-01", "2024-12-31T23:00:00Z", "P-5"],
  ],
};

const OBJECTS = {
  samples: {
    label: { en: "Samples", fr: "Échantillons" },
    fields: {
      status: { labels: { 1: { en: "Fresh", fr: "Frais" }, 2: "Frozen" } },
      metadata: {
        keys: {
          depth: "decimal",
          on: { type: "date", label: "On" },
          ok: "boolean",
          "site.name": "text",
          at: "instant",
        },
      },
    },
    lists: { visits: { json: "visits", fields: { day: "date", weight: "decimal", tags: "json" } } },
    range: { field: "seen", max: "P1Y" },
  },
  days: {
    table: "samples",
    key: "id",
    fields: { patient: { hidden: true } },
    range: { field: "collected", max: "P10Y" },
  },
  secret: {
    table: "samples",
    key: "id",
    fields: {
      patient: { deidentify: "hash" },
      metadata: { keys: { depth: "decimal", ok: { type: "boolean", deidentify: { below: "owner", rule: "drop" } } } },
    },
    lists: { visits: { json: "visits", fields: { day: "date", weight: { type: "decimal", hidden: true } } } },
  },
  people: { table: "samples", key: "patient", lists: { records: { object: "linked", by: "patient" } } },
  linked: {
    table: "samples",
    key: "patient",
    fields: { patient: { deidentify: { below: "owner", rule: "hash" } }, metadata: { hidden: true } },
    references: { person: { object: "people", by: "patient" } },
    lists: { visits: { json: "visits", fields: { day: "date" } } },
  },
  fresh: {
    query: "SELECT id, patient AS who, status FROM samples WHERE status = 1; ",
    key: "id",
    references: { sample: { object: "samples", by: "id" } },
  },
};

const anna: Principal = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null };

/** Declares the tests of an engine. */
export function configurationBehaves(engine: TestEngine): void {
  describe(`${engine.name}: configuration`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      ({ url, drop } = await engine.make([samples]));
      catalog = await configured(url, OBJECTS, { timeZone: "Europe/Paris" }, "fr");
    });
    afterAll(() => drop());

    const text = async (
      asked: Omit<ExportRequest, "format"> & { format?: string },
      principal: Principal | null = null,
    ): Promise<string> => {
      const access = accessOf(principal, catalog);
      const request = { format: "csv", ...asked };
      return (await exported(url, request, "none", { catalog, access })).text;
    };
    const message = (asked: ExportRequest | Omit<ExportRequest, "format">, principal?: Principal): Promise<unknown> =>
      text(asked, principal).then(
        () => null,
        (error: unknown) => (error as Error).message,
      );

    it("shows keys of JSON as fields of their types", async () => {
      expect(await text({ object: "samples" })).toBe(
        [
          "id,status,metadata.depth,metadata.on,metadata.ok,metadata.site.name,metadata.at,collected,seen,patient",
          "1,1,5,2024-05-01,true,Tourbière,2024-05-01T10:00:00+02:00,2023-12-31,2024-01-01T00:30:00+01:00,P-1",
          "2,2,deep,2024-06-01,false,,,2024-02-29,2024-02-29T13:00:00+01:00,P-2",
          "3,9,,,,,,2024-12-31,2024-12-31T23:59:59.999+01:00,",
          "4,,-2.5,,,,,,,P-4",
          "5,1,12,,,,,2025-01-01,2025-01-01T00:00:00+01:00,P-5",
          "",
        ].join("\n"),
      );
    });

    it("nests them in nested formats, beside the whole when that is asked for", async () => {
      const lines = (
        await text({ object: "samples", format: "ndjson", paths: ["metadata.depth", "metadata.site.name"] })
      )
        .trim()
        .split("\n");
      expect(lines[0]).toBe(`{"metadata":{"depth":5,"site":{"name":"Tourbière"}}}`);
      expect(lines[1]).toBe(`{"metadata":{"depth":"deep","site":{"name":null}}}`);
      const whole = await text({ object: "samples", paths: ["metadata"], where: { id: 4 }, format: "ndjson" });
      expect(whole).toBe(`{"metadata":{"depth":-2.5}}\n`);
    });

    it.each<[object, string]>([
      [{ "metadata.depth": { $gt: 3 } }, "1 5"],
      [{ "metadata.depth": { $in: ["-2.5", 12] } }, "4 5"],
      [{ "metadata.depth": { $ne: 5 } }, "2 3 4 5"],
      [{ "metadata.depth": null }, "3"],
      [{ "metadata.on": { $gte: "2024-05-02" } }, "2"],
      [{ "metadata.ok": false }, "2"],
      [{ "metadata.site.name": { $startsWith: "Tour" } }, "1"],
      [{ visits: { $elemMatch: { day: { $lt: "2024-01-31" } } } }, "1"],
      [{ visits: { $elemMatch: { weight: { $gt: 1 } } } }, "1"],
      [{ visits: { $elemMatch: { position: 4 } } }, "1"],
      [{ visits: { $elemMatch: { tags: { $size: 1 } } } }, "1"],
      [{ visits: { $size: 0 } }, "2 3 4"],
      [{ "lists.visits": { $exists: true } }, "1 5"],
    ])("asks about them: %j", async (where, ids) => {
      expect(await text({ object: "samples", where, paths: ["id"] })).toBe(`id\n${ids.replaceAll(" ", "\n")}\n`);
    });

    it.each([
      [{ "metadata.depth": "deep" }, /"deep" does not fit/],
      [{ "metadata.on": "2024" }, /"2024" does not fit/],
      [{ "metadata.ok": { $gt: false } }, /does not suit a field that is boolean/],
      [{ "metadata.depth": { $contains: "5" } }, /does not suit a field that is decimal/],
      [{ "status.label": "Frais" }, /shows the labels of "status"/],
      [{ visits: 3 }, /is a list/],
    ])("refuses what does not suit them: %j", async (where, expected) => {
      expect(await message({ object: "samples", where })).toMatch(expected);
    });

    it("orders and groups by them", async () => {
      const paths = ["id", "metadata.depth"];
      expect(await text({ object: "samples", order: ["-metadata.depth"], paths })).toBe(
        "id,metadata.depth\n3,\n2,deep\n5,12\n1,5\n4,-2.5\n",
      );
      const aggregate = {
        by: ["metadata.ok", "status.label"],
        measures: { n: { count: "*" }, d: { sum: "metadata.depth" } },
      };
      expect(await text({ object: "samples", aggregate })).toBe(
        "metadata.ok,status.label,n,d\nfalse,Frozen,1,\ntrue,Frais,1,5\n,Frais,1,12\n,9,1,\n,,1,-2.5\n",
      );
    });

    it("shows codes, labels in the reader's language, or both", async () => {
      expect(await text({ object: "samples", paths: ["status", "status.label"] })).toBe(
        "status,status.label\n1,Frais\n2,Frozen\n9,9\n,\n1,Frais\n",
      );
      expect(await text({ object: "samples", paths: ["status.label"], format: "ndjson", limit: 1 })).toBe(
        `{"status.label":"Frais"}\n`,
      );
    });

    it("nests arrays of documents as lists", async () => {
      expect(await text({ object: "samples", paths: ["id", "visits"], format: "ndjson" })).toBe(
        [
          `{"id":1,"visits":[{"position":1,"day":"2024-01-02","weight":1.50,"tags":["a"]},{"position":2,"day":"soon","weight":"heavy","tags":null},{"position":3,"day":null,"weight":null,"tags":null},{"position":4,"day":null,"weight":null,"tags":null}]}`,
          `{"id":2,"visits":[]}`,
          `{"id":3,"visits":[]}`,
          `{"id":4,"visits":[]}`,
          `{"id":5,"visits":[{"position":1,"day":"2024-02-01","weight":null,"tags":null}]}`,
          "",
        ].join("\n"),
      );
      const some = { object: "samples", where: { status: 1 }, order: ["-id"], paths: ["id", "lists.visits.value"] };
      expect(await text({ ...some, format: "ndjson" })).toBe(
        `{"id":5,"visits":[{"value":{"day":"2024-02-01"}}]}\n` +
          `{"id":1,"visits":[{"value":{"day":"2024-01-02","weight":1.50,"tags":["a"]}},{"value":{"day":"soon","weight":"heavy"}},{"value":7},{"value":null}]}\n`,
      );
    });

    it("makes them tables of their own in tabular formats", async () => {
      const request = { object: "samples", format: "xlsx", paths: ["id", "visits.position", "visits.weight"] };
      const { facts } = await exported(url, request, "none", { catalog });
      expect(facts.tables).toEqual([
        { name: "samples", rows: 5 },
        { name: "samples.visits", rows: 5 },
      ]);
    });

    it("takes a realm's days in the org's time zone, both included, and no longer range than it allows", async () => {
      const ids = async (object: string, from: string, to: string): Promise<string> =>
        (await text({ object, from, to, paths: ["id"] })).split("\n").slice(1, -1).join(" ");
      expect(await ids("samples", "2024-01-01", "2024-12-31")).toBe("1 2 3");
      expect(await ids("days", "2024-01-01", "2024-12-31")).toBe("2 3");
      expect(await ids("days", "2023-12-31", "2023-12-31")).toBe("1");
      expect(await message({ object: "samples", from: "2024-01-01", to: "2025-01-01" })).toMatch(/longer than/);
      expect(await message({ object: "samples", from: "2024-02-30", to: "2024-03-01" })).toMatch(/is no date/);
      expect(await message({ object: "samples", from: "2024-03-01" })).toMatch(/last day of the range is missing/);
      expect(await message({ object: "samples", from: "2024-03-01", to: "2024-02-01" })).toMatch(/before it begins/);
      expect(await message({ object: "fresh", from: "2024-03-01", to: "2024-04-01" })).toMatch(/is no realm/);
    });

    it("offers the records of queries, with what they point at", async () => {
      expect(await text({ object: "fresh", paths: ["id", "who", "sample.collected"], order: ["-id"] })).toBe(
        "id,who,sample.collected\n5,P-5,2025-01-01\n1,P-1,2023-12-31\n",
      );
      expect(await text({ object: "fresh", where: { "sample.metadata.depth": { $gt: 10 } } })).toBe(
        "id,who,status\n5,P-5,1\n",
      );
    });

    it("keeps hidden fields from everybody, and withheld ones in every way of asking", async () => {
      expect((await text({ object: "days" })).split("\n")[0]).toBe("id,status,metadata,visits,collected,seen");
      expect(await message({ object: "days", paths: ["patient"] })).toMatch(/has no field "patient"/);
      const ways: readonly Omit<ExportRequest, "format" | "object">[] = [
        { where: { patient: "P-1" } },
        { order: ["patient"] },
        { aggregate: { by: ["patient"] } },
        { paths: ["metadata"] },
        { paths: ["metadata.other"], where: { "metadata.ok": true } },
        { where: { metadata: { $exists: true } } },
        { where: { "metadata.ok": { $exists: true } } },
        { order: ["metadata.ok"] },
        { aggregate: { by: ["metadata.ok"] } },
      ];
      for (const way of ways) expect(await message({ object: "secret", ...way }, anna)).toMatch(/may not be read/);
      const [header] = (await text({ object: "secret" }, anna)).split("\n");
      expect(header).toBe("id,status,metadata.depth,collected,seen,patient (deidentified)");
      const shown = await text({ object: "secret", paths: ["id", "patient"] }, anna);
      expect(shown).toBe(
        `id,patient (deidentified)\n1,${pseudonym("P-1")}\n2,${pseudonym("P-2")}\n3,\n4,${pseudonym("P-4")}\n5,${pseudonym("P-5")}\n`,
      );
      expect(await text({ object: "secret", paths: ["id", "metadata.ok"], limit: 1 }, { ...anna, role: "owner" })).toBe(
        "id,metadata.ok\n1,true\n",
      );
      expect(await message({ object: "secret", where: { visits: { $elemMatch: { weight: 1 } } } }, anna)).toMatch(
        /has no field "weight"/,
      );
      expect(await message({ object: "secret", paths: ["lists.visits.value"] }, anna)).toMatch(/has no field "value"/);
    });

    it("follows no link by a withheld field, and tells nothing by its order", async () => {
      const ways: readonly [string, Omit<ExportRequest, "format" | "object">][] = [
        ["linked", { paths: ["person.id"] }],
        ["linked", { expand: ["person"] }],
        ["linked", { where: { "person.id": 1 } }],
        ["linked", { where: { person: "P-1" } }],
        ["linked", { order: ["person.id"] }],
        ["linked", { aggregate: { by: ["person.id"] } }],
        ["people", { include: ["records"] }],
        ["people", { where: { records: { $size: 1 } } }],
        ["people", { where: { records: { $elemMatch: { id: 1 } } } }],
      ];
      for (const [object, way] of ways) {
        expect(await message({ object, ...way }, anna)).toMatch(/may not be (?:followed|read)/);
        expect(await message({ object, format: "ndjson", ...way }, { ...anna, role: "owner" })).toBeNull();
      }
      const [dataset] = dataOf(
        planExport({ object: "linked", format: "csv" }, catalog, formatNamed("csv"), accessOf(anna, catalog)),
      );
      const { select } = dataset!.tables[0];
      const order = select.order.map(({ by }) => (by.kind === "column" ? by.column : by.kind));
      expect(order).toEqual(["id", "status", "collected", "seen", "patient"]);
      const nested = await text({ object: "linked", format: "ndjson", paths: ["id", "visits.day"] }, anna);
      expect(nested.split("\n")[0]).toBe(
        `{"id":1,"visits":[{"day":"2024-01-02"},{"day":"soon"},{"day":null},{"day":null}]}`,
      );
    });

    it("does not tell the values of filters on de-identified fields", () => {
      const owner = accessOf({ ...anna, role: "owner" }, catalog);
      const told = (object: string, where: unknown): unknown =>
        planExport({ object, format: "csv", where }, catalog, formatNamed("csv"), owner).asked.where;
      expect(
        told("secret", { id: 1, $or: [{ "metadata.ok": true }, { $not: { "metadata.ok": { $in: [true] } } }] }),
      ).toEqual({ id: 1, $or: [{ "metadata.ok": "(left out)" }, { $not: { "metadata.ok": "(left out)" } }] });
      expect(told("secret", { metadata: { $exists: true }, "metadata.depth": 5 })).toEqual({
        metadata: "(left out)",
        "metadata.depth": 5,
      });
      const visits = { visits: { $elemMatch: { day: "2024-01-02" } } };
      expect(told("samples", visits)).toEqual(visits);
    });

    it("reaches what is inside of records only through them", async () => {
      expect(await message({ object: "samples.visits" })).toMatch(/no object type "samples.visits"/);
    });
  });
}
