// Cells as texts, for names of folders and files.
import type { CellBatch } from "../cells/batch.ts";
import { Output } from "../cells/output.ts";
import { writeValue } from "../cells/value-text.ts";
import type { Zone } from "../cells/zone.ts";
import type { TagPlan } from "../plan/plan.ts";

/** The texts of tags in a row. */
export function textsOf(
  tags: readonly TagPlan[],
  batch: CellBatch,
  row: number,
  zone: Zone | null,
): ReadonlyMap<string, string> {
  return new Map(
    tags.map(({ tag, cells }) => [tag, cells.map((cell) => textOf(batch, row * batch.width + cell, zone)).join("-")]),
  );
}

const text = new Output(256);

/** The canonical text of a cell. */
export function textOf(batch: CellBatch, i: number, zone: Zone | null): string {
  text.length = 0;
  writeValue(batch, i, zone, text);
  return text.textFrom(0);
}
