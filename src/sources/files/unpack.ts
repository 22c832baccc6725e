// The content of a file that may be compressed.
import { createReadStream } from "node:fs";
import { createGunzip, createZstdDecompress } from "node:zlib";
import type { DataFile } from "./folder.ts";

/** What is needed to read a file. */
export type Packed = Pick<DataFile, "path" | "compression">;

/** What is in a file, unpacked. */
export async function* contentOf({ path, compression }: Packed): AsyncGenerator<Buffer> {
  const file = createReadStream(path);
  const unpack = compression === "gzip" ? createGunzip() : compression === "zstd" ? createZstdDecompress() : null;
  if (unpack !== null) file.on("error", (error) => unpack.destroy(error)).pipe(unpack);
  try {
    for await (const chunk of (unpack ?? file) as AsyncIterable<Buffer>) yield chunk;
  } finally {
    file.destroy();
  }
}
