// Files read ahead: their order, what becomes of those that change or vanish, memory, and what is left behind.
import { fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dirStore } from "../../src/attachments/dir-store.ts";
import { FileProblem, type FileStore, type OpenedFile } from "../../src/attachments/file-store.ts";
import { type FailedFile, type FileRequest, readAhead, type ReadFile } from "../../src/attachments/read-ahead.ts";
import { s3FileStore } from "../../src/attachments/s3-file-store.ts";
import { startS3 } from "../setup/s3.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-ahead-"));
const { signal } = new AbortController();
let store: FileStore;
beforeAll(async () => {
  store = await dirStore(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What may happen around a file's use. */
interface Around {
  readonly before?: () => Promise<unknown>;
  /** Called with the place of each chunk before it is given. */
  readonly chunk?: (at: number) => Promise<unknown> | void;
  readonly opened?: () => void;
  readonly closed?: () => void;
}

function request(path: string, around: Around = {}, size: number | null = null, from = store): FileRequest {
  return {
    place: path,
    size,
    async open(own) {
      await around.before?.();
      const file = await from.open(path, own);
      around.opened?.();
      return watched(file, around);
    },
  };
}

function watched(file: OpenedFile, { chunk, closed }: Around): OpenedFile {
  return {
    size: file.size,
    async *read(start) {
      let at = start;
      for await (const bytes of file.read(start)) {
        await chunk?.(at);
        at += bytes.length;
        yield bytes;
      }
    },
    check: () => file.check(),
    async close() {
      closed?.();
      await file.close();
    },
  };
}

async function* listed<R>(items: Iterable<R>): AsyncGenerator<R> {
  yield* items;
}

type Given = ReadFile<FileRequest> | FailedFile<FileRequest>;

/** A file's content, or why it cannot be had. */
async function taken(file: Given): Promise<Buffer | string> {
  if ("problem" in file) return file.problem.reason;
  if (file.content instanceof Uint8Array) return Buffer.from(file.content);
  const copies: Buffer[] = [];
  try {
    for await (const chunk of file.content) copies.push(Buffer.from(chunk));
  } catch (error) {
    if (error instanceof FileProblem) return `broken: ${error.reason}`;
    throw error;
  }
  return Buffer.concat(copies);
}

async function all(
  requests: Iterable<FileRequest>,
  options: { parallel?: number; memory?: number } = {},
): Promise<(Buffer | string)[]> {
  const results: (Buffer | string)[] = [];
  for await (const file of readAhead(listed(requests), { signal, ...options })) results.push(await taken(file));
  return results;
}

function saved(path: string, content: Uint8Array): Uint8Array {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content);
  return content;
}

function handles(): number {
  return readdirSync("/proc/self/fd").length;
}

describe("files", () => {
  it.each([1, 2, 8, 100])("are given in order whatever the delays, %i at once", async (parallel) => {
    const contents = Array.from({ length: 60 }, (_, n) =>
      saved(`order/${n}`, randomBytes(Math.floor(Math.random() * 50_000))),
    );
    const delayed = contents.map((_, n) =>
      request(`order/${n}`, { before: () => sleep(Math.random() * 10), chunk: () => sleep(Math.random() * 5) }),
    );
    const given = await all(delayed, { parallel, memory: 60_000 });
    for (const [n, content] of contents.entries()) expect(Buffer.compare(given[n] as Buffer, content)).toBe(0);
  });

  it("that fit are given whole, larger ones as streams", async () => {
    for (const [name, size] of [
      ["a", 1000],
      ["b", 1001],
      ["c", 0],
      ["d", 700_000],
    ] as const)
      saved(name, randomBytes(size));
    const kinds: boolean[] = [];
    for await (const file of readAhead(listed(["a", "b", "c", "d"].map((name) => request(name))), {
      signal,
      memory: 2000,
    })) {
      if ("problem" in file) throw file.problem;
      kinds.push(file.content instanceof Uint8Array);
      expect((await taken(file)).length).toBe(file.size);
    }
    expect(kinds).toEqual([true, false, true, false]);
  });

  it("none at all", async () => {
    expect(await all([])).toEqual([]);
  });

  it("never are more at once than was said, opened or held", async () => {
    let open = 0;
    let most = 0;
    const around = { opened: () => (most = Math.max(most, ++open)), closed: () => open-- };
    for (let n = 0; n < 40; n++) saved(`some/${n}`, randomBytes(n * 1000));
    await all(
      Array.from({ length: 40 }, (_, n) => request(`some/${n}`, around)),
      { parallel: 3, memory: 50_000 },
    );
    expect(open).toBe(0);
    // Three ahead, and perhaps the large one that is being read.
    expect(most).toBeGreaterThanOrEqual(3);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe.each([
  ["small", 1 << 26, ""],
  ["large", 1000, "broken: "],
])("a %s file", (_name, memory, broken) => {
  const size = 1_000_000;
  const place = join(folder, "changing");
  const once = async (act: () => void, at = 262_144): Promise<(Buffer | string)[]> => {
    saved("changing", Buffer.alloc(size, 1));
    saved("after", Buffer.from("after"));
    const before = handles();
    const requests = [request("changing", { chunk: (from) => void (from === at && act()) }), request("after")];
    const given = await all(requests, { memory });
    expect(handles()).toBe(before);
    expect(given[1]!.toString()).toBe("after");
    return given;
  };

  it("that changes while it is read is no good", async () => {
    const [given] = await once(() => {
      const handle = openSync(place, "r+");
      writeSync(handle, "changed", 900_000);
      closeSync(handle);
    });
    expect(given).toBe(`${broken}changed`);
  });

  it("that is cut off while it is read is no good", async () => {
    expect((await once(() => truncateSync(place, 300_000)))[0]).toBe(`${broken}changed`);
  });

  it("that grows while it is read is no good", async () => {
    expect((await once(() => appendFileSync(place, "x")))[0]).toBe(`${broken}changed`);
  });

  it("that vanishes while it is read is given as it was", async () => {
    expect((await once(() => rmSync(place)))[0]).toHaveLength(size);
  });

  it("of another size than recorded never begins", async () => {
    saved("changing", Buffer.alloc(size));
    const given = await all([request("changing", {}, size), request("changing", {}, size - 1)], { memory });
    expect(given.map((file) => (typeof file === "string" ? file : file.length))).toEqual([size, "size"]);
  });

  const failing = (times: number, at: number, passing = true): { around: Around; count: () => number } => {
    let count = 0;
    const chunk = (from: number): void => {
      if (from !== at || count === times) return;
      count++;
      throw new FileProblem("unreadable", "The disk failed.", { passing });
    };
    return { around: { chunk }, count: () => count };
  };

  it("whose reading fails twice is read all the same", async () => {
    const content = saved("changing", randomBytes(size));
    const { around, count } = failing(2, 524_288);
    expect(Buffer.compare((await all([request("changing", around)], { memory }))[0] as Buffer, content)).toBe(0);
    expect(count()).toBe(2);
  });

  it("whose reading fails three times at one place is no good", async () => {
    saved("changing", randomBytes(size));
    const { around, count } = failing(9, 524_288);
    expect(await all([request("changing", around)], { memory })).toEqual([`${broken}unreadable`]);
    expect(count()).toBe(3);
  });

  it("whose reading fails for good is not tried again", async () => {
    saved("changing", randomBytes(size));
    const { around, count } = failing(9, 0, false);
    expect(await all([request("changing", around)], { memory })).toEqual([`${broken}unreadable`]);
    expect(count()).toBe(1);
  });
});

describe("what cannot be had", () => {
  it("is told in its place, and not tried again where that is in vain", async () => {
    saved("there", Buffer.from("there"));
    mkdirSync(join(folder, "a-folder"), { recursive: true });
    let tries = 0;
    const count = { before: async () => void tries++ };
    const given = await all(["none", "there", "../there", "a-folder"].map((path) => request(path, count)));
    expect(given.map(String)).toEqual(["missing", "there", "outside", "unreadable"]);
    expect(tries).toBe(4);
  });

  it("vanishes between asking and opening", async () => {
    saved("vanishing", Buffer.from("x"));
    expect(await all([request("vanishing", { before: async () => rmSync(join(folder, "vanishing")) })])).toEqual([
      "missing",
    ]);
  });

  it("is opened at the third try", async () => {
    saved("there", Buffer.from("there"));
    let tries = 0;
    const before = async (): Promise<void> => {
      if (++tries < 3) throw new FileProblem("unreadable", "Too many files are open.", { passing: true });
    };
    expect((await all([request("there", { before })])).map(String)).toEqual(["there"]);
  });

  it("ends everything where it is not the file that is wrong", async () => {
    saved("there", Buffer.from("there"));
    const before = handles();
    const wrong = async (): Promise<void> => {
      throw new Error("no such bucket");
    };
    await expect(all([request("there"), request("there", { before: wrong }), request("there")])).rejects.toThrow(
      "no such bucket",
    );
    const requests = (async function* (): AsyncGenerator<FileRequest> {
      yield request("there");
      throw new Error("the database is gone");
    })();
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const file of readAhead(requests, { signal })) seen.push(String(await taken(file)));
      })(),
    ).rejects.toThrow("the database is gone");
    expect(seen).toEqual(["there"]);
    expect(handles()).toBe(before);
  });
});

describe("whoever stops", () => {
  it.each([1, 3, 20])("after %i files leaves no handle open, nor the requests", async (count) => {
    for (let n = 0; n < 40; n++) saved(`stop/${n}`, randomBytes(500_000));
    const before = handles();
    let ended = false;
    const requests = (async function* (): AsyncGenerator<FileRequest> {
      try {
        for (let n = 0; n < 40; n++) yield request(`stop/${n}`, { chunk: () => sleep(1) });
      } finally {
        ended = true;
      }
    })();
    let n = 0;
    for await (const file of readAhead(requests, { signal, memory: n === 1 ? 1 << 24 : 1000 })) {
      if ("problem" in file) throw file.problem;
      // A stream that is not read at all, or in part.
      if (n % 2 === 1) for await (const _ of file.content as AsyncIterable<Uint8Array>) break;
      if (++n === count) break;
    }
    expect(ended).toBe(true);
    expect(handles()).toBe(before);
  });

  it("goes on without having read a stream", async () => {
    for (let n = 0; n < 5; n++) saved(`stop/${n}`, randomBytes(600_000));
    const before = handles();
    let n = 0;
    for await (const file of readAhead(listed([0, 1, 2, 3, 4].map((name) => request(`stop/${name}`))), {
      signal,
      memory: 1000,
    })) {
      if (n++ === 2) expect(await taken(file)).toHaveLength(600_000);
    }
    expect(n).toBe(5);
    expect(handles()).toBe(before);
  });

  it.each([
    ["while a file is opened", { before: () => sleep(1500) }, 1 << 20],
    ["while a small file is read", { chunk: () => sleep(1500) }, 1 << 20],
    ["while a large file is read", { chunk: () => sleep(1500) }, 1000],
  ])("by aborting %s gets the reason at once", async (_name, around, memory) => {
    saved("slow", randomBytes(300_000));
    const before = handles();
    const controller = new AbortController();
    const reason = new Error("enough");
    const reading = (async () => {
      const slow = Array.from({ length: 20 }, () => request("slow", around));
      for await (const file of readAhead(listed(slow), { signal: controller.signal, memory })) await taken(file);
    })();
    await sleep(100);
    const began = performance.now();
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(performance.now() - began).toBeLessThan(1200);
    await expect.poll(handles, { timeout: 5000 }).toBe(before);
  });

  it("by aborting beforehand, or while nobody asks, gets the reason", async () => {
    const reason = new Error("enough");
    const early = readAhead(listed([request("slow")]), { signal: AbortSignal.abort(reason) });
    await expect(early.next()).rejects.toBe(reason);
    const controller = new AbortController();
    const late = readAhead(listed([request("slow"), request("slow")]), { signal: controller.signal });
    await late.next();
    controller.abort(reason);
    await expect(late.next()).rejects.toBe(reason);
  });
});

it("a bucket whose connections break gives every file whole", async () => {
  const s3 = await startS3();
  const bucket = s3FileStore({ ...s3, prefix: "" });
  const { PutObjectCommand, S3Client } = await import("@aws-sdk/client-s3");
  const client = new S3Client({ ...s3, region: "us-east-1", forcePathStyle: true });
  const contents = Array.from({ length: 12 }, () => randomBytes(1_500_000));
  for (const [n, Body] of contents.entries()) {
    await client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: `${n}`, Body }));
  }
  for (const memory of [64 << 20, 1 << 20]) {
    s3.breakNext(4);
    const given = await all(
      contents.map((_, n) => request(`${n}`, {}, 1_500_000, bucket)),
      { memory },
    );
    for (const [n, content] of contents.entries()) expect(Buffer.compare(given[n] as Buffer, content)).toBe(0);
  }
  client.destroy();
  await bucket.close();
  await s3.stop();
});

describe("memory", () => {
  it.each([
    [10, 50_000],
    [1 << 20, 2000],
    [30 << 20, 60],
    [400 << 20, 4],
  ])("is bounded for files of %i bytes, %i times", async (size, times) => {
    const path = `memory-${size}`;
    saved(path, Buffer.alloc(size));
    const child = fork(new URL("memory.ts", import.meta.url), [folder, path, String(times)], { execArgv: [] });
    const said = await new Promise((resolve) => child.once("message", resolve));
    rmSync(join(folder, path));
    const { bytes, mebibytes } = said as { bytes: number; mebibytes: number };
    process.stdout.write(`${times} files of ${size} bytes: ${mebibytes.toFixed(0)} MiB\n`);
    expect(bytes).toBe(size * times);
    // The files that are held, as much again until it is collected, and the rest of the process.
    expect(mebibytes).toBeLessThan(256);
  });
});
