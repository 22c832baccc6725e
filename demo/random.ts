// A small seeded generator: the same seed gives the same values on every machine.

/** Pseudo-random values (mulberry32: 32 bits of state, good enough for made-up records, never for secrets). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** A number from `least` to `most` with `digits` decimals. */
  decimal(least: number, most: number, digits: number): number {
    const scale = 10 ** digits;
    return this.integer(Math.round(least * scale), Math.round(most * scale)) / scale;
  }

  /** True with a probability from 0 to 1. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of some values. */
  pick<T>(values: readonly T[]): T {
    if (values.length === 0) throw new RangeError("Nothing to pick from.");
    return values[this.integer(0, values.length - 1)]!;
  }

  /** One of some values, each as often as its weight says. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    throw new RangeError("Nothing to pick from.");
  }

  /** So many hexadecimal digits. */
  hex(digits: number): string {
    let text = "";
    while (text.length < digits) text += this.integer(0, 0xffff_ffff).toString(16).padStart(8, "0");
    return text.slice(0, digits);
  }

  /** A UUID of version 4 (RFC 9562 section 5.4). */
  uuid(): string {
    const variant = this.pick(["8", "9", "a", "b"]);
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }
}
