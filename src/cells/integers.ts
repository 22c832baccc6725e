// Whole numbers in decimal, written as bytes. Each function writes at `at` and returns where it stopped.

const ZERO = 48;
const MINUS = 45;

/** Writes a safe integer in decimal. */
export function writeInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value < 0) {
    bytes[at++] = MINUS;
    value = -value;
  }
  if (value < 1e9) return writeSmall(bytes, at, value);
  const high = Math.floor(value / 1e8);
  at = high < 1e9 ? writeSmall(bytes, at, high) : writeInteger(bytes, at, high);
  return writePadded(bytes, at, value - high * 1e8, 8);
}

/** Writes an integer from 0 to 10^9 - 1. */
function writeSmall(bytes: Uint8Array, at: number, value: number): number {
  let rest = value | 0;
  const width =
    rest < 1e4
      ? rest < 100
        ? rest < 10
          ? 1
          : 2
        : rest < 1000
          ? 3
          : 4
      : rest < 1e6
        ? rest < 1e5
          ? 5
          : 6
        : rest < 1e7
          ? 7
          : rest < 1e8
            ? 8
            : 9;
  for (let i = at + width - 1; i >= at; i--) {
    const next = (rest / 10) | 0;
    bytes[i] = ZERO + rest - next * 10;
    rest = next;
  }
  return at + width;
}

/** Writes an integer from 0 to 10^9 - 1 with leading zeros to `width` digits. */
export function writePadded(bytes: Uint8Array, at: number, value: number, width: number): number {
  let rest = value | 0;
  let i = at + width;
  for (i -= 2; i >= at; i -= 2) {
    const next = (rest / 100) | 0;
    const pair = rest - next * 100;
    bytes[i] = TENS[pair]!;
    bytes[i + 1] = ONES[pair]!;
    rest = next;
  }
  if (i === at - 1) bytes[at] = ZERO + rest;
  return at + width;
}

/** The digits of 0 to 99. */
const TENS = Uint8Array.from({ length: 100 }, (_, n) => ZERO + Math.floor(n / 10));
const ONES = Uint8Array.from({ length: 100 }, (_, n) => ZERO + (n % 10));
