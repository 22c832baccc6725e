// The least and the greatest value of a column of numbers or moments.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { Zone } from "../cells/zone.ts";
import type { FieldType } from "../catalog/types.ts";
import { textOf } from "../engine/cell-texts.ts";

/** The kinds of moment that can be compared with one another, by the column's type. */
const MOMENTS: Partial<Readonly<Record<FieldType, number>>> = {
  date: Kind.date,
  time: Kind.time,
  datetime: Kind.datetime,
  instant: Kind.instant,
};
const NUMBERS: ReadonlySet<FieldType> = new Set(["integer", "decimal", "float"]);

/** Digits up to which a decimal is a double without loss. */
const SAFE_DIGITS = 15;
const POWERS = Float64Array.from({ length: 23 }, (_, n) => 10 ** n);

/** The least, or the greatest, value so far. */
interface Extreme {
  readonly value: number;
  /** A moment's microseconds. */
  readonly more: number;
  readonly text: string;
}

/** Finds extremes; NaN and words such as `infinity` for a date are none. */
export class Extremes {
  readonly #cell: number;
  /** The kind of moments; null for numbers. */
  readonly #moment: number | null;
  readonly #zone: Zone | null;
  #least: Extreme | null = null;
  #greatest: Extreme | null = null;

  /** Null for columns whose values have no order that people think of. */
  static of(type: FieldType, cell: number, zone: Zone | null): Extremes | null {
    const moment = MOMENTS[type] ?? null;
    return moment === null && !NUMBERS.has(type) ? null : new Extremes(cell, moment, zone);
  }

  private constructor(cell: number, moment: number | null, zone: Zone | null) {
    this.#cell = cell;
    this.#moment = moment;
    this.#zone = zone;
  }

  get least(): string | null {
    return this.#least?.text ?? null;
  }

  get greatest(): string | null {
    return this.#greatest?.text ?? null;
  }

  see(batch: CellBatch): void {
    if (this.#moment === null) this.#seeNumbers(batch);
    else this.#seeMoments(batch, this.#moment);
  }

  #seeNumbers(batch: CellBatch): void {
    const { kind, start, end, number, bytes, width } = batch;
    let [least, leastAt] = [this.#least?.value ?? Infinity, -1];
    let [greatest, greatestAt] = [this.#greatest?.value ?? -Infinity, -1];
    for (let i = this.#cell, to = batch.rows * width; i < to; i += width) {
      const its = kind[i]!;
      let value: number;
      let isLong = false;
      if (its === Kind.integer || its === Kind.float || its === Kind.float32) {
        value = number[i]!;
      } else if (its === Kind.digits) {
        isLong = end[i]! - start[i]! > SAFE_DIGITS;
        value = isLong ? Number(latin(bytes, start[i]!, end[i]!)) : shortDecimal(bytes, start[i]!, end[i]!);
      } else continue;
      if (value <= least && (value < least || this.#isNearer(-1, batch, i, leastAt, this.#least, isLong))) {
        least = value;
        leastAt = i;
      }
      if (value >= greatest && (value > greatest || this.#isNearer(1, batch, i, greatestAt, this.#greatest, isLong))) {
        greatest = value;
        greatestAt = i;
      }
    }
    if (leastAt >= 0) this.#least = { value: least, more: 0, text: textOf(batch, leastAt, null) };
    if (greatestAt >= 0) this.#greatest = { value: greatest, more: 0, text: textOf(batch, greatestAt, null) };
  }

  /** Whether a value that is the same double as the extreme is beyond it all the same, or the first there is. */
  #isNearer(sign: number, batch: CellBatch, i: number, at: number, former: Extreme | null, isLong: boolean): boolean {
    if (at < 0 && former === null) return true;
    if (!isLong) return false;
    return compare(textOf(batch, i, null), at < 0 ? former!.text : textOf(batch, at, null)) === sign;
  }

  #seeMoments(batch: CellBatch, moment: number): void {
    const { kind, start, number, width } = batch;
    const precise = moment === Kind.datetime || moment === Kind.instant;
    let [least, leastMore, leastAt] = [this.#least?.value ?? Infinity, this.#least?.more ?? 0, -1];
    let [greatest, greatestMore, greatestAt] = [this.#greatest?.value ?? -Infinity, this.#greatest?.more ?? 0, -1];
    for (let i = this.#cell, to = batch.rows * width; i < to; i += width) {
      if (kind[i] !== moment) continue;
      const value = number[i]!;
      const more = precise ? start[i]! : 0;
      if (value < least || (value === least && more < leastMore)) [least, leastMore, leastAt] = [value, more, i];
      if (value > greatest || (value === greatest && more > greatestMore)) {
        [greatest, greatestMore, greatestAt] = [value, more, i];
      }
    }
    const extreme = (value: number, more: number, at: number): Extreme => {
      return { value, more, text: textOf(batch, at, this.#zone) };
    };
    if (leastAt >= 0) this.#least = extreme(least, leastMore, leastAt);
    if (greatestAt >= 0) this.#greatest = extreme(greatest, greatestMore, greatestAt);
  }
}

/** A decimal of at most 15 characters, or NaN and the infinities. */
function shortDecimal(bytes: Uint8Array, start: number, end: number): number {
  const last = bytes[end - 1]!;
  if (last > 0x39) return Number(latin(bytes, start, end));
  let at = start;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative) at++;
  let value = 0;
  let scale = 0;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === 0x2e) scale = end - at - 1;
    else value = value * 10 + byte - 0x30;
  }
  const scaled = scale === 0 ? value : value / POWERS[scale]!;
  return isNegative ? -scaled : scaled;
}

function latin(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

/** Compares decimals of any length: -1, 0 or 1. */
function compare(a: string, b: string): number {
  const scale = Math.max(fractionOf(a).length, fractionOf(b).length);
  const [left, right] = [scaledTo(a, scale), scaledTo(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function fractionOf(text: string): string {
  return text.split(".")[1] ?? "";
}

/** @param text `-?digits(.digits)?`, or a number of JavaScript's, whose digits need not be exact here */
function scaledTo(text: string, scale: number): bigint {
  const whole = /^-?\d+(\.\d+)?$/.test(text) ? text : BigInt(Math.trunc(Number(text))).toString();
  return BigInt(whole.split(".")[0]! + fractionOf(whole).padEnd(scale, "0"));
}
