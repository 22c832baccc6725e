// Zip files that may be damaged or hostile, read through their directory: bounded in memory, whatever is in them.
import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { type Entry, fromRandomAccessReaderPromise, openPromise, RandomAccessReader, type ZipFile } from "yauzl";

/** Part of a file: a zip within a zip, where it is stored as it is. */
export interface FileRange {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

/**
 * Opens a zip file, or a zip within a file.
 * @throws Error when it is none, or its directory is damaged
 */
export async function openZip(file: string | FileRange): Promise<ZipFile> {
  const options = { strictFileNames: true, decodeStrings: true, validateEntrySizes: true };
  if (typeof file === "string") return openPromise(file, options);
  return fromRandomAccessReaderPromise(new RangeReader(file), file.length, options);
}

class RangeReader extends RandomAccessReader {
  readonly #range: FileRange;

  constructor(range: FileRange) {
    super();
    this.#range = range;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { path, start: base } = this.#range;
    return createReadStream(path, { start: base + start, end: base + end - 1 });
  }
}

/** What an entry's local header says differently from the directory, in words; null where they agree. */
export async function headerMismatch(zip: ZipFile, entry: Entry): Promise<string | null> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  if (!local.fileName.equals(entry.fileNameRaw)) return "is called otherwise in its own header";
  if (local.compressionMethod !== entry.compressionMethod) return "is compressed otherwise than the directory says";
  return null;
}

/** The content of an entry, decompressed. It ends with an error when its size is not the one in the directory. */
export async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream) yield chunk as Uint8Array;
}
