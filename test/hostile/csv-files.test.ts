// Our own reading of CSV and DuckDB's find the same: values, types, cells, and what is to be refused.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { afterAll, beforeAll, beforeEach, afterEach, expect, it } from "vitest";
import { CellBatch } from "../../src/cells/batch.ts";
import { Kind } from "../../src/cells/kinds.ts";
import type { ObjectType } from "../../src/catalog/types.ts";
import type { Condition, Select } from "../../src/plan/select.ts";
import { Form, formOf } from "../../src/sources/files/csv/forms.ts";
import { CsvScanner, type LineEnd, SENTINELS } from "../../src/sources/files/csv/scanner.ts";
import { filesSource } from "../../src/sources/files/source.ts";
import { CANDIDATES, isDecimal } from "../../src/sources/files/text-types.ts";
import { literal } from "../../src/sources/files/quote.ts";
import type { SourceSession } from "../../src/sources/source.ts";
import { pythonCsv } from "../readers/python.ts";
import { fuzz } from "../setup/fuzz.ts";

let folder = "";
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-csv-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const signal = (): AbortSignal => new AbortController().signal;

/** Parts of files that have broken readers of CSV. */
const soup = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(",", '"', '""', "END", " ", ",,", '","', "x", "7") },
      { weight: 1, arbitrary: fc.constantFrom("\n", "\r", "\r\n", "\t", ";", "é", "  ", '" ,', ', "', '"END"') },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));
const lineEnd = fc.constantFrom<LineEnd>("\n", "\r\n", "\r");
const width = fc.integer({ min: 1, max: 3 });

/** Values of all types, and what is nearly one. */
const value = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.constantFrom("9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809"),
  fc.constantFrom("9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740992", "-9007199254740993"),
  fc.constantFrom(
    "-0",
    "0",
    "-0.0",
    "0.00",
    "00",
    "01",
    "1.",
    ".5",
    "-",
    "+1",
    "1e5",
    "-.5",
    "1.5.5",
    "- 1",
    " 1",
    "1 ",
  ),
  fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.stringMatching(/^\d{1,40}$/)).map(([n, digits]) => `${n}.${digits}`),
  fc.constantFrom("true", "false", "True", "t", "TRUE", "truex", "fals"),
  fc.stringMatching(/^[0-2]\d{3}-[01]\d-[0-3]\d$/),
  fc.stringMatching(/^[0-2]\d:[0-6]\d:[0-6]\d(\.\d{1,7})?$/),
  fc.stringMatching(/^[0-2]\d{3}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d{1,7})?Z?$/),
  fc.constantFrom(
    "24:00:00",
    "24:00:00.0",
    "24:00:01",
    "23:59:60",
    "1900-02-29",
    "2000-02-29",
    "0000-01-01",
    "10000-01-01",
  ),
  fc.constantFrom(
    "10000-01-01T00:00:00",
    "2024-05-01T24:00:00",
    "2024-05-01 12:00:00",
    "2024-05-01T12:00:00+00",
    "infinity",
  ),
  fc.constantFrom(
    "2024-05-01T12:00:00.Z",
    "2024-05-01T12:00:00.",
    "2024-5-1",
    "0044-03-15 (BC)",
    "2024-05-01T",
    "12:34",
    "12:34:5",
  ),
  fc.uuid(),
  fc.uuid().map((text) => text.toUpperCase()),
  fc.uuid().map((text) => `{${text.slice(0, 34)}}`),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);

it("knows the types that DuckDB is asked for", async () => {
  await fuzz(
    fc.noShrink(
      fc.array(
        value.filter((text) => text !== ""),
        { minLength: 400, maxLength: 400 },
      ),
    ),
    async (values) => {
      const fits = [...CANDIDATES.map((it) => it.fits("v")), isDecimal("v")].map((sql) => `COALESCE(${sql}, false)`);
      const rows = values.map((text, n) => `(${n}, ${literal(text)})`).join(", ");
      const found = await connection.runAndReadAll(
        `SELECT v, ${fits.join(", ")} FROM (VALUES ${rows}) t(n, v) ORDER BY n`,
      );
      const forms = values.map((text) => {
        const bytes = Buffer.from(text);
        return formOf(bytes, 0, bytes.length);
      });
      expect(forms.map((form, n) => [values[n], ...FITTING[form]!])).toEqual(found.getRows());
    },
    40,
  );
});

