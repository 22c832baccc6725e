import { crc32, gunzipSync, inflateRawSync, zstdDecompressSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { DeflateLanes } from "./deflate-lanes.ts";
import { deflated, gzipped, zstandard } from "./segments.ts";

async function* chunksOf(content: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

const segment = 1 << 22;
const content = fc
  .tuple(
    fc.constantFrom(0, 1, 100, segment - 1, segment, segment + 1, 3 * segment + 7, 5 * segment),
    fc.integer({ min: 0, max: 255 }),
  )
  .map(([size, seed]) =>
    Buffer.from(Array.from({ length: 997 }, (_, n) => (n * n * (seed + 1)) & 0xff))
      .toString("hex")
      .repeat(Math.ceil(size / 1994))
      .slice(0, size),
  )
  .map((text) => Buffer.from(text));

it("compresses in segments that come back as one content", async () => {
  await fuzz(
    fc.tuple(content, fc.constantFrom(777, 65_536, 1 << 20)),
    async ([bytes, size]) => {
      using lanes = new DeflateLanes();
      const facts = { crc: 0, size: 0 };
      const raw = await gathered(deflated(chunksOf(bytes, size), facts, lanes));
      expect(inflateRawSync(raw).equals(bytes)).toBe(true);
      expect(facts).toEqual({ crc: crc32(bytes), size: bytes.length });
      expect(gunzipSync(await gathered(gzipped(chunksOf(bytes, size)))).equals(bytes)).toBe(true);
      expect(zstdDecompressSync(await gathered(zstandard(chunksOf(bytes, size)))).equals(bytes)).toBe(true);
    },
    20,
  );
});

it("gives the same bytes each time, however the content is cut", async () => {
  const bytes = Buffer.from("one line of many\n".repeat(200_000));
  const first = await gathered(gzipped(chunksOf(bytes, 4096)));
  expect((await gathered(gzipped(chunksOf(bytes, 1 << 20)))).equals(first)).toBe(true);
});

it("passes on a failure of its content", async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(segment * 2);
    throw new Error("the source was lost");
  }
  await expect(gathered(gzipped(failing()))).rejects.toThrow("the source was lost");
});
