// Reads an age file at any place: only the chunks that are needed are decrypted, and each is authenticated before a byte is given.
import { createDecipheriv, type KeyObject } from "node:crypto";
import { failure, type WaybillError } from "../lib/errors.ts";
import { HEADER_LIMIT, isAuthentic, readHeader } from "./age-header.ts";
import type { Identity } from "./age-keys.ts";
import { CIPHER, payloadKey, TAG_LENGTH, unwrap } from "./file-key.ts";
import { CHUNK, NONCE_LENGTH, SEALED_CHUNK, setNonce } from "./payload.ts";

/** Bytes that can be read at any place. */
export interface Readable {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`. Each piece is valid until the next one is asked for. */
  range(start: number, end: number): AsyncIterable<Uint8Array>;
  /** Is done in any case, by whoever opened it. */
  close(): Promise<void>;
}

/** An archive that its key has opened. */
interface Opened {
  readonly sealed: Readable;
  readonly key: KeyObject;
  readonly payload: number;
  readonly chunks: number;
  readonly name: string;
}

/**
 * Opens an age file. Its header is checked, and its last chunk, so that a tail that was cut is known from here on.
 * @param name of the archive, for messages
 * @throws failure `archive-damaged`, `archive-key-missing`
 */
export async function unseal(sealed: Readable, identities: readonly Identity[], name: string): Promise<Readable> {
  const head = await gathered(sealed.range(0, Math.min(sealed.size, HEADER_LIMIT + NONCE_LENGTH)));
  const header = readHeader(head);
  if (header === null) throw damaged(name, "its header is not that of an age file");
  const fileKey = unwrap(header.stanzas, identities);
  if (fileKey === "malformed") throw damaged(name, "its header is not that of an age file");
  if (fileKey === null) {
    throw failure("archive-key-missing", `None of the keys here opens the archive "${name}".`, {
      hint: "It was encrypted to another key, or its header has changed. Look for a backup of the keys.",
    });
  }
  if (!isAuthentic(header, fileKey)) throw damaged(name, "its header has changed");
  const payload = header.length + NONCE_LENGTH;
  const length = sealed.size - payload;
  const chunks = Math.ceil(length / SEALED_CHUNK);
  const lastLength = length - (chunks - 1) * SEALED_CHUNK;
  if (chunks < 1 || lastLength < TAG_LENGTH || (lastLength === TAG_LENGTH && chunks > 1)) throw damaged(name, CUT);
  const key = payloadKey(fileKey, head.subarray(header.length, payload));
  const opened = { sealed, key, payload, chunks, name };
  const size = length - chunks * TAG_LENGTH;
  for await (const _ of decrypted(opened, chunks - 1, chunks));
  return {
    size,
    range: (start, end) => plain(opened, size, start, end),
    close: () => sealed.close(),
  };
}

const CUT = "its end is missing or has changed";

function damaged(name: string, why: string): WaybillError {
  return failure("archive-damaged", `The archive "${name}" is damaged: ${why}.`, {
    hint: "Restore it from a backup, or make the export again.",
  });
}

async function* plain(opened: Opened, size: number, start: number, end: number): AsyncGenerator<Uint8Array> {
  if (!(start >= 0 && start <= end && end <= size)) throw new RangeError(`no bytes ${start} to ${end} of ${size}`);
  if (start === end) return;
  const first = Math.floor(start / CHUNK);
  let at = first * CHUNK;
  for await (const chunk of decrypted(opened, first, Math.ceil(end / CHUNK))) {
    yield chunk.subarray(Math.max(0, start - at), Math.min(chunk.length, end - at));
    at += chunk.length;
  }
}

/** The chunks from `first` up to, not including, `end`. */
async function* decrypted(opened: Opened, first: number, end: number): AsyncGenerator<Buffer> {
  const { sealed, key, payload, chunks, name } = opened;
  const nonce = Buffer.alloc(12);
  const from = payload + first * SEALED_CHUNK;
  const to = Math.min(sealed.size, payload + end * SEALED_CHUNK);
  let number = first;
  for await (const chunk of cut(sealed.range(from, to), SEALED_CHUNK)) {
    const last = number === chunks - 1;
    setNonce(nonce, number++, last);
    const opens = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_LENGTH });
    const length = chunk.length - TAG_LENGTH;
    if (length < 0) throw damaged(name, CUT);
    opens.setAuthTag(chunk.subarray(length));
    const text = opens.update(chunk.subarray(0, length));
    try {
      opens.final();
    } catch {
      throw damaged(name, last ? CUT : `it has changed near byte ${(number - 1) * CHUNK}`);
    }
    yield text;
  }
  if (number !== end) throw damaged(name, CUT);
}

/** The same bytes in pieces of one size; the last may be shorter. */
async function* cut(bytes: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const held = Buffer.allocUnsafeSlow(size);
  let length = 0;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length;) {
      if (length === 0 && piece.length - at >= size) {
        yield piece.subarray(at, (at += size));
        continue;
      }
      const count = Math.min(size - length, piece.length - at);
      held.set(piece.subarray(at, at + count), length);
      at += count;
      if ((length += count) < size) continue;
      yield held;
      length = 0;
    }
  }
  if (length > 0) yield held.subarray(0, length);
}

async function gathered(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}
