// The attached files of records by HTTP: who gets them, how they are shown, and what becomes of those that cannot be read.
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fastify } from "fastify";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { sendFile } from "../../src/http/attached-file.ts";
import { failure } from "../../src/lib/errors.ts";
import type { FoundFile } from "../../src/service/records/file.ts";
import { type Asker, aWorld, type World } from "../setup/service.ts";

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const LONG = 5_000_000;

/** More files of sample 1, by the number of their row. */
const FILES: readonly (readonly [id: number, name: string | null, path: string | null, size: number | null])[] = [
  [10, "page.html", "page", null],
  [11, "drawing.svg", "page", null],
  [12, 'so "called"\r\nSet-Cookie: a=b; é/../日本.txt', "page", null],
  [13, "reads.fastq.gz", "page", null],
  [14, "gone.txt", "gone", null],
  [15, "out.txt", "../../etc/passwd", null],
  [16, "none.txt", null, null],
  [17, "other-size.txt", "page", 999],
  [18, "long.log", "long", LONG],
  [19, null, "page", null],
  [20, "report.pdf", "page", null],
  [21, "empty.txt", "empty", 0],
  [22, "away.txt", "away/passwd", null],
  [23, "folder.txt", "folder", null],
];

let world: World;
let folder: string;

beforeAll(async () => {
  world = await aWorld("pglite");
  const { config } = await world.orgs.open("lab");
  folder = config.sources.get("store")!.url.slice("dir:".length);
  writeFileSync(join(folder, "page"), "<script>alert(1)</script>");
  writeFileSync(join(folder, "long"), Buffer.alloc(LONG, "long "));
  writeFileSync(join(folder, "empty"), "");
  mkdirSync(join(folder, "folder"));
  symlinkSync("/etc", join(folder, "away"));
  const db = new DatabaseSync(join(folder, "lab.db"));
  const insert = db.prepare("insert into papers values (?, 1, ?, ?, ?)");
  for (const [id, name, path, size] of FILES) insert.run(id, name, path, size);
  db.close();
});

const RECORD = "/lab/v2/objects/samples/records";
const get = (path: string, as: Asker = "guest", query: Record<string, string> = {}) =>
  world.ask(as, { url: `${RECORD}/${path}`, query });

test("a file of a store and one of a column are downloads with the names, kinds and sizes that the record tells", async () => {
  const record = (await get("1")).json<{ files: Record<string, { data: object[] }> }>();
  expect(record.files["papers"]?.data[0]).toEqual({ key: "1", name: "note.txt", type: "text", size: 17 });
  expect(record.files["scans"]?.data).toEqual([{ key: "a/b", name: "scan.png", type: "image", size: null }]);
  const paper = await get("1/files/papers/1");
  expect([paper.statusCode, paper.body]).toEqual([200, "A note of Alder.\n"]);
  expect(paper.headers).toMatchObject({
    "content-type": "text/plain",
    "content-length": "17",
    "content-disposition": 'attachment; filename="note.txt"',
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "x-file-size": "17",
  });
  const scan = await get("1/files/scans/a%2Fb");
  expect([scan.statusCode, scan.rawPayload]).toEqual([200, PNG]);
  expect(scan.headers).toMatchObject({
    "content-type": "image/png",
    "content-disposition": expect.stringMatching(/^attachment; /),
  });
  const head = await world.ask("guest", { method: "HEAD", url: `${RECORD}/1/files/papers/1` });
  expect([head.statusCode, head.body, head.headers["content-length"]]).toEqual([200, "", "17"]);
});

