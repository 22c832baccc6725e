// ODS: OpenDocument spreadsheets (ODF 1.3, ISO/IEC 26300).
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
import { CONTENT_HEAD, contentTail, MIME, smallParts } from "./parts.ts";
import { Table } from "./table.ts";

export const ods: WorkbookFormat = {
  name: "ods",
  mime: MIME,
  extension: "ods",
  compressed: true,
  shape: "workbook",
  sheetCounter: (part) => (part === "content.xml" ? new SheetRowCounter("<table:table ", "<table:table-row") : null),
  writer: (tables, options, context) => {
    readOptions("ods", {}, options);
    return new OdsWriter(tables, context, SHEET_LIMITS);
  },
};

/** Writes an ODS file, whose sheets are all in one part. */
export class OdsWriter implements WorkbookWriter {
  readonly #stream: SheetStream;

  /** @throws usageError `too-many-columns` */
  constructor(tables: readonly TableShape[], context: WriterContext, limits: SheetLimits) {
    const encoderOf = (table: TableShape, its: WriterContext): Table => new Table(table, its);
    this.#stream = new SheetStream({ tables, context, limits, encoderOf });
  }

  get sheets(): readonly SheetFacts[] {
    return this.#stream.facts;
  }

  async *parts(rowsOf: (table: number) => RowSource): AsyncGenerator<WorkbookPart> {
    // First and not compressed, so that programs recognise the file by its bytes (ODF 1.3 part 2 section 3.3).
    yield { name: "mimetype", content: Buffer.from(MIME, "latin1"), stored: true };
    yield { name: "content.xml", content: this.#content(rowsOf) };
    yield* smallParts(this.#stream.sheets);
  }

  async *#content(rowsOf: (table: number) => RowSource): AsyncGenerator<Uint8Array> {
    yield Buffer.from(CONTENT_HEAD, "utf8");
    for await (const { content } of this.#stream.open(rowsOf)) yield* content;
    yield Buffer.from(contentTail(this.#stream.sheets), "utf8");
  }
}
