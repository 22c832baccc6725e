// What only SQLite has: any value in any column. A value that is not of its column's type stays what it is.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exported, records } from "../setup/export.ts";

let folder = "";
let url = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-storage-"));
  const file = join(folder, "s.db");
  url = `sqlite:${file}`;
  using database = new DatabaseSync(file);
  database.exec(`
    CREATE TABLE mixed (id INTEGER PRIMARY KEY, n INTEGER, f REAL, d DATE, b BOOLEAN, t TEXT, j JSON, u UUID, dec DECIMAL(10,2), untyped, bin BLOB, at DATETIME);
    INSERT INTO mixed VALUES
      (1, 'not a number', 'half', 'someday', 'maybe', 5, '{broken', 'not-a-uuid', 'ten', 'text', 'text', 'noon'),
      (2, 2.5, 1, '2024-05-01', 2, x'00ff', '[1, 2]', x'00112233445566778899aabbccddeeff', 1.10, 7, x'00', '2024-05-01 12:00:00+02:00'),
      (3, '12', '1e3', '2024-02-30', 'YES', '', '{"a":1}', '{00112233-4455-6677-8899-AABBCCDDEEFF}', '3', 2.0, '', '2024-05-01'),
      (4, x'41', 9e999, '20240501', 0, 'é', 'null', NULL, 12345678901234567890, x'ff', NULL, 1714521600),
      (5, 9223372036854775807, -9e999, NULL, 1, NULL, '17', '00112233445566778899aabbccddeeff', -0.5, NULL, x'', NULL);
    CREATE TABLE strict_one (id INT PRIMARY KEY, v ANY) STRICT, WITHOUT ROWID; INSERT INTO strict_one VALUES (1, '01'), (2, 1);
    CREATE TABLE made (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL, c TEXT AS (a || 'x') STORED); INSERT INTO made VALUES (3);
    CREATE VIEW seen AS SELECT id, n AS number FROM mixed WHERE id < 3;
    CREATE VIRTUAL TABLE found USING fts5(body); INSERT INTO found VALUES ('hello world');`);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("exports what is there", async () => {
  const { text } = await exported(url, { object: "mixed", format: "csv" });
  expect(text).toBe(
    [
      "id,n,f,d,b,t,j,u,dec,untyped,bin,at",
      "1,not a number,half,someday,maybe,5,{broken,not-a-uuid,ten,text,text,noon",
      `2,2.5,1,2024-05-01,2,AP8=,"[1,2]",00112233-4455-6677-8899-aabbccddeeff,1.1,7,AA==,2024-05-01T10:00:00Z`,
      `3,12,1000,2024-02-30,true,"","{""a"":1}",00112233-4455-6677-8899-aabbccddeeff,3,2,"",2024-05-01T00:00:00`,
      `4,QQ==,Infinity,20240501,false,é,null,,12345678901234567000,/w==,,1714521600`,
      `5,9223372036854775807,-Infinity,,true,,17,00112233-4455-6677-8899-aabbccddeeff,-0.5,,"",`,
      "",
    ].join("\n"),
  );
});

it("keeps kinds apart in JSON", async () => {
  const found = await records(url, { object: "mixed", paths: ["n", "t", "untyped"], where: { id: { $lte: 3 } } });
  expect(found).toEqual([
    { n: "not a number", t: "5", untyped: "text" },
    { n: 2.5, t: "AP8=", untyped: 7 },
    { n: 12, t: "", untyped: 2 },
  ]);
});

it.each<[unknown, number[]]>([
  [{ n: { $gt: 3 } }, [3, 5]],
  [{ n: { $lt: 100 } }, [2, 3]],
  [{ d: "2024-05-01" }, [2]],
  [{ b: true }, [3, 5]],
  [{ u: "00112233-4455-6677-8899-AABBCCDDEEFF" }, [2, 3, 5]],
  [{ at: { $gte: "2024-05-01T10:00:00" } }, [2]],
  [{ untyped: "text" }, [1]],
  [{ untyped: { $gte: 2 } }, [2, 3]],
  [{ f: { $gt: 500 } }, [3, 4]],
  [{ "j.a": 1 }, [3]],
  [{ j: { $size: 2 } }, [2]],
])("compares values of their type only: %j", async (where, expected) => {
  expect((await records(url, { object: "mixed", paths: ["id"], where })).map(({ id }) => id)).toEqual(expected);
});

it("reads strict tables, generated columns, views and virtual tables", async () => {
  expect(await records(url, { object: "strict_one" })).toEqual([
    { id: 1, v: "01" },
    { id: 2, v: 1 },
  ]);
  expect(await records(url, { object: "made" })).toEqual([{ a: 3, b: 6, c: "3x" }]);
  expect((await exported(url, { object: "seen", format: "csv" })).text).toBe("id,number\n1,not a number\n2,2.5\n");
  expect(await records(url, { object: "found" })).toEqual([{ body: "hello world" }]);
});