test("a picture and a text can be looked at; what could run is a text, all else a download", async () => {
  const cases: [file: string, type: string, disposition: RegExp][] = [
    ["scans/a%2Fb", "image/png", /^inline; /],
    ["papers/1", "text/plain; charset=utf-8", /^inline; /],
    ["papers/10", "text/plain; charset=utf-8", /^inline; /],
    ["papers/11", "text/plain; charset=utf-8", /^inline; /],
    ["papers/13", "application/octet-stream", /^attachment; /],
    ["papers/19", "application/octet-stream", /^attachment; /],
    ["papers/20", "application/pdf", /^attachment; /],
    ["papers/21", "text/plain; charset=utf-8", /^inline; /],
  ];
  for (const [file, type, disposition] of cases) {
    const { statusCode, headers } = await get(`1/files/${file}`, "guest", { inline: "" });
    expect([file, statusCode, headers["content-type"]]).toEqual([file, 200, type]);
    expect(headers["content-disposition"], file).toMatch(disposition);
    expect(headers["content-security-policy"]).toMatch(/^sandbox;/);
    const plain = await get(`1/files/${file}`, "guest", { inline: "false" });
    expect(plain.headers["content-disposition"], file).toMatch(/^attachment; /);
  }
});

test("of a long text the beginning is shown, and all of it is sent", async () => {
  const shown = await get("1/files/papers/18", "guest", { inline: "true" });
  expect([shown.rawPayload.length, shown.headers["x-file-size"]]).toEqual([65_536, String(LONG)]);
  const whole = await get("1/files/papers/18");
  expect(whole.rawPayload.equals(Buffer.alloc(LONG, "long "))).toBe(true);
});

test("a hostile name goes into no header", async () => {
  const { headers } = await get("1/files/papers/12");
  expect(headers["content-disposition"]).toBe(
    `attachment; filename="download.txt"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt`,
  );
  expect(headers["set-cookie"]).toBeUndefined();
});

describe("what is not there and what may not be seen are the same", () => {
  test.each([
    ["an unknown record", "99/files/papers/1"],
    ["a record of another namespace", "5/files/papers/2"],
    ["a key that is none", "x/files/papers/1"],
    ["unknown files", "1/files/nothing/1"],
    ["a list", "1/files/measures/1"],
    ["an unknown file", "1/files/papers/99"],
    ["a file of another record", "1/files/papers/2"],
    ["a file of another record, in a column", "1/files/scans/c"],
    ["a key that fits no file", "1/files/papers/first"],
  ])("%s", async (_, path) => {
    const problem = (await get(path)).json<object>();
    expect(problem).toMatchObject({ status: 404, code: "not-found" });
  });

  test("an administrator gets all of them", async () => {
    expect((await get("5/files/papers/2", "admin")).statusCode).toBe(200);
    expect((await get("5/files/scans/c", "admin")).rawPayload).toEqual(Buffer.of(0));
  });
});

test("a file that cannot be had is a problem with a code, which tells no path", async () => {
  const cases: [id: number, status: number, code: string][] = [
    [14, 410, "file-missing"],
    [15, 502, "file-unreadable"],
    [16, 410, "file-missing"],
    [17, 502, "file-unreadable"],
    [22, 502, "file-unreadable"],
    [23, 502, "file-unreadable"],
  ];
  for (const [id, status, code] of cases) {
    const answer = await get(`1/files/papers/${id}`);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect([id, answer.json<object>()]).toMatchObject([id, { status, code }]);
    expect(answer.body).not.toMatch(/passwd|waybill-|\/tmp/);
  }
});

test("a store that is away is a problem, and where it would be is not told", async () => {
  const { app } = await world.reconfigured((org) => {
    const store = { ...org.sources.get("store")!, url: "dir:/nowhere/secret" };
    return { ...org, sources: new Map([...org.sources, ["store", store]]) };
  });
  const { authorization } = { authorization: `Bearer ${await world.token("guest")}` };
  const answer = await app.inject({ url: `${RECORD}/1/files/papers/1`, headers: { authorization } });
  expect(answer.json<object>()).toMatchObject({ status: 502, code: "file-store-failed" });
  expect(answer.body).not.toContain("nowhere");
});

