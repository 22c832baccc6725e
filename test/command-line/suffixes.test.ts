// The suffix of an output tells its format and container; independent programs read what comes out.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { size } from "../../src/cli/progress.ts";
import { printed } from "../readers/programs.ts";
import type { TestDatabase } from "../setup/postgres.ts";
import { emptyFolder, expectFailure, filesIn, waybill } from "./program.ts";
import { inPostgres, inSqlite, ORDERS_CSV } from "./tables.ts";

let folder = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-suffixes-"));
  inSqlite(join(folder, "shop.db"));
  postgres = await inPostgres();
});
afterAll(async () => {
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

const TSV = ORDERS_CSV.replaceAll(",", "\t");
const RECORDS = [
  '{"id":1,"customer_id":1,"status":"paid","total":12.50,"placed":"2024-05-01"}',
  '{"id":2,"customer_id":2,"status":"open","total":7,"placed":null}',
  '{"id":3,"customer_id":null,"status":"paid","total":null,"placed":"2024-05-03"}',
];
const NDJSON = RECORDS.map((record) => `${record}\n`).join("");
const JSON_ARRAY = `[\n${RECORDS.join(",\n")}\n]\n`;

const GZIP = ["gzip", "-dc"];
const ZSTD = ["zstd", "-dcq"];
const ZIP = ["unzip", "-p"];

const engines = [
  ["PostgreSQL", () => postgres.url],
  ["SQLite", () => `sqlite:${join(folder, "shop.db")}`],
] as const;

describe.each(engines)("%s", (_name, url) => {
  it.each([
    ["orders.csv", ["cat"], ORDERS_CSV],
    ["orders.tsv", ["cat"], TSV],
    ["orders.ndjson", ["cat"], NDJSON],
    ["orders.json", ["cat"], JSON_ARRAY],
    ["ORDERS.CSV", ["cat"], ORDERS_CSV],
    ["orders.csv.gz", GZIP, ORDERS_CSV],
    ["orders.ndjson.gz", GZIP, NDJSON],
    ["orders.ndjson.zst", ZSTD, NDJSON],
    ["orders.tsv.zst", ZSTD, TSV],
    ["orders.csv.zip", ZIP, ORDERS_CSV],
    ["orders.json.zip", ZIP, JSON_ARRAY],
  ] as const)("%s", async (name, [program, ...args], text) => {
    // Of a zip, only the data.
    const member = name.endsWith(".zip") ? [name.slice(0, -4)] : [];
    const out = emptyFolder();
    const { code, stderr, stdout } = await waybill(["export", "orders", "-s", url(), "-o", name], out);
    expect(stderr).toMatch(/^3 rows of orders to .*\n$/);
    const { length } = readFileSync(join(out, name));
    expect(stderr).toMatch(new RegExp(`^3 rows of orders to ${name}, ${size(length)} in [\\d.]+ s\\n$`));
    expect([code, stdout.length]).toEqual([0, 0]);
    expect(filesIn(out)).toEqual([name]);
    expect(printed(program, [...args, name, ...member], out)).toBe(text);
  });

  it("a zip holds a table for each list, when the format is named", async () => {
    const out = emptyFolder();
    const args = ["export", "customers", "-s", url(), "-f", "csv", "--include", "orders", "-o", "all.zip", "-q"];
    expect((await waybill(args, out)).code).toBe(0);
    const unzip = (...more: string[]): string => printed("unzip", [...more, "all.zip"], out);
    expect(unzip("-tqq")).toBe("");
    expect(unzip("-Z1").split("\n").filter(Boolean)).toEqual([
      "customers.csv",
      "customers.orders.csv",
      "README.txt",
      "datapackage.json",
    ]);
  });
});

it.each([
  ["orders.zip", /"orders\.zip" does not tell its format\.\n {2}Add --format with one of csv/],
  ["orders", /"orders" does not tell its format/],
  ["orders.gz", /"orders\.gz" does not tell its format/],
  [".csv.bak", /does not tell its format/],
])("%s alone does not tell a format", async (name, message) => {
  const out = emptyFolder();
  const args = ["export", "orders", "-s", `sqlite:${join(folder, "shop.db")}`, "-o", name];
  expectFailure(await waybill(args, out), 2, message);
  expect(filesIn(out)).toEqual([]);
});

it("standard output does not tell a format either", async () => {
  const ended = await waybill(["export", "orders", "-s", `sqlite:${join(folder, "shop.db")}`]);
  expectFailure(ended, 2, /^waybill: Standard output does not tell its format\.\n {2}Add --format/);
});
