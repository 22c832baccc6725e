// Previews: what they tell is what anybody would compute from the exported file.
import { rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pseudonymKey } from "../../src/cells/pseudonym.ts";
import { run } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { accessOf } from "../../src/plan/access.ts";
import type { ExportPlan } from "../../src/plan/plan.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import { type Preview, PreviewMaker, type PreviewOptions, type TablePreview } from "../../src/runner/preview.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { configured } from "../setup/configured.ts";
import { introspected, SALT } from "../setup/export.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { dataset, planned } from "../setup/templated.ts";

const ROWS = 6_000;

let folder = "";
let lite = "";
let database: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-preview-"));
  lite = `sqlite:${join(folder, "lab.db")}`;
  using sqlite = new DatabaseSync(join(folder, "lab.db"));
  sqlite.exec(`
    CREATE TABLE t (id INTEGER PRIMARY KEY, kind TEXT, note TEXT, depth DECIMAL(8,2), ratio REAL, active BOOLEAN, day DATE,
      moment DATETIME, extra JSON, raw BLOB);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
    INSERT INTO t SELECT i, CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'kind ' || (i % 5) END,
      CASE WHEN i % 3 > 0 THEN 'a "note", number ' || (i % 900) END, (i * 37 % 4001 - 2000) / 4.0, i / 7.0 - 100, i % 2,
      date('2019-12-31', (i * 13 % 800) || ' days'), datetime('1969-12-31', (i * 997 % 86400) || ' seconds'),
      json_object('n', i), CASE WHEN i % 11 = 0 THEN randomblob(20) END FROM n`);
  database = await createDatabase();
  await database.client.query(`
    CREATE TABLE t (id bigint PRIMARY KEY, kind text, note text, depth numeric, ratio float8, single real, active boolean,
      day date, moment timestamp, at timestamptz, clock time, ref uuid, extra jsonb, raw bytea, big numeric);
    INSERT INTO t SELECT i, CASE i % 7 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'kind ' || (i % 5) END,
      CASE WHEN i % 3 > 0 THEN 'a "note", number ' || i END, (i * 37 % 4001 - 2000)::numeric / 4, i / 7.0 - 100, i / 3.0,
      i % 2 = 0, date '2019-12-31' + i * 13 % 800, timestamp '1969-12-31' + i * 997 % 1000 * interval '0.5 seconds',
      timestamptz '2024-03-31 00:30Z' + i % 300 * interval '61.25 seconds', time '00:00' + i % 90 * interval '7 minutes',
      md5((i % 500)::text)::uuid, json_build_object('n', i), CASE WHEN i % 11 = 0 THEN decode(md5(i::text), 'hex') END,
      12345678901234567890.5 + (i * 37 % 4001) FROM generate_series(1, ${ROWS}) i;
    CREATE TABLE odd (id integer PRIMARY KEY, day date, amount numeric, ratio float8, long text, deep json, raw bytea, blank text);
    INSERT INTO odd VALUES (1, 'infinity', 'NaN', 'NaN', repeat('é', 5000), json_build_object('a', repeat('b', 9000)),
      decode(repeat('00', 9000), 'hex'), NULL), (2, '2024-05-01', 'Infinity', '-Infinity', repeat('x', 999) || '😀tail', '[1, 2]', '', NULL),
      (3, '-infinity', -1, 5, 'short', 'null', NULL, NULL);
    CREATE TABLE empty (id integer PRIMARY KEY, name text)`);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs a plan, and gives its preview beside its bytes. */
async function previewed(
  plan: ExportPlan,
  url: string,
  options: Partial<PreviewOptions> = {},
): Promise<{ preview: Preview; text: string }> {
  const observer = new PreviewMaker({ rows: 50, timeZone: plan.timeZone, withheld: false, ...options });
  const source = sourceAt(url);
  const { signal } = new AbortController();
  const key = pseudonymKey(SALT, "lab");
  const shared = { container: "none", program: "test", pseudonymKey: key } as const;
  const chunks: Buffer[] = [];
  for await (const chunk of run(plan, { ...shared, sourceNamed: () => source, signal, observer })) {
    chunks.push(Buffer.from(chunk));
  }
  await source.close?.();
  // As it comes back from the vault.
  const preview = JSON.parse(JSON.stringify(observer.result())) as Preview;
  return { preview, text: Buffer.concat(chunks).toString("utf8") };
}

