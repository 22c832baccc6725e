// Booleans, eight in a byte, the lowest bit first.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { Column } from "./column.ts";
import type { ParquetType } from "./schema.ts";

export class BooleanColumn extends Column {
  /** How many there are. */
  #count = 0;

  constructor(shape: ColumnShape, type: ParquetType, context: WriterContext) {
    super(shape, type, 1, context);
  }

  protected override reset(): void {
    super.reset();
    this.#count = 0;
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    const number = batch.number[i]!;
    if (kind !== Kind.boolean && !(kind === Kind.integer && (number === 0 || number === 1))) return this.leaveOut();
    const { bytes } = this.values;
    const bit = this.#count++ & 7;
    if (bit === 0) bytes[this.values.length++] = number;
    else bytes[this.values.length - 1]! |= number << bit;
    return true;
  }
}
