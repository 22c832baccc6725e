// The smallest and the largest value of a column in a row group, as Parquet's statistics have them.

/** The bounds of some values, each as the column encodes one. */
export interface Bounds {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

/** Bounds of 64-bit integers in two halves, the high one signed, the low one unsigned. */
export class IntegerRange {
  #minHigh = 0x7fffffff;
  #minLow = 0xffffffff;
  #maxHigh = -0x80000000;
  #maxLow = 0;
  #empty = true;

  add(high: number, low: number): void {
    if (high < this.#minHigh || (high === this.#minHigh && low < this.#minLow)) {
      this.#minHigh = high;
      this.#minLow = low;
    }
    if (high > this.#maxHigh || (high === this.#maxHigh && low > this.#maxLow)) {
      this.#maxHigh = high;
      this.#maxLow = low;
    }
    this.#empty = false;
  }

  /** @param size 4 or 8, the bytes of a value */
  bounds(size: number): Bounds | null {
    if (this.#empty) return null;
    return {
      min: littleEndian(this.#minHigh, this.#minLow).subarray(0, size),
      max: littleEndian(this.#maxHigh, this.#maxLow).subarray(0, size),
    };
  }

  reset(): void {
    this.#minHigh = 0x7fffffff;
    this.#minLow = 0xffffffff;
    this.#maxHigh = -0x80000000;
    this.#maxLow = 0;
    this.#empty = true;
  }
}

function littleEndian(high: number, low: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(low, 0);
  bytes.writeInt32LE(high, 4);
  return bytes;
}

/**
 * Bounds of doubles (parquet.thrift, ColumnOrder): zeros are -0 as a minimum and +0 as a maximum. Readers do not
 * agree where NaN stands, so with one of them among the values there are no bounds.
 */
export class FloatRange {
  #min = Infinity;
  #max = -Infinity;
  #unordered = false;

  add(value: number): void {
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    if (Number.isNaN(value)) this.#unordered = true;
  }

  bounds(): Bounds | null {
    if (this.#unordered || this.#min > this.#max) return null;
    return { min: double(this.#min === 0 ? -0 : this.#min), max: double(this.#max === 0 ? 0 : this.#max) };
  }

  reset(): void {
    this.#min = Infinity;
    this.#max = -Infinity;
    this.#unordered = false;
  }
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value, 0);
  return bytes;
}