async function tableOf(url: string, object: string, timeZone = "UTC"): Promise<{ table: TablePreview; text: string }> {
  const csv = formatNamed("csv");
  const catalog = await introspected(url);
  const plan = planExport({ object, format: "csv", timeZone, language: "en" }, catalog, csv, accessOf(null, catalog));
  const { preview, text } = await previewed(plan, url);
  expect(preview.entries).toEqual([{ path: `${object}.csv`, bytes: Buffer.byteLength(text) }]);
  return { table: preview.tables[0]!, text };
}

/** Rows of CSV (RFC 4180) as Waybill writes it: nothing is missing, quotes are text. */
function rowsOf(csv: string): (string | null)[][] {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain = "", end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
  }
  return rows.slice(1, -1);
}

function compareAs(type: string): (a: string, b: string) => number {
  const scaled = (text: string): bigint => {
    const [whole = "", fraction = ""] = Number.isInteger(Number(text)) || !/e/.test(text) ? text.split(".") : ["0"];
    return BigInt(whole + fraction.padEnd(20, "0").slice(0, 20));
  };
  if (type === "float") return (a, b) => Number(a) - Number(b);
  if (type === "instant") return (a, b) => Date.parse(a) - Date.parse(b);
  if (type === "integer" || type === "decimal") return (a, b) => Number(scaled(a) - scaled(b));
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
}

const ORDERED = new Set(["integer", "decimal", "float", "date", "time", "datetime", "instant"]);

describe.each([
  ["SQLite", () => lite],
  ["PostgreSQL", () => database.url],
])("%s", (_name, url) => {
  it.each(["UTC", "Europe/Paris"])("tells what a look at all rows tells, in %s", async (timeZone) => {
    const { table, text } = await tableOf(url(), "t", timeZone);
    const rows = rowsOf(text);
    expect([rows.length, table.rows, table.profiledRows]).toEqual([ROWS, ROWS, ROWS]);
    expect(table.first).toEqual(rows.slice(0, 50));
    for (const [n, { name, type, profile }] of table.columns.entries()) {
      const values = rows.map((row) => row[n]!).filter((value) => value !== null);
      expect(profile!.missing, name).toBe(ROWS - values.length);
      const counts = new Map([...Map.groupBy(values, (value) => value)].map(([value, its]) => [value, its.length]));
      if (type === "json") {
        expect(profile!.distinct, name).toBeNull();
      } else if (counts.size <= 1000) {
        expect(profile!.distinct, name).toEqual({ count: counts.size, isExact: true });
      } else {
        expect(profile!.distinct!.isExact, name).toBe(false);
        expect(Math.abs(profile!.distinct!.count / counts.size - 1), name).toBeLessThan(0.06);
      }
      const sorted = ORDERED.has(type) ? values.toSorted(compareAs(type)) : [];
      expect([profile!.min, profile!.max], name).toEqual([sorted[0] ?? null, sorted.at(-1) ?? null]);
      if ((type === "text" || type === "boolean") && counts.size <= 50) {
        const most = [...counts.values()].toSorted((a, b) => b - a).slice(0, 5);
        expect(
          profile!.top!.map(({ count }) => count),
          name,
        ).toEqual(most);
        for (const { value, count } of profile!.top!) expect(counts.get(value), name).toBe(count);
      } else {
        expect(profile!.top, name).toBeNull();
      }
    }
  });
});

