// References and lists: nested in JSON formats, flattened or tables of their own in the others.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { python, pythonCsv } from "../readers/python.ts";
import { exported, records } from "../setup/export.ts";
import type { TestEngine, TestTable } from "./engine.ts";

const CUSTOMERS = 40;
const ORDERS = 300;
/** More lines in one order than a batch of rows holds. */
const MANY_LINES = 20_000;

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

const customers: TestTable = {
  name: "customers",
  columns: [
    { name: "id", type: "integer" },
    { name: "name", type: "text" },
    { name: "country", type: "text" },
    { name: "referred_by", type: "integer" },
  ],
  key: ["id"],
  references: [{ columns: ["referred_by"], table: "customers", to: ["id"] }],
  rows: range(CUSTOMERS).map((n) => [
    String(n + 1),
    `Customer ${n + 1}`,
    n % 3 === 0 ? null : "FR",
    n === 0 ? null : String(n),
  ]),
};

const orders: TestTable = {
  name: "orders",
  columns: [
    { name: "id", type: "integer" },
    { name: "customer_id", type: "integer" },
    { name: "status", type: "text" },
    { name: "placed", type: "date" },
  ],
  key: ["id"],
  references: [{ columns: ["customer_id"], table: "customers", to: ["id"] }],
  rows: range(ORDERS).map((n) => [
    String(n + 1),
    n % 7 === 0 ? null : String((n % CUSTOMERS) + 1),
    ["paid", "open", null][n % 3]!,
    `2024-${String((n % 12) + 1).padStart(2, "0")}-01`,
  ]),
};

const linesOf = (order: number): number => (order === 5 ? MANY_LINES : order % 4);

const lines: TestTable = {
  name: "lines",
  columns: [
    { name: "order_id", type: "integer" },
    { name: "number", type: "integer" },
    { name: "what", type: "text" },
  ],
  key: ["order_id", "number"],
  references: [{ columns: ["order_id"], table: "orders", to: ["id"] }],
  rows: range(ORDERS).flatMap((n) =>
    range(linesOf(n + 1)).map((line) => [String(n + 1), String(line + 1), `thing ${line}`]),
  ),
};

const notes: TestTable = {
  name: "notes",
  columns: [
    { name: "id", type: "integer" },
    { name: "order_id", type: "integer" },
    { name: "line", type: "integer" },
    { name: "text", type: "text" },
  ],
  key: ["id"],
  references: [{ columns: ["order_id", "line"], table: "lines", to: ["order_id", "number"] }],
  rows: range(90)
    .map((n) => [String(n + 1), String((n % 30) + 1), n % 5 === 0 ? null : "1", `note ${n}`])
    .filter(([, order, line]) => line === null || linesOf(Number(order)) > 0),
};

type Order = {
  id: number;
  lines: { number: number; what: string; notes?: unknown[] }[];
  customer: Record<string, unknown> | null;
};

