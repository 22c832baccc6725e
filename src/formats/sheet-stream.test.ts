import { describe, expect, it } from "vitest";
import { textBatch } from "../../test/setup/batch.ts";
import { inBatches, partsOf, textTable, utcContext } from "../../test/setup/workbook.ts";
import type { TableShape, WorkbookWriter, WriterContext } from "../cells/row-writer.ts";
import { OdsWriter } from "./ods/ods.ts";
import { SHEET_LIMITS, type SheetLimits } from "./sheet-stream.ts";
import { XlsxWriter } from "./xlsx/xlsx.ts";

type Make = (tables: readonly TableShape[], context: WriterContext, limits: SheetLimits) => WorkbookWriter;

const WRITERS: readonly (readonly [string, Make])[] = [
  ["xlsx", (...all) => new XlsxWriter(...all)],
  ["ods", (...all) => new OdsWriter(...all)],
];

/** Rows whose widest cells stand around the hundredth row. */
const rows = textBatch(
  Array.from({ length: 250 }, (_, n) => [`row ${n}`, n === 99 ? "x".repeat(30) : n === 100 ? "x".repeat(50) : null]),
);

describe.each(WRITERS)("%s", (_, make) => {
  it("is the same wherever batches end", async () => {
    const written = async (most: number): Promise<Buffer> => {
      const writer = make([textTable("t", 2), textTable("u", 2)], utcContext(), { ...SHEET_LIMITS, rows: 121 });
      const parts = await partsOf(writer, () => inBatches(rows, most));
      expect(writer.sheets.map(({ name, table, rows: count }) => [name, table, count])).toEqual([
        ["t", 0, 120],
        ["t (2)", 0, 120],
        ["t (3)", 0, 10],
        ["u", 1, 120],
        ["u (2)", 1, 120],
        ["u (3)", 1, 10],
      ]);
      return Buffer.concat([...parts].flatMap(([name, content]) => [Buffer.from(name), content]));
    };
    const whole = await written(250);
    for (const most of [1, 7, 99, 100, 101, 120]) expect((await written(most)).equals(whole)).toBe(true);
  });

  it("begins no further sheet when the rows just fit", async () => {
    const writer = make([textTable("t", 2)], utcContext(), { ...SHEET_LIMITS, rows: 251 });
    await partsOf(writer, () => inBatches(rows, 50));
    expect(writer.sheets).toEqual([{ name: "t", table: 0, rows: 250 }]);
  });

  it("ends a sheet before its XML is too long", async () => {
    const writer = make([textTable("t", 2)], utcContext(), { ...SHEET_LIMITS, bytes: 12_000 });
    await partsOf(writer, () => inBatches(rows, 50));
    expect(writer.sheets.length).toBeGreaterThan(1);
    expect(writer.sheets.reduce((sum, sheet) => sum + sheet.rows, 0)).toBe(250);
  });

  it("refuses more columns than a sheet has, before anything is read", () => {
    const limits = { ...SHEET_LIMITS, columns: 3 };
    expect(() => make([textTable("t", 3)], utcContext(), limits)).not.toThrow();
    expect(() => make([textTable("t", 4)], utcContext(), limits)).toThrow(
      expect.objectContaining({ code: "too-many-columns" }),
    );
  });

  it("counts columns whose names cannot be kept, once", async () => {
    const table = textTable("t", 2);
    const columns = table.columns.map((column) => ({ ...column, name: `${column.name}\u0001` }));
    const context = utcContext();
    await partsOf(make([{ ...table, columns }], context, { ...SHEET_LIMITS, rows: 100 }), () => inBatches(rows, 250));
    expect(context.problems.list()).toEqual([
      { code: "name-encoded", column: "a\u0001", count: 1 },
      { code: "name-encoded", column: "b\u0001", count: 1 },
    ]);
  });
});

it("makes columns as wide as the header and the first hundred rows ask for, within bounds", async () => {
  const wide = textBatch([["i", "日本語日本語日本語", "x".repeat(1000)]]);
  const [narrow, parts] = await Promise.all([
    partsOf(new XlsxWriter([textTable("t", 2)], utcContext(), SHEET_LIMITS), () => inBatches(rows, 250)),
    partsOf(new XlsxWriter([textTable("t", 3)], utcContext(), SHEET_LIMITS), () => inBatches(wide, 1)),
  ]);
  const widths = (sheets: Map<string, Buffer>): string[] =>
    [
      ...sheets
        .get("xl/worksheets/sheet1.xml")!
        .toString()
        .matchAll(/<col [^>]*width="(\d+)"/g),
    ].map(([, w]) => w!);
  expect(widths(narrow)).toEqual(["8", "32"]);
  expect(widths(parts)).toEqual(["6", "20", "60"]);
});

it("freezes the header row", async () => {
  const xlsx = await partsOf(new XlsxWriter([textTable("t", 2)], utcContext(), SHEET_LIMITS), () => inBatches(rows, 9));
  expect(xlsx.get("xl/worksheets/sheet1.xml")!.toString()).toContain(`<pane ySplit="1" topLeftCell="A2"`);
  expect(xlsx.get("xl/worksheets/sheet2.xml")!.toString()).toContain(`<pane ySplit="1" topLeftCell="A2"`);
  const ods = await partsOf(new OdsWriter([textTable("t", 2)], utcContext(), SHEET_LIMITS), () => inBatches(rows, 9));
  expect(
    ods
      .get("settings.xml")!
      .toString()
      .match(/"VerticalSplitMode" config:type="short">2</g),
  ).toHaveLength(2);
});
