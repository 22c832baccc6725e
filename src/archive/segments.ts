// Compression in independent segments: several at a time, put together in order, the same bytes each time.
import { promisify } from "node:util";
import { constants, crc32, zstdCompress } from "node:zlib";
import { release } from "../lib/release.ts";
import { DeflateLanes, FINAL_BLOCK } from "./deflate-lanes.ts";

/** Bytes of content in a segment: large, since each job has to be handed to a thread (docs/decisions/0002). */
export const SEGMENT_SIZE = 1 << 22;
/** How many segments wait for their turn while one more is compressed; a thread of the pool stays free for writing. */
const IN_FLIGHT = 2;

const zstd = promisify<Uint8Array, object, Buffer>(zstdCompress);

const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 } } as const;

/** What was seen of the content while it was compressed. */
export interface ContentFacts {
  /** CRC-32 as in zip and gzip. */
  crc: number;
  /** Bytes before compression. */
  size: number;
}

/** Content as one raw deflate stream (RFC 1951), made of segments that end on byte boundaries. */
export async function* deflated(
  content: AsyncIterable<Uint8Array>,
  facts: ContentFacts,
  lanes: DeflateLanes,
): AsyncGenerator<Uint8Array> {
  const deflate = (segment: Uint8Array): Promise<Uint8Array> => {
    facts.crc = crc32(segment, facts.crc);
    facts.size += segment.length;
    return lanes.deflate(segment);
  };
  yield* compressed(content, deflate, lanes.buffers);
  yield FINAL_BLOCK;
}

/** Content as a gzip file (RFC 1952), without name and time. */
export async function* gzipped(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const facts: ContentFacts = { crc: 0, size: 0 };
  using lanes = new DeflateLanes();
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255);
  yield* deflated(content, facts, lanes);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(facts.crc, 0);
  trailer.writeUInt32LE(facts.size % 2 ** 32, 4);
  yield trailer;
}

/** Content as Zstandard frames (RFC 8878 section 3: frames may follow one another), each with its checksum. */
export async function* zstandard(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let any = false;
  for await (const frame of compressed(content, (segment) => zstd(segment, ZSTD), [])) {
    any = true;
    yield frame;
  }
  if (!any) yield await zstd(new Uint8Array(0), ZSTD);
}

/**
 * Cuts content into segments and compresses a few at a time, in the order of the content.
 * @param free buffers of a segment's size that may be used, and to which those that are made here are added
 */
async function* compressed(
  content: AsyncIterable<Uint8Array>,
  compress: (segment: Uint8Array) => Promise<Uint8Array>,
  free: Uint8Array[],
): AsyncGenerator<Uint8Array> {
  const running: Promise<Uint8Array>[] = [];
  /** A chunk is valid until the next but one is asked for. */
  let passedOn: Uint8Array | null = null;
  let segment: Uint8Array | null = null;
  let filled = 0;
  const start = (full: Uint8Array): void => {
    const result = compress(full.subarray(0, filled)).finally(() => free.push(full));
    // Awaited in its turn; until then a failure must not count as unhandled.
    result.catch(() => {});
    running.push(result);
    segment = null;
    filled = 0;
  };
  for await (const chunk of content) {
    for (let at = 0; at < chunk.length;) {
      const count = Math.min(chunk.length - at, SEGMENT_SIZE - filled);
      segment ??= free.pop() ?? new Uint8Array(SEGMENT_SIZE);
      segment.set(chunk.subarray(at, at + count), filled);
      filled += count;
      at += count;
      if (filled < SEGMENT_SIZE) continue;
      start(segment);
      if (running.length <= IN_FLIGHT) continue;
      const result = await running.shift()!;
      yield result;
      if (passedOn !== null) release(passedOn);
      passedOn = result;
    }
  }
  if (segment !== null) start(segment);
  for (const result of running) yield await result;
}
