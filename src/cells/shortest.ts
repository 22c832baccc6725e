// The shortest decimal that reads back as a double (ECMA-262 Number::toString), without a string on the way.
//
// The double is scaled to y, with 17 digits before the point, as the exact sum of two doubles (Dekker, "A floating-point
// technique for extending the available precision", 1971). Every decimal within half a unit in the last place of y reads as
// the double; of those with the fewest digits, the one nearest to y is it. The last step knows y to about 1e-8 of a digit:
// where that could matter, the answer is left to the runtime.
import { writePadded } from "./integers.ts";

const ZERO = 48;
const POINT = 46;

/** Doubles of this range are written without an exponent, and the powers of ten that scale them are exact. */
const LEAST = 1e-6;
const BEYOND = 1e17;
const DIGITS = 17;

/** 2^27 + 1 parts a double into halves whose products are exact. */
const SPLITTER = 134_217_729;
/** How near to an edge a comparison is not trusted any more. */
const DOUBT = 1e-6;

/** 10^0 to 10^22, and their halves. */
const power = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const powerFront = power.map(front);
const powerBack = power.map((its) => its - front(its));
/** Half a unit in the last place of doubles, by their biased exponent. */
const halfUnit = Float64Array.from({ length: 2048 }, (_, exponent) => 2 ** (exponent - 1076));

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * Writes a positive double.
 * @returns where it ended; -1, with nothing of value written, when it is outside of the range or in doubt.
 */
export function writeShortest(bytes: Uint8Array, at: number, value: number): number {
  if (!(value >= LEAST && value < BEYOND)) return -1;
  double[0] = value;
  const word = words[1]!;
  // A power of two is nearer to the double below it than to the one above.
  if ((word & 0xfffff) === 0 && words[0] === 0) return -1;
  const exponent = word >>> 20;
  // At least 17 digits: of a first guess from the exponent, or one power less.
  let scale = DIGITS - 1 - Math.floor((exponent - 1023) * 0.30103);
  let y = scale > 22 ? BEYOND : value * power[scale]!;
  if (y >= BEYOND) y = value * power[--scale]!;
  const valueFront = front(value);
  const valueBack = value - valueFront;
  const its = powerFront[scale]!;
  const back = powerBack[scale]!;
  const lacking = valueFront * its - y + valueFront * back + valueBack * its + valueBack * back;
  const half = halfUnit[exponent]! * power[scale]!;

  // Nine digits and eight: their product with 10^8 is exact.
  let top = Math.floor(y / 1e8);
  const bottom = y - top * 1e8 + lacking;
  let low = nearest(bottom, half);
  if (low < 0) return -1;
  if (low === 1e8) {
    low = 0;
    top++;
  }
  let point = DIGITS - scale;
  if (top >= 1e9) {
    top = 1e8;
    point++;
  }
  return top < 1e8 ? -1 : place(bytes, at, top, low, point);
}

/** The whole number next to `bottom` (0 to 10^8) with the most zeros at its end that is less than `half` away; -1 in doubt. */
function nearest(bottom: number, half: number): number {
  if (!(bottom >= 0 && bottom < 1e8)) return -1;
  const round = bottom < 5e7 ? 0 : 1e8;
  const away = Math.abs(bottom - round);
  if (away < half - DOUBT) return round;
  if (away < half + DOUBT) return -1;
  let found = Math.round(bottom);
  if (Math.abs(Math.abs(bottom - found) - 0.5) < DOUBT) return -1;
  for (let unit = 10; unit < 1e8; unit *= 10) {
    const candidate = Math.round(bottom / unit) * unit;
    const distance = Math.abs(bottom - candidate);
    if (distance >= half + DOUBT) return found;
    if (distance > half - DOUBT || Math.abs(distance - unit / 2) < DOUBT) return -1;
    found = candidate;
  }
  return found;
}

/** Writes 17 digits without the zeros at their end, with a point before digit number `point`. */
function place(bytes: Uint8Array, at: number, top: number, low: number, point: number): number {
  let to = at;
  if (point <= 0) {
    bytes[to++] = ZERO;
    bytes[to++] = POINT;
    for (let n = point; n < 0; n++) bytes[to++] = ZERO;
  }
  const first = to;
  to = writePadded(bytes, to, top, 9);
  if (low > 0) to = writePadded(bytes, to, low, 8);
  while (bytes[to - 1] === ZERO) to--;
  if (point <= 0) return to;
  const end = first + point;
  while (to < end) bytes[to++] = ZERO;
  if (to === end) return to;
  for (let n = to; n > end; n--) bytes[n] = bytes[n - 1]!;
  bytes[end] = POINT;
  return to + 1;
}

function front(value: number): number {
  const large = SPLITTER * value;
  return large - (large - value);
}
