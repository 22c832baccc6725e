// Batches of cells for tests of writers.
import { CellBatch } from "../../src/cells/batch.ts";
import { Kind } from "../../src/cells/kinds.ts";
import { Output } from "../../src/cells/output.ts";
import { Problems } from "../../src/cells/problems.ts";
import type { FormatOptions } from "../../src/cells/row-writer.ts";
import { formatNamed } from "../../src/formats/index.ts";

/** Rows of text cells; null is missing. */
export function textBatch(rows: readonly (readonly (string | null)[])[]): CellBatch {
  const width = rows[0]?.length ?? 1;
  const batch = new CellBatch(width, Math.max(1, rows.length));
  const parts: Buffer[] = [];
  let at = 0;
  rows.flat().forEach((text, i) => {
    batch.kind[i] = text === null ? Kind.missing : Kind.text;
    if (text === null) return;
    const bytes = Buffer.from(text, "utf8");
    parts.push(bytes);
    batch.start[i] = at;
    batch.end[i] = at += bytes.length;
  });
  batch.bytes = Buffer.concat(parts);
  batch.rows = rows.length;
  return batch;
}

/** The file that a format makes of one batch of text columns a, b, c, … */
export async function written(
  format: string,
  options: FormatOptions,
  batch: CellBatch,
  language = "en",
): Promise<Buffer> {
  const columns = Array.from({ length: batch.width }, (_, cell) => {
    const name = String.fromCharCode(97 + cell);
    return { name, path: [name], type: "text" as const, cell };
  });
  const table = { name: "test", columns, groups: [], lists: [] };
  const its = formatNamed(format);
  if (its.shape === "workbook") throw new Error(`${format} is a workbook`);
  const writer = its.writer(table, options, { zone: null, language, problems: new Problems() });
  const out = new Output(16);
  writer.head(out);
  await writer.rows(batch, 0, batch.rows, out);
  await writer.tail(out);
  return Buffer.from(out.written());
}
