// No value and no name is anything else than a value and a name to DuckDB.
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { duckdbDialect } from "../../src/sources/files/dialect.ts";
import { identifier, literal } from "../../src/sources/files/quote.ts";
import { fuzz, hostileName, hostileText } from "../setup/fuzz.ts";

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

it("gives back every value under every name", async () => {
  const texts = fc.oneof(
    hostileText,
    hostileText.map((text) => `${text}\0${text}`),
  );
  await fuzz(fc.tuple(texts, hostileName), async ([text, name]) => {
    // As bytes: the reader here leaves out a byte order mark.
    const sql = `SELECT hex(${literal(text)}) AS ${identifier(name)} FROM (SELECT 1) ${identifier(name)}`;
    const found = await connection.runAndReadAll(sql);
    expect([found.columnNames(), found.getRows()]).toEqual([
      [name],
      [[Buffer.from(text).toString("hex").toUpperCase()]],
    ]);
  });
});

it("finds every key of JSON, and no other", async () => {
  await fuzz(fc.tuple(hostileText, hostileText), async ([key, other]) => {
    const json = JSON.stringify({ [key]: "found" });
    const column = { kind: "column", table: "t", column: "j", type: "json", native: "JSON", nullable: true } as const;
    const at = (name: string): string => duckdbDialect.jsonKeys(column, literal(json), [name], []);
    const found = await connection.runAndReadAll(`SELECT (${at(key)})::VARCHAR, (${at(other)})::VARCHAR`);
    expect(found.getRows()).toEqual([[`"found"`, key === other ? `"found"` : null]]);
  });
});
