// Decimals as integers that are scaled by a power of ten: in 4 or 8 bytes, or in as many as their digits need.
import type { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { writeInteger } from "../../cells/integers.ts";
import { NUMBER_SIZE, writeFloat, writeFloat32 } from "../../cells/numbers.ts";
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { plainDecimal } from "../../lib/decimal-text.ts";
import { Column } from "./column.ts";
import { ExactInteger, limbsOfPower, powerOfTen } from "./exact-integer.ts";
import { type Logical, type ParquetType, Physical } from "./schema.ts";
import { type Bounds, IntegerRange } from "./statistics.ts";

/** Up to so many places a power of ten is exact as a double. */
const EXACT_POWERS = 22;

export class DecimalColumn extends Column {
  readonly #scale: number;
  /** What magnitudes must stay below. */
  readonly #bound: Uint32Array;
  readonly #exact = new ExactInteger();
  readonly #range = new IntegerRange();
  readonly #text = Buffer.alloc(NUMBER_SIZE);

  constructor(
    shape: ColumnShape,
    type: ParquetType,
    { precision, scale }: Extract<Logical, { kind: "decimal" }>,
    context: WriterContext,
  ) {
    super(shape, type, type.size ?? (type.physical === Physical.int32 ? 4 : 8), context);
    this.#scale = scale;
    this.#bound = limbsOfPower(precision);
  }

  protected override bounds(): Bounds | null {
    return this.type.physical === Physical.fixed ? null : this.#range.bounds(this.fixedSize);
  }

  protected override reset(): void {
    super.reset();
    this.#range.reset();
  }

  protected write(batch: CellBatch, i: number, kind: number): boolean {
    if (!this.#read(batch, i, kind)) return this.leaveOut();
    const exact = this.#exact;
    if (!exact.isBelow(this.#bound)) return this.leaveOut();
    if (exact.rounded) this.count("number-rounded");
    exact.applySign();
    this.#put(exact.limbs);
    return true;
  }

  /** Takes a cell as an exact integer, or gives false when it is no number. */
  #read(batch: CellBatch, i: number, kind: number): boolean {
    const number = batch.number[i]!;
    switch (kind) {
      case Kind.digits:
        return this.#exact.read(batch.bytes, batch.start[i]!, batch.end[i]!, this.#scale);
      case Kind.integer:
        return this.#exact.read(this.#text, 0, writeInteger(this.#text, 0, number), this.#scale);
      case Kind.float:
        return this.#readFloat(number);
      case Kind.float32:
        return this.#readText(writeFloat32(this.#text, 0, number));
      default:
        return false;
    }
  }

  /** Takes a double as the decimal that it is written as. */
  #readFloat(number: number): boolean {
    if (this.#scale <= EXACT_POWERS) {
      const power = powerOfTen(this.#scale);
      const scaled = Math.round(number * power);
      // Up to 15 digits, a decimal that reads as the double is its shortest form.
      if (scaled / power === number && Math.abs(scaled) < 1e15) {
        this.#exact.set(scaled);
        return true;
      }
    }
    return this.#readText(writeFloat(this.#text, 0, number));
  }

  #readText(length: number): boolean {
    const plain = plainDecimal(this.#text.toString("latin1", 0, length));
    if (plain === null) return false;
    const bytes = Buffer.from(plain, "latin1");
    return this.#exact.read(bytes, 0, bytes.length, this.#scale);
  }

  #put(limbs: Uint32Array): void {
    const size = this.fixedSize;
    const at = this.values.length;
    this.values.length = at + size;
    const low = limbs[0]! | 0;
    const high = limbs[1]! | 0;
    if (this.type.physical === Physical.fixed) {
      const { bytes } = this.values;
      for (let n = 0; n < size; n++) bytes[at + size - 1 - n] = limbs[n >> 2]! >>> ((n & 3) << 3);
      return;
    }
    this.view.setInt32(at, low, true);
    if (size === 8) this.view.setInt32(at + 4, high, true);
    this.#range.add(high, low >>> 0);
  }
}