test("a column of bytes that is de-identified is closed; files without a key that may be told have a place", async () => {
  const { app } = await world.reconfigured((org) => {
    const scans = org.objects.get("scans")!;
    const [body, id] = ["body", "id"].map((name) => ({
      ...(scans.fields.get(name) ?? org.objects.get("samples")!.fields.get("note")!),
      optional: false,
    }));
    const deidentify = { below: "owner", rule: { rule: "drop" } } as const;
    const closed = { ...scans, fields: new Map([["body", { ...body!, deidentify }]]) };
    const papers = org.objects.get("papers")!;
    const keyless = { ...papers, fields: new Map([...papers.fields, ["id", { ...id!, deidentify }]]) };
    return { ...org, objects: new Map([...org.objects, ["scans", closed], ["papers", keyless]]) };
  });
  const by = async (as: "guest" | "owner", path: string) =>
    app.inject({ url: `${RECORD}/${path}`, headers: { authorization: `Bearer ${await world.token(as)}` } });
  expect((await by("guest", "1/files/scans/a%2Fb")).json<object>()).toMatchObject({ status: 404, code: "not-found" });
  expect((await by("owner", "1/files/scans/a%2Fb")).rawPayload).toEqual(PNG);
  const { files } = (await by("guest", "1")).json<{ files: { papers: { data: { key: null; name: string }[] } } }>();
  const at = files.papers.data.findIndex(({ name }) => name === "note.txt");
  expect(files.papers.data[at]).toMatchObject({ key: null });
  expect((await by("guest", `1/files/papers/${at}`)).body).toBe("A note of Alder.\n");
  for (const path of ["50", "-1", "100", "1e1", "key"]) {
    expect((await by("guest", `1/files/papers/${path}`)).statusCode, path).toBe(404);
  }
});

describe("a file that breaks midway", () => {
  /** The answer with a file of 300,000 bytes whose reading fails after some pieces, and whether the file was closed. */
  async function brokenAfter(
    pieces: number,
  ): Promise<{ status: number; bytes: number; complete: boolean; closed: boolean }> {
    let closed = false;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < pieces; n++) yield Buffer.alloc(100_000, n);
      throw failure("file-unreadable", "The disk failed to read the file.");
    }
    const close = async (): Promise<void> => void (closed = true);
    const open: FoundFile["open"] = async () => ({ size: 300_000, chunks: chunks(), close });
    const app = fastify();
    app.get("/", (request, reply) =>
      sendFile(request, reply, { name: "a.bin", type: "unknown", compressed: false, open }, {}),
    );
    await app.listen();
    onTestFinished(() => app.close());
    const { port } = app.server.address() as AddressInfo;
    return new Promise((resolve, reject) => {
      ask({ port }, (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("error", () => {});
        answer.on("close", () => resolve({ status: answer.statusCode!, bytes, complete: answer.complete, closed }));
      })
        .on("error", reject)
        .end();
    });
  }

  test("breaks the connection, and is closed", async () => {
    const answer = await brokenAfter(2);
    expect(answer).toMatchObject({ status: 200, complete: false, closed: true });
    expect(answer.bytes).toBeLessThan(300_000);
  });

  test("is a problem where nothing was read at all", async () => {
    expect(await brokenAfter(0)).toMatchObject({ status: 500, complete: true, closed: true });
  });

  test("that was cut off while it was read does so too", async () => {
    const url = `${RECORD}/1/files/papers/18`;
    const { app } = world;
    await app.listen();
    const { port } = app.server.address() as AddressInfo;
    const authorization = `Bearer ${await world.token("guest")}`;
    const answer = await new Promise<{ bytes: number; complete: boolean }>((resolve, reject) => {
      ask({ port, path: url, headers: { authorization } }, (its) => {
        let bytes = 0;
        its.once("data", () => truncateSync(join(folder, "long"), 100_000));
        its.on("data", (chunk: Buffer) => (bytes += chunk.length));
        its.on("error", () => {});
        its.on("close", () => resolve({ bytes, complete: its.complete }));
      })
        .on("error", reject)
        .end();
    });
    expect(answer.complete).toBe(false);
  });
});
