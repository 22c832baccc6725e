// Templates that were damaged: each is either planned, or refused at a place that is in it.
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { WaybillError } from "../../src/lib/errors.ts";
import { configured } from "../setup/configured.ts";
import { fuzz } from "../setup/fuzz.ts";
import { dataset, planned, templated } from "../setup/templated.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-templates-"));
const url = `sqlite:${join(folder, "test.db")}`;
let catalog: Catalog = { objects: new Map() };

beforeAll(async () => {
  using database = new DatabaseSync(join(folder, "test.db"));
  database.exec(`
    CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT);
    CREATE TABLE samples (id INTEGER PRIMARY KEY, person_id TEXT REFERENCES people (id), day DATE, metadata JSON);
    INSERT INTO people VALUES ('__proto__', 'constructor');
    INSERT INTO samples VALUES (1, '__proto__', '2024-05-01', '{"__proto__":"x","constructor":7}')`);
  catalog = await configured(url, {
    people: { key: "id" },
    samples: { references: { person: { object: "people", by: "person_id" } } },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const whole = {
  kind: "export-template",
  name: "Weekly",
  description: "d",
  version: 2,
  compressed: true,
  fileName: "{name}-{date}",
  translations: { yes: { 1: "one" } },
  datasets: [
    {
      name: "S",
      object: "samples",
      format: "csv",
      fileName: "{object}.csv",
      options: { delimiter: ";" },
      where: { id: { $gte: 0 }, "person.name": "x" },
      order: ["day", "-id"],
      columns: [
        { field: "id", name: "nr", translate: "yes", default: 7, mandatory: true },
        { field: "day", date: "dd/MM/yyyy", type: "date", id: "samples.day" },
        { field: "metadata.x", deidentify: { rule: "truncate", length: 3 } },
        { field: "metadata.who", deidentify: "hash", translate: { a: "b" } },
        { value: "v", name: "fixed" },
      ],
    },
    {
      name: "P",
      object: "people",
      format: "ndjson",
      columns: [{ field: "name" }],
      lists: [
        {
          list: "samples",
          columns: [{ field: "metadata.when", deidentify: { rule: "shift", days: 9, subject: "id" } }],
        },
      ],
    },
    { name: "L", object: "samples", format: "xlsx", columns: [{ field: "id" }], last: { by: "day", order: ["-id"] } },
    { name: "N", format: "text", columns: [{ value: "note" }] },
  ],
};

/** Every place of a value, as a list of keys. */
function placesOf(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys = Array.isArray(value) ? value.map((_, n) => n) : Object.keys(value);
  return [at, ...keys.flatMap((key) => placesOf((value as Record<string | number, unknown>)[key], [...at, key]))];
}
const PLACES = placesOf(whole);
const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "field",
  "value",
  "name",
  "columns",
  "rule",
  "",
  "a.b",
  "lists",
  "kind",
];
const leaf: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e9,
    1.5,
    "",
    "{",
    "{date}",
    "x{nope}",
    "yes",
    "id",
    "day",
    "person.name",
    "person",
    "samples",
    "lists.samples",
    "-id",
    "hash",
    "text",
    "csv",
    "year",
    "dd HH",
    "'",
    "metadata",
    "metadata.x.y",
    "..",
    ".",
  ),
  fc.constantFrom(...KEYS),
  fc.string({ maxLength: 12, unit: "binary" }),
  fc.constant("x".repeat(1001)),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc
    .array(fc.tuple(fc.constantFrom(...KEYS), leaf), { maxLength: 3 })
    .map(
      (entries) =>
        JSON.parse(
          `{${entries.map(([key, it]) => `${JSON.stringify(key)}:${JSON.stringify(it)}`).join(",")}}`,
        ) as unknown,
    ),
);
type Change = {
  readonly place: readonly (string | number)[];
  readonly how: "set" | "remove" | "rename" | "twice";
  readonly to: unknown;
  readonly key: string;
};
const change: fc.Arbitrary<Change> = fc.record({
  place: fc.constantFrom(...PLACES),
  how: fc.constantFrom("set", "set", "set", "remove", "rename", "twice"),
  to: junk,
  key: fc.constantFrom(...KEYS),
});

/** Own members even for `__proto__`, as JSON has them. */
function put(object: object, key: string | number, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

function changed(template: unknown, { place, how, to, key }: Change): unknown {
  if (place.length === 0) return how === "set" ? to : template;
  const last = place.at(-1)!;
  const inside = place
    .slice(0, -1)
    .reduce<unknown>(
      (at, step) =>
        typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
      template,
    );
  if (typeof inside !== "object" || inside === null || !Object.hasOwn(inside, last)) return template;
  if (Array.isArray(inside)) {
    if (how === "remove") inside.splice(Number(last), 1);
    else if (how === "twice") inside.push(inside[Number(last)]);
    else inside[Number(last)] = to;
    return template;
  }
  const former = (inside as Record<string, unknown>)[last];
  if (how === "set") put(inside, last, to);
  else if (how === "twice") put(inside, key, former);
  else {
    delete (inside as Record<string, unknown>)[last];
    if (how === "rename") put(inside, key, former);
  }
  return template;
}

/** Whether a JSON pointer (RFC 6901) leads to something in a template, or its last step to something that could be there. */
function isIn(template: unknown, pointer: string): boolean {
  const steps = pointer
    .split("/")
    .slice(1)
    .map((it) => it.replaceAll("~1", "/").replaceAll("~0", "~"));
  let at = template;
  for (const [n, step] of steps.entries()) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return n === steps.length - 1;
    at = (at as Record<string, unknown>)[step];
  }
  return true;
}

test("is planned as it is", () => {
  expect(planned(whole, catalog).datasets.length).toBe(4);
});

test("is planned, or refused at a place of its own, however it was damaged", async () => {
  let refused = 0;
  let fine = 0;
  const changes = fc.array(change, { minLength: 1, maxLength: 3 });
  await fuzz(
    changes,
    (all) => {
      const damaged = all.reduce<unknown>(changed, JSON.parse(JSON.stringify(whole)));
      const text = JSON.stringify(damaged);
      if (text === undefined) return;
      const read = JSON.parse(text) as unknown;
      try {
        JSON.stringify(planned(read, catalog));
        fine++;
      } catch (error) {
        if (!(error instanceof WaybillError)) throw error;
        refused++;
        expect(error.kind).toBe("usage");
        expect(error.message).toMatch(/^\S[^]*[.?!)]$/);
        expect(error.message).not.toMatch(/undefined|\[object|invalid input|zod/i);
        expect(error.places.length).toBeGreaterThan(0);
        for (const { pointer } of error.places)
          expect({ pointer, text, isIn: isIn(read, pointer) }).toMatchObject({ isIn: true });
      }
    },
    3000,
  );
  expect(fine).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
}, 60_000);

test("keeps names that objects have by themselves apart", async () => {
  const template = JSON.parse(`{"labels":{"__proto__":"it","constructor":"made"}}`) as { labels: object };
  const columns = [
    { field: "person_id", name: "__proto__", translate: template.labels },
    { field: "person.name", name: "constructor", translate: template.labels },
    { field: "metadata.constructor", name: "toString" },
  ];
  const { text } = await templated(url, dataset("samples", columns), { catalog });
  expect(text).toBe("__proto__,constructor,toString\n__proto__,made,7\n");
  const named = dataset("samples", [{ field: "id", translate: "constructor" }]);
  expect(() => planned(named, catalog)).toThrow(/no value translation called "constructor"/);
  const options = { constructor: 1 };
  const refusal = templated(url, dataset("samples", columns, { options }), { catalog });
  await expect(refusal).rejects.toMatchObject({ kind: "usage" });
});
