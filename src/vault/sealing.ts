// Writes an age file as a stream: bytes come in, sealed bytes go to a sink.
import { createCipheriv, type KeyObject, randomBytes } from "node:crypto";
import { release } from "../lib/release.ts";
import { writeHeader } from "./age-header.ts";
import type { Recipient } from "./age-keys.ts";
import { CIPHER, FILE_KEY_LENGTH, payloadKey, TAG_LENGTH, wrap } from "./file-key.ts";
import { CHUNK, NONCE_LENGTH, SEALED_CHUNK, setNonce } from "./payload.ts";

/** Where sealed bytes go, one write at a time; they may be used again when it is done. */
export interface Sink {
  write(bytes: Uint8Array): Promise<void>;
}

/** Chunks that are written at once: about 1 MiB. */
const BATCH = 16;

/** Everything that is written, encrypted to recipients. Whatever fails, the sink is to be thrown away. */
export class Sealing {
  readonly #sink: Sink;
  readonly #head: Buffer;
  readonly #key: KeyObject;
  readonly #nonce = Buffer.alloc(12);
  #number = 0;
  /** Plain text that may be the last chunk. */
  readonly #held = Buffer.allocUnsafeSlow(CHUNK);
  #heldLength = 0;
  /** One batch is filled while the other one is written. */
  #batch = Buffer.allocUnsafeSlow(BATCH * SEALED_CHUNK);
  #other = Buffer.allocUnsafeSlow(BATCH * SEALED_CHUNK);
  #filled = 0;
  #writing: Promise<void> | null = null;

  constructor(sink: Sink, recipients: readonly Recipient[]) {
    const fileKey = randomBytes(FILE_KEY_LENGTH);
    const nonce = randomBytes(NONCE_LENGTH);
    this.#sink = sink;
    const stanzas = recipients.map((it) => wrap(fileKey, it));
    this.#head = Buffer.concat([writeHeader(stanzas, fileKey), nonce]);
    this.#key = payloadKey(fileKey, nonce);
  }

  /** Takes bytes, which may be used again when it is done. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const rest = bytes.length - at;
      if (this.#heldLength === CHUNK) {
        // More has come, so it was not the last.
        this.#seal(this.#held, false);
        this.#heldLength = 0;
      } else if (this.#heldLength === 0 && rest > CHUNK) {
        this.#seal(bytes.subarray(at, at + CHUNK), false);
        at += CHUNK;
      } else {
        const count = Math.min(CHUNK - this.#heldLength, rest);
        this.#held.set(bytes.subarray(at, at + count), this.#heldLength);
        this.#heldLength += count;
        at += count;
      }
      if (this.#filled === this.#batch.length) await this.#flush();
    }
  }

  /** Seals what is left, and waits until the sink has everything. */
  async end(): Promise<void> {
    this.#seal(this.#held.subarray(0, this.#heldLength), true);
    await this.#flush();
    await this.#writing;
  }

  /** Waits until nothing is being written, however that ends. */
  async settled(): Promise<void> {
    await this.#writing?.catch(() => {});
  }

  #seal(plain: Uint8Array, last: boolean): void {
    setNonce(this.#nonce, this.#number++, last);
    const cipher = createCipheriv(CIPHER, this.#key, this.#nonce, { authTagLength: TAG_LENGTH });
    const sealed = cipher.update(plain);
    cipher.final();
    this.#batch.set(sealed, this.#filled);
    this.#batch.set(cipher.getAuthTag(), this.#filled + sealed.length);
    this.#filled += sealed.length + TAG_LENGTH;
    release(sealed);
  }

  async #flush(): Promise<void> {
    this.#writing ??= this.#sink.write(this.#head);
    await this.#writing;
    this.#writing = this.#sink.write(this.#batch.subarray(0, this.#filled));
    // Whoever waits for it next is told.
    this.#writing.catch(() => {});
    [this.#batch, this.#other] = [this.#other, this.#batch];
    this.#filled = 0;
  }
}
