// Data sets that npm packages ship, in both engines: every table in every format, the same bytes, and what was published.
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { escapeIdentifier } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRealData } from "../../demo/real-data.ts";
import type { FieldType, ObjectType } from "../../src/catalog/types.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { pythonCsv } from "../readers/python.ts";
import { exported, records } from "../setup/export.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";

const TABLES = ["cars", "movies", "penguins", "football", "earthquakes", "countries", "borders"];

const NATIVE: Partial<Record<FieldType, string>> = {
  text: "text",
  integer: "bigint",
  float: "double precision",
  decimal: "numeric",
  boolean: "boolean",
  date: "date",
  instant: "timestamptz",
  json: "json",
};

let folder = "";
let sqlite = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-real-"));
  const file = join(folder, "real.db");
  loadRealData(file);
  sqlite = `sqlite:${file}`;
  postgres = await createDatabase();
  const { objects } = await sourceAt(sqlite).introspect(new AbortController().signal);
  using database = new DatabaseSync(file, { readOnly: true });
  for (const name of TABLES) await copy(objects.get(name)!, database);
});

afterAll(async () => {
  await postgres.drop();
  await rm(folder, { recursive: true });
});

/** Copies a table from SQLite, as text that PostgreSQL reads. */
async function copy({ name, fields, key }: ObjectType, database: DatabaseSync): Promise<void> {
  const columns = fields.map((field) => `${escapeIdentifier(field.name)} ${NATIVE[field.type]!}`);
  if (key.length > 0) columns.push(`PRIMARY KEY (${key.map(escapeIdentifier).join(", ")})`);
  await postgres.client.query(`CREATE TABLE ${name} (${columns.join(", ")})`);
  const rows = database.prepare(`SELECT * FROM ${name}`).all();
  const record = fields.map((field) => `${escapeIdentifier(field.name)} ${NATIVE[field.type]!}`).join(", ");
  await postgres.client.query(`INSERT INTO ${name} SELECT * FROM json_to_recordset($1) AS r(${record})`, [
    `[${rows.map((row) => jsonRow(row, fields)).join(",")}]`,
  ]);
}

/** A row as JSON; what is JSON already goes in as it is. */
function jsonRow(row: Record<string, SQLOutputValue>, fields: ObjectType["fields"]): string {
  const members = fields.map(({ name, type }) => {
    const value = row[name] ?? null;
    return `${JSON.stringify(name)}:${type === "json" && typeof value === "string" ? value : JSON.stringify(value)}`;
  });
  return `{${members.join(",")}}`;
}

describe.each(TABLES)("%s", (object) => {
  it.each(["csv", "tsv", "ndjson", "json", "json-rows"])(
    "gives the same bytes from both engines as %s",
    async (format) => {
      const [ours, theirs] = [
        await exported(sqlite, { object, format }),
        await exported(postgres.url, { object, format }),
      ];
      expect(ours.bytes.equals(theirs.bytes)).toBe(true);
      expect(ours.facts.tables).toEqual(theirs.facts.tables);
      const [{ count } = {}] = (await postgres.client.query(`SELECT count(*)::int AS count FROM ${object}`)).rows as {
        count?: number;
      }[];
      expect(ours.facts.tables[0]?.rows).toBe(count);
    },
  );
});

/** What a package published. */
function published(specifier: string, file: string): Record<string, unknown>[] {
  return JSON.parse(readFileSync(new URL(file, import.meta.resolve(specifier)), "utf8")) as Record<string, unknown>[];
}

describe.each([
  ["SQLite", () => sqlite],
  ["PostgreSQL", () => postgres.url],
])("%s", (_engine, url) => {
  it("gives the cars that vega-datasets published", async () => {
    const expected = published("vega-datasets", "../data/cars.json").map((car, n) => ({ id: n + 1, ...car }));
    expect(await records(url(), { object: "cars" })).toEqual(expected);
  });

  it("gives the countries that world-countries published, their JSON too", async () => {
    const expected = published("world-countries/countries.json", "").toSorted((a, b) =>
      String(a["cca3"]) < String(b["cca3"]) ? -1 : 1,
    );
    const found = await records(url(), { object: "countries", order: ["cca3"] });
    expect(found.length).toBe(expected.length);
    for (const [n, country] of found.entries()) expect(expected[n]).toMatchObject(country);
  });

  it("gives Python the names of the countries in French", async () => {
    const { bytes } = await exported(url(), {
      object: "countries",
      format: "csv",
      paths: ["cca3", "translations.fra.common"],
      order: ["cca3"],
    });
    const [, ...rows] = await pythonCsv(bytes);
    const expected = published("world-countries/countries.json", "").map((country) => {
      const { fra } = country["translations"] as Record<string, { common: string } | undefined>;
      return [String(country["cca3"]), fra?.common ?? ""];
    });
    expect(rows).toEqual(expected.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1)));
  });

  it("counts films by genre as the data say", async () => {
    const films = published("vega-datasets", "../data/movies.json");
    const expected = new Map<unknown, number>();
    for (const { "Major Genre": genre } of films) expected.set(genre, (expected.get(genre) ?? 0) + 1);
    const found = await records(url(), {
      object: "movies",
      aggregate: { by: ["Major Genre"], measures: { n: { count: "*" } } },
    });
    expect(new Map(found.map((row) => [row["Major Genre"], row["n"]]))).toEqual(expected);
  });
});
