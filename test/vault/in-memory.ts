// Sealed bytes at hand.
import type { Readable } from "../../src/vault/unsealing.ts";
import { Sealing } from "../../src/vault/sealing.ts";
import type { Recipient } from "../../src/vault/age-keys.ts";

/** Bytes that can be read at any place, given in pieces of a size. */
export function readable(bytes: Uint8Array, pieceSize = 100_000): Readable {
  return {
    size: bytes.length,
    async *range(start, end) {
      for (let at = start; at < end; at += pieceSize) yield bytes.subarray(at, Math.min(end, at + pieceSize));
    },
    close: async () => {},
  };
}

/** What sealing makes of bytes that come in pieces of a size. */
export async function sealedBytes(plain: Uint8Array, to: readonly Recipient[], pieceSize = 50_000): Promise<Buffer> {
  const parts: Buffer[] = [];
  const sealing = new Sealing({ write: async (bytes) => void parts.push(Buffer.from(bytes)) }, to);
  for (let at = 0; at < plain.length; at += pieceSize) await sealing.write(plain.subarray(at, at + pieceSize));
  await sealing.end();
  return Buffer.concat(parts);
}

/** All bytes of a range. */
export async function bytesOf(file: Readable, start = 0, end = file.size): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const piece of file.range(start, end)) parts.push(Buffer.from(piece));
  return Buffer.concat(parts);
}
