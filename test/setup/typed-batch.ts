// Batches of cells of any kind, for tests of writers that mind kinds.
import { CellBatch } from "../../src/cells/batch.ts";
import { Kind } from "../../src/cells/kinds.ts";

/** A cell: its kind, and its number, its text or bytes, or its seconds and microseconds. */
export type Cell = readonly [
  kind: Kind,
  value?: number | string | Uint8Array | readonly [seconds: number, microseconds: number],
];

export const missing: Cell = [Kind.missing];

/** A batch of rows. */
export function typedBatch(rows: readonly (readonly Cell[])[], width = rows[0]?.length ?? 1): CellBatch {
  const batch = new CellBatch(width, Math.max(1, rows.length));
  const parts: Uint8Array[] = [];
  let at = 0;
  rows.flat().forEach(([kind, value], i) => {
    batch.kind[i] = kind;
    // What a missing cell leaves behind from the batch before.
    batch.number[i] = NaN;
    if (typeof value === "number") batch.number[i] = value;
    else if (typeof value === "string" || value instanceof Uint8Array) {
      const bytes = typeof value === "string" ? Buffer.from(value, "utf8") : value;
      parts.push(bytes);
      batch.start[i] = at;
      batch.end[i] = at += bytes.length;
    } else if (value !== undefined) {
      batch.number[i] = value[0];
      batch.start[i] = value[1];
    }
  });
  batch.bytes = Buffer.concat(parts);
  batch.rows = rows.length;
  return batch;
}