/** Declares the tests of an engine. */
export function nestingBehaves(engine: TestEngine): void {
  describe(`${engine.name}: references and lists`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      ({ url, drop } = await engine.make([customers, orders, lines, notes]));
    }, 120_000);
    afterAll(() => drop());

    it("nests references and lists, with nothing lost and everything in order", async () => {
      const found = (await records(url, {
        object: "orders",
        include: ["lines"],
        expand: ["customer"],
      })) as unknown as Order[];
      expect(found.map(({ id }) => id)).toEqual(range(ORDERS).map((n) => n + 1));
      for (const { id, lines: its, customer } of found) {
        expect(its.map(({ number }) => number)).toEqual(range(linesOf(id)).map((n) => n + 1));
        const of = orders.rows[id - 1]![1];
        expect(customer?.["id"] ?? null).toBe(of === null ? null : Number(of));
      }
    });

    it("nests lists in the order and within the limit of their parents", async () => {
      const found = (await records(url, {
        object: "orders",
        paths: ["id", "lines.number"],
        where: { status: "paid" },
        order: ["-placed", "-id"],
        limit: 50,
      })) as unknown as Order[];
      const expected = orders.rows
        .filter((row) => row[2] === "paid")
        .map((row) => ({ id: Number(row[0]), placed: row[3]! }))
        .toSorted((a, b) => b.placed.localeCompare(a.placed) || b.id - a.id)
        .slice(0, 50)
        .map(({ id }) => ({ id, lines: range(linesOf(id)).map((n) => ({ number: n + 1 })) }));
      expect(found).toEqual(expected);
    });

    it("nests lists in lists, by keys of several columns", async () => {
      const found = (await records(url, {
        object: "orders",
        paths: ["id", "lines.number", "lines.notes.id"],
        where: { id: { $lte: 3 } },
      })) as unknown as Order[];
      const noteIds = (order: number, line: number): unknown[] =>
        notes.rows
          .filter((row) => row[1] === String(order) && row[2] === String(line))
          .map((row) => ({ id: Number(row[0]) }));
      expect(found).toEqual(
        [1, 2, 3].map((id) => ({
          id,
          lines: range(linesOf(id)).map((n) => ({ number: n + 1, notes: noteIds(id, n + 1) })),
        })),
      );
    });

    it("nests two lists of one record", async () => {
      const [found] = await records(url, {
        object: "customers",
        paths: ["id", "orders.id", "customers.id"],
        where: { id: 2 },
      });
      const its = orders.rows.filter((row) => row[1] === "2").map((row) => ({ id: Number(row[0]) }));
      expect(found).toEqual({ id: 2, orders: its, customers: [{ id: 3 }] });
    });

    it("walks references of references, also of a list's records", async () => {
      const [found] = await records(url, {
        object: "orders",
        paths: ["id", "customer.referred_by_record.name"],
        where: { id: 3 },
      });
      expect(found).toEqual({ id: 3, customer: { referred_by_record: { name: "Customer 2" } } });
      const [line] = await records(url, {
        object: "lines",
        paths: ["what", "order.customer.name"],
        where: { "order.customer.name": "Customer 3" },
      });
      expect(line).toEqual({ what: "thing 0", order: { customer: { name: "Customer 3" } } });
    });

    it("flattens references in tabular formats", async () => {
      const { text } = await exported(url, {
        object: "orders",
        format: "csv",
        paths: ["id", "customer.name"],
        expand: ["customer"],
        limit: 2,
      });
      expect(text).toBe(
        "id,customer.name,customer.id,customer.country,customer.referred_by\n1,,,,\n2,Customer 2,2,FR,1\n",
      );
    });

    it("gives lists as tables of their own, in a zip that Python opens", async () => {
      const { bytes, facts } = await exported(
        url,
        {
          object: "orders",
          format: "csv",
          paths: ["id", "lines.what", "lines.notes.text"],
          where: { id: { $lte: 6 } },
        },
        "zip",
      );
      const files = (await python(UNZIP, bytes)) as Record<string, string>;
      expect(Object.keys(files)).toEqual([
        "orders.csv",
        "orders.lines.csv",
        "orders.lines.notes.csv",
        "README.txt",
        "datapackage.json",
      ]);
      const [header, ...rows] = await pythonCsv(Buffer.from(files["orders.lines.csv"]!));
      expect(header).toEqual(["orders.id", "what"]);
      expect(rows.length).toBe(range(6).reduce((sum, n) => sum + linesOf(n + 1), 0));
      expect(rows[0]).toEqual(["1", "thing 0"]);
      expect((await pythonCsv(Buffer.from(files["orders.lines.notes.csv"]!)))[0]).toEqual([
        "lines.order_id",
        "lines.number",
        "text",
      ]);
      expect(facts.tables.map(({ name, rows: count }) => [name, count])).toEqual([
        ["orders", 6],
        ["orders.lines", rows.length],
        ["orders.lines.notes", notes.rows.filter((row) => row[2] !== null && Number(row[1]) <= 6).length],
      ]);
    });

    it.each<[unknown, number]>([
      [{ lines: { $size: 0 } }, range(ORDERS).filter((n) => linesOf(n + 1) === 0).length],
      [{ "lists.lines": { $size: 3 } }, range(ORDERS).filter((n) => linesOf(n + 1) === 3).length],
      [{ lines: { $exists: true } }, range(ORDERS).filter((n) => linesOf(n + 1) > 0).length],
      [
        { lines: { $elemMatch: { number: 3, what: "thing 2" } } },
        range(ORDERS).filter((n) => linesOf(n + 1) >= 3).length,
      ],
      [
        { lines: { $elemMatch: { notes: { $exists: true } } } },
        new Set(notes.rows.filter((row) => row[2] !== null).map((row) => row[1])).size,
      ],
      [
        { lines: { $not: { $size: 0 } }, customer: null },
        range(ORDERS).filter((n) => linesOf(n + 1) > 0 && n % 7 === 0).length,
      ],
      [{ customer: 3 }, orders.rows.filter((row) => row[1] === "3").length],
      [
        { "customer.country": null },
        orders.rows.filter((row) => row[1] === null || (Number(row[1]) - 1) % 3 === 0).length,
      ],
      [{ "customer.orders": { $elemMatch: { status: "paid" } }, id: { $lte: 10 } }, 8],
    ])("asks about lists and references: %j", async (where, expected) => {
      const found = await records(url, { object: "orders", paths: ["id"], where });
      expect(found.length).toBe(expected);
    });

    it("orders by fields of references", async () => {
      const found = await records(url, {
        object: "orders",
        paths: ["id", "customer.name"],
        order: ["-customer.name", "id"],
        limit: 45,
      });
      const missing = orders.rows.filter((row) => row[1] === null).map((row) => Number(row[0]));
      expect(found.slice(0, missing.length).map(({ id }) => id)).toEqual(missing);
      expect(found[missing.length]).toEqual({ id: 9, customer: { name: "Customer 9" } });
    });
  });
}

const UNZIP = `
import io, json, sys, zipfile
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
json.dump({name: archive.read(name).decode("utf-8") for name in archive.namelist()}, sys.stdout)
`;
