// UUIDs as their 16 bytes.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { Column } from "./column.ts";
import type { ParquetType } from "./schema.ts";

const SIZE = 16;

export class UuidColumn extends Column {
  constructor(shape: ColumnShape, type: ParquetType, context: WriterContext) {
    super(shape, type, SIZE, context);
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    if (kind !== Kind.uuid) return this.leaveOut();
    const from = batch.bytes;
    const { bytes, length } = this.values;
    const start = batch.start[i]!;
    for (let n = 0; n < SIZE; n++) bytes[length + n] = from[start + n]!;
    this.values.length = length + SIZE;
    return true;
  }
}
