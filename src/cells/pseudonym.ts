// Pseudonyms: a keyed hash instead of a value, the same for the same subject wherever an org shows it.
import { createHmac } from "node:crypto";
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import { DIGEST, Hmac } from "./hmac.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { Recent } from "./recent.ts";
import { writeValue } from "./value-text.ts";

const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Bytes of a pseudonym as text. */
const SIZE = 2 * DIGEST;
/** How many pseudonyms are remembered, in 4 MB: subjects come back in other columns and batches. */
const SLOTS = 1 << 15;

/** The key of an org's pseudonyms: with the same salt, another org has others. */
export function pseudonymKey(salt: string, org: string): Uint8Array {
  return createHmac("sha256", salt).update(`waybill pseudonyms v1\0${org}`).digest();
}

/** What a secret salt makes of texts, HMAC-SHA-256 (RFC 2104, FIPS 180-4). One is made for an export. */
export class Pseudonyms {
  readonly #hmac: Hmac;
  readonly #recent = new Recent(SIZE, SLOTS);
  readonly #words = wordsOf(this.#recent.results);
  readonly #digest = new Uint8Array(DIGEST);
  readonly #text = new Output(256);
  /** The text of the value at hand: `bytes` from..to. */
  #bytes: Uint8Array = this.#digest;
  #from = 0;
  #to = 0;

  /** @param key 32 random bytes or more, up to 64, kept secret: whoever has them can try values out. */
  constructor(key: Uint8Array) {
    this.#hmac = new Hmac(key);
  }

  /** The 32 bytes for the canonical text of a cell, whatever its kind: 42 has the same as "42". Valid until the next call. */
  ofCell(batch: CellBatch, i: number): Uint8Array {
    this.#take(batch, i);
    this.#hmac.of(this.#bytes, this.#from, this.#to, this.#digest);
    return this.#digest;
  }

  #take(batch: CellBatch, i: number): void {
    if (batch.kind[i] === Kind.text) {
      this.#bytes = batch.bytes;
      this.#from = batch.start[i]!;
      this.#to = batch.end[i]!;
      return;
    }
    const text = this.#text;
    text.length = 0;
    writeValue(batch, i, null, text);
    this.#bytes = text.bytes;
    this.#from = 0;
    this.#to = text.length;
  }

  readonly #make = (to: Uint8Array, at: number): void => {
    const digest = this.#digest;
    this.#hmac.of(this.#bytes, this.#from, this.#to, digest);
    for (let n = 0; n < DIGEST; n++) {
      const byte = digest[n]!;
      to[at++] = HEX[byte >> 4]!;
      to[at++] = HEX[byte & 15]!;
    }
  };

  /** Puts the pseudonym, 64 hexadecimal digits, in the place of cell `cell` of every row. */
  apply(batch: CellBatch, cell: number, appended: Appended): void {
    const { kind, start, end } = batch;
    const out = appended.reserve(batch, SIZE * batch.rows + 3);
    // Four bytes at a time, which asks for places that four divides.
    const words = wordsOf(out.bytes);
    const results = this.#words;
    let at = (out.length + 3) & ~3;
    for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
      if (kind[i] === Kind.missing) continue;
      this.#take(batch, i);
      const known = this.#recent.of(this.#bytes, this.#from, this.#to, this.#make);
      kind[i] = Kind.text;
      start[i] = at;
      for (let n = 0; n < SIZE >> 2; n++) words[(at >> 2) + n] = results[(known >> 2) + n]!;
      end[i] = at += SIZE;
    }
    out.length = at;
  }
}

/** Bytes as words of four; what is left over at their end is left out. */
function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}
