// Rows as elements: one for each record, and in it one for each column.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import type { RowWriter, TableShape, WriterContext } from "../../cells/row-writer.ts";
import { BOUNDED_SIZE, writeBounded, writeValue } from "../../cells/value-text.ts";
import { writeEscaped } from "./escape.ts";
import { encodeName } from "./names.ts";

/** How the document is to look. */
export interface XmlStyle {
  /** Name of the root element. */
  readonly root: string;
  /** Name of each record's element. */
  readonly row: string;
  /** Whether the XML declaration stands first. */
  readonly declaration: boolean;
}

/** A column's element. What stands before a value ends the element before, unless that was missing (or there is none). */
interface Element {
  readonly column: string;
  readonly cell: number;
  readonly afterValue: Tags;
  readonly afterMissing: Tags;
}

interface Tags {
  /** Up to the value. */
  readonly value: Uint8Array;
  /** Up to the end of the element of a missing value. */
  readonly missing: Uint8Array;
}

/** Writes a table as PostgreSQL's table_to_xml does: missing values as `xsi:nil`, names encoded as SQL/XML asks. */
export class XmlWriter implements RowWriter {
  readonly #style: XmlStyle;
  readonly #context: WriterContext;
  readonly #elements: readonly Element[];
  readonly #endAfterValue: Uint8Array;
  readonly #endAfterMissing: Uint8Array;
  readonly #scratch = new Output(1 << 12);

  constructor(table: TableShape, style: XmlStyle, context: WriterContext) {
    const encoder = new TextEncoder();
    this.#style = style;
    this.#context = context;
    const names = table.columns.map((column) => encodeName(column.name));
    this.#elements = table.columns.map(({ name: column, cell }, n) => {
      const before = n === 0 ? `<${style.row}>` : "";
      const tags = (end: string): Tags => ({
        value: encoder.encode(`${end}<${names[n]}>`),
        missing: encoder.encode(`${end}<${names[n]} xsi:nil="true"/>`),
      });
      return { column, cell, afterValue: tags(`</${names[n - 1]}>`), afterMissing: tags(before) };
    });
    this.#endAfterValue = encoder.encode(`</${names.at(-1)}></${style.row}>\n`);
    this.#endAfterMissing = encoder.encode(`</${style.row}>\n`);
  }

  head(out: Output): void {
    const { root, declaration } = this.#style;
    const first = declaration ? '<?xml version="1.0" encoding="UTF-8"?>\n' : "";
    const text = `${first}<${root} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n`;
    out.append(new TextEncoder().encode(text));
    for (const { column } of this.#elements) {
      if (encodeName(column) !== column) this.#context.problems.add("name-encoded", column);
    }
  }

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    const { kind, start, end, width } = batch;
    const { zone } = this.#context;
    const elements = this.#elements;
    for (let row = from; row < to; row++) {
      const first = row * width;
      let open = false;
      for (let c = 0; c < elements.length; c++) {
        const element = elements[c]!;
        const i = first + element.cell;
        const cell = kind[i]!;
        const tags = open ? element.afterValue : element.afterMissing;
        open = cell !== Kind.missing;
        if (!open) {
          out.append(tags.missing);
          continue;
        }
        out.append(tags.value);
        if (cell === Kind.text) {
          this.#text(batch.bytes, start[i]!, end[i]!, element, out);
        } else if (cell === Kind.json) {
          const scratch = this.#scratch;
          scratch.length = 0;
          writeValue(batch, i, zone, scratch);
          this.#text(scratch.bytes, 0, scratch.length, element, out);
        } else if (cell === Kind.digits || cell === Kind.binary || cell === Kind.word) {
          writeValue(batch, i, zone, out);
        } else {
          out.reserve(BOUNDED_SIZE);
          out.length = writeBounded(batch, i, cell, zone, out.bytes, out.length);
        }
      }
      out.append(open ? this.#endAfterValue : this.#endAfterMissing);
    }
  }

  tail(out: Output): void {
    out.append(new TextEncoder().encode(`</${this.#style.root}>\n`));
  }

  #text(from: Uint8Array, start: number, end: number, element: Element, out: Output): void {
    if (writeEscaped(from, start, end, out)) this.#context.problems.add("control-character", element.column);
  }
}
