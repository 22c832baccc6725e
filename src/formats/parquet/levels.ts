// Definition levels of a flat, optional column: 1 where there is a value, 0 where it is missing.

/** So many bytes of the same level, of 8 rows each, are worth a run of their own. */
const WORTH_A_RUN = 4;
const ALL = 0xff;

/**
 * Notes which rows of a row group are missing, and costs nothing for those that are not. Encoded in the hybrid of runs
 * and packed bits (https://github.com/apache/parquet-format/blob/master/Encodings.md, "RLE"), 1 bit wide, with its
 * length in front as data pages of version 1 have it.
 */
export class Levels {
  /** How many rows are missing. */
  missing = 0;
  /** A bit for each row up to the last missing one, lowest first: 1 where it is missing. */
  #bits = new Uint8Array(0);

  /** Notes that the value of a row is missing. */
  miss(row: number): void {
    const at = row >> 3;
    if (at >= this.#bits.length) {
      const larger = new Uint8Array(Math.max(64, this.#bits.length * 2, at + 1));
      larger.set(this.#bits);
      this.#bits = larger;
    }
    this.#bits[at]! |= 1 << (row & 7);
    this.missing++;
  }

  /** The levels of so many rows. */
  encoded(rows: number): Uint8Array {
    const full = rows >> 3;
    // One run at the most for each five bytes of levels, each with a head of at most four bytes.
    const to = Buffer.alloc(4 + (this.missing === 0 ? 8 : full * 2 + 24));
    let at = 4;
    let packedFrom = 0;
    const pack = (end: number): void => {
      if (end === packedFrom) return;
      at = writeHead(to, at, ((end - packedFrom) << 1) | 1);
      for (let n = packedFrom; n < end; n++) to[at++] = this.#level(n);
    };
    let n = 0;
    if (this.missing === 0 || this.missing === rows) {
      at = writeHead(to, at, rows << 1);
      to[at++] = this.missing === 0 ? 1 : 0;
      n = packedFrom = full;
    }
    const single = at > 4;
    while (n < full) {
      const level = this.#level(n);
      let end = n + 1;
      if (level === 0 || level === ALL) while (end < full && this.#level(end) === level) end++;
      if (end - n >= WORTH_A_RUN) {
        pack(n);
        at = writeHead(to, at, (end - n) << 4);
        to[at++] = level & 1;
        packedFrom = end;
      }
      n = end;
    }
    // The last bits are padded to a byte; readers know how many rows there are.
    if (!single) pack(rows & 7 ? full + 1 : full);
    to.writeUInt32LE(at - 4, 0);
    return to.subarray(0, at);
  }

  /** Starts over, for the next row group. */
  reset(): void {
    if (this.missing > 0) this.#bits.fill(0);
    this.missing = 0;
  }

  /** The levels of eight rows. */
  #level(byte: number): number {
    return ALL & ~(this.#bits[byte] ?? 0);
  }
}

function writeHead(to: Uint8Array, at: number, value: number): number {
  while (value >= 0x80) {
    to[at++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  to[at++] = value;
  return at;
}
