// A server that gives archives of a real vault, and clients that are interrupted.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import {
  type ClientRequest,
  get,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fastify, type FastifyInstance } from "fastify";
import { afterAll, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Download, type OpenArchive, sendDownload, type Sent } from "../../src/http/download.ts";
import { handleErrors } from "../../src/http/error-handler.ts";
import { folderStore } from "../../src/vault/folder-store.ts";
import { openVault, type Vault } from "../../src/vault/vault.ts";

export const SIZE = 2_000_000 + 17;
export const bytes = randomBytes(SIZE);
export const hash = createHash("sha256").update(bytes).digest();
export const ETAG = `"${hash.toString("hex")}"`;
export const DATE = "Wed, 04 Mar 2026 05:06:07 GMT";
const MODIFIED = new Date("2026-03-04T05:06:07.890Z");

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
export async function put(vault: Vault, name: string, content: Uint8Array): Promise<void> {
  const putting = await vault.seal(name);
  await putting.write(content);
  await putting.publish();
}

/** A vault in a folder, with `bytes` as `a.age`. */
export async function aVault(): Promise<{ readonly folder: string; readonly vault: Vault }> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-downloads-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const vault = await openVault(await folderStore(join(folder, "vault")), join(folder, "keys"));
  await put(vault, "a.age", bytes);
  return { folder, vault };
}

/** A server for each test. */
export function eachWithDownloads(vault: Vault): { readonly now: DownloadServer } {
  const its = {} as { now: DownloadServer };
  beforeEach(async () => {
    its.now = await startDownloads(vault);
  });
  return its;
}

/** Serves `GET /data` (and HEAD) with an archive until the test is over; then nothing is open any more. */
export async function startDownloads(
  vault: Vault,
  name = "a.age",
  content: Uint8Array = bytes,
): Promise<DownloadServer> {
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
    size: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    lastModified: MODIFIED,
    fileName: "Übersicht.zip",
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
  onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await vi.waitUntil(() => counts.open === 0);
  });
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

/** A problem document with a code, and nothing of the archive. */
export function expectProblem({ status, headers, body }: Answer, code: string): void {
  expect({ media: headers["content-type"], ...(JSON.parse(body.toString()) as object) }).toMatchObject({
    media: "application/problem+json",
    status,
    code,
    hint: expect.any(String) as string,
  });
  const ofArchives = new Set(["content-disposition", "repr-digest", "etag", "last-modified"]);
  expect(Object.keys(headers).filter((name) => ofArchives.has(name))).toEqual([]);
  expect(headers["cache-control"]).toBe("no-store");
}

/** Runs a program while this one serves; gives its exit code. */
export function exited(program: string, args: readonly string[], cwd?: string): Promise<number | null> {
  const running = spawn(program, args, { stdio: "ignore", ...(cwd === undefined ? {} : { cwd }) });
  return new Promise((resolve) => running.on("exit", resolve));
}
