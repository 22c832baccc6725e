// Row groups while their pages are compressed beside us: how many, in which order, and what happens when that fails.
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { zstdCompress, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Cell, typedBatch } from "../../../test/setup/typed-batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import { Problems } from "../../cells/problems.ts";
import { release } from "../../lib/release.ts";
import { compress, type Compress } from "./pages.ts";
import { ParquetWriter } from "./parquet.ts";

const COLUMNS = 5;
const GROUP = 100;

/** A table of several columns, in row groups of a hundred rows. */
function writerWith(pack: Compress): ParquetWriter {
  const columns = Array.from({ length: COLUMNS }, (_, cell) => {
    const name = `c${cell}`;
    return { name, path: [name], type: "text" as const, cell };
  });
  const context = { zone: null, language: "en", problems: new Problems() };
  return new ParquetWriter(
    { name: "test", columns, groups: [], lists: [] },
    context,
    { rows: GROUP, bytes: 1 << 24 },
    pack,
  );
}

const batchOf = (rows: number): ReturnType<typeof typedBatch> =>
  typedBatch(
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: COLUMNS }, (__, c): Cell => [Kind.text, `row ${row} of column ${c} `.repeat(c * 50)]),
    ),
  );

/** The file of some rows, in one batch or in batches of so many rows. */
async function file(rows: number, pack: Compress, step = rows): Promise<Buffer> {
  const writer = writerWith(pack);
  const out = new Output(16);
  writer.head(out);
  const batch = batchOf(rows);
  for (let from = 0; from < rows; from += step) await writer.rows(batch, from, Math.min(from + step, rows), out);
  await writer.tail(out);
  return Buffer.from(out.written());
}

it("compresses as zstdCompressSync does, into memory of its own", async () => {
  for (const size of [0, 1, 1000, 100_000, 3_000_000]) {
    const bytes = Buffer.from(Array.from({ length: size }, (_, n) => (Math.imul(n, n) >> 7) & 0xff));
    const data = await compress(bytes);
    const params = { params: { 100: 1 }, pledgedSrcSize: size, chunkSize: Math.max(1 << 16, size * 2) };
    expect(data.equals(zstdCompressSync(bytes, params))).toBe(true);
    expect(zstdDecompressSync(data).equals(bytes)).toBe(true);
    release(new Uint8Array(data.buffer));
    expect(data.length).toBe(0);
  }
});

it("writes pages in the order of their columns, two of them being compressed at a time, whichever is done first", async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const uneven: Compress = async (bytes) => {
    most = Math.max(most, ++running);
    const data = await compress(bytes);
    await sleep(count++ % 2 === 0 ? 10 : 0);
    running--;
    return data;
  };
  const plain = await file(350, compress);
  expect((await file(350, uneven)).equals(plain)).toBe(true);
  expect((await file(350, uneven, 7)).equals(plain)).toBe(true);
  expect(most).toBe(2);
});

it("holds two row groups at the most, and waits with the rest", async () => {
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
  const held: Compress = async (bytes) => {
    await allowed;
    return compress(bytes);
  };
  const writer = writerWith(held);
  const out = new Output(16);
  const batch = batchOf(2 * GROUP);
  await writer.rows(batch, 0, 2 * GROUP - 1, out);
  let isDone = false;
  const last = Promise.resolve(writer.rows(batch, 2 * GROUP - 1, 2 * GROUP, out)).then(() => (isDone = true));
  await sleep(20);
  expect([isDone, out.length]).toEqual([false, 0]);
  allow();
  await last;
  expect(out.length).toBeGreaterThan(0);
});

describe("when compression fails", () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  beforeEach(() => {
    unhandled.length = 0;
    process.on("unhandledRejection", note);
  });
  afterEach(() => {
    process.off("unhandledRejection", note);
  });

  const zstd = promisify<Uint8Array, object, Buffer>(zstdCompress);

  /** Lets zlib itself fail at the n-th page: there are fewer bytes than it was told. */
  const failingAt = (place: number): Compress => {
    let count = 0;
    return (bytes) => (count++ === place ? zstd(bytes, { pledgedSrcSize: bytes.length + 1 }) : compress(bytes));
  };

  it.each([
    ["the first page", 0],
    ["a page of a later row group", COLUMNS + 2],
    ["the last page", 4 * COLUMNS - 1],
  ])("says so: %s", async (_, place) => {
    await expect(file(350, failingAt(place), 30)).rejects.toThrow("Src size is incorrect");
    await sleep(20);
    expect(unhandled).toEqual([]);
  });

  it("is quiet where the export has ended before", async () => {
    await writerWith(failingAt(0)).rows(batchOf(GROUP), 0, GROUP, new Output(16));
    await sleep(100);
    expect(unhandled).toEqual([]);
  });
});
