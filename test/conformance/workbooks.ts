// Workbooks cell for cell: what SheetJS and Python read, against what the test tables' canonical text stands for.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, utils, type WorkBook, type WorkSheet } from "xlsx";
import type { Problem } from "../../src/cells/problems.ts";
import { type OdsCell, pythonOds } from "../readers/ods.ts";
import { exported } from "../setup/export.ts";
import * as tables from "./awkward.ts";
import { fitted } from "./fitted.ts";
import type { ColumnType, TestEngine, TestTable } from "./engine.ts";

const samples: TestTable = {
  name: "samples",
  columns: [
    { name: "id", type: "integer" },
    { name: "name", type: "text" },
  ],
  key: ["id"],
  rows: [
    ["1", "first"],
    ["2", null],
  ],
};

const measures: TestTable = {
  name: "measures",
  columns: [
    { name: "sample_id", type: "integer" },
    { name: "number", type: "integer" },
    { name: "value", type: "decimal" },
  ],
  key: ["sample_id", "number"],
  references: [{ columns: ["sample_id"], table: "samples", to: ["id"] }],
  rows: [
    ["1", "1", "0.50"],
    ["1", "2", null],
    ["2", "1", "-7"],
  ],
};

/** A cell as SheetJS has it: its type, its value, and for dates the format. */
type Cell = readonly [type: string, value: unknown, format?: string];

/** A value that a format holds in another way than its column's type promises. */
interface Expected<C> {
  readonly cell: C | null;
  readonly problems: readonly string[];
}

const WORDS = /infinity/i;
/** What XML cannot hold. */
const CONTROL = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/u;

function significantDigits(text: string): number {
  return text.replace(/[-.]/g, "").replace(/^0+|0+$/g, "").length;
}

/** Milliseconds since 1970 of a date and time in UTC, and whether microseconds were left out. */
function milliseconds(text: string): { at: number; rounded: boolean } {
  const [, whole = "", fraction = ""] = /^(.*?:\d\d)(?:\.(\d+))?Z?$/.exec(text) ?? [];
  const exact = Number(fraction.padEnd(6, "0")) / 1000;
  return { at: Date.parse(`${whole}Z`) + Math.min(Math.round(exact), 999), rounded: exact !== Math.trunc(exact) };
}

const serial = (at: number): number => at / 86_400_000 + 25_569;

function xlsxCell(text: string | null, type: ColumnType): Expected<Cell> {
  const asText = (...problems: string[]): Expected<Cell> => ({ cell: ["s", text], problems });
  if (text === null) return { cell: null, problems: [] };
  switch (type) {
    case "integer":
    case "decimal":
      return significantDigits(text) > 15 ? asText("number-as-text") : { cell: ["n", Number(text)], problems: [] };
    case "float": {
      if (WORDS.test(text)) return asText("not-a-number");
      const size = Math.abs(Number(text));
      const fits = size === 0 || (size >= 2.2250738585072014e-308 && size <= 9.99999999999999e307);
      return fits ? { cell: ["n", Number(text)], problems: [] } : asText("number-as-text");
    }
    case "boolean":
      return { cell: ["b", text === "true"], problems: [] };
    case "date":
      return /^\d{4}/.test(text) && text >= "1900-03-01"
        ? { cell: ["n", serial(Date.parse(text)), "yyyy-mm-dd"], problems: [] }
        : asText("date-out-of-range");
    case "time": {
      const { at, rounded } = milliseconds(`1970-01-01T${text}`);
      const format = at % 1000 === 0 ? "hh:mm:ss" : "hh:mm:ss.000";
      return { cell: ["n", at / 86_400_000, format], problems: rounded ? ["time-rounded"] : [] };
    }
    case "datetime":
    case "instant": {
      if (!/^\d{4}/.test(text) || text < "1900-03-01") return asText("date-out-of-range");
      const { at, rounded } = milliseconds(text);
      const format = at % 1000 === 0 ? "yyyy-mm-dd hh:mm:ss" : "yyyy-mm-dd hh:mm:ss.000";
      return { cell: ["n", serial(at), format], problems: rounded ? ["time-rounded"] : [] };
    }
    default:
      return text.length > 32_767
        ? { cell: ["s", text.slice(0, 32_767)], problems: ["text-cut"] }
        : asText(...(CONTROL.test(text) ? ["control-character"] : []));
  }
}

