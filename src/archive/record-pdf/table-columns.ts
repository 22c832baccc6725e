// How wide the columns of a table are, and on which paper and in which size of type it fits.
import { Flow, type Orientation } from "./flow.ts";
import type { Text } from "./paragraph.ts";

/** What a column holds, in ems: its width on one line, and the least in which it reads well. */
export interface Measure {
  natural: number;
  least: number;
}

export interface TableFit {
  readonly orientation: Orientation;
  readonly size: number;
  /** In points, with the space beside the text. */
  readonly widths: readonly number[];
}

/** Space at the left and the right of the text of a cell, together. */
export const CELL_SPACE = 10;

/** Longer words are broken rather than kept whole; no cell should be taller than so many lines. */
const LONGEST_KEPT = 12;
const NARROWEST = 2;
const MOST_LINES = 30;

/** Paper and type in the order of preference. */
const TRIED: readonly { readonly orientation: Orientation; readonly size: number }[] = [
  { orientation: "portrait", size: 9 },
  { orientation: "portrait", size: 8 },
  { orientation: "landscape", size: 9 },
  { orientation: "landscape", size: 8 },
  { orientation: "landscape", size: 7 },
];

export function widen(measure: Measure, { natural, longest }: Text): void {
  measure.natural = Math.max(measure.natural, natural);
  measure.least = Math.max(measure.least, Math.min(longest, LONGEST_KEPT), natural / MOST_LINES, NARROWEST);
}

/** The first fit in which every column has the least that it needs; `null` where there is none. */
export function fitOf(columns: readonly Measure[], accept: (fit: TableFit) => boolean): TableFit | null {
  for (const { orientation, size } of TRIED) {
    const widths = widthsOf(columns, (Flow.width(orientation) - columns.length * CELL_SPACE) / size);
    if (widths === null) continue;
    const fit = { orientation, size, widths: widths.map((width) => width * size + CELL_SPACE) };
    if (accept(fit)) return fit;
  }
  return null;
}

/**
 * What there is, in ems, shared out: spare space in proportion to what the columns hold, lack of space taken from those
 * that can be broken.
 */
function widthsOf(columns: readonly Measure[], available: number): readonly number[] | null {
  const sum = (of: (column: Measure) => number): number => columns.reduce((total, column) => total + of(column), 0);
  const natural = sum((column) => Math.max(column.natural, column.least));
  const least = sum((column) => column.least);
  if (least > available) return null;
  const over = (column: Measure): number => Math.max(column.natural, column.least) - column.least;
  if (natural > available) {
    return columns.map((column) => column.least + (over(column) / (natural - least)) * (available - least));
  }
  return columns.map((column) => (Math.max(column.natural, column.least) / natural) * available);
}
