// The beginning of a file that may be compressed.
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { ReaderError } from "../reader-process.ts";
import type { DataFile } from "./folder.ts";
import { contentOf } from "./unpack.ts";

/** So much of a file is read to see its delimiter and header. */
export const HEAD = 1 << 18;

/**
 * The beginning of a file: `HEAD` bytes, unless there are fewer.
 * @throws ReaderError
 */
export async function headOf(file: DataFile): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of contentOf(file)) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    throw new ReaderError("", (error as Error).message);
  }
  const bytes = Buffer.concat(chunks).subarray(0, HEAD);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new ReaderError("", "the file is UTF-16; save it as UTF-8");
  return bytes;
}

/** The number of the line on which a record of NDJSON stands, both counted from 1: lines that are empty are none. */
export async function lineOf(file: DataFile, record: number): Promise<number> {
  let line = 0;
  let records = 0;
  for await (const text of createInterface({ input: Readable.from(contentOf(file)) })) {
    line++;
    if (text.trim() !== "" && ++records === record) break;
  }
  return line;
}
