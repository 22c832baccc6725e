// Archives for tests: made by an export, taken apart, changed, and put together again.
import { fromBufferPromise } from "yauzl";
import { type Entry, zipped } from "../../src/archive/zip.ts";

/** The files of a zip with their content, in order. */
export async function unpacked(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reader = await fromBufferPromise(zip);
  for await (const entry of reader.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await reader.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

/** A zip of files. */
export async function packed(files: Iterable<readonly [string, Uint8Array]>, stored = false): Promise<Buffer> {
  const entries = [...files].map(([name, content]): Entry => ({ name, content, stored }));
  return gathered(zipped(entries));
}

/** All chunks in one. */
export async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}
