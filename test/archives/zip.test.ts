// Zip files as other programs read them: Python's zipfile, Info-ZIP's unzip, 7-Zip.
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { NamesInFolder } from "../../src/archive/names.ts";
import { type Entry, zipped } from "../../src/archive/zip.ts";
import { printed, needed } from "../readers/programs.ts";
import { python } from "../readers/python.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";
import { gathered, packed } from "./archive.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-zip-"));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function saved(bytes: Uint8Array): string {
  const path = join(folder, `${++count}.zip`);
  writeFileSync(path, bytes);
  return path;
}

async function* chunksOf(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
}

function sha256(content: Buffer | string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 8);
}

const READ = `
import hashlib, io, json, sys, zipfile
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
json.dump([[i.filename, i.file_size, i.compress_type, i.date_time, hashlib.sha256(archive.read(i)).hexdigest()[:8]]
  for i in archive.infolist()], sys.stdout)
`;

/** Both programs test every file of an archive. */
function tested(path: string): void {
  expect(printed("unzip", ["-tq", path])).toContain("No errors detected");
  expect(printed("7z", ["t", path])).toContain("Everything is Ok");
}

describe("a zip file", () => {
  const long = Buffer.from("content of été/😀.json\n".repeat(200_001));
  const random = Buffer.from(Array.from({ length: 30_000 }, (_, n) => (n * n * 7919) & 0xff));
  const entries = (): Entry[] => [
    { name: "stored-first", content: Buffer.from("application/x"), stored: true },
    { name: "a.csv", content: chunksOf(Buffer.from("content of a.csv\n")) },
    { name: "été/😀.json", content: chunksOf(long) },
    { name: "stored.bin", content: chunksOf(random), stored: true },
    { name: "at-hand.txt", content: Buffer.from("at hand, at hand, at hand") },
    { name: "empty", content: chunksOf(Buffer.alloc(0)) },
    { name: "empty-at-hand", content: Buffer.alloc(0) },
  ];

  it("is read by Python, unzip and 7-Zip", async () => {
    const bytes = await gathered(zipped(entries()));
    const date = [1980, 1, 1, 0, 0, 0];
    expect(await python(READ, bytes)).toEqual([
      ["stored-first", 13, 0, date, sha256("application/x")],
      ["a.csv", 17, 8, date, sha256("content of a.csv\n")],
      ["été/😀.json", long.length, 8, date, sha256(long)],
      ["stored.bin", random.length, 0, date, sha256(random)],
      ["at-hand.txt", 25, 8, date, sha256("at hand, at hand, at hand")],
      ["empty", 0, 8, date, sha256("")],
      ["empty-at-hand", 0, 8, date, sha256("")],
    ]);
    tested(saved(bytes));
    // What is stored and at hand begins at a fixed place, as ODF asks for its first part.
    expect(bytes.subarray(30, 30 + 12 + 13).toString()).toBe("stored-firstapplication/x");
  });

  it("is the same each time", async () => {
    expect((await gathered(zipped(entries()))).equals(await gathered(zipped(entries())))).toBe(true);
  });

  it("holds more than 65,535 files", async () => {
    const bytes = await gathered(
      zipped(
        (function* (): Generator<Entry> {
          for (let n = 0; n < 66_000; n++) yield { name: `${n}.txt`, content: Buffer.from(String(n)), stored: true };
        })(),
      ),
    );
    const path = saved(bytes);
    tested(path);
    const listed = await python(
      `import io, json, sys, zipfile\nz = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n` +
        `json.dump([len(z.namelist()), z.read("65999.txt").decode()], sys.stdout)`,
      bytes,
    );
    expect(listed).toEqual([66_000, "65999"]);
  }, 60_000);

  it("refuses names that no zip file can hold", async () => {
    await expect(packed([["x".repeat(65_536), Buffer.alloc(0)]])).rejects.toThrow("65536 bytes");
  });

  it("unpacks into its folder and nowhere else, whatever its files were called", async () => {
    needed("python3");
    await fuzz(
      fc.array(fc.oneof(hostileText, fc.stringMatching(/^[./\\: ~a-c]{0,20}$/)), { minLength: 1, maxLength: 5 }),
      async (texts) => {
        const names = new NamesInFolder();
        const files = texts.map((text, n) => [names.take(text, "txt"), Buffer.from(String(n))] as const);
        const path = saved(await packed(files));
        const target = join(folder, `out-${count}`, "inner");
        mkdirSync(target, { recursive: true });
        printed("python3", [
          "-c",
          "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])",
          path,
          target,
        ]);
        expect(readdirSync(join(target, ".."))).toEqual(["inner"]);
        const unpacked = readdirSync(target).map((name) => [name, readFileSync(join(target, name), "utf8")] as const);
        expect(new Map(unpacked)).toEqual(new Map(files.map(([name, content]) => [name, content.toString()])));
      },
      30,
    );
  }, 60_000);
});
