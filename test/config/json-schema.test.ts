// The JSON Schema for editors: up to date, complete, and of one mind with the program.
import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { jsonSchema } from "../../src/config/json-schema.ts";
import { example, read, refusalOf } from "./example.ts";

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly [key: string]: unknown;
}

const schema = JSON.parse(readFileSync(new URL("../../docs/waybill.schema.json", import.meta.url), "utf8")) as Schema;
const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(schema);

test("is what the program checks by: npm run schema", () => {
  expect(schema).toEqual(jsonSchema());
});

test("describes every property", () => {
  const without: string[] = [];
  let described = 0;
  const visit = (node: unknown, at: string): void => {
    if (node === null || typeof node !== "object") return;
    for (const [name, property] of Object.entries((node as Schema).properties ?? {})) {
      if (property.const !== undefined) continue;
      if (property.description === undefined) without.push(`${at}/${name}`);
      else described++;
    }
    for (const [name, inside] of Object.entries(node)) visit(inside, `${at}/${name}`);
  };
  visit(schema, "");
  expect(without).toEqual([]);
  expect(described).toBeGreaterThan(60);
});

test("accepts the example", () => {
  expect([validate(parse(example)), validate.errors]).toEqual([true, null]);
});

describe("accepts what the program accepts", () => {
  test.each([
    "mail:\norgs: { lab: { objects:, sources: } }",
    "orgs: { lab: { quota: '${Q}', retention: '${R}', concurrency: '${C}', namespaces: api } }",
    "orgs: { lab: { sources: { a: { url: sqlite:a } }, objects: { o:, p: { fields: { x: }, complete: [1, true, x] } } } }",
    "orgs: { lab: { sources: { a: { url: sqlite:a } }, objects: { o: { references: { r: false }, fields: { x: { deidentify: { below: owner, rule: { rule: truncate, length: 3 } }, labels: { 1: A } } } } } } }",
  ])("%s", async (text) => {
    await read(text, { Q: "1 GB", R: "P1D", C: "2" });
    expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  });
});

describe("refuses typical mistakes, as the program does", () => {
  test.each<[string, string]>([
    ["table: samples", "tabel: samples"],
    ["retention: P7D", "retention: 7 days"],
    ["quota: 50GB", "quota: 50 gigs"],
    ["concurrency: 1", "concurrency: 0"],
    ["concurrency: 1", "concurrency: two"],
    ["downloads: owner", "downloads: all"],
    ["administrators: all", "administrators: none"],
    ["rows: 100000, objects: [patients]", ""],
    ["rows: 100000", "rows: 0"],
    ["key: id", "key: []"],
    ["key: id", "key:"],
    ["en: Samples", "english: Samples"],
    ["optional: true", "optional: yes"],
    ["type: integer", "type: number"],
    ["operator: text", "operator: string"],
    ["rule: hash", "rule: truncate"],
    ["below: owner", "below: admin"],
    ["object: measures, ", ""],
    ["json: visits", "jsno: visits"],
    ["max: P1Y", "max: a year"],
    ['url: "dir:/srv/uploads"', "uri: dir:/srv/uploads"],
    ["  lab:", '  "a lab":'],
  ])("%s → %s", async (from, to) => {
    const text = example.replace(from, () => to);
    await refusalOf(text);
    expect(validate(parse(text))).toBe(false);
  });
});
