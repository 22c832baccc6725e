// A table's stream on its way to the writer: rules applied, rows counted and checked against the source's own count.
import type { CellBatch } from "../cells/batch.ts";
import type { Problems } from "../cells/problems.ts";
import { unwrapJson } from "../cells/unwrap-json.ts";
import { failure } from "../lib/errors.ts";
import type { TablePlan } from "../plan/plan.ts";
import type { CellStream } from "../sources/source.ts";

/** Gives the batches of a table's stream as they are to be written. */
export class RowFeed {
  rows = 0;
  readonly #table: TablePlan;
  readonly #stream: CellStream;
  readonly #problems: Problems;
  readonly #onRows: (count: number) => void;

  constructor(table: TablePlan, stream: CellStream, problems: Problems, onRows: (count: number) => void) {
    this.#table = table;
    this.#stream = stream;
    this.#problems = problems;
    this.#onRows = onRows;
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
    for (const { name, cell, rules } of this.#table.columns) {
      const inexact = batch.inexact[cell]!;
      if (inexact > 0) this.#problems.add("not-a-number-in-json", name, inexact);
      for (const { rule } of rules) if (rule === "unwrapJson") unwrapJson(batch, cell);
    }
    batch.inexact.fill(0);
    this.rows += batch.rows;
    this.#onRows(batch.rows);
    return batch;
  }
}
