// The header of an age file (C2SP age, "Header"): stanzas that wrap the file key, and its MAC.
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** One way to the file key: a type with arguments, and a body. */
export interface Stanza {
  readonly args: readonly string[];
  readonly body: Buffer;
}

export interface Header {
  readonly stanzas: readonly Stanza[];
  /** In bytes; the payload begins there. */
  readonly length: number;
  /** What the MAC is of. */
  readonly signed: Buffer;
  readonly mac: Buffer;
}

const VERSION = "age-encryption.org/v1";
const COLUMNS = 64;
const MAC_LENGTH = 32;

/** The longest header that is read, in bytes; one for a single X25519 recipient has 200. */
export const HEADER_LIMIT = 65_536;

/** What stands before the payload for some stanzas. */
export function writeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Buffer {
  const lines = stanzas.flatMap(({ args, body }) => {
    const text = toBase64(body);
    const wrapped: string[] = [];
    // A last line that is full is followed by an empty one.
    for (let at = 0; at <= text.length; at += COLUMNS) wrapped.push(text.slice(at, at + COLUMNS));
    return [`-> ${args.join(" ")}`, ...wrapped];
  });
  const signed = Buffer.from([VERSION, ...lines, "---"].join("\n"), "latin1");
  return Buffer.concat([signed, Buffer.from(` ${toBase64(macOf(signed, fileKey))}\n`, "latin1")]);
}

/** Reads a header from the beginning of a file; null where it is none, or not exactly as it must be. */
export function readHeader(head: Buffer): Header | null {
  const lines = new Lines(head);
  if (lines.next() !== VERSION) return null;
  const stanzas: Stanza[] = [];
  for (;;) {
    const from = lines.at;
    const line = lines.next();
    if (line === null) return null;
    if (line.startsWith("---")) {
      const mac = fromBase64(line.slice(4));
      if (line[3] !== " " || mac?.length !== MAC_LENGTH || stanzas.length === 0) return null;
      return { stanzas, length: lines.at, signed: head.subarray(0, from + 3), mac };
    }
    const args = line.slice(3).split(" ");
    if (!line.startsWith("-> ") || !args.every((arg) => /^[!-~]+$/.test(arg))) return null;
    const body = readBody(lines);
    if (body === null) return null;
    stanzas.push({ args, body });
  }
}

function readBody(lines: Lines): Buffer | null {
  const parts: Buffer[] = [];
  for (;;) {
    const line = lines.next();
    const part = line === null || line.length > COLUMNS ? null : fromBase64(line);
    if (line === null || part === null) return null;
    parts.push(part);
    if (line.length < COLUMNS) return Buffer.concat(parts);
  }
}

/** Whether a header is as it was written by somebody who had the file key. */
export function isAuthentic({ signed, mac }: Header, fileKey: Uint8Array): boolean {
  return timingSafeEqual(macOf(signed, fileKey), mac);
}

function macOf(signed: Uint8Array, fileKey: Uint8Array): Buffer {
  const key = new Uint8Array(hkdfSync("sha256", fileKey, "", "header", 32));
  return createHmac("sha256", key).update(signed).digest();
}

/** Base64 without padding (RFC 4648, section 3.2). */
export function toBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

/** The bytes of base64 without padding, or null where it is not the one way to write them. */
export function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return toBase64(bytes) === text ? bytes : null;
}

/** The lines of a header. */
class Lines {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next line without its line feed, or null where no line ends. */
  next(): string | null {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) return null;
    const line = this.#bytes.toString("latin1", this.at, end);
    this.at = end + 1;
    return line;
  }
}
