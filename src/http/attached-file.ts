// Sends a file that belongs to a record: as a download, or to be looked at where that can do no harm.
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import mime from "mime";
import type { FileContent, FoundFile } from "../service/records/file.ts";
import { contentDisposition } from "./content-disposition.ts";

/** Of a text that is only looked at, in bytes. */
const GLANCE = 64 * 1024;
/** A client that takes no byte for so long is left, in milliseconds. */
const PATIENCE = 600_000;

/** Pictures that browsers show and that hold no scripts, as SVG does. */
const PICTURES: ReadonlySet<string> = new Set(
  ["apng", "avif", "bmp", "gif", "jpeg", "png", "vnd.microsoft.icon", "webp", "x-icon"].map((it) => `image/${it}`),
);
/** Kinds that are read as text, and suffixes of other texts: these are shown as text, never as what they are. */
const TEXTS: ReadonlySet<string> = new Set(["text", "csv", "tsv", "json", "fasta", "fastq", "genbank"]);
const TEXT_TYPES = /^text\/|[/+](?:xml|json|yaml|javascript|sql|toml|x-sh)$/;

/** How a file is sent. */
interface Manner {
  readonly type: string;
  readonly inline: boolean;
  /** How many bytes at most. */
  readonly most: number;
}

/**
 * Answers a GET or HEAD with a file. One that turns out to be no good midway breaks the connection: fewer bytes than
 * Content-Length says are complete for nobody.
 * @param how with `inline` it is to be looked at; what is no picture and no text is a download all the same. `more` are
 * headers besides and instead of its own
 * @throws failure `file-missing`, `file-unreadable`, `file-store-failed`
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: FoundFile,
  { inline = false, more = {} }: { readonly inline?: boolean; readonly more?: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const { type, inline: isInline, most } = mannerOf(file, inline);
  const content = await file.open();
  const length = Math.min(content.size, most);
  const isHead = request.method === "HEAD";
  if (isHead) await content.close();
  // Before any header is there: what cannot be read at all is a problem that is told. Without a stream, the answer to a
  // HEAD would have a length of its own.
  const stream = isHead ? Readable.from([]) : await streamOf(content, length);
  reply.raw.setTimeout(PATIENCE, () => reply.raw.destroy());
  return reply
    .headers({
      "content-type": type,
      "content-length": length,
      "content-disposition": contentDisposition(file.name, isInline ? "inline" : "attachment"),
      // Of all of it, where only its beginning is sent.
      "x-file-size": content.size,
      // It comes from anybody: it may load nothing, run nothing, and is of no origin.
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-cache, no-transform",
      ...more,
    })
    .send(stream);
}

function mannerOf({ name, type, compressed }: FoundFile, inline: boolean): Manner {
  const its = mime.getType(name) ?? "application/octet-stream";
  const download: Manner = { type: compressed ? "application/octet-stream" : its, inline: false, most: Infinity };
  if (!inline || compressed) return download;
  if (PICTURES.has(its)) return { type: its, inline: true, most: Infinity };
  if (!TEXTS.has(type) && !TEXT_TYPES.test(its)) return download;
  return { type: "text/plain; charset=utf-8", inline: true, most: GLANCE };
}

/** A stream whose first bytes are there. */
async function streamOf(content: FileContent, length: number): Promise<Readable> {
  const pieces = piecesOf(content, length);
  let first: IteratorResult<Uint8Array, void> | null = await pieces.next();
  const give = async (stream: Readable): Promise<void> => {
    const { value } = first ?? (await pieces.next());
    first = null;
    // The connection keeps what it is given until it is gone; a chunk is used again before that.
    stream.push(value === undefined ? null : Buffer.from(value));
  };
  const end = async (error: Error | null, ended: (error: Error | null) => void): Promise<void> => {
    try {
      await pieces.return();
      ended(error);
    } catch (other) {
      ended(error ?? (other as Error));
    }
  };
  return new Readable({
    read() {
      give(this).catch((error: Error) => this.destroy(error));
    },
    destroy: (error, ended) => void end(error, ended),
  });
}

/** So many bytes, or an error. */
async function* piecesOf(content: FileContent, length: number): AsyncGenerator<Uint8Array, void, void> {
  try {
    let left = length;
    for await (const chunk of content.chunks) {
      const piece = chunk.length > left ? chunk.subarray(0, left) : chunk;
      left -= piece.length;
      if (piece.length > 0) yield piece;
      // The whole is read to its end, since only then it is known to be good.
      if (left === 0 && length < content.size) return;
    }
    if (left > 0) throw new Error("the file has fewer bytes than it had when it was opened");
  } finally {
    await content.close();
  }
}
