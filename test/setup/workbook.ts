// Workbooks made of batches, for tests of the workbook formats.
import { CellBatch } from "../../src/cells/batch.ts";
import { Problems } from "../../src/cells/problems.ts";
import type { RowSource, TableShape, WorkbookWriter, WriterContext } from "../../src/cells/row-writer.ts";

/** A context in UTC and English. */
export function utcContext(): WriterContext {
  return { zone: null, language: "en", problems: new Problems() };
}

/** A table of text columns a, b, c, … */
export function textTable(name: string, width: number): TableShape {
  const columns = Array.from({ length: width }, (_, cell) => {
    const column = String.fromCharCode(97 + cell);
    return { name: column, path: [column], type: "text" as const, cell };
  });
  return { name, columns, groups: [], lists: [] };
}

/** The rows of a batch, in batches of `most` rows. */
export function inBatches(whole: CellBatch, most: number): RowSource {
  let from = 0;
  return {
    next: async () => {
      if (from === whole.rows) return null;
      const to = Math.min(whole.rows, from + most);
      const part = new CellBatch(whole.width, to - from);
      const cells = [from * whole.width, to * whole.width] as const;
      part.bytes = whole.bytes;
      part.kind.set(whole.kind.subarray(...cells));
      part.start.set(whole.start.subarray(...cells));
      part.end.set(whole.end.subarray(...cells));
      part.number.set(whole.number.subarray(...cells));
      part.rows = to - from;
      from = to;
      return part;
    },
  };
}

/** The parts of a workbook by name, in order. */
export async function partsOf(
  writer: WorkbookWriter,
  rowsOf: (table: number) => RowSource,
): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  for await (const { name, content } of writer.parts(rowsOf)) {
    const chunks: Buffer[] = [];
    if (content instanceof Uint8Array) chunks.push(Buffer.from(content));
    else for await (const chunk of content) chunks.push(Buffer.from(chunk));
    parts.set(name, Buffer.concat(chunks));
  }
  return parts;
}
