// Integers as INT64, exact to the last digit.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { Column } from "./column.ts";
import { ExactInteger } from "./exact-integer.ts";
import type { ParquetType } from "./schema.ts";
import { type Bounds, IntegerRange } from "./statistics.ts";

const TWO_32 = 4_294_967_296;
const TWO_63 = 2 ** 63;

/** A column of physical type INT64. */
export abstract class Int64Column extends Column {
  readonly #range = new IntegerRange();

  constructor(shape: ColumnShape, type: ParquetType, context: WriterContext) {
    super(shape, type, 8, context);
  }

  protected override bounds(): Bounds | null {
    return this.#range.bounds(8);
  }

  protected override reset(): void {
    super.reset();
    this.#range.reset();
  }

  /** Writes a safe integer. */
  protected put(value: number): void {
    const low = value | 0;
    this.putHalves(low === value ? low >> 31 : Math.floor(value / TWO_32), low);
  }

  /** Writes an integer in two halves of 32 bits. */
  protected putHalves(high: number, low: number): void {
    const at = this.values.length;
    this.view.setInt32(at, low, true);
    this.view.setInt32(at + 4, high, true);
    this.values.length = at + 8;
    this.#range.add(high, low >>> 0);
  }

  /** Writes an integer, however large, unless it needs more than 64 bits. */
  protected putBig(value: bigint): boolean {
    if (value !== BigInt.asIntN(64, value)) return false;
    this.putHalves(Number(value >> 32n), Number(BigInt.asIntN(32, value)));
    return true;
  }
}

export class IntegerColumn extends Int64Column {
  readonly #exact = new ExactInteger();

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    const number = batch.number[i]!;
    switch (kind) {
      case Kind.integer:
      case Kind.boolean:
        this.put(number);
        return true;
      case Kind.digits:
        return this.#digits(batch, i) || this.leaveOut();
      case Kind.float:
      case Kind.float32:
        if (!Number.isInteger(number) || Math.abs(number) > TWO_63) return this.leaveOut();
        return this.putBig(BigInt(number)) || this.leaveOut();
      default:
        return this.leaveOut();
    }
  }

  #digits(batch: CellBatch, i: number): boolean {
    const exact = this.#exact;
    if (!exact.read(batch.bytes, batch.start[i]!, batch.end[i]!, 0) || exact.rounded) return false;
    exact.applySign();
    const { limbs } = exact;
    const high = limbs[1]! | 0;
    // Beyond 64 bits there may only be the sign.
    const sign = (high >> 31) >>> 0;
    if (limbs[2] !== sign || limbs[3] !== sign) return false;
    this.putHalves(high, limbs[0]! | 0);
    return true;
  }
}
