// Rows as values of the language, for answers that are put together by others: through the same rules as files.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import type { Output } from "../cells/output.ts";
import type { NestingRowWriter } from "../cells/row-writer.ts";
import { writeValue } from "../cells/value-text.ts";
import type { Zone } from "../cells/zone.ts";
import { exactJson } from "../lib/exact-json.ts";
import type { PlanColumn, TablePlan } from "../plan/plan.ts";

/**
 * Keeps each row's values in the order of the columns: floats as numbers, NaN and the infinities among them; booleans; JSON
 * and arrays as they are read (`exactJson`); null; and everything else as its canonical text.
 */
export class RowValues implements NestingRowWriter {
  readonly lists = [];
  readonly found: unknown[][] = [];
  readonly #columns: readonly PlanColumn[];
  readonly #zone: Zone | null;

  constructor({ columns }: TablePlan, zone: Zone | null) {
    this.#columns = columns;
    this.#zone = zone;
  }

  head(): void {}

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    for (let row = from; row < to; row++) this.beginRow(batch, row, row, out);
  }

  beginRow(batch: CellBatch, row: number, _index: number, out: Output): void {
    this.found.push(
      this.#columns.map((column) => valueOf(batch, row * batch.width + column.cell, column, this.#zone, out)),
    );
  }

  endRow(): void {}

  tail(): void {}
}

/**
 * The value of a cell, as `RowValues` keeps it.
 * @param out texts are written to it, so that what is read is counted as what is written would be
 */
export function valueOf(
  batch: CellBatch,
  i: number,
  { type }: Pick<PlanColumn, "type">,
  zone: Zone | null,
  out: Output,
): unknown {
  const kind = batch.kind[i]!;
  if (kind === Kind.missing) return null;
  if (kind === Kind.boolean) return batch.number[i] !== 0;
  if (kind === Kind.float) return batch.number[i]!;
  const from = out.length;
  writeValue(batch, i, zone, out);
  const text = out.textFrom(from);
  if (kind === Kind.json) return exactJson(text);
  // What is stored as a single has the digits of one; and a database may keep whole floats as integers.
  return kind === Kind.float32 || (type === "float" && kind === Kind.integer) ? Number(text) : text;
}
