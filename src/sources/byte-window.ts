// A window on a stream of bytes: what has arrived and was not used yet, kept in one reused buffer.

/**
 * Bytes between `start` and `end` have arrived; the room after `end` may be used as scratch until the next `push`.
 * Cells point into `bytes`, so a `push` ends the life of the batch before it.
 */
export class ByteWindow {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  start = 0;
  end = 0;
  /** Where the next scratch bytes go. */
  scratch = 0;

  constructor(size = 1 << 18) {
    this.bytes = new Uint8Array(new ArrayBuffer(size));
    this.view = new DataView(this.bytes.buffer);
  }

  /** Appends bytes after dropping what was used. */
  push(chunk: Uint8Array): void {
    const kept = this.end - this.start;
    const needed = kept + chunk.length;
    if (this.start > 0 || needed > this.bytes.length) {
      if (needed <= this.bytes.length) this.bytes.copyWithin(0, this.start, this.end);
      else this.#grow(Math.max(needed, this.bytes.length * 2), this.start);
      this.start = 0;
      this.end = kept;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
    this.scratch = this.end;
  }

  /** Makes room for `count` scratch bytes. May replace `bytes`; offsets stay what they are. */
  reserveScratch(count: number): void {
    const needed = this.scratch + count;
    if (needed > this.bytes.length) this.#grow(Math.max(needed, this.bytes.length * 2), 0);
  }

  #grow(size: number, from: number): void {
    const larger = new Uint8Array(new ArrayBuffer(size));
    larger.set(this.bytes.subarray(from, Math.max(this.end, this.scratch)));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}
