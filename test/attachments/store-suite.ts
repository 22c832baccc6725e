// What every store of attached files must do.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FileProblem, FileStore, OpenedFile } from "../../src/attachments/file-store.ts";

/** A kind of store under test. */
export interface StoreUnderTest {
  readonly store: FileStore;
  /** Puts a file there, or replaces it. */
  put(path: string, content: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  stop(): Promise<void>;
}

const { signal } = new AbortController();

/** A file's content from a place on. Chunks are kept only as long as they are valid. */
export async function contentFrom(file: OpenedFile, from = 0): Promise<Buffer> {
  const copies: Buffer[] = [];
  let last: Uint8Array | null = null;
  for await (const chunk of file.read(from)) {
    if (last !== null) copies.push(Buffer.from(last));
    last = chunk;
  }
  return Buffer.concat([...copies, ...(last === null ? [] : [last])]);
}

/** All of a file. */
export async function contentOf(store: FileStore, path: string): Promise<Buffer> {
  const file = await store.open(path, signal);
  try {
    const content = await contentFrom(file);
    await file.check();
    expect(content.length).toBe(file.size);
    return content;
  } finally {
    await file.close();
  }
}

/** Expects that a file cannot be had. */
export async function fails(call: Promise<unknown>, reason: FileProblem["reason"]): Promise<void> {
  const error = await call.then(() => null).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "FileProblem", reason, message: expect.stringMatching(/^[A-Z].*\.$/) as string });
}

/** Runs the suite. */
export function storeSuite(start: () => Promise<StoreUnderTest>): void {
  let place: StoreUnderTest;
  let store: FileStore;
  beforeAll(async () => {
    place = await start();
    ({ store } = place);
  });
  afterAll(async () => {
    await store.close();
    await place.stop();
  });

  it.each([0, 1, 262_143, 262_144, 262_145, 5_000_001])("gives %i bytes", async (size) => {
    const content = randomBytes(size);
    await place.put("some/where/a.bin", content);
    expect((await contentOf(store, "some/where/a.bin")).equals(content)).toBe(true);
  });

  it("goes on at any place, as often as is asked", async () => {
    const content = randomBytes(2_000_000);
    await place.put("a.bin", content);
    const file = await store.open("a.bin", signal);
    for (const from of [0, 1, 262_144, 1_999_999, 2_000_000, 0]) {
      expect((await contentFrom(file, from)).equals(content.subarray(from))).toBe(true);
    }
    await file.close();
  });

  it("stops when nobody wants more, and goes on after that", async () => {
    const content = randomBytes(3_000_000);
    await place.put("a.bin", content);
    const file = await store.open("a.bin", signal);
    for await (const chunk of file.read(0)) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await contentFrom(file, 2_900_000)).equals(content.subarray(2_900_000))).toBe(true);
    await file.close();
    await file.close();
  });

  it.each(["été/😀 %41+b.txt", "a\\b.txt", "a'b\"c&d<e>.txt", "x ", "..a/b..", "~a", "%2e%2e"])(
    "finds a file called %j",
    async (path) => {
      await place.put(path, Buffer.from(path));
      expect((await contentOf(store, path)).toString()).toBe(path);
      await place.remove(path);
    },
  );

  it("finds a file whose path was written on Windows, or has steps that lead nowhere", async () => {
    await place.put("2024/05/a.txt", Buffer.from("here"));
    for (const path of ["2024\\05\\a.txt", "./2024/05/a.txt", ".\\2024\\.\\05\\a.txt", "2024/./05/./a.txt"]) {
      expect((await contentOf(store, path)).toString()).toBe("here");
    }
  });

  it("says that a file is missing", async () => {
    await place.put("a.txt", Buffer.from("a"));
    for (const path of ["none.txt", "no/where.txt", "a.txt/b", "a\\b\\c", "x".repeat(2000)]) {
      await fails(store.open(path, signal), "missing");
    }
  });

  it.each([
    "..",
    "../a.txt",
    "a/../../a.txt",
    "a/..",
    "..\\a.txt",
    "a\\..\\..\\b",
    "/a.txt",
    "\\a.txt",
    "//server/share/a.txt",
    "\\\\server\\share\\a.txt",
    "C:\\a.txt",
    "c:a.txt",
    "a\0.txt",
    "a.txt\0",
    "",
    ".",
    "./",
    "\ud800",
  ])("never leaves its root by %j", async (path) => {
    await place.put("a.txt", Buffer.from("a"));
    await fails(store.open(path, signal), "outside");
  });

  it("tells that a file was replaced, or goes on with the one that was opened", async () => {
    const old = randomBytes(4_000_000);
    await place.put("a.bin", old);
    const file = await store.open("a.bin", signal);
    for await (const _ of file.read(0)) break;
    await place.remove("a.bin");
    await place.put("a.bin", randomBytes(4_000_000));
    const seen = await contentFrom(file, 1_000_000).catch((error: unknown) => error);
    if (Buffer.isBuffer(seen)) expect(seen.equals(old.subarray(1_000_000))).toBe(true);
    else await fails(Promise.reject(seen), "changed");
    await file.close();
  });

  it("ends with the signal's reason", async () => {
    await place.put("a.bin", randomBytes(10));
    const reason = new Error("enough");
    await expect(store.open("a.bin", AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("opens many at once", async () => {
    const all = Array.from({ length: 40 }, (_, n) => ({ path: `many/${n}`, content: randomBytes(n * 10_000) }));
    for (const { path, content } of all) await place.put(path, content);
    const read = await Promise.all(all.map(({ path }) => contentOf(store, path)));
    for (const [n, { content }] of all.entries()) expect(read[n]!.equals(content)).toBe(true);
  });

  it("says where it is", () => {
    expect(store.place).toMatch(/^the (folder|bucket) "[^"]+"$/);
  });
}
