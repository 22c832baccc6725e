// A column of a row group in the file: one data page (version 1), compressed with Zstandard.
import { constants, zstdCompressSync } from "node:zlib";
import type { Output } from "../../cells/output.ts";
import { release } from "../../lib/release.ts";
import type { Column } from "./column.ts";
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

/** Appends the rows that a column gathered. */
export function writeChunk(column: Column, rows: number, out: Output): ChunkFacts {
  const page = column.page();
  const data = compress(page);
  const begin = out.length;
  writeHeader(rows, page.length, data.length, out);
  const header = out.length - begin;
  out.append(data);
  const facts = {
    column,
    compressed: header + data.length,
    uncompressed: header + page.length,
    missing: column.missing,
    bounds: column.bounds(),
  };
  release(new Uint8Array(data.buffer));
  return facts;
}

/** The result has its memory to itself. */
function compress(page: Uint8Array): Uint8Array<ArrayBuffer> {
  return zstdCompressSync(page, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    // Some readers want to find the size in the frame.
    pledgedSrcSize: page.length,
    // As much as there can be (zstd.h, ZSTD_COMPRESSBOUND), so that it comes in one piece; and more than what the
    // runtime takes from the memory that small buffers share.
    chunkSize: Math.max(Buffer.poolSize, page.length + (page.length >> 8) + 64),
  });
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
