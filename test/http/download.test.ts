// Downloads as HTTP has them: ranges, conditions and names.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync } from "node:fs";
import { Agent, type OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { needed } from "../readers/programs.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";
import {
  aVault,
  type Answer,
  bytes,
  DATE,
  eachWithDownloads,
  ETAG,
  exited,
  expectProblem,
  fetched,
  hash,
  put,
  SIZE,
} from "./download-server.ts";

const EARLIER = "Wed, 04 Mar 2026 05:06:06 GMT";
const { folder, vault } = await aVault();
const server = eachWithDownloads(vault);

function ask(headers: OutgoingHttpHeaders = {}, more: { method?: string; path?: string } = {}): Promise<Answer> {
  return fetched({ port: server.now.port, headers, ...more });
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
    for (const name of ["content-range", "content-encoding", "transfer-encoding"])
      expect(headers).not.toHaveProperty(name);
    await vi.waitFor(() => expect(server.now.ends).toHaveLength(1));
    expect(server.now.ends).toEqual([
      { range: { start: 0, end: SIZE }, bytes: SIZE, complete: true, error: undefined },
    ]);
  });

  it.each(["/data", "/both"])("is described by HEAD at %s without being opened", async (path) => {
    const { status, headers, body } = await ask({ range: "bytes=0-1" }, { method: "HEAD", path });
    expect([status, body.length]).toEqual([200, 0]);
    expect(headers).toMatchObject(HEADERS);
    const known = await ask({ "if-none-match": ETAG }, { method: "HEAD", path });
    expect([known.status, known.headers.etag]).toEqual([304, ETAG]);
    expect([server.now.vault.opened, server.now.ends]).toEqual([0, []]);
  });

  it("of nothing is nothing", async () => {
    await put(vault, "empty.age", Buffer.alloc(0));
    const sha256 = createHash("sha256").digest("hex");
    server.now.change({ open: () => vault.open("empty.age"), size: 0, sha256 });
    expect(await ask()).toMatchObject({ status: 200, complete: true, headers: { "content-length": "0" } });
    expect(await ask({ range: "bytes=-5" })).toMatchObject({ status: 200, complete: true });
    const none = await ask({ range: "bytes=0-" });
    expect([none.status, none.headers["content-range"]]).toEqual([416, "bytes */0"]);
  });

  it("can be asked for again over the same connection", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (const range of ["bytes=0-9", "bytes=1999999-", "bytes=9999999-", "bytes=70000-200000"]) {
      const { complete } = await fetched({ port: server.now.port, headers: { range }, agent });
      expect(complete).toBe(true);
    }
    expect(await fetched({ port: server.now.port, agent })).toMatchObject({ status: 200, complete: true });
    const connections = await new Promise((resolve) =>
      server.now.app.server.getConnections((_, count) => resolve(count)),
    );
    expect(connections).toBe(1);
  });
});

describe("one range", () => {
  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-99", 0, 100],
    ["bytes=65536-131071", 65_536, 131_072],
    ["bytes=65535-65536", 65_535, 65_537],
    ["bytes=1999999-", 1_999_999, SIZE],
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
    await vi.waitFor(() => expect(server.now.ends[0]).toMatchObject({ range: { start, end }, bytes: end - start }));
  });

  it.each([`bytes=${SIZE}-`, `bytes=${SIZE}-${SIZE + 5}`, "bytes=-0", "bytes=99999999999999999999-"])(
    "%s is none of its bytes",
    async (range) => {
      const answer = await ask({ range });
      expect([answer.status, answer.headers["content-range"]]).toEqual([416, `bytes */${SIZE}`]);
      expectProblem(answer, "range");
      expect([server.now.vault.opened, server.now.ends]).toEqual([0, []]);
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
    if (status === 412) expect(server.now.vault.opened).toBe(0);
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
    server.now.change({ fileName });
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
    const url = `http://127.0.0.1:${server.now.port}/data`;
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