/** What fits text of a form: the candidates in their order, and decimals. */
const FITTING: Readonly<Record<number, readonly boolean[]>> = Object.fromEntries(
  [
    [Form.text],
    [Form.integer, 0, 7],
    [Form.boolean, 1],
    [Form.date, 2],
    [Form.time, 3],
    [Form.datetime, 4],
    [Form.instant, 5],
    [Form.uuid, 6],
    [Form.decimal, 7],
  ].map(([form, ...fitting]) => [form, Array.from({ length: 8 }, (_, n) => fitting.includes(n))]),
);

it("reads the cells that DuckDB reads, and refuses no file that it can read in one way only", async () => {
  const typed = fc.oneof(value, fc.constant(""), fc.constant('""')).map((text) => quoted(text));
  const column = fc.array(typed, { minLength: 4, maxLength: 4 });
  const same = value.chain((text) => fc.constant(Array.from({ length: 4 }, () => quoted(text))));
  const table = fc
    .tuple(fc.oneof(column, same), fc.oneof(column, same), lineEnd)
    .map(([a, b, end]) => ["c0,c1", ...a.map((text, n) => `${text},${b[n]!}`)].join(end));
  const loose = fc.tuple(soup, lineEnd, width).map(([text, end, columns]) => {
    const header = Array.from({ length: columns }, (_, n) => `c${n}`).join(",");
    return `${header}${end}${text.replaceAll("END", end)}`;
  });
  await fuzz(
    fc.noShrink(fc.array(fc.oneof(table, loose), { minLength: 150, maxLength: 150 })),
    async (files) => {
      rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), "waybill-csv-"));
      for (const [n, text] of files.entries()) writeFileSync(join(folder, `t${n}.csv`), text);
      const source = filesSource(folder);
      const { objects } = await source.introspect(signal());
      const session = await source.open(1, signal());
      try {
        const differences: unknown[] = [];
        for (const [n, text] of files.entries()) {
          const object = objects.get(`t${n}`)!;
          if (object.fields.length === 0) {
            // Of some such files DuckDB makes something that nobody can have meant.
            if (/line end is another|text behind a quoted/.test(object.documentation ?? "")) continue;
            const theirs = await duckRows(join(folder, `t${n}.csv`), text).catch(() => null);
            if (theirs !== null) differences.push([text, object.documentation, theirs]);
            continue;
          }
          const ours = await cellsOf(session, object, false);
          const theirs = await cellsOf(session, object, true).catch(String);
          if (JSON.stringify(ours) !== JSON.stringify(theirs)) differences.push([text, ours, theirs]);
          expect(object.estimatedRows).toBe(ours.length);
        }
        expect(differences).toEqual([]);
      } finally {
        await session.close();
      }
    },
    4,
  );
}, 120_000);

function quoted(text: string): string {
  return text !== '""' && /[",\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function duckRows(path: string, text: string): Promise<unknown> {
  const names = text.split(/[\r\n]/, 1)[0]!.split(",");
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  const found = await connection.runAndReadAll(
    `FROM read_csv('${path}', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, strict_mode = true, columns = {${columns}})`,
  );
  return found.getRows();
}

/** The cells of a table, with a condition that makes no difference but that DuckDB reads it. */
async function cellsOf(session: SourceSession, object: ObjectType, filtered: boolean): Promise<unknown[][]> {
  const where: Condition = { op: "constant", value: true };
  const select: Select = {
    table: "t",
    from: object.table,
    joins: [],
    columns: object.fields.map((field) => ({ kind: "column", table: "t", ...field }) as const),
    where: filtered ? where : null,
    groupBy: null,
    having: null,
    order: [],
    limit: null,
    parent: null,
    timeZone: "UTC",
  };
  const stream = session.stream(select);
  const rows: unknown[][] = [];
  for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
    for (let row = 0; row < batch.rows; row++) {
      rows.push(object.fields.map((_, c) => cell(batch, row * batch.width + c)));
    }
  }
  expect(stream.rowsSent).toBe(rows.length);
  return rows;
}

