// What was made of short texts lately: the same codes and subjects come again and again.

/** Longer texts are made anew each time. */
const MOST = 48;

/** Remembers results of one size for texts of up to 48 bytes, in a fixed amount of memory. */
export class Recent {
  /** The result of slot n stands at n times the size. */
  readonly results: Uint8Array;
  readonly #slots: number;
  readonly #size: number;
  readonly #lengths: Int8Array;
  readonly #texts: Uint8Array;

  /**
   * @param size bytes of a result.
   * @param slots how many results, a power of two.
   */
  constructor(size: number, slots: number) {
    this.#size = size;
    this.#slots = slots;
    this.#lengths = new Int8Array(slots).fill(-1);
    this.#texts = new Uint8Array(slots * MOST);
    this.results = new Uint8Array(slots * size);
  }

  /**
   * Where in `results` the result of the text from..to is. Where it is not known, `make` is asked for it first.
   * @param make writes the result of the text to `results` at the place that it is told.
   */
  of(bytes: Uint8Array, from: number, to: number, make: (to: Uint8Array, at: number) => void): number {
    const length = to - from;
    const slot = hash(bytes, from, to) & (this.#slots - 1);
    const result = slot * this.#size;
    const text = slot * MOST;
    const texts = this.#texts;
    if (this.#lengths[slot] === length) {
      let n = 0;
      while (n < length && texts[text + n] === bytes[from + n]) n++;
      if (n === length) return result;
    }
    make(this.results, result);
    this.#lengths[slot] = length > MOST ? -1 : length;
    if (length <= MOST) for (let n = 0; n < length; n++) texts[text + n] = bytes[from + n]!;
    return result;
  }
}

/** FNV-1a, 32 bits (draft-eastlake-fnv section 2), with its upper bits mixed into the lower ones. */
export function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let n = start; n < end; n++) value = Math.imul(value ^ bytes[n]!, 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}
