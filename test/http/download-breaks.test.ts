// Downloads that break off: by the client, by the archive, by the store, and taken up again.
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { get, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { failure } from "../../src/lib/errors.ts";
import { s3Store } from "../../src/vault/s3-store.ts";
import { openVault } from "../../src/vault/vault.ts";
import { needed } from "../readers/programs.ts";
import { seed } from "../setup/fuzz.ts";
import { startS3 } from "../setup/s3.ts";
import {
  aVault,
  type Answer,
  answered,
  bytes,
  DATE,
  type DownloadServer,
  eachWithDownloads,
  exited,
  expectProblem,
  fetched,
  put,
  SIZE,
  startDownloads,
} from "./download-server.ts";

const { folder, vault } = await aVault();
const server = eachWithDownloads(vault);

function ask(headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return fetched({ port: server.now.port, headers });
}

/** So many bytes are enough to break off amid any of several chunks, and few enough to do so many times. */
const SHORT = 600_011;
const short = randomBytes(SHORT);
const SHORT_ETAG = `"${createHash("sha256").update(short).digest("hex")}"`;

/** Downloads the whole in parts that break off at random places; gives the bytes and the number of parts. */
async function resumed(random: () => number, { port }: DownloadServer): Promise<{ body: Buffer; parts: number }> {
  let body = Buffer.alloc(0);
  for (let parts = 1; ; parts++) {
    // The date does as well as the tag.
    const ifRange = random() < 0.8 ? SHORT_ETAG : DATE;
    const headers = body.length === 0 ? {} : { range: `bytes=${body.length}-`, "if-range": ifRange };
    const most = random() < 0.3 ? Infinity : Math.floor(random() * (SHORT - body.length));
    const answer = await fetched({ port, headers }, most);
    expect(answer.status).toBe(body.length === 0 ? 200 : 206);
    body = Buffer.concat([body, answer.body]);
    if (answer.complete) return { body, parts };
  }
}

/** Numbers from 0 to 1, always the same for a seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const again = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((again ^ (again >>> 15)) >>> 0) / 2 ** 32;
  };
}

describe("interrupted and resumed at random places", () => {
  const many = async (times: number, atOnce: number, its: DownloadServer): Promise<number> => {
    const random = randomFrom(seed);
    let parts = 0;
    let left = times;
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const whole = await resumed(random, its);
        expect(whole.body.equals(short)).toBe(true);
        parts += whole.parts;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await vi.waitFor(() => expect(its.ends).toHaveLength(parts));
    expect(its.ends.filter((end) => end.error !== undefined)).toEqual([]);
    return parts;
  };

  const serveShort = (): Promise<DownloadServer> => startDownloads(vault, "short.age", short);
  beforeAll(() => put(vault, "short.age", short));

  it("800 times, the bytes are the same", { timeout: 180_000 }, async () => {
    expect(await many(800, 1, await serveShort())).toBeGreaterThan(1600);
  });

  it("200 times, 4 at once, the bytes are the same", { timeout: 120_000 }, async () => {
    expect(await many(200, 4, await serveShort())).toBeGreaterThan(400);
  });

  it("from S3, whose connections break too, the bytes are the same", { timeout: 120_000 }, async () => {
    const s3 = await startS3();
    const inS3 = await openVault(s3Store({ ...s3, prefix: "" }), join(folder, "s3-keys"));
    await put(inS3, "short.age", short);
    onTestFinished(async () => {
      await inS3.close();
      await s3.stop();
    });
    const its = await startDownloads(inS3, "short.age", short);
    s3.breakNext(10);
    expect(await many(20, 2, its)).toBeGreaterThan(40);
  });

  it("curl -C - goes on where it was", async () => {
    const file = join(folder, "by-curl.zip");
    for (const length of [1, 65_536, 1_234_567]) {
      writeFileSync(file, bytes.subarray(0, length));
      const args = ["-sSf", "-C", "-", "-o", file, `http://127.0.0.1:${server.now.port}/data`];
      expect(await exited(needed("curl"), args)).toBe(0);
      expect(readFileSync(file).equals(bytes)).toBe(true);
    }
  });
});

describe("an archive that is damaged", () => {
  /** Changes a bit near a byte of the plain text. */
  const damage = async (near: number): Promise<void> => {
    await put(vault, "damaged.age", bytes);
    const file = join(folder, "vault", "damaged.age");
    const sealed = readFileSync(file);
    const at = sealed.length - SIZE + near;
    sealed[at] = sealed[at]! ^ 4;
    writeFileSync(file, sealed);
    server.now.change({ open: () => vault.open("damaged.age") });
  };

  it("in the middle breaks the connection, and is told of", async () => {
    await damage(1_500_000);
    const { status, headers, body, complete } = await ask();
    expect([status, headers["content-length"], complete]).toEqual([200, String(SIZE), false]);
    expect(body.length).toBeLessThan(1_500_000);
    expect(body.equals(bytes.subarray(0, body.length))).toBe(true);
    await vi.waitFor(() => expect(server.now.ends).toHaveLength(1));
    expect(server.now.ends[0]).toMatchObject({ complete: false, error: { code: "archive-damaged" } });
    expect(server.now.log.map((line) => line.err?.code)).toContain("archive-damaged");
  });

  it("in the middle is an error for curl, and for a client of HTTP 1.0", async () => {
    await damage(1_500_000);
    const url = `http://127.0.0.1:${server.now.port}/data`;
    // 18: a partial file.
    expect(await exited(needed("curl"), ["-s", "-o", "/dev/null", url])).toBe(18);
    expect(await exited(needed("curl"), ["-s", "--http1.0", "-o", "/dev/null", url])).toBe(18);
    const text = await raw("GET /data HTTP/1.0\r\n\r\n");
    expect(text.toString("latin1")).toContain(`content-length: ${SIZE}\r\n`);
    expect(text.length).toBeLessThan(SIZE);
  });

  it("at its beginning, or at that of the range, is a problem that is told", async () => {
    await damage(1_500_000);
    const answer = await ask({ range: "bytes=1500000-" });
    expect(answer.status).toBe(500);
    expectProblem(answer, "archive-damaged");
    await damage(5);
    expectProblem(await ask(), "archive-damaged");
    expect(server.now.ends).toEqual([]);
  });

  it("of another size is never sent", async () => {
    for (const size of [SIZE - 1, SIZE + 1]) {
      server.now.change({ size });
      expectProblem(await ask(), "archive-damaged");
    }
  });

  it.each([-1, 1])("that gives %i bytes too many breaks the connection", async (more) => {
    server.now.change({
      open: async () => {
        const archive = await vault.open("a.age");
        const range = (start: number, end: number): AsyncIterable<Uint8Array> =>
          archive.range(start - 1, end - 1 + more);
        return { size: SIZE, range, close: () => archive.close() };
      },
    });
    const { complete, body } = await ask({ range: "bytes=1000-200000" });
    expect(complete).toBe(false);
    expect(body.length).toBeLessThan(199_001);
    await vi.waitFor(() => expect(server.now.ends[0]).toMatchObject({ error: { code: "archive-damaged" } }));
  });
});

