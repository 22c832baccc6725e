// Parquet (https://github.com/apache/parquet-format): cells go column by column into row groups, which are written as
// soon as they are large enough.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { Output } from "../../cells/output.ts";
import type { RowWriter, TableShape, TabularFormat, WriterContext } from "../../cells/row-writer.ts";
import { readOptions } from "../options.ts";
import type { Column } from "./column.ts";
import { columnOf } from "./columns.ts";
import { ParquetCounter } from "./counter.ts";
import { Footer } from "./footer.ts";
import { type Compress, compress } from "./pages.ts";
import { RowGroups } from "./row-groups.ts";
import { Physical } from "./schema.ts";

const MAGIC = Buffer.from("PAR1", "latin1");

/** What ends a row group: so many rows, or so many bytes of values before compression. */
export interface GroupLimits {
  readonly rows: number;
  readonly bytes: number;
}

/** As many rows as DuckDB puts into a row group, unless they are so wide that memory would have to grow for them. */
const LIMITS: GroupLimits = { rows: 122_880, bytes: 1 << 24 };

export const parquet: TabularFormat = {
  name: "parquet",
  mime: "application/vnd.apache.parquet",
  extension: "parquet",
  plainNames: true,
  compressed: true,
  shape: "table",
  counter: () => new ParquetCounter(),
  writer: (table, options, context) => {
    readOptions("parquet", {}, options);
    return new ParquetWriter(table, context);
  },
};

/** Kinds whose cells have their bytes at start..end. */
const HAS_BYTES = new Uint8Array(16);
for (const kind of [Kind.text, Kind.digits, Kind.binary, Kind.json, Kind.word]) HAS_BYTES[kind] = 1;

/** Writes a table as one Parquet file. */
export class ParquetWriter implements RowWriter {
  readonly #limits: GroupLimits;
  readonly #columns: readonly Column[];
  /** The cells whose values take as many bytes as they are long. */
  readonly #variable: Uint32Array;
  /** What a row takes besides them. */
  readonly #fixedSize: number;
  readonly #footer = new Footer();
  /** Compresses and writes the row group before, while this one is gathered. */
  readonly #groups: RowGroups;
  #rows = 0;
  #bytes = 0;

  constructor(table: TableShape, context: WriterContext, limits: GroupLimits = LIMITS, pack: Compress = compress) {
    this.#limits = limits;
    this.#groups = new RowGroups(this.#footer, MAGIC.length, pack);
    this.#columns = table.columns.map((shape) => columnOf(shape, context));
    const variable = this.#columns.filter(({ type }) => type.physical === Physical.byteArray);
    this.#variable = Uint32Array.from(variable, ({ shape }) => shape.cell);
    this.#fixedSize = this.#columns.reduce((total, { fixedSize }) => total + fixedSize, 0);
  }

  head(out: Output): void {
    out.append(MAGIC);
  }

  async rows(batch: CellBatch, from: number, to: number, out: Output): Promise<void> {
    for (let row = from; row < to;) {
      const end = this.#fitting(batch, row, to);
      for (const column of this.#columns) column.append(batch, row, end);
      this.#rows += end - row;
      if (this.#rows >= this.#limits.rows || this.#bytes >= this.#limits.bytes) await this.#endGroup(out);
      row = end;
    }
    this.#groups.writeDone(out);
  }

  async tail(out: Output): Promise<void> {
    if (this.#rows > 0) await this.#endGroup(out);
    await this.#groups.finish(out);
    for (const column of this.#columns) column.close();
    const begin = out.length;
    this.#footer.write(this.#columns, out);
    const length = out.length - begin;
    out.reserve(8);
    new DataView(out.bytes.buffer, out.bytes.byteOffset).setUint32(out.length, length, true);
    out.length += 4;
    out.append(MAGIC);
  }

  /** Where the rows end that go into this row group. It depends on the rows alone, not on how they arrive. */
  #fitting(batch: CellBatch, from: number, to: number): number {
    const { kind, start, end, width } = batch;
    const variable = this.#variable;
    const limit = this.#limits.bytes;
    const last = Math.min(to, from + this.#limits.rows - this.#rows);
    let bytes = this.#bytes;
    let row = from;
    while (row < last && bytes < limit) {
      const first = row * width;
      bytes += this.#fixedSize;
      for (let c = 0; c < variable.length; c++) {
        const i = first + variable[c]!;
        if (HAS_BYTES[kind[i]!] !== 0) bytes += end[i]! - start[i]!;
      }
      row++;
    }
    this.#bytes = bytes;
    return row;
  }

  async #endGroup(out: Output): Promise<void> {
    await this.#groups.finish(out);
    this.#groups.begin(
      this.#rows,
      this.#columns.map((column) => column.take()),
    );
    this.#rows = 0;
    this.#bytes = 0;
  }
}