function cell({ bytes, kind, start, end, number }: CellBatch, i: number): unknown {
  const from = start[i]!;
  switch (kind[i]) {
    case Kind.missing:
      return null;
    case Kind.text:
    case Kind.digits:
      return [kind[i], Buffer.from(bytes.subarray(from, end[i])).toString()];
    case Kind.uuid:
      return [kind[i], Buffer.from(bytes.subarray(from, from + 16)).toString("hex")];
    case Kind.datetime:
    case Kind.instant:
      return [kind[i], number[i], from];
    default:
      return [kind[i], number[i]];
  }
}

it("finds the same however the bytes are cut", async () => {
  await fuzz(fc.tuple(soup, lineEnd, width), ([text, end, columns]) => {
    const bytes = Buffer.from(text.replaceAll("END", end));
    const scanner = new CsvScanner({ delimiter: ",", lineEnd: end }, columns);
    const whole = scanned(scanner, bytes, [bytes.length]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(scanned(scanner, bytes, [cut, bytes.length])).toEqual(whole);
    }
    const everywhere = Array.from(bytes, (_, n) => n + 1);
    expect(scanned(scanner, bytes, [...everywhere, bytes.length])).toEqual(whole);
  });
});

/** The values as they lie in the file, or what is wrong; the bytes are seen up to each of the ends in turn. */
function scanned(scanner: CsvScanner, file: Uint8Array, ends: readonly number[]): unknown[] {
  const batch = new CellBatch(scanner.width, 2);
  const found: unknown[] = [];
  let at = 0;
  try {
    for (const [n, end] of ends.entries()) {
      const final = n === ends.length - 1;
      do {
        const bytes = new Uint8Array(end + SENTINELS);
        bytes.set(file.subarray(0, end));
        at = scanner.scan(bytes, at, end, final, batch);
        for (let i = 0; i < batch.rows * batch.width; i++) {
          found.push([batch.kind[i], Buffer.from(bytes.subarray(batch.start[i], batch.end[i])).toString("latin1")]);
        }
      } while (batch.rows > 0 && at < end);
    }
    return [...found, at];
  } catch (error) {
    return [String(error)];
  }
}

it("reads what Python's csv module reads, through an export", async () => {
  const text = fc.string({ unit: "grapheme", maxLength: 8 }).map((it) => it.replaceAll("\0", ""));
  const cellText = fc.oneof(text, fc.constantFrom('"', "a\nb", "a\r\nb", "a,b", "x".repeat(3000), '""x', "\ufeff"));
  const rows = fc.array(fc.tuple(cellText, cellText, cellText), { minLength: 1, maxLength: 40 });
  await fuzz(
    fc.tuple(rows, fc.constantFrom("\n", "\r\n"), fc.boolean(), fc.boolean()),
    async ([cells, end, mark, last]) => {
      const lines = [["a", "b", "c"], ...cells].map((row) =>
        row.map((it) => `"${it.replaceAll('"', '""')}"`).join(","),
      );
      const bytes = Buffer.from(`${mark ? "\ufeff" : ""}${lines.join(end)}${last ? end : ""}`);
      writeFileSync(join(folder, "t.csv"), bytes);
      const source = filesSource(folder);
      const object = (await source.introspect(signal())).objects.get("t")!;
      const session = await source.open(1, signal());
      const found = await cellsOf(session, object, false);
      await session.close();
      const [, ...expected] = await pythonCsv(mark ? bytes.subarray(3) : bytes);
      expect(found.map((row) => row.map((it) => (it as [Kind, string])[1]))).toEqual(expected);
    },
    15,
  );
});