/** What a connection gives for what was written to it, until it is closed. */
function raw(request: string): Promise<Buffer> {
  const socket = connect(server.now.port, "127.0.0.1", () => socket.write(request));
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece));
  return new Promise((resolve) => socket.on("close", () => resolve(Buffer.concat(pieces))));
}

describe("an archive that cannot be opened", () => {
  it("is a problem: it is gone", async () => {
    server.now.change({ open: () => vault.open("gone.age") });
    const answer = await ask();
    expect(answer.status).toBe(410);
    expectProblem(answer, "archive-missing");
  });

  it("is a problem: the store is away", async () => {
    server.now.change({ open: () => Promise.reject(failure("store-failed", "The store is away.", { hint: "Wait." })) });
    const answer = await ask({ range: "bytes=5-" });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "1"]);
    expectProblem(answer, "store-failed");
    expect(server.now.ends).toEqual([]);
  });
});

/** Bytes of all buffers that are in use. Those that are not any more are given back by another thread. */
async function inUse(): Promise<number> {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  await sleep(1);
  return process.memoryUsage().arrayBuffers;
}

describe("a client", () => {
  /** So much is under way in the kernel's buffers and in ours. */
  const UNDER_WAY = 12 << 20;
  const LARGE = 96 << 20;
  let large: Buffer;
  beforeAll(async () => {
    large = randomBytes(LARGE);
    await put(vault, "large.age", large);
  });
  const serveLarge = (): Promise<DownloadServer> => startDownloads(vault, "large.age", large);

  it("that reads slowly is given what it takes, and memory stays flat", { timeout: 60_000 }, async () => {
    const its = await serveLarge();
    const before = await inUse();
    const sizes: number[] = [];
    const file = join(folder, "slowly.zip");
    const url = `http://127.0.0.1:${its.port}/data`;
    const over = new AbortController();
    const args = ["-sSf", "--limit-rate", "30M", "-o", file, url];
    const code = exited(needed("curl"), args).finally(() => over.abort());
    await sleep(1000);
    // What curl has asked for in a second, and what is under way.
    expect(its.vault.pulled).toBeLessThan((45 << 20) + UNDER_WAY);
    for (; !over.signal.aborted; await sleep(50)) sizes.push((await inUse()) - before);
    expect(await code).toBe(0);
    expect(readFileSync(file).equals(large)).toBe(true);
    // Garbage may have come since it was collected, but not each time.
    const amid = sizes.slice(sizes.length / 3, (sizes.length * 2) / 3);
    expect(amid.length).toBeGreaterThan(3);
    expect(Math.min(...amid)).toBeLessThan(4 << 20);
  });

  it("that stops reading stops the vault's reading, and is left after a while", async () => {
    const its = await serveLarge();
    its.change({ patience: 1000 });
    const response = await answered(get({ host: "127.0.0.1", port: its.port, path: "/data" }));
    response.on("error", () => {});
    response.pause();
    await sleep(500);
    const { pulled } = its.vault;
    expect(pulled).toBeLessThan(UNDER_WAY);
    await sleep(300);
    expect([its.vault.pulled, its.vault.open]).toEqual([pulled, 1]);
    await vi.waitFor(() => expect(its.vault.open).toBe(0), 5000);
    expect(its.ends).toMatchObject([{ complete: false, error: undefined }]);
    expect(its.ends[0]!.bytes).toBeLessThanOrEqual(pulled);
  });

  it("that goes away ends the reading at once", async () => {
    const its = await serveLarge();
    const response = await answered(get({ host: "127.0.0.1", port: its.port, path: "/data" }));
    response.on("error", () => {});
    response.destroy();
    await vi.waitFor(() => expect(its.ends).toHaveLength(1));
    expect(its.ends).toMatchObject([{ complete: false, error: undefined }]);
    expect([its.vault.open, its.vault.pulled < UNDER_WAY]).toEqual([0, true]);
  });

  it("that goes away while the archive is being opened leaves nothing open", async () => {
    const its = await serveLarge();
    let open = 0;
    its.change({
      open: async () => {
        const archive = await vault.open("large.age");
        open++;
        await sleep(200);
        return { ...archive, close: () => archive.close().finally(() => open--) };
      },
    });
    const request = get({ host: "127.0.0.1", port: its.port, path: "/data" });
    request.on("error", () => {});
    await vi.waitFor(() => expect(open).toBe(1));
    request.destroy();
    await vi.waitFor(() => expect(its.ends).toHaveLength(1));
    await vi.waitFor(() => expect(open).toBe(0));
    expect(its.ends[0]).toMatchObject({ complete: false });
  });

  it("is cut off when the service has waited long enough for it", async () => {
    const its = await serveLarge();
    const response = await answered(get({ host: "127.0.0.1", port: its.port, path: "/data" }));
    response.on("error", () => {});
    response.pause();
    const closed = its.app.close();
    await sleep(100);
    its.app.server.closeAllConnections();
    await closed;
    await vi.waitFor(() => expect(its.vault.open).toBe(0));
    expect(its.ends).toMatchObject([{ complete: false }]);
  });
});

it("logs what goes wrong at the end", async () => {
  server.now.change({ onEnd: () => Promise.reject(new Error("no log")) });
  expect((await ask()).complete).toBe(true);
  await vi.waitFor(() => expect(server.now.log.map((line) => line.msg)).toEqual(["defect"]));
});
