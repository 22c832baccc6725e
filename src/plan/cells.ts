// The expressions of a select, each a cell of its rows.
import type { Expression } from "./select.ts";

/** Asking for the same expression twice gives the same cell. */
export class Cells {
  readonly expressions: Expression[] = [];
  readonly #shared = new Map<string, number>();

  add(expression: Expression): number {
    const text = JSON.stringify({ ...expression, nullable: undefined });
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const cell = this.addOwn(expression);
    this.#shared.set(text, cell);
    return cell;
  }

  /** A cell of its own. */
  addOwn(expression: Expression): number {
    return this.expressions.push(expression) - 1;
  }
}
