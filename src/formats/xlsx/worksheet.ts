// A worksheet (ISO/IEC 29500-1 section 18.3.1.99): frozen bold header, column widths, rows, filter.
import type { CellBatch } from "../../cells/batch.ts";
import { writeInteger } from "../../cells/integers.ts";
import { Output } from "../../cells/output.ts";
import type { TableShape, WriterContext } from "../../cells/row-writer.ts";
import type { Sheet, SheetEncoder } from "../sheet-stream.ts";
import { columnLetters, put } from "../sheet-xml.ts";
import { CellXml } from "./cell-xml.ts";
import { DECLARATION, filterRange } from "./parts.ts";
import { Style } from "./styles.ts";
import { cutAt, MAX_UNITS, needsPreserve, writeXstring } from "./xstring.ts";

const encoder = new TextEncoder();
const ROW = encoder.encode(`<row r="`);
const ROW_OPEN = encoder.encode(`">`);
const ROW_END = encoder.encode(`</row>`);
/** The start of a row: what stands above, and a number. */
const ROW_SIZE = 32;

/** Writes the sheets of one table. */
export class Worksheet implements SheetEncoder {
  readonly #header: Uint8Array;
  readonly #cells: CellXml;

  constructor(table: TableShape, context: WriterContext) {
    this.#header = headerRow(table, context);
    this.#cells = new CellXml(table.columns, context);
  }

  begin(_sheet: Sheet, first: boolean, widths: Uint8Array, out: Output): void {
    const columns = Array.from(
      widths,
      (width, c) => `<col min="${c + 1}" max="${c + 1}" width="${width}" customWidth="1"/>`,
    );
    const text =
      `${DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
      `<sheetViews><sheetView${first ? ` tabSelected="1"` : ""} workbookViewId="0">` +
      `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
      `<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>` +
      `<sheetFormatPr defaultRowHeight="15"/>` +
      (columns.length === 0 ? "" : `<cols>${columns.join("")}</cols>`) +
      `<sheetData>`;
    out.append(encoder.encode(text));
    out.append(this.#header);
  }

  row(batch: CellBatch, row: number, number: number, out: Output): void {
    out.reserve(ROW_SIZE);
    const at = writeInteger(out.bytes, put(out.bytes, out.length, ROW), number);
    out.length = put(out.bytes, at, ROW_OPEN);
    this.#cells.row(batch, row, number, out);
    out.append(ROW_END);
  }

  end(sheet: Sheet, out: Output): void {
    const range = filterRange(sheet, "");
    const filter = range === null ? "" : `<autoFilter ref="${range}"/>`;
    out.append(encoder.encode(`</sheetData>${filter}</worksheet>`));
  }
}

/** The row of column names, the same on each sheet of a table. */
function headerRow({ columns }: TableShape, { problems }: WriterContext): Uint8Array {
  const out = new Output(1 << 10);
  out.append(encoder.encode(`<row r="1">`));
  columns.forEach(({ name }, c) => {
    const bytes = encoder.encode(name);
    const end = cutAt(bytes, 0, bytes.length, MAX_UNITS);
    const space = needsPreserve(bytes, 0, end) ? ` xml:space="preserve"` : "";
    out.append(encoder.encode(`<c r="${columnLetters(c)}1" s="${Style.header}" t="inlineStr"><is><t${space}>`));
    if (writeXstring(bytes, 0, end, out) || end < bytes.length) problems.add("name-encoded", name);
    out.append(encoder.encode(`</t></is></c>`));
  });
  out.append(ROW_END);
  return out.written();
}
