// Files in S3: the suite, against s3rver, and what only S3 has: connections that break, refusals.
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileStore } from "../../src/attachments/file-store.ts";
import { s3FileStore, type S3FilesOptions } from "../../src/attachments/s3-file-store.ts";
import { fileStoreAt } from "../../src/attachments/store-at.ts";
import { type RunningS3, startS3 } from "../setup/s3.ts";
import { contentFrom, contentOf, fails, storeSuite } from "./store-suite.ts";

const { signal } = new AbortController();
let s3: RunningS3;
let client: S3Client;
beforeAll(async () => {
  s3 = await startS3();
  const { endpoint, credentials } = s3;
  client = new S3Client({ endpoint, credentials, region: "us-east-1", forcePathStyle: true });
});
afterAll(async () => {
  client.destroy();
  await s3.stop();
});

async function put(Key: string, Body: Uint8Array): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body }));
}

function storeIn(prefix: string, more: Partial<S3FilesOptions> = {}): FileStore {
  return s3FileStore({ ...s3, prefix, ...more });
}

describe.each(["", "some/where/"])("a bucket under %j", (prefix) => {
  storeSuite(async () => ({
    store: storeIn(prefix),
    put: (path, content) => put(prefix + path, content),
    remove: async (path) => {
      await client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: prefix + path }));
    },
    stop: async () => {},
  }));
});

describe("a connection that breaks", () => {
  it("is told as what passes, and reading goes on behind it", async () => {
    const store = storeIn("");
    const content = randomBytes(3_000_000);
    await put("a.bin", content);
    s3.breakNext(1);
    const file = await store.open("a.bin", signal);
    const parts: Buffer[] = [];
    let got = 0;
    const failed = await (async () => {
      for await (const chunk of file.read(0)) {
        parts.push(Buffer.from(chunk));
        got += chunk.length;
      }
    })().catch((error: unknown) => error);
    expect(failed).toMatchObject({ reason: "unreadable", passing: true });
    expect(got).toBeGreaterThan(0);
    expect(got).toBeLessThan(content.length);
    parts.push(await contentFrom(file, got));
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    await file.close();
  });

  it("is noticed only when somebody reads, and harms nobody else", async () => {
    const store = storeIn("");
    await put("a.bin", randomBytes(3_000_000));
    s3.breakNext(1);
    const file = await store.open("a.bin", signal);
    await new Promise((done) => setTimeout(done, 100));
    await file.close();
    expect((await contentOf(store, "a.bin")).length).toBe(3_000_000);
  });
});

it("an object that is replaced or deleted before the rest is read has changed", async () => {
  const store = storeIn("");
  await put("a.bin", randomBytes(1_000_000));
  const file = await store.open("a.bin", signal);
  await put("a.bin", randomBytes(1_000_000));
  await fails(contentFrom(file, 10), "changed");
  await client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: "a.bin" }));
  await fails(contentFrom(file, 10), "changed");
});

it("ends what is going on with the signal's reason", async () => {
  const controller = new AbortController();
  await put("a.bin", randomBytes(9_000_000));
  const file = await storeIn("").open("a.bin", controller.signal);
  const reason = new Error("enough");
  const reading = (async () => {
    for await (const _ of file.read(0)) controller.abort(reason);
  })();
  await expect(reading).rejects.toBe(reason);
});

describe("what is refused is said without secrets", () => {
  const secretAccessKey = "do-not-show-this";
  let server: Server;
  let answer: { status: number; body: string };
  const answering = (status: number, code: string): void => {
    answer = { status, body: `<Error><Code>${code}</Code><Message>secret words</Message></Error>` };
  };
  beforeAll(async () => {
    server = createServer((_request, response) => response.writeHead(answer.status).end(answer.body));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(() => server.close());
  const there = (): FileStore =>
    storeIn("", { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });

  it.each([
    [404, "NoSuchBucket", /^The bucket "archives" of files does not exist\.$/],
    [403, "InvalidAccessKeyId", /does not accept the credentials\.$/],
    [403, "SignatureDoesNotMatch", /does not accept the credentials\.$/],
    [400, "ExpiredToken", /does not accept the credentials\.$/],
    [301, "PermanentRedirect", /is in another region\.$/],
    [403, "RequestTimeTooSkewed", /says that the clock here is wrong\.$/],
  ])("of the whole store: %i %s", async (status, code, message) => {
    answering(status, code);
    const error = await there()
      .open("a", signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "file-store-failed", message: expect.stringMatching(message) as string });
    expect(JSON.stringify(error)).not.toMatch(/secret words/);
  });

  it.each([
    [404, "NoSuchKey", "missing", false],
    [400, "KeyTooLongError", "missing", false],
    [403, "AccessDenied", "unreadable", false],
    [403, "InvalidObjectState", "unreadable", false],
    [412, "PreconditionFailed", "changed", false],
    [418, "Teapot", "unreadable", false],
    [429, "TooManyRequests", "unreadable", true],
    [503, "SlowDown", "unreadable", true],
    [500, "InternalError", "unreadable", true],
  ] as const)("of one file: %i %s", async (status, code, reason, passing) => {
    answering(status, code);
    const error = await there()
      .open("a", signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "FileProblem", reason, passing });
    expect((error as Error).message).not.toMatch(/secret words/);
  });

  it("no server", async () => {
    const store = storeIn("", { endpoint: "http://127.0.0.1:9" });
    await expect(store.open("a", signal)).rejects.toMatchObject({ reason: "unreadable", passing: true });
  });

  it("an unknown key", async () => {
    const store = storeIn("", { credentials: { accessKeyId: "nobody", secretAccessKey } });
    const error = await store.open("a.bin", signal).catch((thrown: unknown) => thrown as Error);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toContain(secretAccessKey);
  });
});

describe("the URL of a store", () => {
  it("names a bucket, a place in it, and a server; credentials come from the environment", async () => {
    process.env["AWS_ACCESS_KEY_ID"] = s3.credentials.accessKeyId;
    process.env["AWS_SECRET_ACCESS_KEY"] = s3.credentials.secretAccessKey;
    await put("of/a%20lab/a.txt", Buffer.from("here"));
    const url = `s3://${s3.bucket}/of/a%2520lab?endpoint=${encodeURIComponent(s3.endpoint)}&region=eu-west-3`;
    const store = await fileStoreAt(url);
    expect((await contentOf(store, "a.txt")).toString()).toBe("here");
    await store.close();
  });

  it.each([
    ["ftp://host/secret", /of a kind that is not known, ftp:/],
    ["dir:", /has no path/],
    ["s3:///secret", /has no bucket/],
    ["s3://key:secret@bucket/a", /has credentials in its URL/],
    ["s3://bucket/a?secret=1", /has an option that is not known, secret/],
    ["s3://bucket/a?endpoint=secret", /has an endpoint that does not suit/],
    ["s3://bucket/a%zz", /has a path with a wrong % in its URL/],
  ])("is refused without being shown: %s", async (url, message) => {
    const error = await fileStoreAt(url).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "store-url", message: expect.stringMatching(message) as string });
    expect((error as Error).message).not.toMatch(/key:|\/secret|=secret/);
  });
});
