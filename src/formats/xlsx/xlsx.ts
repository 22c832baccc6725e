// XLSX: Office Open XML workbooks (ISO/IEC 29500-1, SpreadsheetML, transitional).
import type {
  RowSource,
  SheetFacts,
  TableShape,
  WorkbookFormat,
  WorkbookPart,
  WorkbookWriter,
  WriterContext,
} from "../../cells/row-writer.ts";
import { readOptions } from "../options.ts";
import { SheetRowCounter } from "../row-counters.ts";
import { SHEET_LIMITS, type SheetLimits, SheetStream } from "../sheet-stream.ts";
import { isSheetPart, sheetPart, smallParts } from "./parts.ts";
import { Worksheet } from "./worksheet.ts";

/** A sheet's XML stays below 4 GiB, past which zip needs fields that Excel does not read. */
const XLSX_LIMITS: SheetLimits = { ...SHEET_LIMITS, bytes: 3.9e9 };

export const xlsx: WorkbookFormat = {
  name: "xlsx",
  mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  extension: "xlsx",
  compressed: true,
  shape: "workbook",
  sheetCounter: (part) => (isSheetPart(part) ? new SheetRowCounter("<sheetData", "<row ") : null),
  writer: (tables, options, context) => {
    readOptions("xlsx", {}, options);
    return new XlsxWriter(tables, context, XLSX_LIMITS);
  },
};

/** Writes an XLSX file: the sheets first, since what describes them counts them. */
export class XlsxWriter implements WorkbookWriter {
  readonly #stream: SheetStream;

  /** @throws usageError `too-many-columns` */
  constructor(tables: readonly TableShape[], context: WriterContext, limits: SheetLimits) {
    const encoderOf = (table: TableShape, its: WriterContext): Worksheet => new Worksheet(table, its);
    this.#stream = new SheetStream({ tables, context, limits, encoderOf });
  }

  get sheets(): readonly SheetFacts[] {
    return this.#stream.facts;
  }

  async *parts(rowsOf: (table: number) => RowSource): AsyncGenerator<WorkbookPart> {
    let count = 0;
    for await (const { content } of this.#stream.open(rowsOf)) yield { name: sheetPart(count++), content };
    yield* smallParts(this.#stream.sheets);
  }
}
