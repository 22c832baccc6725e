// Who looks on while an export is made, so that what it shows needs no second run.
import type { CellBatch } from "../cells/batch.ts";
import type { TablePlan } from "../plan/plan.ts";

/** Looks on. It must be quick, and change nothing. */
export interface Observer {
  /** A table of a dataset, a list's too, before its rows come: gives what sees each batch, as it is to be written. */
  table(table: TablePlan): (batch: CellBatch) => void;
  /** A file of the archive, or the only one there is, after it was written; its size is that of its content. */
  entry(path: string, bytes: number): void;
}
