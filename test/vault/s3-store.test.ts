// Archives in S3: the suite, against s3rver, and what only S3 has.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { THIS_WRITER } from "../../src/lib/writers.ts";
import { s3Store } from "../../src/vault/s3-store.ts";
import type { Store } from "../../src/vault/store.ts";
import { type RunningS3, startS3 } from "../setup/s3.ts";
import { get, names, put, storeSuite } from "./store-suite.ts";

let s3: RunningS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.stop());

function storeIn(prefix: string): Store {
  return s3Store({ ...s3, prefix });
}

function client(): S3Client {
  const { endpoint, credentials } = s3;
  return new S3Client({ endpoint, credentials, region: "us-east-1", forcePathStyle: true });
}

describe.each(["", "some/where/"])("S3 under %j", (prefix) => {
  storeSuite(async () => ({
    open: async () => storeIn(prefix),
    leftovers: () => s3.uploads(),
    stop: async () => {},
  }));
});

describe("unfinished uploads", () => {
  const marker = (name: string, writer: string): { Bucket: string; Key: string } => ({
    Bucket: s3.bucket,
    Key: `left/.writers/${name}/${writer}-0f0f0f0f`,
  });
  const begin = async (name: string, writer: string): Promise<void> => {
    await client().send(new PutObjectCommand({ ...marker(name, writer), Body: "x" }));
    await client().send(new CreateMultipartUploadCommand({ Bucket: s3.bucket, Key: `left/${name}` }));
  };
  const dead = THIS_WRITER.replace(/^\d+-\d+/, "1-1");
  const elsewhere = THIS_WRITER.replace(/\d+$/, "12345");

  it("of the dead are aborted, of others not", async () => {
    await begin("dead.age", dead);
    await begin("elsewhere.age", elsewhere);
    await begin("both.age", dead);
    await begin("both.age", elsewhere);
    // The same name with something behind it, which is nobody's.
    await client().send(new CreateMultipartUploadCommand({ Bucket: s3.bucket, Key: "left/dead.age.other" }));
    await storeIn("left/").clear();
    expect((await s3.uploads()).length).toBe(4);
    await client().send(new DeleteObjectCommand(marker("both.age", elsewhere)));
    await storeIn("left/").clear();
    expect((await s3.uploads()).length).toBe(2);
    expect(await names(storeIn("left/"))).toEqual([]);
  });
});

it("takes up a connection that broke", async () => {
  const store = storeIn("");
  const bytes = randomBytes(2_000_000);
  await put(store, "a.age", bytes);
  s3.breakNext(3);
  expect((await get(store, "a.age")).equals(bytes)).toBe(true);
  await store.delete("a.age");
});

it("says when an archive is replaced or deleted while it is read", async () => {
  const store = storeIn("");
  await put(store, "a.age", Buffer.from("old"));
  const file = await store.open("a.age");
  await put(store, "a.age", Buffer.from("new"));
  await expect(get({ open: async () => file }, "a.age")).rejects.toMatchObject({ code: "archive-replaced" });
  await store.delete("a.age");
  await expect(get({ open: async () => file }, "a.age")).rejects.toMatchObject({ code: "archive-missing" });
});

describe("what fails is said without secrets", () => {
  const secretAccessKey = "do-not-show-this";
  const refusals: [string, () => Partial<Parameters<typeof s3Store>[0]>, RegExp][] = [
    ["no such bucket", () => ({ bucket: "none" }), /^The vault's bucket "none" does not exist\.$/],
    [
      "an unknown key",
      () => ({ credentials: { accessKeyId: "nobody", secretAccessKey } }),
      /^The vault's bucket "archives" (does not accept the|may not be used with these) credentials\.$/,
    ],
    ["no server", () => ({ endpoint: "http://127.0.0.1:9" }), /^The vault's bucket "archives" cannot be reached\.$/],
  ];

  it.each(refusals)("%s", async (_name, options, message) => {
    const store = s3Store({ ...s3, prefix: "", ...options() });
    for (const call of [
      () => store.clear(),
      () => store.put("a.age"),
      () => names(store),
      () => store.delete("a.age"),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: "store-failed",
        message: expect.stringMatching(message) as string,
      });
    }
  });

  it("no region", async () => {
    vi.stubEnv("AWS_REGION", undefined);
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
    onTestFinished(() => void vi.unstubAllEnvs());
    const { bucket, credentials } = s3;
    await expect(s3Store({ bucket, credentials, prefix: "" }).clear()).rejects.toMatchObject({
      message: 'The vault\'s bucket "archives" has no region.',
    });
  });

  it.each([
    ["a server that is none", 418, "secret words", /^The vault's bucket "archives" refused \([^)]*418\)\.$/],
    [
      "a wrong secret key",
      403,
      "<Error><Code>SignatureDoesNotMatch</Code><Message>secret words</Message></Error>",
      /^The vault's bucket "archives" does not accept the credentials\.$/,
    ],
    [
      "another region",
      301,
      "<Error><Code>PermanentRedirect</Code></Error>",
      /^The vault's bucket .* is in another region\.$/,
    ],
  ])("%s", async (_name, status, body, message) => {
    const server = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const store = s3Store({ ...s3, prefix: "", endpoint });
    await expect(store.clear()).rejects.toMatchObject({ message: expect.stringMatching(message) as string });
    await store.close();
    server.close();
  });
});

it("an upload that somebody else ended is a failure, and leaves nothing", async () => {
  const store = storeIn("");
  const before = await s3.uploads();
  const putting = await store.put("a.age");
  await putting.write(randomBytes(1_000_000));
  const UploadId = (await s3.uploads()).find((id) => !before.includes(id));
  await client().send(new AbortMultipartUploadCommand({ Bucket: s3.bucket, Key: "a.age", UploadId }));
  await expect(putting.publish()).rejects.toMatchObject({ code: "store-failed" });
  await putting.discard();
  expect(await names(store)).toEqual([]);
  expect(await s3.uploads()).toEqual(before);
});
