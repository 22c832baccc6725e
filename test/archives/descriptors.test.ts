// What archives say of themselves, against the published schema of Data Package v2 and against what is in them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formats } from "../../src/formats/index.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { exported } from "../setup/export.ts";
import { unpacked } from "./archive.ts";

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
  readonly rowCount?: number;
  readonly dialect?: Record<string, unknown>;
  readonly schema?: {
    readonly fields: readonly { readonly name: string; readonly type: string }[];
    readonly primaryKey?: readonly string[];
    readonly foreignKeys?: readonly unknown[];
  };
}

interface Descriptor {
  readonly name: string;
  readonly created: string;
  readonly provenance: Record<string, unknown>;
  readonly problems: readonly unknown[];
  readonly resources: readonly Resource[];
}

const folder = mkdtempSync(join(tmpdir(), "waybill-descriptors-"));
const url = `sqlite:${join(folder, "shop.db")}`;

beforeAll(() => {
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec(`
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE orders (
      id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers (id), total DECIMAL(10,2), placed DATE NOT NULL,
      at DATETIME, paid BOOLEAN, weight REAL, code UUID, photo BLOB, extra JSON, clock TIME, whatever);
    CREATE TABLE lines (order_id INTEGER NOT NULL REFERENCES orders (id), number INTEGER, text TEXT, PRIMARY KEY (order_id, number));
    CREATE TABLE README (id INTEGER PRIMARY KEY);
    CREATE TABLE datapackage (id INTEGER PRIMARY KEY);
    INSERT INTO customers VALUES (1, 'Ada'), (2, '');
    INSERT INTO orders (id, customer_id, total, placed, weight) VALUES
      (1, 1, '12.50', '2024-05-01', 9e999), (2, NULL, '7', '2024-05-02', 0.5);
    INSERT INTO lines VALUES (1, 1, 'a'), (1, 2, 'b'), (2, 1, 'c');`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const schema = JSON.parse(readFileSync(new URL("datapackage-2.0/datapackage.json", import.meta.url), "utf8")) as Record<
  string,
  unknown
>;
const validate = ajv.compile(schema);

async function archiveOf(request: ExportRequest): Promise<{ files: Map<string, Buffer>; descriptor: Descriptor }> {
  const files = await unpacked((await exported(url, request, "zip")).bytes);
  const descriptor = JSON.parse(files.get("datapackage.json")!.toString("utf8")) as Descriptor;
  expect(validate(descriptor) ? [] : validate.errors).toEqual([]);
  return { files, descriptor };
}

describe("datapackage.json", () => {
  it.each(formats.map(({ name }) => name))(
    "of %s is a valid Data Package whose hashes, sizes and counts are right",
    async (format) => {
      const request = { object: "orders", format, include: ["lines"], expand: ["customer"] };
      const { files, descriptor } = await archiveOf(request);
      const { resources } = descriptor;
      expect(new Set(resources.map(({ path }) => path))).toEqual(
        new Set([...files.keys()].filter((name) => name !== "datapackage.json")),
      );
      for (const { path, bytes, hash } of resources) {
        expect(bytes).toBe(files.get(path)!.length);
        expect(hash).toBe(`sha256:${createHash("sha256").update(files.get(path)!).digest("hex")}`);
      }
      expect(resources.find(({ name }) => name === "orders")?.rowCount).toBe(2);
      expect([...files.keys()].slice(-2)).toEqual(["README.txt", "datapackage.json"]);
      expect(descriptor.provenance).toMatchObject({ object: "orders", include: ["lines"], timeZone: "UTC" });
    },
  );

  it("has schemas with types, keys and what lists point at", async () => {
    const { descriptor } = await archiveOf({ object: "orders", format: "csv", include: ["lines"] });
    const [orders, lines, readme] = descriptor.resources;
    expect(orders!.schema!.fields.map(({ name, type }) => [name, type])).toEqual([
      ["id", "integer"],
      ["customer_id", "integer"],
      ["total", "number"],
      ["placed", "date"],
      ["at", "datetime"],
      ["paid", "boolean"],
      ["weight", "number"],
      ["code", "string"],
      ["photo", "string"],
      ["extra", "any"],
      ["clock", "time"],
      ["whatever", "any"],
    ]);
    expect(orders!.schema!.primaryKey).toEqual(["id"]);
    expect(orders!.dialect).toMatchObject({ delimiter: ",", header: true });
    expect(lines!.rowCount).toBe(3);
    expect(lines!.schema!.primaryKey).toEqual(["order_id", "number"]);
    expect(lines!.schema!.foreignKeys).toEqual([
      { fields: ["orders.id"], reference: { resource: "orders", fields: ["id"] } },
    ]);
    expect(readme).toMatchObject({ name: "README.txt", path: "README.txt", mediatype: "text/plain" });
  });

  it("says no key that is not shown, and no parent's column that is not", async () => {
    const { descriptor } = await archiveOf({ object: "orders", format: "csv", paths: ["total", "lines.text"] });
    for (const { schema: its } of descriptor.resources) {
      expect(its?.primaryKey).toBeUndefined();
      expect(its?.foreignKeys).toBeUndefined();
    }
  });

  it("describes nested records by their members", async () => {
    const { descriptor } = await archiveOf({
      object: "orders",
      format: "ndjson",
      paths: ["id", "customer.name", "lines.text"],
    });
    expect(descriptor.resources[0]!.schema!.fields).toEqual([
      { name: "id", type: "integer", constraints: { required: true } },
      { name: "customer", type: "object" },
      { name: "lines", type: "array" },
    ]);
  });

  it("lists problems, and the filter", async () => {
    const where = { id: 1 };
    const { descriptor } = await archiveOf({ object: "orders", format: "ndjson", where });
    expect(descriptor.provenance["where"]).toEqual(where);
    expect(descriptor.problems).toEqual([{ code: "not-a-number-in-json", column: "weight", count: 1 }]);
  });

  it("leaves the names of descriptors to the descriptors", async () => {
    expect([...(await archiveOf({ object: "datapackage", format: "json" })).files.keys()]).toEqual([
      "datapackage (2).json",
      "README.txt",
      "datapackage.json",
    ]);
    expect([...(await archiveOf({ object: "README", format: "csv" })).files.keys()][0]).toBe("README.csv");
  });

  it("is the only thing, with the README, that differs between two archives of the same", async () => {
    const request = { object: "orders", format: "csv", include: ["lines"] };
    const [a, b] = [await archiveOf(request), await archiveOf(request)];
    for (const [path, content] of a.files) {
      if (path.startsWith("orders")) expect(content.equals(b.files.get(path)!)).toBe(true);
    }
    expect({ ...a.descriptor, created: "", provenance: {}, resources: a.descriptor.resources.slice(0, 2) }).toEqual({
      ...b.descriptor,
      created: "",
      provenance: {},
      resources: b.descriptor.resources.slice(0, 2),
    });
  });
});

describe("README.txt", () => {
  it("tells in English what is in the archive and what it means", async () => {
    const { files } = await archiveOf({ object: "orders", format: "csv", include: ["lines"], where: { id: 1 } });
    const text = files.get("README.txt")!.toString("utf8");
    expect(text).toMatch(/^orders\n======\n/);
    expect(text).toContain("Exported by Waybill test on 20");
    expect(text).toContain(`  Filter       {"id":1}\n`);
    expect(text).toMatch(/ {2}orders\.csv +\d+ bytes, 1 row\n/);
    expect(text).toMatch(/ {2}orders\.lines\.csv +\d+ bytes, 2 rows\n/);
    expect(text).toContain("Each row belongs to the row of orders that orders.id names.");
    expect(text).toMatch(/ {2}placed +date\n/);
    expect(text).toContain("every value is in the files exactly");
  });

  it("tells it in French", async () => {
    const { files } = await archiveOf({ object: "orders", format: "ndjson", language: "fr-FR", include: ["lines"] });
    const text = files.get("README.txt")!.toString("utf8");
    expect(text).toContain("Exporté par Waybill test");
    expect(text).toMatch(/ {2}orders\.ndjson +\d+\soctets, 2 lignes\n/);
    expect(text).toMatch(/ {2}lines +une liste d'objets\n {2}lines\.order_id +nombre entier\n/);
    expect(text).toContain("weight: 1 ne sont pas des nombres finis ; écrites null (not-a-number-in-json)");
  });
});
