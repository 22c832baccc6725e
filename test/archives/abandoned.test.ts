// Entries whose content turns out to be no good midway: the rest of the archive stands, and nothing looks complete.
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { DATA_PACKAGE } from "../../src/archive/contents.ts";
import { type Entry, EntryAbandoned, zipped } from "../../src/archive/zip.ts";
import { verify } from "../../src/engine/verify.ts";
import { printed } from "../readers/programs.ts";
import { python } from "../readers/python.ts";
import { gathered, unpacked } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-abandoned-"));
afterAll(() => rmSync(folder, { recursive: true }));

const READ = `
import hashlib, io, json, sys, zipfile
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
json.dump([[i.filename, hashlib.sha256(archive.read(i)).hexdigest()] for i in archive.infolist()], sys.stdout)
`;

const noise = randomBytes(1 << 20);
const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** Content that is given up after some mebibytes. */
async function* failing(mebibytes: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < mebibytes; n++) yield noise;
  throw new EntryAbandoned();
}

async function* whole(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const bad = (name: string, mebibytes: number, stored: boolean): Entry => ({
  name,
  content: failing(mebibytes),
  stored,
});
const good = (name: string): Entry => ({ name, content: whole(Buffer.from(`content of ${name}`)) });
const atHand = (name: string): Entry => ({ name, content: Buffer.from(`content of ${name}`), stored: true });

/** The archive with a descriptor of the files that are in it. */
async function described(entries: readonly Entry[], names: readonly string[]): Promise<Buffer> {
  const resources = names.map((path) => {
    const content = Buffer.from(`content of ${path}`);
    return { name: path, path, bytes: content.length, hash: `sha256:${sha256(content)}` };
  });
  const descriptor = { name: DATA_PACKAGE, content: Buffer.from(JSON.stringify({ resources })) };
  return gathered(zipped([...entries, descriptor]));
}

describe.each([
  ["stored", true],
  ["deflated", false],
])("%s", (_name, stored) => {
  it.each([
    ["first", () => [bad("a", 20, stored), good("b"), atHand("c")], ["b", "c"]],
    [
      "in the middle",
      () => [good("a"), bad("b", 20, stored), atHand("c"), bad("d", 17, stored), good("e")],
      ["a", "c", "e"],
    ],
    ["last", () => [good("a"), bad("b", 20, stored)], ["a"]],
    [
      "several on end",
      () => [atHand("a"), bad("b", 20, stored), bad("c", 20, stored), bad("d", 0, stored), good("e")],
      ["a", "e"],
    ],
    ["all of them", () => [bad("a", 20, stored), bad("b", 1, stored)], []],
    ["of a name that comes again", () => [bad("a", 20, stored), good("a")], ["a"]],
  ] as const)("%s, it is left out, and all programs accept the archive", async (_case, entries, names) => {
    const bytes = await described(entries(), names);
    // Its bytes lie there.
    expect(bytes.length).toBeGreaterThan(10 << 20);
    const path = join(folder, "a.zip");
    writeFileSync(path, bytes);
    const expected = names.map((name) => [name, sha256(Buffer.from(`content of ${name}`))]);
    expect((await python(READ, bytes)) as string[][]).toEqual([...expected, [DATA_PACKAGE, expect.any(String)]]);
    expect([...(await unpacked(bytes)).keys()]).toEqual([...names, DATA_PACKAGE]);
    expect(printed("unzip", ["-t", path])).toContain("No errors detected");
    // 7-Zip wants the first local header to be in the directory.
    writeFileSync(path, await described([atHand("0"), ...entries()], ["0", ...names]));
    expect(printed("7z", ["t", path])).toContain("Everything is Ok");
    writeFileSync(path, bytes);
    const { findings } = await verify(path, new AbortController().signal);
    expect(findings).toEqual([]);
  });
});

describe("who reads the stream from its front", () => {
  it("sees no complete entry in what was deflated", async () => {
    const bytes = await gathered(zipped([bad("a", 20, false), good("b")]));
    // The header of the entry that was given up: a name of one byte.
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    expect(bytes.subarray(30, 31).toString()).toBe("a");
    expect(() => inflateRawSync(bytes.subarray(31))).toThrow(/invalid/);
  });

  it("finds no data descriptor that fits what was stored", async () => {
    const bytes = await gathered(zipped([{ name: "a", content: failing(2), stored: true }, good("b")]));
    const data = 31;
    for (
      let at = bytes.indexOf("PK\x07\x08", data, "latin1");
      at >= 0;
      at = bytes.indexOf("PK\x07\x08", at + 1, "latin1")
    ) {
      expect(bytes.readUInt32LE(at + 8)).not.toBe(at - data);
    }
  });
});

it("leaves nothing where no byte of it was written", async () => {
  const bytes = await gathered(zipped([bad("secret-name", 0, true), bad("secret-name", 3, false), good("b")]));
  expect(bytes.includes("secret-name")).toBe(false);
  expect(bytes.equals(await gathered(zipped([good("b")])))).toBe(true);
});

it("any other error ends the archive", async () => {
  const content = (async function* (): AsyncGenerator<Uint8Array> {
    yield noise;
    throw new Error("the database is gone");
  })();
  await expect(gathered(zipped([{ name: "a", content }]))).rejects.toThrow("the database is gone");
});

it("large content at hand is compressed in segments", async () => {
  const content = Buffer.alloc(9_000_000, "some text ");
  const bytes = await gathered(
    zipped([
      { name: "a", content },
      { name: "b", content, stored: true },
    ]),
  );
  const files = await unpacked(bytes);
  expect(files.get("a")!.equals(content) && files.get("b")!.equals(content)).toBe(true);
  expect(bytes.length).toBeLessThan(9_300_000);
});
