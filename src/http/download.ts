// Sends an archive: the whole or a range of it, as fast as the client takes it, and never less than it looks like.
import { finished, Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { failure, usageError } from "../lib/errors.ts";
import { type ByteRange, byteRangeOf } from "./byte-range.ts";
import { conditionsOf, isOfThisVersion } from "./conditions.ts";
import { contentDisposition } from "./content-disposition.ts";

/** An open archive, as the vault gives it. Each piece of a range is valid until the next one is asked for. */
export interface OpenArchive {
  readonly size: number;
  range(start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** What may be sent, and is known of it without opening it. The same address must never give other bytes. */
export interface Download {
  /** In bytes. */
  readonly size: number;
  /** Of all its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly lastModified: Date;
  readonly fileName: string;
  readonly mime: string;
  /** Called only where bytes will be sent. What it gives is closed in every case. */
  readonly open: () => Promise<OpenArchive>;
  /** A client that takes no byte for so long is left, in milliseconds; ten minutes where nothing is said. */
  readonly patience?: number;
  /** Called once for each answer that has bytes of the archive, when it is over; errors of it are logged. */
  readonly onEnd?: (sent: Sent) => void | Promise<void>;
}

/** What was sent: from `range.start`, so many bytes. */
export interface Sent {
  /** What was asked for. */
  readonly range: ByteRange;
  /** Bytes that were handed to the connection. Of one that broke, the last of them may not have arrived. */
  readonly bytes: number;
  /** Whether all of the range was sent. */
  readonly complete: boolean;
  /** Why reading the archive failed; undefined when it did not (the client went away). */
  readonly error?: unknown;
}

/** Whoever was left can take the download up again. */
const PATIENCE = 600_000;

/**
 * Answers a GET or HEAD with an archive, as RFC 9110 has it: conditions first, then one range.
 * An archive that turns out to be damaged, or that cannot be read on, breaks the connection: fewer bytes than
 * Content-Length says are complete for nobody.
 * @throws usageError `precondition` (412), `range` (416); what `open` throws; failure `archive-damaged`
 */
export async function sendDownload(
  request: FastifyRequest,
  reply: FastifyReply,
  download: Download,
): Promise<FastifyReply> {
  const { size, sha256 } = download;
  const { method, headers } = request;
  const its = { etag: `"${sha256}"`, lastModified: download.lastModified.toUTCString() };
  const conditions = conditionsOf(headers, its);
  if (conditions === "failed") {
    throw usageError("precondition", "The archive is not the version that was asked for.", {
      hint: "Begin the download again, without If-Match and If-Unmodified-Since.",
    });
  }
  const field = method === "GET" && isOfThisVersion(headers, its) ? headers.range : undefined;
  const range = field === undefined || conditions !== "send" ? null : byteRangeOf(field, size);
  if (range === "unsatisfiable") {
    void reply.header("content-range", `bytes */${size}`);
    throw usageError("range", `The archive has ${size} bytes, and none of them were asked for.`, {
      hint: "Ask for a range that begins before its end, or for the whole.",
    });
  }
  const part = range ?? { start: 0, end: size };
  const validators = {
    etag: its.etag,
    "last-modified": its.lastModified,
    "accept-ranges": "bytes",
    // Nobody on the way may keep it, nor pack it, which would be another version; the browser asks each time.
    "cache-control": "private, no-cache, no-transform",
  };
  if (conditions === "not-modified") return noBody(reply.code(304).headers(validators), method);
  const all = {
    ...validators,
    "content-type": download.mime,
    "content-length": part.end - part.start,
    "content-disposition": contentDisposition(download.fileName),
    // RFC 9530: of the whole, also where a part is sent.
    "repr-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
    "x-content-type-options": "nosniff",
    ...(range === null ? {} : { "content-range": `bytes ${range.start}-${range.end - 1}/${size}` }),
  };
  if (method === "HEAD") return noBody(reply.headers(all), method);
  // Before any header is there: what cannot be opened, or whose first bytes are damaged, is a problem that is told.
  const { stream, sent } = await begin(download, part);
  reply.raw.setTimeout(download.patience ?? PATIENCE, () => reply.raw.destroy());
  finished(reply.raw, (broken) => {
    const what = {
      range: part,
      bytes: sent(),
      complete: (broken ?? null) === null,
      error: stream.errored ?? undefined,
    };
    const log = (error: unknown): void => request.log.error({ err: error }, "defect");
    new Promise((resolve) => resolve(download.onEnd?.(what))).catch(log);
  });
  return reply
    .code(range === null ? 200 : 206)
    .headers(all)
    .send(stream);
}

/** For HEAD as a route that Fastify made, anything but a stream would have its own length. */
function noBody(reply: FastifyReply, method: string): FastifyReply {
  return method === "HEAD" ? reply.send(Readable.from([])) : reply.send();
}

interface Source {
  readonly stream: Readable;
  /** Bytes that were given. */
  readonly sent: () => number;
}

/** A stream whose first bytes are there. */
async function begin({ open, size }: Download, range: ByteRange): Promise<Source> {
  const pieces = piecesOf(await open(), range, size);
  let first: IteratorResult<Uint8Array, void> | null = await pieces.next();
  let sent = 0;
  const give = async (stream: Readable): Promise<void> => {
    const { value } = first ?? (await pieces.next());
    first = null;
    sent += value?.length ?? 0;
    // The stream, and the connection behind it, keep what they are given until it is gone.
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
  const stream = new Readable({
    read() {
      give(this).catch((error: Error) => this.destroy(error));
    },
    destroy: (error, ended) => void end(error, ended),
  });
  return { stream, sent: () => sent };
}

/** As many bytes as were asked for, or an error. */
async function* piecesOf(
  archive: OpenArchive,
  { start, end }: ByteRange,
  size: number,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    if (archive.size !== size) throw otherSize();
    let left = end - start;
    for await (const piece of archive.range(start, end)) {
      left -= piece.length;
      if (left < 0) throw otherSize();
      yield piece;
    }
    if (left > 0) throw otherSize();
  } finally {
    await archive.close();
  }
}

function otherSize(): Error {
  return failure("archive-damaged", "The archive has not as many bytes as it had when it was made.", {
    hint: "Restore it from a backup, or make the export again.",
  });
}
