// What was made of short texts lately: the same codes and subjects come again and again.

const SLOTS = 4096;
/** Longer texts are made anew each time. */
const MOST = 48;

/** Remembers results of one size for texts of up to 48 bytes, in a fixed amount of memory. */
export class Recent {
  readonly #size: number;
  readonly #lengths = new Int8Array(SLOTS).fill(-1);
  readonly #texts = new Uint8Array(SLOTS * MOST);
  readonly #results: Uint8Array;
  #slot = 0;

  /** @param size bytes of a result. */
  constructor(size: number) {
    this.#size = size;
    this.#results = new Uint8Array(SLOTS * size);
  }

  /** Copies the result of a text to `to`; false where it is not known. */
  copy(bytes: Uint8Array, length: number, to: Uint8Array, at: number): boolean {
    const slot = hash(bytes, 0, length) & (SLOTS - 1);
    this.#slot = slot;
    if (this.#lengths[slot] !== length) return false;
    const text = slot * MOST;
    for (let n = 0; n < length; n++) if (this.#texts[text + n] !== bytes[n]) return false;
    const result = slot * this.#size;
    for (let n = 0; n < this.#size; n++) to[at + n] = this.#results[result + n]!;
    return true;
  }

  /** Remembers the result of the text that `copy` did not know. */
  keep(bytes: Uint8Array, length: number, result: Uint8Array, at: number): void {
    if (length > MOST) return;
    const slot = this.#slot;
    this.#lengths[slot] = length;
    this.#texts.set(bytes.subarray(0, length), slot * MOST);
    this.#results.set(result.subarray(at, at + this.#size), slot * this.#size);
  }
}

/** FNV-1a, 32 bits (draft-eastlake-fnv section 2). */
export function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let n = start; n < end; n++) value = Math.imul(value ^ bytes[n]!, 0x01000193);
  return value >>> 0;
}
