// Downloads: ranges, conditions and names; and whatever may break between the vault and the client.
import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get, type OutgoingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { failure } from "../../src/lib/errors.ts";
import { folderStore } from "../../src/vault/folder-store.ts";
import { s3Store } from "../../src/vault/s3-store.ts";
import { openVault, type Vault } from "../../src/vault/vault.ts";
import { needed } from "../readers/programs.ts";
import { fuzz, hostileText, seed } from "../setup/fuzz.ts";
import { startS3 } from "../setup/s3.ts";
import { type Answer, answered, type DownloadServer, fetched, put, startDownloads } from "./download-server.ts";

const SIZE = 3_000_000 + 17;
const DATE = "Wed, 04 Mar 2026 05:06:07 GMT";
const EARLIER = "Wed, 04 Mar 2026 05:06:06 GMT";
const bytes = randomBytes(SIZE);
const hash = createHash("sha256").update(bytes).digest();
const ETAG = `"${hash.toString("hex")}"`;

let folder: string;
let vault: Vault;
let server: DownloadServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-downloads-"));
  vault = await openVault(await folderStore(join(folder, "vault")), join(folder, "keys"));
  await put(vault, "a.age", bytes);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  server = await startDownloads(vault, "a.age", bytes);
  // Whatever a test did, nothing is left open by it.
  onTestFinished(async () => {
    server.app.server.closeAllConnections();
    await server.app.close();
    await vi.waitUntil(() => server.vault.open === 0);
  });
});

function ask(headers: OutgoingHttpHeaders = {}, more: { method?: string; path?: string } = {}): Promise<Answer> {
  return fetched({ port: server.port, headers, ...more });
}

/** A problem document with a code. */
function expectProblem({ status, headers, body }: Answer, code: string): void {
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

describe("the whole", () => {
  const HEADERS = {
    etag: ETAG,
    "last-modified": DATE,
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache, no-transform",
    "content-type": "application/zip",
    "content-length": String(SIZE),
    "content-disposition": `attachment; filename="Ubersicht.zip"; filename*=UTF-8''%C3%9Cbersicht.zip`,
    "repr-digest": `sha-256=:${hash.toString("base64")}:`,
    "x-content-type-options": "nosniff",
  };

  it("comes with all that is known of it", async () => {
    const { status, headers, body } = await ask({ "accept-encoding": "gzip, br, zstd" });
    expect([status, body.equals(bytes)]).toEqual([200, true]);
    expect(headers).toMatchObject(HEADERS);
    expect([headers["content-range"], headers["content-encoding"], headers["transfer-encoding"]]).toEqual([]);
    await vi.waitFor(() => expect(server.ends).toHaveLength(1));
    expect(server.ends).toEqual([{ range: { start: 0, end: SIZE }, bytes: SIZE, complete: true, error: undefined }]);
  });

  it.each(["/data", "/both"])("is described by HEAD at %s without being opened", async (path) => {
    const { status, headers, body } = await ask({ range: "bytes=0-1" }, { method: "HEAD", path });
    expect([status, body.length]).toEqual([200, 0]);
    expect(headers).toMatchObject(HEADERS);
    const known = await ask({ "if-none-match": ETAG }, { method: "HEAD", path });
    expect([known.status, known.headers.etag]).toEqual([304, ETAG]);
    expect([server.vault.opened, server.ends]).toEqual([0, []]);
  });

  it("of nothing is nothing", async () => {
    await put(vault, "empty.age", Buffer.alloc(0));
    const sha256 = createHash("sha256").digest("hex");
    server.change({ open: () => vault.open("empty.age"), size: 0, sha256 });
    expect(await ask()).toMatchObject({ status: 200, complete: true, headers: { "content-length": "0" } });
    expect(await ask({ range: "bytes=-5" })).toMatchObject({ status: 200, complete: true });
    const none = await ask({ range: "bytes=0-" });
    expect([none.status, none.headers["content-range"]]).toEqual([416, "bytes */0"]);
  });

  it("can be asked for again over the same connection", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (const range of ["bytes=0-9", "bytes=2999999-", "bytes=9999999-", "bytes=70000-200000"]) {
      const { complete } = await fetched({ port: server.port, headers: { range }, agent });
      expect(complete).toBe(true);
    }
    expect(await fetched({ port: server.port, agent })).toMatchObject({ status: 200, complete: true });
    const connections = await new Promise((resolve) => server.app.server.getConnections((_, count) => resolve(count)));
    expect(connections).toBe(1);
  });
});

