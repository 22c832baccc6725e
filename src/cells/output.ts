// A large byte buffer that rows are rendered into and that is emptied and reused.

/** Up to so many bytes are copied one by one, which is faster than a call into the runtime. */
const SHORT = 48;

/** Bytes being written. Writers call `reserve` once, then write at `length` and move it on. */
export class Output {
  bytes: Buffer;
  length = 0;

  /** @param size bytes to begin with; the buffer grows when a single value needs more. */
  constructor(size = 1 << 18) {
    this.bytes = allocate(size);
  }

  /** Makes room for `count` more bytes. Replaces `bytes` when it has to grow, so read it again afterwards. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed > this.bytes.length) this.#grow(needed);
  }

  #grow(needed: number): void {
    const larger = allocate(Math.max(needed, this.bytes.length * 2));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  /** Appends a few bytes that were made beforehand. */
  append(part: Uint8Array): void {
    const count = part.length;
    this.reserve(count);
    const { bytes } = this;
    let at = this.length;
    this.length = at + count;
    if (count > SHORT) bytes.set(part, at);
    else for (let i = 0; i < count; i++) bytes[at++] = part[i]!;
  }

  /** What was written from a place on, as text. */
  textFrom(start: number): string {
    return this.bytes.toString("utf8", start, this.length);
  }

  /** What was written so far, valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** Bytes that are gathered before they are passed on. */
const CHUNK_SIZE = 1 << 18;

/** Two outputs in turn, so that one can be written away while the next is filled. */
export class OutputPair {
  readonly #first = new Output();
  readonly #second = new Output();
  current: Output = this.#first;

  /** Whether enough was gathered to be passed on. */
  get full(): boolean {
    return this.current.length >= CHUNK_SIZE;
  }

  /** Goes on with the other output, emptied, and gives what was written. It is valid until the next but one turn. */
  turn(): Uint8Array {
    const written = this.current.written();
    this.current = this.current === this.#first ? this.#second : this.#first;
    this.current.length = 0;
    return written;
  }
}

function allocate(size: number): Buffer {
  return Buffer.allocUnsafeSlow(size);
}
