// A column of a row group in the file: one data page (version 1), compressed with Zstandard.
import { constants, createZstdCompress } from "node:zlib";
import type { Output } from "../../cells/output.ts";
import { release } from "../../lib/release.ts";
import type { Column, Page } from "./column.ts";
import type { Bounds } from "./statistics.ts";
import { Thrift, ThriftWriter } from "./thrift.ts";

const DATA_PAGE = 0;
/** Encodings, as parquet.thrift numbers them. */
export const PLAIN = 0;
export const RLE = 3;

/** What the footer says of a column in a row group. */
export interface ChunkFacts {
  readonly column: Column;
  /** Bytes in the file, with the page's header, and what they would be without compression. */
  readonly compressed: number;
  readonly uncompressed: number;
  readonly missing: number;
  readonly bounds: Bounds | null;
}

/**
 * Compresses bytes on another thread, which are left alone until that is done. The result has its memory to itself.
 * @throws Error of zlib, when memory runs out
 */
export type Compress = (bytes: Uint8Array) => Promise<Buffer>;

export const compress: Compress = (bytes) =>
  new Promise((resolve, reject) => {
    const stream = createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 1 },
      // Some readers want to find the size in the frame.
      pledgedSrcSize: bytes.length,
      // As much as there can be (zstd.h, ZSTD_COMPRESSBOUND), so that it comes in one piece; and more than what the
      // runtime takes from the memory that small buffers share.
      chunkSize: Math.max(Buffer.poolSize, bytes.length + (bytes.length >> 8) + 64),
      // The whole frame with the first write. Ending the stream instead, as `zstdCompress` does, has the bytes copied in
      // parts, and they come out otherwise; ending it too puts an empty frame behind.
      flush: constants.ZSTD_e_end,
    });
    stream.once("error", reject);
    stream.once("data", resolve);
    stream.write(bytes, () => stream.close());
  });

/** Appends a page of so many rows. */
export function writeChunk(page: Page, rows: number, data: Buffer, out: Output): ChunkFacts {
  const { column, size, missing, bounds } = page;
  const begin = out.length;
  writeHeader(rows, size, data.length, out);
  const header = out.length - begin;
  out.append(data);
  const facts = { column, compressed: header + data.length, uncompressed: header + size, missing, bounds };
  release(new Uint8Array(data.buffer));
  return facts;
}

/** PageHeader of parquet.thrift. */
function writeHeader(rows: number, uncompressed: number, compressed: number, out: Output): void {
  const header = new ThriftWriter(out);
  header.element(() => {
    header.number(1, Thrift.i32, DATA_PAGE);
    header.number(2, Thrift.i32, uncompressed);
    header.number(3, Thrift.i32, compressed);
    header.struct(5, () => {
      header.number(1, Thrift.i32, rows);
      header.number(2, Thrift.i32, PLAIN);
      header.number(3, Thrift.i32, RLE);
      header.number(4, Thrift.i32, RLE);
    });
  });
}
