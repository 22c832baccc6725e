// Pseudonyms: a keyed hash instead of a value, the same for the same subject wherever an org shows it.
import { createHmac, hash } from "node:crypto";
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { Recent } from "./recent.ts";
import { writeValue } from "./value-text.ts";

const BLOCK = 64;
const DIGEST = 32;
const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** The key of an org's pseudonyms: with the same salt, another org has others. */
export function pseudonymKey(salt: string, org: string): Uint8Array {
  return createHmac("sha256", salt).update(`waybill pseudonyms v1\0${org}`).digest();
}

/** The bytes that a secret salt makes of a text, HMAC-SHA-256 (RFC 2104, FIPS 180-4). One is made for an org. */
export class Pseudonyms {
  /** The key with the two paddings of RFC 2104 section 2, each followed by what is hashed after it. */
  #inner: Buffer;
  readonly #outer: Buffer;
  readonly #recent = new Recent(DIGEST);
  readonly #digest = new Uint8Array(DIGEST);

  /** @param key at least 32 random bytes, kept secret: whoever has them can try values out. */
  constructor(key: Uint8Array) {
    const block = Buffer.alloc(BLOCK);
    block.set(key.length > BLOCK ? hash("sha256", key, "buffer") : key);
    this.#inner = Buffer.concat([block.map((byte) => byte ^ 0x36), Buffer.alloc(256)]);
    this.#outer = Buffer.concat([block.map((byte) => byte ^ 0x5c), Buffer.alloc(DIGEST)]);
  }

  /** The 32 bytes for a text; valid until the next call. */
  of(bytes: Uint8Array, length: number): Uint8Array {
    const digest = this.#digest;
    if (this.#recent.copy(bytes, length, digest, 0)) return digest;
    if (this.#inner.length < BLOCK + length) {
      const larger = Buffer.alloc((BLOCK + length) * 2);
      larger.set(this.#inner.subarray(0, BLOCK));
      this.#inner = larger;
    }
    this.#inner.set(bytes.subarray(0, length), BLOCK);
    this.#outer.set(hash("sha256", this.#inner.subarray(0, BLOCK + length), "buffer"), BLOCK);
    digest.set(hash("sha256", this.#outer, "buffer"));
    this.#recent.keep(bytes, length, digest, 0);
    return digest;
  }

  readonly #text = new Output(256);

  /** The bytes for the canonical text of a cell, whatever its kind: 42 has the same as "42". */
  ofCell(batch: CellBatch, i: number): Uint8Array {
    const text = this.#text;
    text.length = 0;
    writeValue(batch, i, null, text);
    return this.of(text.bytes, text.length);
  }

  /** Puts the pseudonym, 64 hexadecimal digits, in the place of cell `cell` of every row. */
  apply(batch: CellBatch, cell: number, appended: Appended): void {
    const { kind, start, end } = batch;
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (kind[i] === Kind.missing) continue;
      const digest = this.ofCell(batch, i);
      const out = appended.reserve(batch, 2 * DIGEST);
      const { bytes } = out;
      let at = out.length;
      kind[i] = Kind.text;
      start[i] = at;
      for (const byte of digest) {
        bytes[at++] = HEX[byte >> 4]!;
        bytes[at++] = HEX[byte & 15]!;
      }
      end[i] = out.length = at;
    }
  }
}
