// Damaged and hostile zips: `verify` always answers, soon, and says that something is wrong.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { deflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../src/engine/verify.ts";
import { packed } from "../archives/archive.ts";
import { exported } from "../setup/export.ts";
import { fuzz } from "../setup/fuzz.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-hostile-"));
const path = join(folder, "archive.zip");
const { signal } = new AbortController();
const archives: Buffer[] = [];

beforeAll(async () => {
  const file = join(folder, "shop.db");
  using database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    INSERT INTO orders SELECT i, 'note ' || i FROM n`);
  for (const format of FORMATS) {
    archives.push((await exported(`sqlite:${file}`, { object: "orders", format }, "zip")).bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const FORMATS = ["csv", "json"];

/** A change of an archive's bytes. */
type Damage =
  | { readonly kind: "set"; readonly at: number; readonly value: number }
  | { readonly kind: "cut" | "drop" | "double"; readonly at: number; readonly size: number };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("set" as const), at: fc.nat(), value: fc.nat(255) }) },
  fc.record({
    kind: fc.constantFrom("cut" as const, "drop" as const, "double" as const),
    at: fc.nat(),
    size: fc.nat(400),
  }),
);

function damaged(bytes: Buffer, list: readonly Damage[]): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (const change of list) {
    // Counted from the end, where the directory is.
    const at = Math.max(0, result.length - 1 - (change.at % Math.max(1, result.length)));
    if (change.kind === "set") result[at] = change.value;
    else if (change.kind === "cut") result = result.subarray(0, at);
    else if (change.kind === "drop")
      result = Buffer.concat([result.subarray(0, at), result.subarray(at + change.size)]);
    else result = Buffer.concat([result.subarray(0, at + change.size), result.subarray(at)]);
  }
  return result;
}

describe("verify", () => {
  it("answers whatever happened to an archive", async () => {
    let found = 0;
    await fuzz(
      fc.tuple(fc.nat(FORMATS.length - 1), fc.array(damage, { minLength: 1, maxLength: 4 })),
      async ([n, list]) => {
        const original = archives[n]!;
        const bytes = damaged(original, list);
        writeFileSync(path, bytes);
        const begin = performance.now();
        const verdict = await verify(path, signal);
        expect(performance.now() - begin).toBeLessThan(5000);
        expect(verdict.findings.length).toBeLessThanOrEqual(1000);
        if (verdict.findings.length > 0) found++;
        for (const { detail } of verdict.findings) expect(detail).toMatch(/^\S.*\.$/su);
      },
      400,
    );
    // A byte of a date or of the attributes may change and nobody is the poorer.
    expect(found).toBeGreaterThan(300);
  });

  it("answers to files that are no zips at all", async () => {
    await fuzz(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc
          .uint8Array({ maxLength: 60 })
          .map((bytes) => Buffer.concat([bytes, Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)])),
      ),
      async (bytes) => {
        writeFileSync(path, bytes);
        const { findings } = await verify(path, signal);
        expect(findings.length).toBeGreaterThan(0);
      },
      200,
    );
  });

  it("does not unpack what a file would become that is not listed, or listed with another size", async () => {
    // 200 MB of zeros in 200 kB, which its own directory says are 10 bytes.
    const bomb = deflateRawSync(Buffer.alloc(200_000_000));
    const zip = await packed([["a.csv", Buffer.alloc(0)]]);
    const directory = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const header = Buffer.from(zip.subarray(0, 35));
    const entry = Buffer.from(zip.subarray(directory, directory + 51));
    entry.writeUInt32LE(bomb.length, 20);
    entry.writeUInt32LE(10, 24);
    const descriptor = Buffer.from(
      JSON.stringify({
        resources: [
          { name: "a", path: "a.csv", format: "csv", bytes: 10, rowCount: 1, hash: `sha256:${"0".repeat(64)}` },
        ],
      }),
    );
    const second = await packed([["datapackage.json", descriptor]]);
    const its = second.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const secondEntry = Buffer.from(second.subarray(its, its + 46 + 16));
    secondEntry.writeUInt32LE(header.length + bomb.length, 42);
    const start = header.length + bomb.length + its;
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(2, 8);
    end.writeUInt16LE(2, 10);
    end.writeUInt32LE(entry.length + secondEntry.length, 12);
    end.writeUInt32LE(start, 16);
    writeFileSync(path, Buffer.concat([header, bomb, second.subarray(0, its), entry, secondEntry, end]));
    const begin = performance.now();
    const { findings } = await verify(path, signal);
    expect(findings.map(({ path: where, code }) => [where, code])).toEqual([["a.csv", "damaged"]]);
    expect(findings[0]!.detail).toContain("too many bytes");
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it("does not read the parts of a workbook that lie over one another", async () => {
    // One sheet of 50 MB of spaces, which the directory of the workbook lists 200 times.
    const part = "xl/worksheets/sheet1.xml";
    const inner = await packed([[part, Buffer.alloc(50_000_000, 0x20)]]);
    const directory = inner.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const header = inner.subarray(directory, inner.length - 22);
    const end = Buffer.from(inner.subarray(-22));
    end.writeUInt16LE(200, 8);
    end.writeUInt16LE(200, 10);
    end.writeUInt32LE(header.length * 200, 12);
    const workbook = Buffer.concat([inner.subarray(0, directory), ...Array<Buffer>(200).fill(header), end]);
    const hash = createHash("sha256").update(workbook).digest("hex");
    const resource = {
      name: "a",
      path: "a.xlsx",
      format: "xlsx",
      bytes: workbook.length,
      rowCount: 1,
      hash: `sha256:${hash}`,
    };
    const descriptor = Buffer.from(JSON.stringify({ resources: [resource] }));
    writeFileSync(
      path,
      await packed(
        [
          ["a.xlsx", workbook],
          ["datapackage.json", descriptor],
        ],
        true,
      ),
    );
    const begin = performance.now();
    const { findings } = await verify(path, signal);
    expect(findings.map(({ detail }) => detail)).toEqual([
      "The file cannot be counted: its parts lie over one another.",
    ]);
    expect(performance.now() - begin).toBeLessThan(5000);
  });
});
