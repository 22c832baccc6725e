// A table's stream on its way to the writer: rules applied, rows counted and checked against the source's own count.
import type { CellBatch } from "../cells/batch.ts";
import type { Problems } from "../cells/problems.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { TablePlan } from "../plan/plan.ts";
import type { CellStream } from "../sources/source.ts";
import type { Mandatory } from "./mandatory.ts";
import type { Places } from "./places.ts";
import { type RuleContext, rulesFor } from "./rules.ts";

/** What every row of an export goes through. */
export interface FeedContext extends RuleContext {
  readonly mandatory: Mandatory;
}

/** Gives the batches of a table's stream as they are to be written. */
export class RowFeed {
  rows = 0;
  readonly #table: TablePlan;
  readonly #stream: CellStream;
  readonly #problems: Problems;
  readonly #onBatch: (batch: CellBatch) => void;
  readonly #apply: (batch: CellBatch) => void;
  readonly #watch: ReturnType<Mandatory["watch"]>;
  readonly #places: Places | null;

  constructor(
    table: TablePlan,
    stream: CellStream,
    context: FeedContext,
    onBatch: (batch: CellBatch) => void,
    places: Places | null = null,
  ) {
    this.#places = places;
    this.#table = table;
    this.#stream = stream;
    this.#problems = context.problems;
    this.#onBatch = onBatch;
    this.#apply = rulesFor(table, context);
    this.#watch = context.mandatory.watch(table);
  }

  /** @throws failure `rows-lost` when the source counts other rows than arrived */
  async next(): Promise<CellBatch | null> {
    const batch = await this.#stream.next();
    if (batch === null) {
      if (this.#stream.rowsSent !== this.rows) {
        throw failure(
          "rows-lost",
          sentence`The source counts ${this.#stream.rowsSent} rows of ${this.#table.name}, but ${this.rows} arrived.`,
          { hint: sentence`Run the export again; nothing was written.` },
        );
      }
      return null;
    }
    for (const { name, cell } of this.#table.columns) {
      const inexact = batch.inexact[cell]!;
      if (inexact > 0) this.#problems.add("not-a-number-in-json", name, inexact);
    }
    this.#apply(batch);
    await this.#places?.fill(batch);
    this.#watch?.(batch, this.rows);
    batch.inexact.fill(0);
    this.rows += batch.rows;
    this.#onBatch(batch);
    return batch;
  }
}
