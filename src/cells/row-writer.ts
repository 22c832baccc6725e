// What a format is: something that renders batches of cells into bytes. Each format is a folder in src/formats.
import type { FieldType } from "../catalog/types.ts";
import type { CellBatch } from "./batch.ts";
import type { Output } from "./output.ts";
import type { Problems } from "./problems.ts";
import type { RowCounter, SheetCounter } from "./row-counter.ts";
import type { Zone } from "./zone.ts";

/** A column of a table as a format sees it. */
export interface ColumnShape {
  /** The header, unique in its table: `project.name`. */
  readonly name: string;
  /** Where the value stands in nested formats: `["project", "name"]`. */
  readonly path: readonly string[];
  readonly type: FieldType;
  /** The type's name in the database (`numeric(12,2)`); absent where a value is computed. */
  readonly native?: string;
  /** The cell of a row that holds the value. */
  readonly cell: number;
  readonly label?: string;
  readonly documentation?: string;
}

/** An expanded reference in a table: an object in nested formats, null when the record it points to is missing. */
export interface GroupShape {
  /** The path that its columns begin with: `["project"]`. */
  readonly path: readonly string[];
  /** A cell that is missing exactly when the record is. */
  readonly cell: number;
}

/** A table to be written: its columns in order, and its lists, which are tables too. */
export interface TableShape {
  readonly name: string;
  readonly label?: string;
  readonly documentation?: string;
  readonly columns: readonly ColumnShape[];
  readonly groups: readonly GroupShape[];
  readonly lists: readonly ListShape[];
}

/** A list inside of a table, for formats that nest. */
export interface ListShape {
  /** The member's name in each record. */
  readonly name: string;
  readonly table: TableShape;
}

/** What a writer needs to know besides the table. */
export interface WriterContext {
  /** Instants are shown in this zone; null is UTC. */
  readonly zone: Zone | null;
  /** The reader's language, for what depends on it (a delimiter). */
  readonly language: string;
  readonly problems: Problems;
}

/** How a table's text is to be read: properties of a Table Dialect (Data Package v2). */
export type Dialect = Readonly<Record<string, unknown>>;

/**
 * Renders one table. `rows` does the work; everything it writes goes to `out`, which the engine empties. Where it gives a
 * promise, it waits for work that is done beside it, and what it was handed stays its own until then.
 */
export interface RowWriter {
  readonly dialect?: Dialect;
  /** Where the finished content is made into something else, and is no longer a table: what makes it so (XSLT). */
  readonly convert?: (content: AsyncIterable<Uint8Array>, signal: AbortSignal) => AsyncIterable<Uint8Array>;
  /** What stands before the first row. */
  head(out: Output): void;
  /** Renders rows `from` (inclusive) to `to` (exclusive). */
  rows(batch: CellBatch, from: number, to: number, out: Output): void | Promise<void>;
  /** What stands after the last row. */
  tail(out: Output): void | Promise<void>;
}

/** A row writer that can stop inside of a row to let the rows of its lists be written there. */
export interface NestingRowWriter extends RowWriter {
  /** Renders a row but for its lists. `index` counts the rows of the table, or of the list within its parent. */
  beginRow(batch: CellBatch, row: number, index: number, out: Output): void;
  readonly lists: readonly ListWriter[];
  endRow(out: Output): void;
}

export interface ListWriter {
  begin(out: Output): void;
  readonly items: NestingRowWriter;
  end(out: Output): void;
}

/** Rows, a batch at a time; a batch is valid until the next one is asked for. Null after the last. */
export interface RowSource {
  next(): Promise<CellBatch | null>;
}

/** A file within a workbook, which is a zip. A chunk of its content is valid until the next but one is asked for. */
export interface WorkbookPart {
  readonly name: string;
  readonly content: AsyncIterable<Uint8Array> | Uint8Array;
  /** Not compressed, as the specification of ODF asks for its first part. */
  readonly stored?: true;
}

/** A sheet with rows of a table: the whole table, or as much of it as a sheet holds. */
export interface SheetFacts {
  readonly name: string;
  /** Which of the tables, by position. */
  readonly table: number;
  rows: number;
}

/** Renders several tables into the parts of one file. */
export interface WorkbookWriter {
  /**
   * The parts in order. Each must be read to its end before the next is asked for.
   * @param rowsOf opens the rows of a table, by position; each table is opened once, in order.
   */
  parts(rowsOf: (table: number) => RowSource): AsyncIterable<WorkbookPart>;
  /** The sheets that hold rows, complete after the last part. */
  readonly sheets: readonly SheetFacts[];
}

/** Options as the asker gave them: text from the command line, JSON values from a template. */
export type FormatOptions = Readonly<Record<string, unknown>>;

interface FormatBase {
  /** As in CONTRACT section 4: `csv`. */
  readonly name: string;
  readonly mime: string;
  /** File name suffix without the dot. */
  readonly extension: string;
  /** Compressed by itself, so that archives do not try again. */
  readonly compressed?: true;
  /** The names of its columns are for programs: nothing is added to them. */
  readonly plainNames?: true;
}

/** A format whose lists become tables of their own. */
export interface TabularFormat extends FormatBase {
  readonly shape: "table";
  readonly counter: (dialect: Dialect) => RowCounter;
  /** @throws usageError `unknown-option`, `option-not-suited` */
  writer(table: TableShape, options: FormatOptions, context: WriterContext): RowWriter;
}

/** A format that holds lists inside of their records. */
export interface NestingFormat extends FormatBase {
  readonly shape: "nested";
  readonly counter: (dialect: Dialect) => RowCounter;
  /** @throws usageError `unknown-option`, `option-not-suited` */
  writer(table: TableShape, options: FormatOptions, context: WriterContext): NestingRowWriter;
}

/** A format whose files hold several tables, each on sheets of its own. */
export interface WorkbookFormat extends FormatBase {
  readonly shape: "workbook";
  /** Counts the rows of a part that holds sheets; null for other parts. */
  readonly sheetCounter: (part: string) => SheetCounter | null;
  /** @throws usageError `unknown-option`, `option-not-suited`, `too-many-columns` */
  writer(tables: readonly TableShape[], options: FormatOptions, context: WriterContext): WorkbookWriter;
}

export type Format = TabularFormat | NestingFormat | WorkbookFormat;
