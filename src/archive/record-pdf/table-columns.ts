// How wide the columns of a table are, and on which paper and in which size of type it fits.
import { Flow, type Orientation } from "./flow.ts";
import type { Text } from "./paragraph.ts";

/** What a column holds, in ems: its width on one line, the width in which it reads well, and the least that will do. */
export interface Measure {
  natural: number;
  pleasant: number;
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
const PLEASANT = 10;
const MOST_LINES = 30;
/** … unless its column is as wide as this. */
const WIDE = 30;

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
  measure.pleasant = Math.max(measure.pleasant, Math.min(natural, PLEASANT));
  measure.least = Math.max(
    measure.least,
    Math.min(longest, LONGEST_KEPT),
    Math.min(natural / MOST_LINES, WIDE),
    NARROWEST,
  );
}

/**
 * The first fit in which every column reads well, or nearly, or else has the least that it needs, and that `accept` is content with;
 * `null` where there is none.
 */
export function fitOf(columns: readonly Measure[], accept: (fit: TableFit) => boolean): TableFit | null {
  for (const share of [1, 0.7, 0]) {
    const least = columns.map((column) => Math.max(column.least, column.pleasant * share));
    for (const { orientation, size } of TRIED) {
      const available = (Flow.width(orientation) - columns.length * CELL_SPACE) / size;
      const widths = widthsOf(least, columns, available);
      if (widths === null) continue;
      const fit = { orientation, size, widths: widths.map((width) => width * size + CELL_SPACE) };
      if (accept(fit)) return fit;
    }
  }
  return null;
}

/**
 * What there is, in ems, shared out: spare space in proportion to what the columns hold, lack of space taken from those
 * that can be broken.
 */
function widthsOf(least: readonly number[], columns: readonly Measure[], available: number): readonly number[] | null {
  const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);
  const natural = columns.map((column, at) => Math.max(column.natural, least[at]!));
  const needed = sum(least);
  const wanted = sum(natural);
  if (needed > available) return null;
  if (wanted <= available) return natural.map((width) => (width / wanted) * available);
  const share = (available - needed) / (wanted - needed);
  return natural.map((width, at) => least[at]! + (width - least[at]!) * share);
}
