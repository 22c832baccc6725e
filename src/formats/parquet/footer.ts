// The metadata at the end of the file (https://github.com/apache/parquet-format, parquet.thrift, FileMetaData).
import { Output } from "../../cells/output.ts";
import type { Column } from "./column.ts";
import { type ChunkFacts, PLAIN, RLE } from "./pages.ts";
import { type Logical, Physical } from "./schema.ts";
import { Thrift, ThriftWriter } from "./thrift.ts";

/** In the form that parquet-java asks for; the version is that of this writer, so that releases do not change bytes. */
const CREATED_BY = "waybill version 1";
const VERSION = 1;
const OPTIONAL = 1;
const ZSTD = 6;
const MICROS = 2;

/** The number of each logical type in the union LogicalType, and of its older form in ConvertedType. */
const LOGICAL: Readonly<Record<Logical["kind"], readonly [union: number | null, converted: number | null]>> = {
  none: [null, null],
  string: [1, 0],
  decimal: [5, 5],
  date: [6, 6],
  time: [7, 8],
  timestamp: [8, 10],
  integer: [10, 18],
  json: [12, 19],
  uuid: [14, null],
};

/** Gathers what the footer says, as bytes. */
export class Footer {
  #rows = 0;
  #groupCount = 0;
  readonly #groups = new Output(1 << 12);

  /** Notes a row group whose columns stand one after the other from `offset` on. */
  addGroup(rows: number, offset: number, chunks: readonly ChunkFacts[]): void {
    const group = new ThriftWriter(this.#groups);
    this.#rows += rows;
    this.#groupCount++;
    group.element(() => {
      group.list(1, Thrift.struct, chunks.length);
      let at = offset;
      for (const chunk of chunks) {
        group.element(() => writeChunkFacts(group, rows, at, chunk));
        at += chunk.compressed;
      }
      group.number(2, Thrift.i64, sum(chunks.map(({ uncompressed }) => uncompressed)));
      group.number(3, Thrift.i64, rows);
      group.number(5, Thrift.i64, offset);
      group.number(6, Thrift.i64, at - offset);
    });
  }

  /** Appends the metadata. */
  write(columns: readonly Column[], out: Output): void {
    const file = new ThriftWriter(out);
    file.element(() => {
      file.number(1, Thrift.i32, VERSION);
      file.list(2, Thrift.struct, columns.length + 1);
      file.element(() => {
        file.text(4, "schema");
        file.number(5, Thrift.i32, columns.length);
      });
      for (const column of columns) file.element(() => writeSchema(file, column));
      file.number(3, Thrift.i64, this.#rows);
      file.list(4, Thrift.struct, this.#groupCount);
      out.append(this.#groups.written());
      file.text(6, CREATED_BY);
      file.list(7, Thrift.struct, columns.length);
      // Each column is in the order of its type: an empty struct in field 1 of the union.
      for (let n = 0; n < columns.length; n++) file.element(() => file.struct(1, () => {}));
    });
  }
}

/** ColumnChunk with its ColumnMetaData. */
function writeChunkFacts(to: ThriftWriter, rows: number, offset: number, chunk: ChunkFacts): void {
  const { column, compressed, uncompressed, missing, bounds } = chunk;
  to.number(2, Thrift.i64, 0);
  to.struct(3, () => {
    to.number(1, Thrift.i32, column.type.physical);
    to.list(2, Thrift.i32, 2);
    to.numberElement(PLAIN);
    to.numberElement(RLE);
    to.list(3, Thrift.binary, 1);
    to.textElement(column.shape.name);
    to.number(4, Thrift.i32, ZSTD);
    to.number(5, Thrift.i64, rows);
    to.number(6, Thrift.i64, uncompressed);
    to.number(7, Thrift.i64, compressed);
    to.number(9, Thrift.i64, offset);
    to.struct(12, () => {
      to.number(3, Thrift.i64, missing);
      if (bounds === null) return;
      to.binary(5, bounds.max);
      to.binary(6, bounds.min);
    });
  });
}

/** SchemaElement. */
function writeSchema(to: ThriftWriter, { shape, type }: Column): void {
  const { logical, physical } = type;
  const [union, converted] = LOGICAL[logical.kind];
  to.number(1, Thrift.i32, physical);
  if (physical === Physical.fixed) to.number(2, Thrift.i32, type.size ?? 0);
  to.number(3, Thrift.i32, OPTIONAL);
  to.text(4, shape.name);
  if (converted !== null) to.number(6, Thrift.i32, converted);
  if (logical.kind === "decimal") {
    to.number(7, Thrift.i32, logical.scale);
    to.number(8, Thrift.i32, logical.precision);
  }
  if (union !== null) to.struct(10, () => to.struct(union, () => writeLogical(to, logical)));
}

/** The member of LogicalType that is in use. */
function writeLogical(to: ThriftWriter, logical: Logical): void {
  switch (logical.kind) {
    case "integer":
      to.number(1, Thrift.byte, 64);
      to.boolean(2, true);
      return;
    case "decimal":
      to.number(1, Thrift.i32, logical.scale);
      to.number(2, Thrift.i32, logical.precision);
      return;
    case "time":
    case "timestamp":
      to.boolean(1, logical.kind === "timestamp" && logical.utc);
      to.struct(2, () => to.struct(MICROS, () => {}));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
