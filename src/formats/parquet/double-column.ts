// Floats as DOUBLE.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { plainDecimal } from "../../lib/decimal-text.ts";
import { Column } from "./column.ts";
import type { ParquetType } from "./schema.ts";
import { type Bounds, FloatRange } from "./statistics.ts";

export class DoubleColumn extends Column {
  readonly #range = new FloatRange();

  constructor(shape: ColumnShape, type: ParquetType, context: WriterContext) {
    super(shape, type, 8, context);
  }

  protected override bounds(): Bounds | null {
    return this.#range.bounds();
  }

  protected override reset(): void {
    super.reset();
    this.#range.reset();
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    switch (kind) {
      case Kind.float:
      case Kind.float32:
      case Kind.integer:
        this.#put(batch.number[i]!);
        return true;
      case Kind.digits: {
        const text = Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])).toString("latin1");
        const number = Number(text);
        if (Number.isFinite(number) && plainest(text) !== plainest(plainDecimal(String(number)) ?? "")) {
          this.count("number-rounded");
        }
        this.#put(number);
        return true;
      }
      default:
        return this.leaveOut();
    }
  }

  #put(number: number): void {
    this.view.setFloat64(this.values.length, number, true);
    this.values.length += 8;
    this.#range.add(number);
  }
}

/** A decimal without zeros at the end of its fraction. */
function plainest(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}