describe("one range", () => {
  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-99", 0, 100],
    ["bytes=65536-131071", 65_536, 131_072],
    ["bytes=65535-65536", 65_535, 65_537],
    ["bytes=2999999-", 2_999_999, SIZE],
    ["bytes=5-99999999999999999999", 5, SIZE],
    ["bytes=-17", SIZE - 17, SIZE],
    ["bytes=-99999999999", 0, SIZE],
    ["BYTES= , 5-6 ,", 5, 7],
  ])("%s", async (range, start, end) => {
    const { status, headers, body } = await ask({ range });
    expect(headers).toMatchObject({
      "content-range": `bytes ${start}-${end - 1}/${SIZE}`,
      "content-length": String(end - start),
      "content-type": "application/zip",
      "repr-digest": `sha-256=:${hash.toString("base64")}:`,
      etag: ETAG,
    });
    expect([status, body.equals(bytes.subarray(start, end))]).toEqual([206, true]);
    await vi.waitFor(() => expect(server.ends[0]).toMatchObject({ range: { start, end }, bytes: end - start }));
  });

  it.each([`bytes=${SIZE}-`, `bytes=${SIZE}-${SIZE + 5}`, "bytes=-0", "bytes=99999999999999999999-"])(
    "%s is none of its bytes",
    async (range) => {
      const answer = await ask({ range });
      expect([answer.status, answer.headers["content-range"]]).toEqual([416, `bytes */${SIZE}`]);
      expectProblem(answer, "range");
      expect([server.vault.opened, server.ends]).toEqual([0, []]);
    },
  );

  it.each([
    "bytes=0-1,5-6",
    "bytes=5-4",
    "bytes=-",
    "bytes=a-b",
    "bytes=1",
    "bytes=",
    "bytes",
    "rows=0-1",
    "0-1",
    "bytes=+1-2",
    "bytes=1-2x",
  ])("%s is the whole", async (range) => {
    const { status, headers, body } = await ask({ range });
    expect([status, headers["content-range"], body.equals(bytes)]).toEqual([200, undefined, true]);
  });
});

describe("conditions", () => {
  const OTHER = '"other"';
  it.each<[string, OutgoingHttpHeaders, number]>([
    ["its tag is expected", { "if-match": ETAG }, 200],
    ["one of several is expected", { "if-match": `"a,b", ${ETAG}` }, 200],
    ["anything is expected", { "if-match": "*" }, 200],
    ["another tag is expected", { "if-match": OTHER }, 412],
    ["a weak tag is expected, which is not enough", { "if-match": `W/${ETAG}` }, 412],
    ["a tag without its quotes is expected", { "if-match": hash.toString("hex") }, 412],
    ["its date is expected", { "if-unmodified-since": DATE }, 200],
    ["an earlier date is expected", { "if-unmodified-since": EARLIER }, 412],
    ["the earlier date is as RFC 850 has it", { "if-unmodified-since": "Wednesday, 04-Mar-26 05:06:06 GMT" }, 412],
    ["the earlier date is as asctime has it", { "if-unmodified-since": "Wed Mar  4 05:06:06 2026" }, 412],
    ["the date expected is none", { "if-unmodified-since": "2026-03-04" }, 200],
    ["If-Match goes before If-Unmodified-Since", { "if-match": ETAG, "if-unmodified-since": EARLIER }, 200],
    ["what is expected goes before what is known", { "if-match": OTHER, "if-none-match": ETAG }, 412],
    ["it is known", { "if-none-match": ETAG }, 304],
    ["it is known as another strength", { "if-none-match": `${OTHER}, W/${ETAG}` }, 304],
    ["anything is known", { "if-none-match": "*" }, 304],
    ["another is known", { "if-none-match": OTHER }, 200],
    ["it is known by its date", { "if-modified-since": DATE }, 304],
    ["it is known by its date, as asctime has it", { "if-modified-since": "Wed Mar  4 05:06:07 2026" }, 304],
    ["it is known by an earlier date", { "if-modified-since": EARLIER }, 200],
    ["it is known by a date that is none", { "if-modified-since": "yesterday" }, 200],
    ["If-None-Match goes before If-Modified-Since", { "if-none-match": OTHER, "if-modified-since": DATE }, 200],
    ["what is known goes before the range", { "if-none-match": ETAG, range: `bytes=${SIZE}-` }, 304],
    ["what is expected goes before the range", { "if-match": OTHER, range: "bytes=0-1" }, 412],
    ["a range of its tag", { "if-range": ETAG, range: "bytes=0-1" }, 206],
    ["a range of its weak tag", { "if-range": `W/${ETAG}`, range: "bytes=0-1" }, 200],
    ["a range of another tag", { "if-range": OTHER, range: "bytes=0-1" }, 200],
    ["a range of another tag, without an end to it", { "if-range": OTHER, range: `bytes=${SIZE}-` }, 200],
    ["a range of its date", { "if-range": DATE, range: "bytes=0-1" }, 206],
    ["a range of an earlier date", { "if-range": EARLIER, range: "bytes=0-1" }, 200],
    ["a range of a later date", { "if-range": "Wed, 04 Mar 2026 05:06:08 GMT", range: "bytes=0-1" }, 200],
    ["a range of what is no date", { "if-range": "2026-03-04", range: "bytes=0-1" }, 200],
    ["a tag without a range", { "if-range": OTHER }, 200],
  ])("%s", async (_name, headers, status) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(status);
    if (status === 412) expectProblem(answer, "precondition");
    else expect(answer.headers).toMatchObject({ etag: ETAG, "cache-control": "private, no-cache, no-transform" });
    const length = status === 200 ? SIZE : status === 206 ? 2 : 0;
    if (status === 412) expect(server.vault.opened).toBe(0);
    else expect(answer.body.equals(bytes.subarray(0, length))).toBe(true);
    if (status === 304) expect(Object.keys(answer.headers)).not.toContain("content-disposition");
  });
});

