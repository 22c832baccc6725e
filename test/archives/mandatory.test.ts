// Mandatory columns: what is missing is counted to the end and named, whatever the format and container.
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import type { Container } from "../../src/engine/run.ts";
import { formats } from "../../src/formats/index.ts";
import type { WaybillError } from "../../src/lib/errors.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { Principal } from "../../src/plan/principal.ts";
import { configured } from "../setup/configured.ts";
import { type Asking, dataset, templated } from "../setup/templated.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-mandatory-"));
const url = `sqlite:${join(folder, "test.db")}`;
const anna: Principal = { email: "anna@x.org", id: null, role: "analyst", attributes: {}, namespaces: null };
let catalog: Catalog = { objects: new Map() };

/** Every third sample lacks a name, every fifth one a depth, and more than a batch holds of them there are. */
const SAMPLES = 30_000;

beforeAll(async () => {
  using database = new DatabaseSync(join(folder, "test.db"));
  database.exec(`
    CREATE TABLE samples (id INTEGER PRIMARY KEY, name TEXT, depth DECIMAL TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${SAMPLES})
    INSERT INTO samples SELECT i, CASE i % 3 WHEN 0 THEN CASE i % 2 WHEN 0 THEN '' END ELSE 'n' || i END,
      CASE WHEN i % 5 > 0 THEN '1.5' END FROM n;
    CREATE TABLE measures (sample_id INTEGER REFERENCES samples (id), number TEXT, value REAL, PRIMARY KEY (sample_id, number));
    INSERT INTO measures VALUES (1, 'a "b"', 0), (2, 'x', NULL), (1, 'c', NULL);
    CREATE TABLE keyless (a TEXT, b TEXT);
    INSERT INTO keyless VALUES ('1', 'x'), ('2', NULL), ('3', ''), ('4', 'y');
    CREATE TABLE values_ (id INTEGER PRIMARY KEY, zero INTEGER, no BOOLEAN, items JSON, members JSON, nought JSON, space TEXT);
    INSERT INTO values_ VALUES (1, 0, 0, '[]', '{}', '{"x":0,"y":null,"z":""}', ' ')`);
  catalog = await configured(url, {
    samples: { lists: { measures: { object: "measures", by: "sample_id" } } },
    measures: {},
    keyless: {},
    values_: {},
    closed: { table: "samples", key: "id", fields: { id: { deidentify: { below: "owner", rule: "hash" } } } },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const must = (...fields: readonly string[]): object[] => fields.map((field) => ({ field, mandatory: true }));
const refused = async (template: object, asking: Asking = {}): Promise<WaybillError> =>
  templated(url, template, { catalog, ...asking }).then(
    () => Promise.reject(new Error("it was not refused")),
    (error: WaybillError) => error,
  );
const told = ({ places }: WaybillError): string[] => places.slice(1).map(({ detail }) => detail);

describe("mandatory columns", () => {
  const ids = (every: number): string =>
    `${Array.from({ length: 100 }, (_, n) => String((n + 1) * every)).join(", ")}, …`;

  test.each(
    formats.flatMap(({ name }) =>
      (["none", "gzip", "zip"] as const).map((container): [string, Container] => [name, container]),
    ),
  )(
    "fail the export in %s and %s, with the complete count and the first hundred keys of each",
    async (format, container) => {
      const template = dataset("samples", [{ field: "id" }, ...must("name", "depth")], { format });
      const error = await refused(template, { container });
      expect(error).toMatchObject({ code: "mandatory-missing", kind: "failure" });
      expect(error.message).toBe("Values are missing in mandatory columns name, depth.");
      expect(told(error)).toEqual([
        `name (samples): 10,000 records without a value: ${ids(3)}`,
        `depth (samples): 6,000 records without a value: ${ids(5)}`,
      ]);
    },
  );

  test("names keys of several columns as JSON, and lists' records, nested or not", async () => {
    const lists = [{ list: "measures", columns: must("value") }];
    for (const format of ["ndjson", "xlsx", "xml"]) {
      const error = await refused(dataset("samples", [{ field: "id" }], { format, lists }), { container: "zip" });
      expect(error.message).toBe("Values are missing in the mandatory column value.");
      expect(told(error)).toEqual([`value (samples.measures): 2 records without a value: ["1","c"], ["2","x"]`]);
    }
  });

  test("names the number of rows that have no key, or none that may be told", async () => {
    expect(told(await refused(dataset("keyless", [...must("b"), { field: "a" }])))).toEqual([
      "b (keyless): 2 records without a value: row 2, row 3",
    ]);
    const where = { depth: null, name: { $in: [null, ""] } };
    const access = accessOf(anna, catalog);
    for (const [object, columns, asking] of [
      ["closed", must("name"), { access }],
      ["samples", [{ field: "id", deidentify: "hash" }, ...must("name")], {}],
    ] as const) {
      const [detail] = told(await refused(dataset(object, columns, { where }), asking));
      expect(detail).toMatch(/^name \(\w+\): 2,000 records without a value: row 1, row 2, .*row 100, …$/);
    }
    const open = { access: accessOf({ ...anna, role: "owner" }, catalog) };
    expect(told(await refused(dataset("closed", must("name"), { where: { id: { $lt: 7 } } }), open))).toEqual([
      "name (closed): 2 records without a value: 3, 6",
    ]);
  });

  test("let 0, false, empty arrays and objects, and blanks be; missing and empty text not", async () => {
    const there = must("zero", "no", "items", "members", "nought.x", "space");
    const { text } = await templated(url, dataset("values_", there, { format: "json-rows" }), { catalog });
    expect(text).toContain(`[0,false,[],{},0," "]`);
    const error = await refused(dataset("values_", must("nought.y", "nought.z", "nought.none")));
    expect(told(error).map((it) => it.replace(/ \(.*/, ""))).toEqual(["nought.y", "nought.z", "nought.none"]);
  });

  test("look at what the rules before have made", async () => {
    const where = { id: { $in: [1, 3] } };
    const filled = [{ field: "name", default: "?", mandatory: true }];
    expect((await templated(url, dataset("samples", filled, { where }), { catalog })).text).toBe("name\nn1\n?\n");
    const emptied = [{ field: "name", translate: { n1: "" }, mandatory: true }];
    expect(told(await refused(dataset("samples", emptied, { where })))).toEqual([
      "name (samples): 2 records without a value: 1, 3",
    ]);
    const dropped = [{ field: "id", deidentify: "drop", mandatory: true }];
    expect(told(await refused(dataset("samples", dropped, { where })))[0]).toMatch(
      /^id \(deidentified\) \(samples\): 2 records/,
    );
  });

  test("are counted in all datasets of a template", async () => {
    const datasets = [
      { name: "A", object: "keyless", format: "csv", columns: must("b") },
      { name: "B", object: "measures", format: "xlsx", columns: must("value") },
      { name: "C", object: "samples", format: "csv", columns: must("depth"), where: { id: { $lte: 5 } } },
    ];
    const error = await refused({ kind: "export-template", name: "T", datasets }, { container: "zip" });
    expect(error.message).toBe("Values are missing in mandatory columns b, value, depth.");
    expect(told(error)).toEqual([
      "b (keyless): 2 records without a value: row 2, row 3",
      `value (measures): 2 records without a value: ["1","c"], ["2","x"]`,
      "depth (samples): 1 record without a value: 5",
    ]);
  });
});
