// What is told of a column: how much is missing, how many different values, their extremes, the most frequent ones.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { Zone } from "../cells/zone.ts";
import type { PlanColumn } from "../plan/plan.ts";
import { Distinct } from "./distinct.ts";
import { Extremes } from "./extremes.ts";
import { shortText } from "./short-text.ts";

/** Where there are more different values, none of them is a frequent one. */
const FEW = 50;
const TOP = 5;

export interface ColumnProfile {
  /** Rows without a value. */
  readonly missing: number;
  /** How many different values in the profiled rows; null for JSON. `isExact` up to 1,000, then an estimate (1.6 % standard error). */
  readonly distinct: { readonly count: number; readonly isExact: boolean } | null;
  /** Of numbers and moments: canonical texts; null where there is none. */
  readonly min: string | null;
  readonly max: string | null;
  /** The most frequent values in the profiled rows, of texts and truth values, where there are few different ones and they may be counted. */
  readonly top: readonly { readonly value: string; readonly count: number }[] | null;
}

/** Profiles a column from batches of cells. */
export class ColumnProfiler {
  readonly #cell: number;
  readonly #zone: Zone | null;
  readonly #distinct: Distinct | null;
  readonly #extremes: Extremes | null;
  #missing = 0;
  /** By the value's number in `#distinct`; null where none are wanted, or any more. */
  #texts: string[] | null;
  readonly #counts: Float64Array;

  constructor({ type, cell, deidentified }: PlanColumn, zone: Zone | null) {
    this.#cell = cell;
    this.#zone = zone;
    this.#distinct = type === "json" || type === "array" ? null : new Distinct();
    this.#extremes = Extremes.of(type, cell, zone);
    // What was made unrecognisable is not counted out: how often a pseudonym comes may tell whose it is.
    const wantsTop = (type === "text" || type === "boolean") && deidentified === undefined;
    this.#texts = wantsTop ? [] : null;
    this.#counts = new Float64Array(wantsTop ? FEW : 0);
  }

  /** Sees a batch. Different values are counted where `view` is given, of the batch's bytes: that is what takes time. */
  see(batch: CellBatch, view: DataView | null): void {
    this.#extremes?.see(batch);
    if (view === null) this.#countMissing(batch);
    else this.#countValues(batch, view);
  }

  #countMissing({ kind, rows, width }: CellBatch): void {
    let missing = 0;
    for (let i = this.#cell, to = rows * width; i < to; i += width) if (kind[i] === Kind.missing) missing++;
    this.#missing += missing;
  }

  #countValues(batch: CellBatch, view: DataView): void {
    const distinct = this.#distinct;
    const { kind, start, end, number, bytes, width } = batch;
    for (let i = this.#cell, to = batch.rows * width; i < to; i += width) {
      const its = kind[i]!;
      if (its === Kind.missing) {
        this.#missing++;
        continue;
      }
      if (distinct === null) continue;
      let value: number;
      switch (its) {
        case Kind.text:
        case Kind.digits:
        case Kind.binary:
        case Kind.json:
        case Kind.word:
          value = distinct.addBytes(bytes, view, start[i]!, end[i]!);
          break;
        case Kind.uuid:
          value = distinct.addBytes(bytes, view, start[i]!, start[i]! + 16);
          break;
        case Kind.datetime:
        case Kind.instant:
          value = distinct.addNumber(number[i]!, start[i]!);
          break;
        default:
          value = distinct.addNumber(number[i]!, 0);
      }
      if (this.#texts !== null) this.#count(value, batch, i);
    }
  }

  #count(value: number, batch: CellBatch, i: number): void {
    const texts = this.#texts!;
    if (value < 0 || value >= FEW) {
      this.#texts = null;
      return;
    }
    if (value === texts.length) texts.push(shortText(batch, i, this.#zone));
    this.#counts[value]!++;
  }

  result(): ColumnProfile {
    const distinct = this.#distinct;
    const top = this.#texts
      ?.map((value, n) => ({ value, count: this.#counts[n]! }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, TOP);
    return {
      missing: this.#missing,
      distinct: distinct === null ? null : { count: distinct.count, isExact: distinct.isExact },
      min: this.#extremes?.least ?? null,
      max: this.#extremes?.greatest ?? null,
      top: top ?? null,
    };
  }
}