/** What a client that knows RFC 8187, and one that does not, call a file. */
function namesIn(field: string): { real: string; old: string } {
  const its = /^attachment; filename="([^"\\]*)"(?:; filename\*=UTF-8''([\w!#$&+.^`|~%-]+))?$/.exec(field)!;
  return { old: its[1]!, real: its[2] === undefined ? its[1]! : decodeURIComponent(its[2]) };
}

describe("its name", () => {
  const send = async (fileName: string): Promise<string> => {
    server.change({ fileName });
    return (await ask({ range: "bytes=0-0" })).headers["content-disposition"]!;
  };

  it.each([
    ["تقرير العينات.zip", "download.zip"],
    ["サンプル一覧.zip", "download.zip"],
    ["🧪 lab 👩🏽‍🔬.zip", "lab .zip"],
    ['say "yes"; filename=evil.exe.zip', "say _yes_; filename=evil.exe.zip"],
    ["back\\slash % 100%41.zip", "back_slash _ 100_41.zip"],
    ["two\r\nSet-Cookie: a=b.zip", "twoSet-Cookie: a=b.zip"],
    ["l'été (1)*.zip", "l'ete (1)*.zip"],
    ["half \ud83d.zip", "half .zip"],
  ])("%j", async (fileName, old) => {
    expect(namesIn(await send(fileName))).toEqual({ real: fileName.toWellFormed(), old });
  });

  it("is what curl calls the file", async () => {
    await send("plain name.zip");
    const into = mkdtempSync(join(folder, "curl-"));
    const url = `http://127.0.0.1:${server.port}/data`;
    await exited(needed("curl"), ["-sSOJ", "-r", "0-9", url], into);
    expect(readdirSync(into)).toEqual(["plain name.zip"]);
  });

  it("may be anything", () =>
    fuzz(
      hostileText.filter((text) => text !== ""),
      async (text) => {
        expect(namesIn(await send(text)).real).toBe(text);
      },
    ));
});

/** Runs a program while this one serves; gives its exit code. */
function exited(program: string, args: readonly string[], cwd?: string): Promise<number | null> {
  const running = spawn(program, args, { stdio: "ignore", ...(cwd === undefined ? {} : { cwd }) });
  return new Promise((resolve) => running.on("exit", resolve));
}

