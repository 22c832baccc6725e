// A batch of rows as cells: parallel arrays that are reused from one batch to the next, never an object per row.

/** About how many cells a batch holds: few enough to stay in the processor's cache. */
const CELLS_PER_BATCH = 16_384;

/**
 * Some rows of `width` cells each. Cell `c` of row `r` is at index `r * width + c` of the arrays; `Kind` tells how
 * its parts are to be read. A batch belongs to the stream that gave it and is valid until the stream's next one.
 */
export class CellBatch {
  readonly width: number;
  /** How many rows fit. */
  readonly capacity: number;
  rows = 0;
  /** What `start` and `end` point into. */
  bytes: Uint8Array = new Uint8Array(0);
  readonly kind: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly number: Float64Array;
  /** For each column, how many values of this batch the source could only bring in part: NaN inside of an array. */
  readonly inexact: Uint32Array;

  /** @param memory for all cells, `sizeOf` bytes: that of several threads, or its own. */
  constructor(
    width: number,
    capacity: number = capacityOf(width),
    memory: ArrayBufferLike = new ArrayBuffer(CellBatch.sizeOf(width, capacity)),
  ) {
    this.width = width;
    this.capacity = capacity;
    const cells = width * capacity;
    this.number = new Float64Array(memory, 0, cells);
    this.start = new Uint32Array(memory, cells * 8, cells);
    this.end = new Uint32Array(memory, cells * 12, cells);
    this.kind = new Uint8Array(memory, cells * 16, cells);
    this.inexact = new Uint32Array(width);
  }

  /** How many bytes so many cells take. */
  static sizeOf(width: number, capacity: number = capacityOf(width)): number {
    return width * capacity * 17;
  }
}

/** How many rows of so many cells a batch holds, usually. */
export function capacityOf(width: number): number {
  return Math.max(1, Math.floor(CELLS_PER_BATCH / Math.max(1, width)));
}
