// The conformance suite: written once, passed by every engine. There is one renderer, so what it tests is that each
// source reads its wire right, and that each dialect says the query language with one meaning.
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { piped, pythonCsv, pythonJson } from "../readers/python.ts";
import { exported } from "../setup/export.ts";
import * as tables from "./awkward.ts";
import { fitted, twin } from "./fitted.ts";
import type { TestEngine, TestTable } from "./engine.ts";
import { filesOfRecordsBehave } from "./files-of-records.ts";
import { golden } from "./golden.ts";
import { aggregatesBehave } from "./aggregates.ts";
import { batchesBehave } from "./batches.ts";
import { configurationBehaves } from "./configuration.ts";
import { nestingBehaves } from "./nesting.ts";
import { operatorsBehave } from "./operators.ts";
import { parquetBehaves } from "./parquet.ts";
import { policiesBehave } from "./policies.ts";
import { templateLinksBehave } from "./template-links.ts";
import { templatesBehave } from "./templates.ts";
import { wideTemplateBehaves } from "./wide-template.ts";
import { workbooksBehave } from "./workbooks.ts";
import { xmlBehaves } from "./xml.ts";

/** Declares the tests of an engine. */
export function conformance(engine: TestEngine): void {
  const awkward = fitted(tables.awkward, engine);
  const awkwardNames = fitted(tables.awkwardNames, engine);
  const { compositeKey, keyless, largeCells } = tables;
  const instant = awkward.columns.findIndex(({ type }) => type === "instant");
  const infinite = awkward.rows.flat().filter((text) => text?.endsWith("Infinity")).length;
  describe(`${engine.name}: values`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let other: Awaited<ReturnType<typeof twin>>;
    beforeAll(async () => {
      ({ url, drop } = await engine.make([awkward, awkwardNames, compositeKey, keyless, largeCells]));
      other = await twin(engine, [awkward]);
    });
    afterAll(async () => {
      await drop();
      await other.drop();
    });

    it.each([
      ["csv", "awkward.csv", {}],
      ["csv", "awkward-excel.csv", { preset: "excel" }],
      ["csv", "awkward-all.csv", { quote: "all", delimiter: ";", null: "\\N", newline: "crlf" }],
      ["tsv", "awkward.tsv", {}],
      ["ndjson", "awkward.ndjson", {}],
      ["json", "awkward.json", {}],
      ["json-rows", "awkward.rows.json", {}],
    ])("%s gives the bytes of %s", async (format, file, options) => {
      const request = { object: "awkward", format, options };
      const { bytes } = await exported(url, request);
      const expected =
        other.url === null ? golden(file, bytes) : exported(other.url, request).then((same) => same.bytes);
      expect(bytes.equals(await expected)).toBe(true);
    });

    it("shows instants in a time zone, around a daylight-saving change", async () => {
      const { text } = await exported(url, {
        object: "awkward",
        format: "csv",
        paths: ["instant"],
        timeZone: "Europe/Paris",
        limit: 9,
      });
      expect(text.split("\n").slice(1, -1)).toEqual(
        [
          "2024-03-31T01:59:59+01:00",
          "2024-03-31T03:00:00+02:00",
          "2024-10-27T02:30:00+02:00",
          "2024-10-27T02:30:00+01:00",
          "0001-01-01T00:09:21+00:09:21",
          "+10000-01-01T00:59:59.999999+01:00",
          "1900-01-01T00:09:20+00:09:21",
          "1970-01-01T01:00:00+01:00",
          "2024-05-01T14:34:56.123456+02:00",
        ].map((shown, n) => (awkward.rows[n]![instant] === null ? `""` : shown)),
      );
    });

    it("gives Python's csv module every value of the database", async () => {
      const { bytes, facts } = await exported(url, { object: "awkward", format: "csv" });
      const [header, ...rows] = await pythonCsv(bytes);
      expect(header).toEqual(awkward.columns.map(({ name }) => name));
      expect(rows).toEqual(awkward.rows.map((row) => row.map((text) => text ?? "")));
      expect(facts.tables).toEqual([{ name: "awkward", rows: awkward.rows.length }]);
    });

    it("gives Python's csv module every value of the database through TSV", async () => {
      const { bytes } = await exported(url, { object: "awkward", format: "tsv" });
      const [, ...rows] = await pythonCsv(bytes, "\\t");
      expect(rows).toEqual(awkward.rows.map((row) => row.map((text) => text ?? "")));
    });

    it.each(["ndjson", "json", "json-rows"])(
      "gives Python's json module every value of the database through %s",
      async (format) => {
        const { bytes, facts } = await exported(url, { object: "awkward", format });
        const read = await pythonJson(bytes, format === "ndjson");
        const expected = await expectedValues(awkward);
        const names = awkward.columns.map(({ name }) => name);
        const objects = expected.map((row) => Object.fromEntries(names.map((name, n) => [name, row[n]])));
        expect(format === "ndjson" ? read : read[0]).toEqual(format === "json-rows" ? [names, ...expected] : objects);
        expect(facts.problems).toEqual(
          infinite === 0 ? [] : [{ code: "not-a-number-in-json", column: "float", count: infinite }],
        );
      },
    );

    it("writes cells of a megabyte", async () => {
      const [, ...rows] = await pythonCsv((await exported(url, { object: "large_cells", format: "csv" })).bytes);
      const expected = largeCells.rows.map((row) => row.map((text) => text ?? ""));
      for (const [n, row] of rows.entries()) expect(row.every((text, c) => text === expected[n]![c])).toBe(true);
      expect(rows.length).toBe(expected.length);
      const read = await pythonJson((await exported(url, { object: "large_cells", format: "ndjson" })).bytes, true);
      const values = await expectedValues(largeCells);
      const names = largeCells.columns.map(({ name }) => name);
      for (const [n, record] of read.entries()) {
        const object = Object.fromEntries(names.map((name, c) => [name, values[n]![c]]));
        expect(JSON.stringify(record) === JSON.stringify(object)).toBe(true);
      }
      expect(read.length).toBe(largeCells.rows.length);
    });

    it("keeps odd names of tables and columns", async () => {
      const { bytes, facts } = await exported(url, { object: awkwardNames.name, format: "csv" });
      const rows = await pythonCsv(bytes);
      expect(rows[0]).toEqual(awkwardNames.columns.map(({ name }) => name));
      expect(rows.slice(1)).toEqual(awkwardNames.rows.map((row) => row.map((text) => text ?? "")));
      expect(facts.tables[0]?.name).toBe(awkwardNames.name);
      const [record] = await pythonJson(
        (await exported(url, { object: awkwardNames.name, format: "ndjson", where: { "a.b": "value 1" } })).bytes,
        true,
      );
      expect(record).toEqual(
        Object.fromEntries(awkwardNames.columns.map(({ name }, n) => [name, awkwardNames.rows[0]![n]])),
      );
    });

    it("takes each odd column by name, in paths, order and where", async () => {
      for (const [n, { name }] of awkwardNames.columns.entries()) {
        const value = awkwardNames.rows[0]![n];
        const { bytes } = await exported(url, {
          object: awkwardNames.name,
          format: "csv",
          paths: [name],
          order: [`-${name}`],
          where: { [name]: value },
        });
        expect(await pythonCsv(bytes)).toEqual([[name], [value]]);
      }
    });

    it("orders by a key of several columns, by code point", async () => {
      const { text } = await exported(url, { object: "composite", format: "csv" });
      expect(text).toBe("region,number,value\nZ,1,3.0\na,9,\na,10,2.0\nb,1,5.0\nb,2,1.0\né,1,4.0\n");
    });

    it("orders a table without a key by all its columns", async () => {
      const { text } = await exported(url, { object: "keyless", format: "csv" });
      expect(text).toBe(`a,b,c\n"",,null\nX,3,2\nx,1,"""s"""\nx,2,"{""k"":1}"\nx,2,"{""k"":1}"\n,1,\n`);
    });

    it("limits, also to nothing", async () => {
      expect((await exported(url, { object: "composite", format: "csv", limit: 2 })).text).toBe(
        "region,number,value\nZ,1,3.0\na,9,\n",
      );
      expect((await exported(url, { object: "composite", format: "csv", limit: 0 })).text).toBe(
        "region,number,value\n",
      );
      expect((await exported(url, { object: "composite", format: "json", limit: 0 })).text).toBe("[]\n");
      expect((await exported(url, { object: "composite", format: "ndjson", limit: 0 })).text).toBe("");
      expect((await exported(url, { object: "composite", format: "json-rows", limit: 0 })).text).toBe(
        `[\n["region","number","value"]\n]\n`,
      );
    });

    it("gives the same content gzip'd and in Zstandard, to other readers too", async () => {
      const plain = await exported(url, { object: "awkward", format: "csv" });
      const gzip = await exported(url, { object: "awkward", format: "csv" }, "gzip");
      const zstd = await exported(url, { object: "awkward", format: "csv" }, "zstd");
      expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
      expect(zstdDecompressSync(zstd.bytes)).toEqual(plain.bytes);
      expect(
        await piped(
          "python3",
          ["-c", "import gzip,sys; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))"],
          gzip.bytes,
        ),
      ).toEqual(plain.bytes);
      expect(await piped("zstd", ["-d", "-c"], zstd.bytes)).toEqual(plain.bytes);
    });
  });

  operatorsBehave(engine);
  batchesBehave(engine);
  nestingBehaves(engine);
  aggregatesBehave(engine);
  workbooksBehave(engine);
  xmlBehaves(engine);
  parquetBehaves(engine);
  policiesBehave(engine);
  configurationBehaves(engine);
  templatesBehave(engine);
  templateLinksBehave(engine);
  wideTemplateBehaves(engine);
  filesOfRecordsBehave(engine);
}

/** What JSON readers must find: numbers by their text, everything else as text. */
async function expectedValues(table: TestTable): Promise<unknown[][]> {
  const json = table.rows.flatMap((row) => row.map((text, n) => jsonText(text, table.columns[n]!.type)));
  const values = await pythonJson(Buffer.from(json.map((text) => `${text}\n`).join("")), true);
  return table.rows.map((row, r) => row.map((_, n) => values[r * row.length + n]));
}

function jsonText(text: string | null, type: string): string {
  if (text === null || (type === "float" && text.endsWith("Infinity"))) return "null";
  if (["integer", "decimal", "float", "boolean", "json", "array of text", "array of integers"].includes(type))
    return text;
  return JSON.stringify(text);
}
