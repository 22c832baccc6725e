// A table's stream on its way to the writer: rules applied, rows counted and checked against the source's own count.
import type { CellBatch } from "../cells/batch.ts";
import type { Problems } from "../cells/problems.ts";
import { Translation } from "../cells/translate.ts";
import { unwrapJson, unwrapJsonAs } from "../cells/unwrap-json.ts";
import { failure } from "../lib/errors.ts";
import type { CellRule, TablePlan } from "../plan/plan.ts";
import type { CellStream } from "../sources/source.ts";

/** Gives the batches of a table's stream as they are to be written. */
export class RowFeed {
  rows = 0;
  readonly #table: TablePlan;
  readonly #stream: CellStream;
  readonly #problems: Problems;
  readonly #onRows: (count: number) => void;
  readonly #rules: readonly ((batch: CellBatch) => void)[];

  constructor(table: TablePlan, stream: CellStream, problems: Problems, onRows: (count: number) => void) {
    this.#table = table;
    this.#stream = stream;
    this.#problems = problems;
    this.#onRows = onRows;
    this.#rules = table.columns.flatMap(({ cell, rules }) => rules.map((rule) => ruleFor(rule, cell)));
  }

  /** @throws failure `rows-lost` when the source counts other rows than arrived */
  async next(): Promise<CellBatch | null> {
    const batch = await this.#stream.next();
    if (batch === null) {
      if (this.#stream.rowsSent !== this.rows) {
        throw failure(
          "rows-lost",
          `The source counts ${this.#stream.rowsSent} rows of ${this.#table.name}, but ${this.rows} arrived.`,
          { hint: "Run the export again; nothing was written." },
        );
      }
      return null;
    }
    for (const { name, cell } of this.#table.columns) {
      const inexact = batch.inexact[cell]!;
      if (inexact > 0) this.#problems.add("not-a-number-in-json", name, inexact);
    }
    for (const apply of this.#rules) apply(batch);
    batch.inexact.fill(0);
    this.rows += batch.rows;
    this.#onRows(batch.rows);
    return batch;
  }
}

/** What a rule does to a cell of every row. */
function ruleFor(rule: CellRule, cell: number): (batch: CellBatch) => void {
  if (rule.rule === "translate") {
    const translation = new Translation(rule.labels);
    return (batch) => translation.apply(batch, cell);
  }
  const { as } = rule;
  return as === undefined ? (batch) => unwrapJson(batch, cell) : (batch) => unwrapJsonAs(batch, cell, as);
}
