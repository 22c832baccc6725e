// Tables as sheets: rows counted, columns measured, sheets begun and ended. What the workbook formats share.
import { CellBatch } from "../cells/batch.ts";
import { Output, OutputPair } from "../cells/output.ts";
import { Problems } from "../cells/problems.ts";
import type { RowSource, SheetFacts, TableShape, WriterContext } from "../cells/row-writer.ts";
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { dictionary, dictionaryTitle } from "./sheet-dictionary.ts";
import { SheetNames } from "./sheet-names.ts";
import { ColumnWidths } from "./sheet-widths.ts";

/** How much a sheet holds. */
export interface SheetLimits {
  /** Rows, with the header. */
  readonly rows: number;
  readonly columns: number;
  /** A row that begins past so many bytes of the sheet's XML begins another sheet instead. */
  readonly bytes: number;
}

/** What Excel and LibreOffice Calc hold. */
export const SHEET_LIMITS: SheetLimits = { rows: 1_048_576, columns: 16_384, bytes: Infinity };

/** A sheet of the workbook. */
export interface Sheet {
  readonly name: string;
  /** By position; null for the data dictionary, which has no filter. */
  readonly table: number | null;
  readonly columns: number;
  /** Without the header. */
  rows: number;
}

/** Renders the sheets of one table. */
export interface SheetEncoder {
  /** What stands before the first row, and the header row. Widths are in characters. */
  begin(sheet: Sheet, first: boolean, widths: Uint8Array, out: Output): void;
  /** Renders a row; `number` is that of the sheet, whose header is 1. */
  row(batch: CellBatch, row: number, number: number, out: Output): void;
  /** What stands after the last row, when all are counted. */
  end(sheet: Sheet, out: Output): void;
}

/** What a workbook is made of. */
export interface Workbook {
  readonly tables: readonly TableShape[];
  readonly context: WriterContext;
  readonly limits: SheetLimits;
  readonly encoderOf: (table: TableShape, context: WriterContext) => SheetEncoder;
}

/** A sheet to be written: read its content to the end before the next sheet is asked for. */
export interface OpenSheet {
  readonly sheet: Sheet;
  /** A chunk is valid until the next but one is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Rows that are looked at for the widths of columns, unless their bytes are many already. */
const MEASURED_ROWS = 100;
const MEASURED_BYTES = 1 << 20;

/** The sheets of a workbook as they come, the data dictionary last. */
export class SheetStream {
  /** Those begun so far. */
  readonly sheets: Sheet[] = [];
  readonly #workbook: Workbook;
  readonly #names = new SheetNames();
  readonly #firstNames: readonly string[];
  readonly #dictionaryName: string;
  readonly #out = new OutputPair();
  readonly #held = new Output(1 << 16);

  /** @throws usageError `too-many-columns` */
  constructor(workbook: Workbook) {
    this.#workbook = workbook;
    const most = workbook.limits.columns;
    for (const { name, columns } of workbook.tables) {
      if (columns.length <= most) continue;
      throw usageError("too-many-columns", sentence`${name} has ${columns.length} columns; a sheet holds ${most}.`, {
        hint: sentence`Choose fewer columns, or take another format, such as csv.`,
      });
    }
    // Before any row is seen, so that the names of tables do not depend on how long other tables are.
    this.#firstNames = workbook.tables.map(({ name }) => this.#names.take(name));
    this.#dictionaryName = this.#names.take(dictionaryTitle(workbook.context.language));
  }

  /** The sheets that hold rows of tables. */
  get facts(): readonly SheetFacts[] {
    return this.sheets.flatMap(({ name, table, rows }) => (table === null ? [] : [{ name, table, rows }]));
  }

  /** @param rowsOf opens the rows of a table; each is opened once, in order. */
  async *open(rowsOf: (table: number) => RowSource): AsyncGenerator<OpenSheet> {
    const { tables, context } = this.#workbook;
    for (const [n, table] of tables.entries()) {
      yield* this.#sheetsOf(table, n, this.#firstNames[n]!, new RowCursor(rowsOf(n)), context);
    }
    const its = dictionary(tables, this.#firstNames, context);
    // What cannot be shown of a column's documentation is no problem of the data.
    const apart = { ...context, problems: new Problems() };
    yield* this.#sheetsOf(its.table, null, this.#dictionaryName, new RowCursor(its.rows), apart);
  }

  async *#sheetsOf(
    table: TableShape,
    position: number | null,
    firstName: string,
    cursor: RowCursor,
    context: WriterContext,
  ): AsyncGenerator<OpenSheet> {
    const encoder = this.#workbook.encoderOf(table, context);
    let count = 0;
    do {
      const name = ++count === 1 ? firstName : this.#names.further(firstName, count);
      const sheet: Sheet = { name, table: position, columns: table.columns.length, rows: 0 };
      this.sheets.push(sheet);
      const widths = new ColumnWidths(
        table.columns.map((column) => column.name),
        Uint32Array.from(table.columns, ({ cell }) => cell),
      );
      yield { sheet, content: this.#content(sheet, encoder, widths, cursor) };
    } while (await cursor.more());
  }

  async *#content(
    sheet: Sheet,
    encoder: SheetEncoder,
    widths: ColumnWidths,
    cursor: RowCursor,
  ): AsyncGenerator<Uint8Array> {
    const { limits } = this.#workbook;
    const mostRows = limits.rows - 1;
    const out = this.#out;
    const held = this.#held;
    held.length = 0;
    const mostHeld = Math.min(MEASURED_BYTES, limits.bytes);
    // Rows are held back by number, never by batch: batches may end anywhere.
    const measured = Math.min(MEASURED_ROWS, mostRows);
    while (sheet.rows < measured && held.length < mostHeld && (await cursor.more())) {
      widths.measure(cursor.batch, cursor.row);
      encoder.row(cursor.batch, cursor.row++, ++sheet.rows + 1, held);
    }
    encoder.begin(sheet, this.sheets.length === 1, widths.list(), out.current);
    let passedOn = out.current.length + held.length;
    yield out.turn();
    yield held.written();
    while (sheet.rows < mostRows && passedOn + out.current.length < limits.bytes) {
      if (cursor.atEnd && !(await cursor.more())) break;
      encoder.row(cursor.batch, cursor.row++, ++sheet.rows + 1, out.current);
      if (!out.full) continue;
      passedOn += out.current.length;
      yield out.turn();
    }
    encoder.end(sheet, out.current);
    yield out.turn();
  }
}

const NOTHING = new CellBatch(0, 0);

/** The next row of a table to be written, over the batches that it comes in. */
class RowCursor {
  batch: CellBatch = NOTHING;
  row = 0;
  readonly #source: RowSource;
  #over = false;

  constructor(source: RowSource) {
    this.#source = source;
  }

  /** Whether the batch at hand is used up. */
  get atEnd(): boolean {
    return this.row >= this.batch.rows;
  }

  /** Whether there is another row; it is at `row` of `batch` then. */
  async more(): Promise<boolean> {
    while (this.row >= this.batch.rows) {
      if (this.#over) return false;
      const batch = await this.#source.next();
      if (batch === null) {
        this.#over = true;
        return false;
      }
      this.batch = batch;
      this.row = 0;
    }
    return true;
  }
}