function odsCell(text: string | null, type: ColumnType): Expected<OdsCell> {
  const asText = (...problems: string[]): Expected<OdsCell> => ({ cell: ["string", text!], problems });
  if (text === null) return { cell: null, problems: [] };
  switch (type) {
    case "integer":
    case "decimal":
      return significantDigits(text) > 15 ? asText("number-as-text") : { cell: ["float", text], problems: [] };
    case "float":
      return WORDS.test(text) ? asText("not-a-number") : { cell: ["float", text], problems: [] };
    case "boolean":
      return { cell: ["boolean", text], problems: [] };
    case "date":
    case "datetime":
    case "instant":
      return /^\d{4}/.test(text) && text >= "0001"
        ? { cell: ["date", text.replace("Z", "")], problems: [] }
        : asText("date-out-of-range");
    case "time":
      return { cell: ["time", text.replace(/(..):(..):(.*)/, "PT$1H$2M$3S")], problems: [] };
    default:
      return CONTROL.test(text)
        ? {
            cell: ["string", text.replace(new RegExp(CONTROL, "gu"), (odd) => pictureOf(odd.charCodeAt(0)))],
            problems: ["control-character"],
          }
        : asText();
  }
}

function pictureOf(code: number): string {
  return code < 32 ? String.fromCharCode(0x2400 + code) : "\ufffd";
}

/** Expected cells of a table's rows, and the problems to be counted. */
function expectedOf<C>(
  table: TestTable,
  cellOf: (text: string | null, type: ColumnType) => Expected<C>,
): { cells: (C | null)[][]; problems: Problem[] } {
  const problems: Problem[] = [];
  const cells = table.rows.map((row) =>
    row.map((text, c) => {
      const { name, type } = table.columns[c]!;
      const expected = cellOf(text, type);
      for (const code of expected.problems) {
        const n = problems.findIndex((problem) => problem.code === code && problem.column === name);
        if (n < 0) problems.push({ code, column: name, count: 1 });
        else problems[n] = { code, column: name, count: problems[n]!.count + 1 };
      }
      return expected.cell;
    }),
  );
  return { cells, problems: sorted(problems) };
}

