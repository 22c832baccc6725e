// Whether the values of a column rise from every row to the next, found while they are scanned.
import type { CellBatch } from "../../../cells/batch.ts";
import { Kind } from "../../../cells/kinds.ts";

const MINUS = 0x2d;
const NONE = new Uint8Array(0);

/** What is known of some rows, as it goes from one thread to another. */
export interface Rising {
  readonly rows: number;
  /** Whether they rise by the order of their bytes, and as integers if that is what they are. */
  readonly asText: boolean;
  readonly asIntegers: boolean;
  readonly first: Uint8Array;
  readonly last: Uint8Array;
}

/** Compares the values of the first column, each with the one before it. */
export class RisingFinder implements Rising {
  rows = 0;
  asText = true;
  asIntegers = true;
  first: Uint8Array = NONE;
  last: Uint8Array = NONE;
  #missing = false;

  add(batch: CellBatch): void {
    if (batch.rows === 0 || (!this.asText && !this.asIntegers)) return;
    const { bytes, kind, start, end, width } = batch;
    const to = batch.rows * width;
    if (this.rows === 0) this.first = bytes.slice(start[0], end[0]);
    else this.#compare(this.last, 0, this.last.length, bytes, start[0]!, end[0]!);
    for (let i = 0; i < to; i += width) {
      // Values whose quotes are doubled, too, are not worth a closer look.
      if (kind[i] !== Kind.text) this.#missing = true;
      else if (i > 0) this.#compare(bytes, start[i - width]!, end[i - width]!, bytes, start[i]!, end[i]!);
    }
    this.last = bytes.slice(start[to - width], end[to - width]);
    this.rows += batch.rows;
    if (this.#missing && this.rows > 1) this.asText = this.asIntegers = false;
  }

  #compare(a: Uint8Array, from: number, end: number, b: Uint8Array, start: number, to: number): void {
    if (this.asIntegers && !areRisingIntegers(a, from, end, b, start, to)) this.asIntegers = false;
    if (this.asText && !isRisingText(a, from, end, b, start, to)) this.asText = false;
  }
}

/** What is known of a column, after what is known of its first rows and of the others. */
export function risingTogether(one: Rising, other: Rising): Rising {
  if (one.rows === 0) return other;
  if (other.rows === 0) return one;
  const ends = [one.last, 0, one.last.length, other.first, 0, other.first.length] as const;
  return {
    rows: one.rows + other.rows,
    asText: one.asText && other.asText && isRisingText(...ends),
    asIntegers: one.asIntegers && other.asIntegers && areRisingIntegers(...ends),
    first: one.first,
    last: other.last,
  };
}

function isRisingText(a: Uint8Array, from: number, end: number, b: Uint8Array, start: number, to: number): boolean {
  for (; from < end && start < to; from++, start++) {
    if (a[from] !== b[start]) return a[from]! < b[start]!;
  }
  return from === end && start < to;
}

/** Of integers in their canonical form. */
function areRisingIntegers(
  a: Uint8Array,
  from: number,
  end: number,
  b: Uint8Array,
  start: number,
  to: number,
): boolean {
  if (from === end || start === to) return false;
  const isNegative = a[from] === MINUS;
  if (isNegative !== (b[start] === MINUS)) return isNegative;
  const shorter = end - from - (to - start);
  if (isNegative) return shorter === 0 ? isRisingText(b, start, to, a, from, end) : shorter > 0;
  return shorter === 0 ? isRisingText(a, from, end, b, start, to) : shorter < 0;
}
