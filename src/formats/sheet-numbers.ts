// Which numbers a spreadsheet keeps: doubles, shown with at most 15 significant digits.
import { writeInteger } from "../cells/integers.ts";

const MOST_DIGITS = 15;
/** Numbers beyond 10^308 or below 10^-307 may be none of a double. */
const MOST_WHOLE_DIGITS = 308;
const MOST_LEADING_ZEROS = 306;

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;

/** Whether an exact number (`-?digits(.digits)?`) has at most 15 significant digits, and is in the range of doubles. */
export function digitsFit(bytes: Uint8Array, start: number, end: number): boolean {
  let i = bytes[start] === MINUS ? start + 1 : start;
  if (end - i <= MOST_DIGITS) return true;
  let point = end;
  for (let n = i; n < end; n++) {
    if (bytes[n] === POINT) {
      point = n;
      break;
    }
  }
  while (i < end && (bytes[i] === ZERO || bytes[i] === POINT)) i++;
  if (i === end) return true;
  let last = end;
  while (bytes[last - 1] === ZERO || bytes[last - 1] === POINT) last--;
  if (point - i > MOST_WHOLE_DIGITS || i - point - 1 > MOST_LEADING_ZEROS) return false;
  const digits = last - i - (i < point && point < last ? 1 : 0);
  return digits <= MOST_DIGITS;
}

const scratch = new Uint8Array(32);

/** Whether a safe integer has at most 15 significant digits. */
export function integerFits(value: number): boolean {
  if (value < 1e15 && value > -1e15) return true;
  return digitsFit(scratch, 0, writeInteger(scratch, 0, value));
}

/** Whether digits are a word (`NaN`, `Infinity`, `-Infinity`): these end in a letter. */
export function isWord(bytes: Uint8Array, end: number): boolean {
  return bytes[end - 1]! > 0x39;
}
