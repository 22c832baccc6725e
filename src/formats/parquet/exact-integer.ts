// Integers of up to 128 bits read from decimal text, exactly and without an object for each.

const TWO_32 = 4_294_967_296;
const MINUS = 0x2d;
const ZERO = 0x30;
/** The most digits that always fit. */
const MAX_DIGITS = 38;
/** So many digits fit into a double. */
const DOUBLE_DIGITS = 15;
/** Digits that are taken at a time: a limb times 10^6 still is a safe integer. */
const CHUNK = 6;
const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** 10^n for n up to 22, which doubles hold exactly. */
export function powerOfTen(n: number): number {
  return POWERS[n]!;
}

/** One integer at a time: a sign, and a magnitude in limbs of 32 bits, the lowest first. */
export class ExactInteger {
  readonly limbs = new Uint32Array(4);
  negative = false;
  /** Whether digits other than zeros were dropped. */
  rounded = false;

  /** Takes a safe integer. */
  set(value: number): void {
    this.rounded = false;
    this.#setNumber(value < 0, Math.abs(value));
  }

  /**
   * Reads `-?digits(.digits)?` at start..end, times 10^scale, rounded half away from zero.
   * @returns false when it is no number (`NaN`) or has more than 38 digits
   */
  read(bytes: Uint8Array, start: number, end: number, scale: number): boolean {
    this.rounded = false;
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    let at = first;
    let value = 0;
    for (let digit; at < end && (digit = bytes[at]! - ZERO) >= 0; at++) {
      if (digit > 9) return false;
      value = value * 10 + digit;
    }
    // The point, or the end.
    const kept = Math.min(Math.max(0, end - at - 1), scale);
    const up = this.#roundsUp(bytes, at + 1 + kept, end);
    if (at - first + scale <= DOUBLE_DIGITS) {
      for (let n = at + 1; n <= at + kept; n++) value = value * 10 + bytes[n]! - ZERO;
      this.#setNumber(negative, value * POWERS[scale - kept]! + (up ? 1 : 0));
      return true;
    }
    return this.#readLong(bytes, first, at, kept, scale, negative, up);
  }

  /** Whether the magnitude is less than another. */
  isBelow(limbs: Uint32Array): boolean {
    for (let n = 3; n >= 0; n--) if (this.limbs[n] !== limbs[n]) return this.limbs[n]! < limbs[n]!;
    return false;
  }

  /** Makes the limbs two's complement of 128 bits. */
  applySign(): void {
    if (!this.negative) return;
    let carry = 1;
    for (let n = 0; n < 4; n++) {
      const limb = (~this.limbs[n]! >>> 0) + carry;
      carry = limb >= TWO_32 ? 1 : 0;
      this.limbs[n] = limb;
    }
  }

  #setNumber(negative: boolean, magnitude: number): void {
    const { limbs } = this;
    this.negative = negative;
    const high = Math.floor(magnitude / TWO_32);
    limbs[0] = magnitude - high * TWO_32;
    limbs[1] = high;
    limbs[2] = 0;
    limbs[3] = 0;
  }

  /** Whether the digits that are dropped are half of one or more. */
  #roundsUp(bytes: Uint8Array, from: number, end: number): boolean {
    for (let n = from; n < end; n++) {
      if (bytes[n] === ZERO) continue;
      this.rounded = true;
      return bytes[from]! >= ZERO + 5;
    }
    return false;
  }

  #readLong(
    bytes: Uint8Array,
    first: number,
    point: number,
    kept: number,
    scale: number,
    negative: boolean,
    up: boolean,
  ): boolean {
    while (first < point && bytes[first] === ZERO) first++;
    if (point - first + scale > MAX_DIGITS) return false;
    this.limbs.fill(0);
    this.negative = negative;
    let chunk = 0;
    let taken = 0;
    for (let n = first; n < point + 1 + scale; n++) {
      if (n === point) continue;
      chunk = chunk * 10 + (n <= point + kept ? bytes[n]! - ZERO : 0);
      if (++taken < CHUNK) continue;
      this.#multiplyAdd(1e6, chunk);
      chunk = taken = 0;
    }
    this.#multiplyAdd(POWERS[taken]!, chunk);
    if (up) this.#multiplyAdd(1, 1);
    return true;
  }

  #multiplyAdd(factor: number, addend: number): void {
    const { limbs } = this;
    let carry = addend;
    for (let n = 0; n < 4; n++) {
      const product = limbs[n]! * factor + carry;
      carry = Math.floor(product / TWO_32);
      limbs[n] = product - carry * TWO_32;
    }
  }
}

/** 10^digits in limbs, as a bound of magnitudes. */
export function limbsOfPower(digits: number): Uint32Array {
  const value = 10n ** BigInt(digits);
  return Uint32Array.from([0n, 32n, 64n, 96n], (shift) => Number((value >> shift) & 0xffffffffn));
}
