// A server that gives archives of a real vault, and clients that are interrupted.
import { createHash } from "node:crypto";
import {
  type ClientRequest,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import type { AddressInfo } from "node:net";
import { fastify, type FastifyInstance } from "fastify";
import { type Download, type OpenArchive, sendDownload, type Sent } from "../../src/http/download.ts";
import { handleErrors } from "../../src/http/error-handler.ts";
import type { Vault } from "../../src/vault/vault.ts";

export const NAME = "Übersicht.zip";
export const MODIFIED = new Date("2026-03-04T05:06:07.890Z");

export interface DownloadServer {
  readonly app: FastifyInstance;
  readonly port: number;
  /** What was told when answers ended, in their order. */
  readonly ends: Sent[];
  /** Archives that are open, bytes that were pulled out of them, and how often one was opened. */
  readonly vault: { open: number; pulled: number; opened: number };
  /** Lines of the log of level `warn` and above. */
  readonly log: { msg: string; err?: { code?: string } }[];
  /** Changes what is sent from here on. */
  change(to: Partial<Download>): void;
}

/** Keeps an archive. */
export async function put(vault: Vault, name: string, bytes: Uint8Array): Promise<void> {
  const putting = await vault.seal(name);
  await putting.write(bytes);
  await putting.publish();
}

/** Serves `GET /data` (and HEAD) with an archive. */
export async function startDownloads(vault: Vault, name: string, bytes: Uint8Array): Promise<DownloadServer> {
  const log: DownloadServer["log"] = [];
  const stream = { write: (line: string) => void log.push(JSON.parse(line) as (typeof log)[number]) };
  const app = fastify({ logger: { level: "warn", stream }, forceCloseConnections: "idle" });
  handleErrors(app);
  const ends: Sent[] = [];
  const counts = { open: 0, pulled: 0, opened: 0 };
  const counted = async (): Promise<OpenArchive> => {
    const archive = await vault.open(name);
    counts.open++;
    counts.opened++;
    return {
      size: archive.size,
      async *range(start, end) {
        for await (const piece of archive.range(start, end)) {
          counts.pulled += piece.length;
          yield piece;
        }
      },
      async close() {
        counts.open--;
        await archive.close();
      },
    };
  };
  let download: Download = {
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    lastModified: MODIFIED,
    fileName: NAME,
    mime: "application/zip",
    open: counted,
    onEnd: (sent) => void ends.push(sent),
  };
  app.get("/data", (request, reply) => sendDownload(request, reply, download));
  app.route({
    method: ["GET", "HEAD"],
    url: "/both",
    handler: (request, reply) => sendDownload(request, reply, download),
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const change = (to: Partial<Download>): void => void (download = { ...download, ...to });
  return { app, port, ends, vault: counts, log, change };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether all of it came. */
  readonly complete: boolean;
}

/**
 * Gets something, whole or until so many bytes have come.
 * @param most bytes after which the client goes away
 */
export async function fetched(options: RequestOptions, most = Infinity): Promise<Answer> {
  const response = await answered(get({ host: "127.0.0.1", path: "/data", ...options }));
  const pieces: Buffer[] = [];
  let length = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  response.on("data", (piece: Buffer) => {
    pieces.push(piece.subarray(0, Math.max(0, most - length)));
    if ((length += piece.length) >= most) response.destroy();
  });
  response.on("error", () => {});
  response.on("close", resolve);
  if (most === 0) response.destroy();
  await promise;
  const { statusCode: status = 0, headers, complete } = response;
  return { status, headers, body: Buffer.concat(pieces), complete: complete && length <= most };
}

export async function answered(request: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request.on("response", resolve);
  request.on("error", reject);
  return promise;
}
