// A table of an ODS file (ODF 1.3 part 3 section 9.1): column widths, bold header, rows.
import type { CellBatch } from "../../cells/batch.ts";
import { Output } from "../../cells/output.ts";
import type { TableShape, WriterContext } from "../../cells/row-writer.ts";
import type { Sheet, SheetEncoder } from "../sheet-stream.ts";
import { escaped } from "../sheet-xml.ts";
import { CellXml } from "./cell-xml.ts";
import { CellStyle, TABLE_STYLE, widthStyle } from "./styles.ts";
import { textCellStart, writeTextCell } from "./text-cell.ts";

const encoder = new TextEncoder();
const ROW = encoder.encode("<table:table-row>");
const ROW_END = encoder.encode("</table:table-row>");
const HEADER_CELL = textCellStart(CellStyle.header);
const END = encoder.encode("</table:table>");

/** Writes the sheets of one table. */
export class Table implements SheetEncoder {
  readonly #header: Uint8Array;
  readonly #cells: CellXml;

  constructor(table: TableShape, context: WriterContext) {
    this.#header = headerRow(table, context);
    this.#cells = new CellXml(table.columns, context);
  }

  begin(sheet: Sheet, _first: boolean, widths: Uint8Array, out: Output): void {
    const columns = Array.from(widths, (width) => `<table:table-column table:style-name="${widthStyle(width)}"/>`);
    const open = `<table:table table:name="${escaped(sheet.name)}" table:style-name="${TABLE_STYLE}">`;
    out.append(encoder.encode(open + columns.join("")));
    out.append(this.#header);
  }

  row(batch: CellBatch, row: number, _number: number, out: Output): void {
    out.append(ROW);
    this.#cells.row(batch, row, out);
    out.append(ROW_END);
  }

  end(_sheet: Sheet, out: Output): void {
    out.append(END);
  }
}

/** The row of column names, the same on each sheet of a table. */
function headerRow({ columns }: TableShape, { problems }: WriterContext): Uint8Array {
  const out = new Output(1 << 10);
  out.append(ROW);
  for (const { name } of columns) {
    const bytes = encoder.encode(name);
    if (writeTextCell(HEADER_CELL, bytes, 0, bytes.length, out)) problems.add("name-encoded", name);
  }
  out.append(ROW_END);
  return out.written();
}
