// Dates as INT32: days since 1970-01-01.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { Column } from "./column.ts";
import type { ParquetType } from "./schema.ts";
import { type Bounds, IntegerRange } from "./statistics.ts";

const DAY = 86_400;

export class DateColumn extends Column {
  readonly #range = new IntegerRange();

  constructor(shape: ColumnShape, type: ParquetType, context: WriterContext) {
    super(shape, type, 4, context);
  }

  protected override bounds(): Bounds | null {
    return this.#range.bounds(4);
  }

  protected override reset(): void {
    super.reset();
    this.#range.reset();
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    let days = batch.number[i]!;
    if (kind === Kind.datetime && batch.start[i] === 0) days /= DAY;
    else if (kind !== Kind.date) return this.leaveOut();
    // A local date and time that is not midnight is no date.
    if (!Number.isInteger(days)) return this.leaveOut();
    const low = days | 0;
    if (low !== days) return this.leaveOut("date-out-of-range");
    this.view.setInt32(this.values.length, low, true);
    this.values.length += 4;
    this.#range.add(low >> 31, low >>> 0);
    return true;
  }
}
