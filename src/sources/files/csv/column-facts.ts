// What the values of a column have in common, found while they are scanned: its type, and whether it rises.
import type { CellBatch } from "../../../cells/batch.ts";
import { Kind } from "../../../cells/kinds.ts";
import type { DecimalFacts } from "../text-types.ts";
import { Form, formOf } from "./forms.ts";
import { DOUBLED } from "./scanner.ts";

const POINT = 0x2e;
const NUMBERS = Form.integer | Form.decimal;

/** What is known of some rows of a column, as it goes from one thread to another. */
export interface ColumnFacts extends DecimalFacts {
  /** The forms that values have (`Form`); only `text` where they have no type in common. */
  readonly forms: number;
  readonly missing: boolean;
}

/** Gathers what the values of a column have in common. */
export class FactsFinder implements ColumnFacts {
  forms = 0;
  missing = false;
  whole = 0;
  leastScale = Infinity;
  mostScale = 0;

  /** Looks at the values of a batch. */
  add(batch: CellBatch, column: number): void {
    const { bytes, kind, start, end, width } = batch;
    const to = batch.rows * width;
    let { forms } = this;
    if (forms === Form.text && this.missing) return;
    for (let i = column; i < to; i += width) {
      const its = kind[i]!;
      if (its === Kind.missing) {
        this.missing = true;
      } else if (forms !== Form.text) {
        const form = its === DOUBLED || start[i] === end[i] ? Form.text : formOf(bytes, start[i]!, end[i]!);
        if ((form & NUMBERS) !== 0) this.#number(bytes, start[i]!, end[i]!, form);
        forms = common(forms, form);
      }
    }
    this.forms = forms;
  }

  #number(bytes: Uint8Array, start: number, end: number, form: number): void {
    let scale = 0;
    if (form === Form.decimal) {
      let point = end;
      while (point > start && bytes[point] !== POINT) point--;
      if (point > start) scale = end - point - 1;
    }
    if (end - start - scale > this.whole) this.whole = end - start - scale;
    if (scale < this.leastScale) this.leastScale = scale;
    if (scale > this.mostScale) this.mostScale = scale;
  }
}

/** The forms of two sets of values together. */
function common(some: number, others: number): number {
  const both = some | others;
  return both === some || both === others || (both & ~NUMBERS) === 0 ? both : Form.text;
}

/** What is known of a column, after what is known of its first rows and of the others. */
export function together(first: ColumnFacts, rest: ColumnFacts): ColumnFacts {
  return {
    forms: common(first.forms, rest.forms),
    missing: first.missing || rest.missing,
    whole: Math.max(first.whole, rest.whole),
    leastScale: Math.min(first.leastScale, rest.leastScale),
    mostScale: Math.max(first.mostScale, rest.mostScale),
  };
}