function sorted(problems: readonly Problem[]): Problem[] {
  const key = ({ code, column }: Problem): string => `${code} ${column}`;
  return problems.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** With raw numbers instead of dates, so that types and numbers are seen as they are. */
function workbook(bytes: Buffer): WorkBook {
  return read(bytes, { cellDates: false, cellNF: true, cellText: false, raw: true });
}

function cellsOf(sheet: WorkSheet): (Cell | null)[][] {
  const range = utils.decode_range(sheet["!ref"]!);
  return Array.from({ length: range.e.r + 1 }, (_, r) =>
    Array.from({ length: range.e.c + 1 }, (__, c) => {
      const cell = sheet[utils.encode_cell({ r, c })];
      if (cell === undefined) return null;
      const format = String(cell.z ?? "General").replaceAll("\\", "");
      return format === "General" ? [cell.t, cell.v] : [cell.t, cell.v, format];
    }),
  );
}

/** Serial numbers are equal when they stand for the same millisecond; a number in a JSON column may be one or its text. */
function expectSame(found: Cell | null, expected: Cell | null, type: ColumnType): void {
  if (found?.[2] !== undefined && expected?.[2] !== undefined) {
    expect(found[2]).toBe(expected[2]);
    expect(Math.round(Number(found[1]) * 86_400_000)).toBe(Math.round(Number(expected[1]) * 86_400_000));
    expect(Math.abs(Number(found[1]) - Number(expected[1]))).toBeLessThan(1e-9);
  } else if (type === "json" && found?.[0] === "n") {
    expect(found[1]).toBe(Number(expected![1]));
  } else {
    expect(found).toEqual(expected);
  }
}

const texts = (rows: (Cell | null)[][]): unknown[][] => rows.map((row) => row.map((cell) => cell?.[1] ?? null));

/** Declares the tests of an engine. */
export function workbooksBehave(engine: TestEngine): void {
  const awkward = fitted(tables.awkward, engine);
  const awkwardNames = fitted(tables.awkwardNames, engine);
  const { largeCells } = tables;
  describe(`${engine.name}: workbooks`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      ({ url, drop } = await engine.make([awkward, awkwardNames, largeCells, samples, measures]));
    });
    afterAll(() => drop());

    it.each([awkward, largeCells])("gives SheetJS every value of $name through XLSX", async (table) => {
      const { bytes, facts } = await exported(url, { object: table.name, format: "xlsx" });
      const book = workbook(bytes);
      const [header, ...rows] = cellsOf(book.Sheets[table.name]!);
      const expected = expectedOf(table, xlsxCell);
      expect(header!.map((cell) => cell?.[1])).toEqual(table.columns.map(({ name }) => name));
      expect(rows.length).toBe(table.rows.length);
      for (const [r, row] of rows.entries()) {
        for (const [c, { type }] of table.columns.entries()) expectSame(row[c] ?? null, expected.cells[r]![c]!, type);
      }
      expect(sorted(facts.problems)).toEqual(expected.problems);
      expect(facts.tables).toEqual([{ name: table.name, rows: table.rows.length }]);
    });

    it.each([awkward, largeCells])("gives Python every value of $name through ODS", async (table) => {
      const { bytes, facts } = await exported(url, { object: table.name, format: "ods" });
      const [header, ...rows] = (await pythonOds(bytes))[table.name]!;
      const expected = expectedOf(table, odsCell);
      expect(header).toEqual(table.columns.map(({ name }) => ["string", name]));
      expect(rows.length).toBe(table.rows.length);
      for (const [r, row] of rows.entries()) {
        for (const [c, { type }] of table.columns.entries()) {
          const found = row[c]!;
          const wanted = expected.cells[r]![c]!;
          // SQLite keeps a number in a JSON column as a number.
          if (type === "json" && found?.[0] === "float") expect(Number(found[1])).toBe(Number(wanted?.[1]));
          else expect(found).toEqual(wanted);
        }
      }
      expect(sorted(facts.problems)).toEqual(expected.problems);
    });

    it("gives SheetJS the types and numbers of ODS", async () => {
      const { bytes } = await exported(url, { object: "awkward", format: "ods" });
      const rows = cellsOf(workbook(bytes).Sheets["awkward"]!).slice(1);
      const types: Readonly<Record<string, string>> = { float: "n", date: "n", time: "n", boolean: "b", string: "s" };
      const expected = expectedOf(awkward, odsCell).cells;
      for (const [r, row] of rows.entries()) {
        for (const [c, { type }] of awkward.columns.entries()) {
          const wanted = expected[r]![c]!;
          if (type === "json") continue;
          expect(row[c]?.[0]).toBe(wanted === null ? undefined : types[wanted[0]]);
          if (wanted?.[0] === "float") expect(row[c]![1]).toBe(Number(wanted[1]));
          if (wanted?.[0] === "boolean") expect(row[c]![1]).toBe(wanted[1] === "true");
        }
      }
    });

    it("shows instants as the clocks of a time zone do, and counts those that they show twice", async () => {
      const request = { object: "awkward", paths: ["instant"], timeZone: "Europe/Paris", limit: 10 };
      const xlsx = await exported(url, { ...request, format: "xlsx" });
      const [, ...rows] = cellsOf(workbook(xlsx.bytes).Sheets["awkward"]!);
      const held = awkward.rows.map((row) => row[awkward.columns.findIndex(({ type }) => type === "instant")] !== null);
      const among = (...places: number[]): number => places.filter((n) => held[n]).length;
      const shown = [
        "2024-03-31T01:59:59.000",
        "2024-03-31T03:00:00.000",
        "2024-10-27T02:30:00.000",
        "2024-10-27T02:30:00.000",
        "0001-01-01T00:09:21+00:09:21",
        "+10000-01-01T00:59:59.999999+01:00",
        "1900-01-01T00:09:20+00:09:21",
        "1970-01-01T01:00:00.000",
        "2024-05-01T14:34:56.123",
        "1970-01-01T00:59:59.999",
      ];
      const found = rows.map(([cell]) =>
        cell === null || cell === undefined
          ? null
          : cell[0] === "n"
            ? new Date(Math.round((Number(cell[1]) - 25_569) * 86_400_000)).toISOString().replace("Z", "")
            : cell[1],
      );
      expect(found).toEqual(shown.map((text, n) => (held[n] === true ? text : null)));
      expect(sorted(xlsx.facts.problems)).toEqual(
        [
          { code: "ambiguous-local-time", column: "instant", count: 1 },
          { code: "date-out-of-range", column: "instant", count: among(4, 5, 6) },
          { code: "time-rounded", column: "instant", count: among(8, 9) },
        ].filter(({ count }) => count > 0),
      );
      const ods = await exported(url, { ...request, format: "ods" });
      expect((await pythonOds(ods.bytes))["awkward"]!.slice(1).map(([cell]) => cell)).toEqual(
        [
          ["date", "2024-03-31T01:59:59"],
          ["date", "2024-03-31T03:00:00"],
          ["date", "2024-10-27T02:30:00"],
          ["date", "2024-10-27T02:30:00"],
          ["date", "0001-01-01T00:09:21"],
          ["string", "+10000-01-01T00:59:59.999999+01:00"],
          ["date", "1900-01-01T00:09:20"],
          ["date", "1970-01-01T01:00:00"],
          ["date", "2024-05-01T14:34:56.123456"],
          ["date", "1970-01-01T00:59:59.999999"],
        ].map((cell, n) => (held[n] === true ? cell : null)),
      );
    });

    it("gives a list a sheet of its own, and says what each column is", async () => {
      const request = {
        object: "samples",
        paths: ["id", "name", "measures.number", "measures.value"],
        timeZone: "Europe/Paris",
      };
      const { bytes, facts } = await exported(url, { ...request, format: "xlsx" });
      const book = workbook(bytes);
      expect(book.SheetNames).toEqual(["samples", "samples.measures", "Data dictionary"]);
      expect(cellsOf(book.Sheets["samples.measures"]!)).toEqual([
        [
          ["s", "samples.id"],
          ["s", "number"],
          ["s", "value"],
        ],
        [
          ["n", 1],
          ["n", 1],
          ["n", 0.5],
        ],
        [["n", 1], ["n", 2], null],
        [
          ["n", 2],
          ["n", 1],
          ["n", -7],
        ],
      ]);
      expect(book.Sheets["samples.measures"]!["!autofilter"]).toEqual({ ref: "A1:C4" });
      expect(book.Workbook!.Names!.map(({ Name, Ref, Sheet }) => [Name, Ref, Sheet])).toEqual([
        ["_xlnm._FilterDatabase", "'samples'!$A$1:$B$3", 0],
        ["_xlnm._FilterDatabase", "'samples.measures'!$A$1:$C$4", 1],
      ]);
      expect(texts(cellsOf(book.Sheets["Data dictionary"]!))).toEqual([
        ["Sheet", "Column", "Label", "Type", "Meaning"],
        ["samples", "id", null, "whole number", null],
        ["samples", "name", null, "text", null],
        ["samples.measures", "samples.id", null, "whole number", null],
        ["samples.measures", "number", null, "whole number", null],
        ["samples.measures", "value", null, "decimal number", null],
        [null, null, null, null, null],
        ["Time zone of points in time", "Europe/Paris", null, null, null],
      ]);
      expect(facts.tables).toEqual([
        { name: "samples", rows: 2 },
        { name: "samples.measures", rows: 3 },
      ]);
      const ods = await pythonOds((await exported(url, { ...request, format: "ods", language: "fr" })).bytes);
      expect(Object.keys(ods)).toEqual(["samples", "samples.measures", "Dictionnaire des données"]);
      expect(ods["samples.measures"]!.slice(1)).toEqual([
        [
          ["float", "1"],
          ["float", "1"],
          ["float", "0.50"],
        ],
        [["float", "1"], ["float", "2"], null],
        [
          ["float", "2"],
          ["float", "1"],
          ["float", engine.fixedScale === true ? "-7.00" : "-7"],
        ],
      ]);
      expect(ods["Dictionnaire des données"]![5]!.map((cell) => cell?.[1])).toEqual([
        "samples.measures",
        "value",
        undefined,
        "nombre décimal",
        undefined,
      ]);
    });

    it("keeps odd names of tables and columns, and headers without rows", async () => {
      const { name, columns } = awkwardNames;
      const names = columns.map((column) => column.name);
      const xlsx = await exported(url, { object: name, format: "xlsx" });
      const [header, ...rows] = texts(cellsOf(workbook(xlsx.bytes).Sheets[name]!));
      expect(header).toEqual(names);
      expect(rows).toEqual(awkwardNames.rows);
      const ods = await exported(url, { object: name, format: "ods", limit: 0 });
      expect((await pythonOds(ods.bytes))[name]).toEqual([names.map((column) => ["string", column])]);
      const empty = await exported(url, { object: name, format: "xlsx", limit: 0 });
      expect(texts(cellsOf(workbook(empty.bytes).Sheets[name]!))).toEqual([names]);
    });
  });
}
