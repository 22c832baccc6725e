import * as fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import { describe, expect, it } from "vitest";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { type Cell, typedBatch } from "../../../test/setup/typed-batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import { Problems } from "../../cells/problems.ts";
import { ParquetWriter } from "./parquet.ts";
import { parquetFooterSize, parquetRowCount } from "./row-count.ts";

/** A file of so many rows, and how many bytes its metadata takes. */
async function file(rows: number, groupRows = 100): Promise<Buffer> {
  const columns = (["integer", "text"] as const).map((type, cell) => ({ name: type, path: [type], type, cell }));
  const table = { name: "test", columns, groups: [], lists: [] };
  const context = { zone: null, language: "en", problems: new Problems() };
  const writer = new ParquetWriter(table, context, { rows: groupRows, bytes: 1 << 20 });
  const cells = Array.from({ length: rows }, (_, n): Cell[] => [
    [Kind.integer, n],
    [Kind.text, `text ${n}`],
  ]);
  const out = new Output(16);
  writer.head(out);
  await writer.rows(typedBatch(cells, 2), 0, rows, out);
  await writer.tail(out);
  return Buffer.from(out.written());
}

describe("parquetRowCount", () => {
  it.each([0, 1, 100, 2345])("counts %i rows, as hyparquet does", async (rows) => {
    const bytes = await file(rows);
    const size = parquetFooterSize(bytes.subarray(-8));
    expect(parquetRowCount(bytes)).toBe(rows);
    expect(parquetRowCount(bytes.subarray(-size))).toBe(rows);
    expect(Number(parquetMetadata(new Uint8Array(bytes)).num_rows)).toBe(rows);
  });

  it("asks for more where the metadata begins before the bytes at hand", async () => {
    const bytes = await file(500);
    const size = parquetFooterSize(bytes);
    expect(parquetRowCount(bytes.subarray(-size + 1))).toBeNull();
    expect(parquetRowCount(bytes.subarray(-8))).toBeNull();
  });

  it("refuses what does not end as a Parquet file does", async () => {
    expect(() => parquetRowCount(new Uint8Array(0))).toThrow("too short");
    expect(() => parquetRowCount(Buffer.from("id,name\n1,x\n"))).toThrow("does not end as a Parquet file does");
    const bytes = await file(10);
    expect(() => parquetRowCount(bytes.subarray(0, -1))).toThrow("does not end");
  });

  it("refuses row groups that do not add up", async () => {
    const bytes = await file(200);
    const size = parquetFooterSize(bytes);
    // The number of rows, 200, is a varint in field 3 after the schema: zigzag 400.
    const at = bytes.indexOf(Buffer.from([0x16, 0x90, 0x03]), bytes.length - size);
    bytes[at + 1] = 0x92;
    expect(() => parquetRowCount(bytes)).toThrow("201 rows are announced, but its row groups hold 200");
  });

  it.each([
    ["a length beyond the end", [0x28, 0xff, 0xff, 0x7f]],
    ["a list of four thousand million", [0x29, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ["a number without an end", [0x16, ...Array<number>(200_000).fill(0xff)]],
    ["structs in structs", Array<number>(200_000).fill(0x1c)],
    ["lists in lists", [0x19, ...Array<number>(200_000).fill(0x19)]],
    ["an unknown type", [0x1f]],
    ["nothing", []],
    ["no number of rows", [0]],
  ])("refuses %s", (_, metadata) => {
    const end = Buffer.alloc(8, "\0\0\0\0PAR1", "latin1");
    end.writeUInt32LE(metadata.length, 0);
    expect(() => parquetRowCount(Buffer.concat([Buffer.from(metadata), end]))).toThrow("the metadata is damaged");
  });

  it("gives a number or says what is wrong, whatever the damage", async () => {
    const bytes = await file(300);
    const begin = bytes.length - parquetFooterSize(bytes);
    const place = fc.tuple(fc.integer({ min: begin, max: bytes.length - 9 }), fc.integer({ min: 0, max: 255 }));
    await fuzz(
      fc.array(place, { minLength: 1, maxLength: 4 }),
      (damage) => {
        const copy = Buffer.from(bytes);
        for (const [at, byte] of damage) copy[at] = byte;
        let outcome: unknown;
        try {
          outcome = parquetRowCount(copy);
        } catch (error) {
          outcome = error instanceof Error ? error.message : error;
        }
        if (outcome !== 300) expect(outcome).toMatch(/^the metadata is damaged: /);
        else expect(outcome).toBe(300);
      },
      1000,
    );
  });
});
