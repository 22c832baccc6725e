// What has to wait because its connection is wanted for something else: bytes in memory, then in a file that only this process can read.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** So much stays in memory. */
const IN_MEMORY = 4 << 20;
/** Bytes of a frame of the file. */
const FRAME = 1 << 18;
const TAG = 16;
const CIPHER = "chacha20-poly1305";

/**
 * A queue of bytes: all are written before the first is read. The file has no name once it is open, and is encrypted
 * with a key that lives only here; each frame is sealed under its own number.
 */
export class Spill {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #file: FileHandle | null = null;
  readonly #key = randomBytes(32);
  readonly #frame = Buffer.allocUnsafeSlow(FRAME);
  #filled = 0;
  readonly #lengths: number[] = [];
  #read = 0;
  #at = 0;

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#file === null && this.#bytes + chunk.length <= IN_MEMORY) {
      this.#chunks.push(Buffer.from(chunk));
      this.#bytes += chunk.length;
      return;
    }
    this.#file ??= await nameless();
    for (let at = 0; at < chunk.length;) {
      const count = Math.min(FRAME - this.#filled, chunk.length - at);
      this.#frame.set(chunk.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === FRAME) await this.#seal();
    }
  }

  /** No more is written. */
  async end(): Promise<void> {
    if (this.#filled > 0) await this.#seal();
  }

  /** The next bytes, or null after the last. */
  async read(): Promise<Buffer | null> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) return chunk;
    const length = this.#lengths[this.#read];
    if (length === undefined || this.#file === null) return null;
    const sealed = Buffer.allocUnsafeSlow(length + TAG);
    for (let got = 0; got < sealed.length;) {
      const { bytesRead } = await this.#file.read(sealed, got, sealed.length - got, this.#at + got);
      if (bytesRead === 0) throw new Error("a temporary file has been cut short");
      got += bytesRead;
    }
    this.#at += sealed.length;
    const opening = createDecipheriv(CIPHER, this.#key, nonce(this.#read++), { authTagLength: TAG });
    opening.setAuthTag(sealed.subarray(length));
    const bytes = opening.update(sealed.subarray(0, length));
    opening.final();
    return bytes;
  }

  /** Gives everything back; safe to call twice. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  async #seal(): Promise<void> {
    const sealing = createCipheriv(CIPHER, this.#key, nonce(this.#lengths.length), { authTagLength: TAG });
    const sealed = sealing.update(this.#frame.subarray(0, this.#filled));
    sealing.final();
    await this.#file!.writev([sealed, sealing.getAuthTag()]);
    this.#lengths.push(this.#filled);
    this.#filled = 0;
  }
}

function nonce(number: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32LE(number);
  return bytes;
}

async function nameless(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-"));
  try {
    return await open(join(folder, "rows"), "wx+", 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
