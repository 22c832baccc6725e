// Deflate streams that are kept and reused: a few segments at a time, each without history.
import { constants, createDeflateRaw, type DeflateRaw } from "node:zlib";
import { release } from "../lib/release.ts";

/**
 * Level 1 gives most of the gain at a fraction of the time, as `gzip -1` does; the small window stays in the
 * processor's cache (docs/decisions/0002).
 */
const SETTINGS = { level: 1, windowBits: 12, memLevel: 9, chunkSize: 1 << 20 } as const;

/** The end of a deflate stream: an empty final block with fixed codes (RFC 1951 section 3.2.6). */
export const FINAL_BLOCK: Uint8Array = Uint8Array.of(3, 0);

/** Deflates one segment after the other. What it gives is as if each segment had a stream of its own. */
class Lane {
  readonly #stream: DeflateRaw = createDeflateRaw(SETTINGS);
  #chunks: Buffer[] = [];

  constructor() {
    this.#stream.on("data", (chunk: Buffer) => this.#chunks.push(chunk));
  }

  /** The segment as deflate blocks that end on a byte boundary (RFC 1951; zlib's full flush forgets all history). */
  async deflate(segment: Uint8Array): Promise<Uint8Array> {
    await new Promise<void>((resolve, reject) => {
      this.#stream.once("error", reject);
      this.#stream.write(segment);
      this.#stream.flush(constants.Z_FULL_FLUSH, () => {
        this.#stream.off("error", reject);
        resolve();
      });
    });
    const chunks = this.#chunks;
    this.#chunks = [];
    const whole = Buffer.concat(chunks);
    // Chunks are slices of a buffer that the stream fills; the slice at its end is the last of it.
    for (const chunk of chunks) {
      if (chunk.byteOffset + chunk.length === chunk.buffer.byteLength) release(new Uint8Array(chunk.buffer));
    }
    return whole;
  }

  close(): void {
    this.#stream.close();
  }
}

/** The lanes of one file. */
export class DeflateLanes {
  /** Buffers for content that waits to be deflated, kept from one entry of the file to the next. */
  readonly buffers: Uint8Array[] = [];
  readonly #idle: Lane[] = [];
  readonly #all: Lane[] = [];

  /** Deflates a segment on a lane that is free. */
  async deflate(segment: Uint8Array): Promise<Uint8Array> {
    const lane = this.#idle.pop() ?? this.#open();
    const result = await lane.deflate(segment);
    this.#idle.push(lane);
    return result;
  }

  /** A whole deflate stream of content that is at hand. */
  async deflateWhole(content: Uint8Array): Promise<Uint8Array> {
    return Buffer.concat([await this.deflate(content), FINAL_BLOCK]);
  }

  /** Frees what the lanes hold; nothing may be deflated any more. */
  [Symbol.dispose](): void {
    for (const lane of this.#all) lane.close();
  }

  #open(): Lane {
    const lane = new Lane();
    this.#all.push(lane);
    return lane;
  }
}
