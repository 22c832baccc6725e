// JSON as an array of arrays, the header first, a record a line.
import type { CellBatch } from "../../cells/batch.ts";
import { writeJsonValue } from "../../cells/json-value.ts";
import type { Output } from "../../cells/output.ts";
import type { Dialect, RowWriter, TableShape, TabularFormat, WriterContext } from "../../cells/row-writer.ts";
import { readOptions } from "../options.ts";
import { JsonArrayCounter } from "../row-counters.ts";

const encoder = new TextEncoder();
const BETWEEN = encoder.encode(",\n[");
const COMMA = encoder.encode(",");
const CLOSE = encoder.encode("]");

export const jsonRows: TabularFormat = {
  name: "json-rows",
  mime: "application/json; profile=rows",
  extension: "json",
  shape: "table",
  counter: () => new JsonArrayCounter(true),
  writer: (table, options, context) => {
    readOptions("json-rows", {}, options);
    return new JsonRowsWriter(table, context);
  },
};

class JsonRowsWriter implements RowWriter {
  readonly dialect: Dialect = { itemType: "array" };
  readonly #table: TableShape;
  readonly #context: WriterContext;

  constructor(table: TableShape, context: WriterContext) {
    this.#table = table;
    this.#context = context;
  }

  head(out: Output): void {
    out.append(encoder.encode(`[\n${JSON.stringify(this.#table.columns.map((column) => column.name))}`));
  }

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    const { columns } = this.#table;
    const { zone, problems } = this.#context;
    for (let row = from; row < to; row++) {
      out.append(BETWEEN);
      for (let c = 0; c < columns.length; c++) {
        if (c > 0) out.append(COMMA);
        const column = columns[c]!;
        if (!writeJsonValue(batch, row * batch.width + column.cell, zone, out)) {
          problems.add("not-a-number-in-json", column.name);
        }
      }
      out.append(CLOSE);
    }
  }

  tail(out: Output): void {
    out.append(encoder.encode("\n]\n"));
  }
}