it("values that are odd: infinities, NaN, and those that are too long to be shown", async () => {
  const { table } = await tableOf(database.url, "odd");
  const by = (name: string): TablePreview["columns"][number]["profile"] =>
    table.columns.find((column) => column.name === name)!.profile;
  expect(by("day")).toMatchObject({ min: "2024-05-01", max: "2024-05-01", distinct: { count: 3 } });
  expect(by("amount")).toMatchObject({ min: "-1", max: "Infinity" });
  expect(by("ratio")).toMatchObject({ min: "-Infinity", max: "5" });
  expect(by("blank")).toMatchObject({
    missing: 3,
    min: null,
    max: null,
    top: [],
    distinct: { count: 0, isExact: true },
  });
  const at = (name: string): (string | null)[] => {
    return table.first.map((row) => row[table.columns.findIndex((column) => column.name === name)]!);
  };
  expect(at("long")).toEqual([`${"é".repeat(1000)}…`, `${"x".repeat(999)}…`, "short"]);
  expect(at("deep")).toEqual([`{"a" : "${"b".repeat(992)}…`, "[1,2]", "null"]);
  expect(at("raw")).toEqual([`${"A".repeat(1000)}…`, "", null]);
});

it("an empty table has nothing to tell", async () => {
  const { table } = await tableOf(database.url, "empty");
  const profile = { missing: 0, distinct: { count: 0, isExact: true }, min: null, max: null };
  expect(table).toMatchObject({ rows: 0, first: [], columns: [{ profile }, { profile: { ...profile, top: [] } }] });
});

it("shows what rules made of values, and counts nothing out of what is de-identified", async () => {
  const catalog = await configured(lite, { t: { fields: { kind: { deidentify: { rule: "hash" } } } } });
  const columns = [
    { field: "id" },
    { field: "kind", default: "none" },
    { field: "day", deidentify: "year", name: "year" },
    { field: "active", translate: { true: "yes", false: "no" } },
    { field: "moment", date: "mm", name: "written" },
  ];
  const { preview } = await previewed(planned(dataset("t", columns), catalog), lite);
  const [, kind, year, active, written] = preview.tables[0]!.columns;
  expect(kind).toMatchObject({ deidentified: "hash", profile: { top: null, missing: 0 } });
  expect(JSON.stringify(preview.tables[0]!.first)).not.toContain("kind ");
  expect(year).toMatchObject({ deidentified: "year", profile: { min: "2019", max: "2022" } });
  expect(active!.profile!.top).toEqual([
    { value: "yes", count: ROWS / 2 },
    { value: "no", count: ROWS / 2 },
  ]);
  expect(written!.profile).toMatchObject({ min: null, max: null, distinct: { count: 60, isExact: true } });
});

it("counts different values in the first rows only where there are many, and says so", async () => {
  const csv = formatNamed("csv");
  const catalog = await introspected(lite);
  const plan = planExport({ object: "t", format: "csv" }, catalog, csv, accessOf(null, catalog));
  const { preview } = await previewed(plan, lite, { profiledRows: 10, rows: 3 });
  const [{ rows, profiledRows, first, columns }] = preview.tables as [TablePreview];
  expect([rows, first.length]).toEqual([ROWS, 3]);
  expect(profiledRows).toBeLessThan(ROWS);
  const [id, kind] = columns;
  expect(id!.profile).toMatchObject({
    min: "1",
    max: String(ROWS),
    distinct: { count: expect.closeTo(profiledRows, -2) },
  });
  // What is missing is counted in all rows.
  expect(kind!.profile!.missing).toBe(Math.floor(ROWS / 7));
  expect(kind!.profile!.top!.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(profiledRows);
});

it("stays small: entries, columns and values have an end", () => {
  const maker = new PreviewMaker({ rows: 50, timeZone: "UTC", withheld: false });
  for (let n = 0; n < 1_500; n++) maker.entry(`files/${n}`, 2);
  maker.entry("files/", 0);
  const { entries, entryCount, entryBytes } = maker.result();
  expect([entries.length, entryCount, entryBytes]).toEqual([1000, 1500, 3000]);
});
