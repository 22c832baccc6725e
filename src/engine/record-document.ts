// A record and its lists as `record.json` and `record.pdf`, made in one pass over its rows.
import type { RecordDocument, RecordList } from "../archive/record-pdf/document.ts";
import type { PdfFonts } from "../archive/record-pdf/fonts.ts";
import { recordPdf } from "../archive/record-pdf/record-pdf.ts";
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import type { ListWriter, NestingRowWriter, WriterContext } from "../cells/row-writer.ts";
import { ndjson } from "../formats/ndjson/ndjson.ts";
import { languageOf } from "../lib/language.ts";
import type { ListPlan, PlanColumn, TablePlan } from "../plan/plan.ts";
import { textOf } from "./cell-texts.ts";
import { shapeOf } from "./table-shape.ts";

/** What is made of one record. */
export interface RecordFiles {
  readonly json: Uint8Array;
  /**
   * @param record its key, for people
   * @param files those in the record's folder
   */
  readonly pdf: (title: string, record: string, files: RecordDocument["files"]) => Uint8Array;
}

/** Writes records one by one: the same rows go into JSON and into what the PDF shows. */
export class RecordWriter implements NestingRowWriter {
  readonly #table: TablePlan;
  readonly #context: WriterContext;
  readonly #fonts: PdfFonts;
  readonly #places: ReadonlySet<number>;
  readonly #json: NestingRowWriter;
  readonly #collector: Collector;
  readonly lists: readonly ListWriter[];

  /** @param places the cells that tell the names of files, which a PDF has in a list of their own. */
  constructor(table: TablePlan, places: readonly number[], context: WriterContext, fonts: PdfFonts) {
    this.#places = new Set(places);
    this.#table = table;
    this.#context = context;
    this.#fonts = fonts;
    this.#json = ndjson.writer(shapeOf(table), {}, context);
    this.#collector = new Collector(table, context);
    this.lists = table.lists.map((_, n) => bothLists(this.#json.lists[n]!, this.#collector.lists[n]!));
  }

  head(): void {}
  tail(): void {}
  rows(): void {
    throw new Error("records are written one by one");
  }
  beginRow(batch: CellBatch, row: number, _index: number, out: Output): void {
    this.#json.beginRow(batch, row, 0, out);
    this.#collector.beginRow(batch, row);
  }
  endRow(out: Output): void {
    this.#json.endRow(out);
  }

  /** The files of the row that was written last; `out` holds its JSON. */
  take(out: Output): RecordFiles {
    const json = new Uint8Array(out.written());
    const { values, tables } = this.#collector;
    const { columns, label, name } = this.#table;
    const fields = columns
      .map((column, n) => ({ cell: column.cell, label: labelOf(column), value: values[n] ?? null }))
      .filter(({ cell }) => !this.#places.has(cell));
    return {
      json,
      pdf: (title, record, files) =>
        recordPdf(
          {
            title,
            subtitle: label ?? name,
            language: languageOf(this.#context.language),
            sections: [{ heading: null, fields }],
            lists: tables,
            files,
            footer: `${label ?? name}, ${record}`,
          },
          this.#fonts,
        ),
    };
  }
}

function labelOf({ label, name, unit, deidentified }: PlanColumn): string {
  const shown = `${label ?? name}${unit === undefined ? "" : ` (${unit})`}`;
  return deidentified === undefined ? shown : `${shown} *`;
}

/** Gathers the texts of a record and of its lists; lists of lists become further tables. */
class Collector {
  values: readonly (string | null)[] = [];
  tables: RecordList[] = [];
  readonly lists: readonly ListWriter[];
  readonly #table: TablePlan;
  readonly #context: WriterContext;

  constructor(table: TablePlan, context: WriterContext) {
    this.#table = table;
    this.#context = context;
    this.lists = table.lists.map((list) => this.#list(list, labelOfTable(list.table, list.name)));
  }

  beginRow(batch: CellBatch, row: number): void {
    this.values = this.#texts(this.#table, batch, row);
    this.tables = [];
  }

  #texts({ columns }: TablePlan, batch: CellBatch, row: number): readonly (string | null)[] {
    return columns.map(({ cell }) => {
      const i = row * batch.width + cell;
      return batch.kind[i] === Kind.missing ? null : textOf(batch, i, this.#context.zone);
    });
  }

  #list({ table }: ListPlan, heading: string): ListWriter {
    let rows: (readonly (string | null)[])[] = [];
    const lists = table.lists.map((inner) => this.#list(inner, `${heading}: ${labelOfTable(inner.table, inner.name)}`));
    const items: NestingRowWriter = {
      head() {},
      tail() {},
      rows() {},
      lists,
      beginRow: (batch, row) => {
        rows.push(this.#texts(table, batch, row));
      },
      endRow() {},
    };
    return {
      items,
      begin: () => {
        rows = [];
        this.tables.push({ heading, columns: table.columns.map(labelOf), rows });
      },
      end() {},
    };
  }
}

function labelOfTable({ label }: TablePlan, name: string): string {
  return label ?? name;
}

/** Two writers of the same list. */
function bothLists(a: ListWriter, b: ListWriter): ListWriter {
  const lists = a.items.lists.map((list, n) => bothLists(list, b.items.lists[n]!));
  const nothing = new Output(16);
  return {
    begin(out) {
      a.begin(out);
      b.begin(nothing);
    },
    items: {
      head() {},
      tail() {},
      rows() {},
      lists,
      beginRow(batch, row, index, out) {
        a.items.beginRow(batch, row, index, out);
        b.items.beginRow(batch, row, index, nothing);
      },
      endRow(out) {
        a.items.endRow(out);
      },
    },
    end(out) {
      a.end(out);
    },
  };
}
