// The beginning of a file that may be compressed.
import { createReadStream } from "node:fs";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { ReaderError } from "../reader-process.ts";
import type { DataFile } from "./folder.ts";

/** So much of a file is read to see its delimiter and header. */
export const HEAD = 1 << 18;

/** The beginning of a file as text. */
export async function headOf({ path, compression }: DataFile): Promise<string> {
  const file = createReadStream(path, compression === "none" ? { end: HEAD - 1 } : {});
  const unpack = compression === "gzip" ? createGunzip() : compression === "zstd" ? createZstdDecompress() : null;
  if (unpack !== null) file.on("error", (error) => unpack.destroy(error)).pipe(unpack);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of (unpack ?? file) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    throw new ReaderError("", (error as Error).message);
  } finally {
    file.destroy();
  }
  const bytes = Buffer.concat(chunks).subarray(0, HEAD);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) throw new ReaderError("", "the file is UTF-16; save it as UTF-8");
  return bytes.toString("utf8");
}