/** Downloads the whole in parts that break off at random places; gives the bytes and the number of parts. */
async function resumed(random: () => number, { port } = server): Promise<{ body: Buffer; parts: number }> {
  let body = Buffer.alloc(0);
  for (let parts = 1; ; parts++) {
    // The date does as well as the tag.
    const ifRange = random() < 0.8 ? ETAG : DATE;
    const headers = body.length === 0 ? {} : { range: `bytes=${body.length}-`, "if-range": ifRange };
    const most = random() < 0.3 ? Infinity : Math.floor(random() * (SIZE - body.length));
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
  const many = async (times: number, atOnce: number, its = server): Promise<number> => {
    const random = randomFrom(seed);
    let parts = 0;
    let left = times;
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const whole = await resumed(random, its);
        expect(whole.body.equals(bytes)).toBe(true);
        parts += whole.parts;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await vi.waitFor(() => expect(its.ends).toHaveLength(parts));
    expect(its.ends.filter((end) => end.error !== undefined)).toEqual([]);
    return parts;
  };

  it("800 times, the bytes are the same", { timeout: 180_000 }, async () => {
    expect(await many(800, 1)).toBeGreaterThan(1600);
  });

  it("200 times, 4 at once, the bytes are the same", { timeout: 120_000 }, async () => {
    expect(await many(200, 4)).toBeGreaterThan(400);
  });

  it("from S3, whose connections break too, the bytes are the same", { timeout: 120_000 }, async () => {
    const s3 = await startS3();
    const inS3 = await openVault(s3Store({ ...s3, prefix: "" }), join(folder, "s3-keys"));
    await put(inS3, "a.age", bytes);
    const its = await startDownloads(inS3, "a.age", bytes);
    onTestFinished(async () => {
      its.app.server.closeAllConnections();
      await its.app.close();
      await inS3.close();
      await s3.stop();
    });
    s3.breakNext(10);
    await many(20, 2, its);
    await vi.waitFor(() => expect(its.vault.open).toBe(0));
  });

  it("curl -C - goes on where it was", async () => {
    const file = join(folder, "by-curl.zip");
    for (const length of [1, 65_536, 1_234_567]) {
      writeFileSync(file, bytes.subarray(0, length));
      const args = ["-sSf", "-C", "-", "-o", file, `http://127.0.0.1:${server.port}/data`];
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
    server.change({ open: () => vault.open("damaged.age") });
  };

  it("in the middle breaks the connection, and is told of", async () => {
    await damage(1_500_000);
    const { status, headers, body, complete } = await ask();
    expect([status, headers["content-length"], complete]).toEqual([200, String(SIZE), false]);
    expect(body.length).toBeLessThan(1_500_000);
    expect(body.equals(bytes.subarray(0, body.length))).toBe(true);
    await vi.waitFor(() => expect(server.ends).toHaveLength(1));
    expect(server.ends[0]).toMatchObject({ complete: false, error: { code: "archive-damaged" } });
    expect(server.log.map((line) => line.err?.code)).toContain("archive-damaged");
  });

  it("in the middle is an error for curl, and for a client of HTTP 1.0", async () => {
    await damage(1_500_000);
    const url = `http://127.0.0.1:${server.port}/data`;
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
    expect(server.ends).toEqual([]);
  });

  it("of another size is never sent", async () => {
    for (const size of [SIZE - 1, SIZE + 1]) {
      server.change({ size });
      expectProblem(await ask(), "archive-damaged");
    }
  });

  it.each([-1, 1])("that gives %i bytes too many breaks the connection", async (more) => {
    server.change({
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
    await vi.waitFor(() => expect(server.ends[0]).toMatchObject({ error: { code: "archive-damaged" } }));
  });
});

/** What a connection gives for what was written to it, until it is closed. */
function raw(request: string): Promise<Buffer> {
  const socket = connect(server.port, "127.0.0.1", () => socket.write(request));
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece));
  return new Promise((resolve) => socket.on("close", () => resolve(Buffer.concat(pieces))));
}

describe("an archive that cannot be opened", () => {
  it("is a problem: it is gone", async () => {
    server.change({ open: () => vault.open("gone.age") });
    const answer = await ask();
    expect(answer.status).toBe(410);
    expectProblem(answer, "archive-missing");
  });

  it("is a problem: the store is away", async () => {
    server.change({ open: () => Promise.reject(failure("store-failed", "The store is away.", { hint: "Wait." })) });
    const answer = await ask({ range: "bytes=5-" });
    expect([answer.status, answer.headers["retry-after"]]).toEqual([503, "1"]);
    expectProblem(answer, "store-failed");
    expect(server.ends).toEqual([]);
  });
});

/** Bytes of all buffers that are in use. */
function inUse(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
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
  const serveLarge = async (): Promise<DownloadServer> => {
    const its = await startDownloads(vault, "large.age", large);
    onTestFinished(async () => {
      its.app.server.closeAllConnections();
      await its.app.close();
      await vi.waitFor(() => expect(its.vault.open).toBe(0));
    });
    return its;
  };

  it("that reads slowly is given what it takes, and memory stays flat", { timeout: 60_000 }, async () => {
    const its = await serveLarge();
    const before = inUse();
    const response = await answered(get({ host: "127.0.0.1", port: its.port, path: "/data" }));
    const digest = createHash("sha256");
    const sizes: number[] = [];
    let taken = 0;
    let ahead = 0;
    for await (const piece of response as AsyncIterable<Buffer>) {
      digest.update(piece);
      taken += piece.length;
      ahead = Math.max(ahead, its.vault.pulled - taken);
      if (taken < (sizes.length + 1) * (8 << 20)) continue;
      await sleep(100);
      sizes.push(inUse() - before);
    }
    expect(digest.digest("hex")).toBe(createHash("sha256").update(large).digest("hex"));
    const most = Math.max(...sizes);
    process.stdout.write(`pulled ahead: ${ahead >> 10} KiB; memory: ${most >> 10} KiB\n`);
    expect(most).toBeLessThan(4 << 20);
    expect(ahead).toBeLessThan(UNDER_WAY);
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
  server.change({ onEnd: () => Promise.reject(new Error("no log")) });
  expect((await ask()).complete).toBe(true);
  await vi.waitFor(() => expect(server.log.map((line) => line.msg)).toEqual(["defect"]));
});
