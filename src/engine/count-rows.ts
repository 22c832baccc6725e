// The rows of files in an archive, counted by the formats themselves.
import type { Entry, ZipFile } from "yauzl";
import type { Resource } from "../archive/descriptor.ts";
import { contentOf, openZip } from "../archive/open-zip.ts";
import type { WorkbookFormat } from "../cells/row-writer.ts";
import { formats } from "../formats/index.ts";

/** Where content lies in an archive. */
export interface Place {
  /** The archive. */
  readonly path: string;
  readonly zip: ZipFile;
  readonly entry: Entry;
}

const STORED = 0;
/** Entries of a workbook that are looked at, so that a hostile one is no endless work. */
const MAX_PARTS = 10_000;

/**
 * Reads content to its end and gives the rows of each resource that it is, in order: an error where they cannot be
 * counted, null where the content is no table of a format that is known.
 */
export async function rowsOf(
  resources: readonly Resource[],
  content: AsyncIterable<Uint8Array>,
  place: Place,
): Promise<(number | Error | null)[]> {
  const { format: name, dialect, rowCount } = resources[0] ?? {};
  const format = rowCount === undefined ? undefined : formats.find((it) => it.name === name);
  if (format === undefined || format.shape === "workbook") {
    for await (const _ of content);
    return format === undefined ? [null] : sheetsOf(format, resources, place);
  }
  const counter = format.counter(dialect ?? {});
  for await (const chunk of content) counter.add(chunk);
  try {
    return [counter.rows()];
  } catch (error) {
    return [error as Error];
  }
}

/** A workbook is a zip in its own right. */
async function sheetsOf(
  format: WorkbookFormat,
  resources: readonly Resource[],
  { path, zip, entry }: Place,
): Promise<(number | Error | null)[]> {
  // Somebody has packed the archive again.
  if (entry.compressionMethod !== STORED) return resources.map(() => null);
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  try {
    const inner = await openZip({ path, start, length: entry.compressedSize });
    const rows: number[] = [];
    let parts = 0;
    let packed = 0;
    for await (const part of inner.eachEntry()) {
      if (++parts > MAX_PARTS) throw new Error(`it has more than ${MAX_PARTS} parts`);
      packed += part.compressedSize;
      // Otherwise a few bytes could be read over and over.
      if (packed > entry.compressedSize) throw new Error("its parts lie over one another");
      const counter = format.sheetCounter(part.fileName);
      if (counter === null) continue;
      for await (const chunk of contentOf(inner, part)) counter.add(chunk);
      rows.push(...counter.sheets());
    }
    return resources.map((_, n) => rows[n] ?? new Error("the sheet is not there"));
  } catch (error) {
    return resources.map(() => error as Error);
  }
}
