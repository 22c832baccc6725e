// What only files have: DuckDB's nested and large types, CSV and JSON as people write them, and files that change.
import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ObjectType } from "../../src/catalog/types.ts";
import type { Select } from "../../src/plan/select.ts";
import { filesSource } from "../../src/sources/files/source.ts";
import { configured } from "../setup/configured.ts";
import { exported, records } from "../setup/export.ts";

let folder = "";
let url = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-files-"));
  url = `files:${folder}`;
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
const csvOf = async (object: string): Promise<string> => (await exported(url, { object, format: "csv" })).text;
const signal = (): AbortSignal => new AbortController().signal;

async function typesOf(object: string): Promise<Record<string, string>> {
  const { objects } = await filesSource(folder).introspect(signal());
  return Object.fromEntries(objects.get(object)!.fields.map(({ name, type }) => [name, type]));
}

async function parquet(name: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`COPY (${select}) TO '${join(folder, name)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

it("keeps numbers inside of JSON as they are written, also in lists made of it, and of lists of structs", async () => {
  put("lines.ndjson", `{"id":1,"more":{"weight":1.50,"list":[{"w":2.10},{"w":12345678901234567890.10}]}}\n`);
  await parquet("structs.parquet", "SELECT 1 AS id, [{w: 1.50, d: DATE '2024-05-01'}, NULL] AS list");
  const list = (json: string): object => ({ list: { json, fields: { w: "decimal" } } });
  const catalog = await configured(url, {
    lines: { key: "id", fields: { more: { keys: { weight: "decimal" } } }, lists: list("more.list") },
    structs: { key: "id", lists: list("list") },
  });
  const text = async (object: string, paths: string[]): Promise<string> =>
    (await exported(url, { object, format: "ndjson", paths }, "none", { catalog })).text;
  expect(await text("lines", ["more.weight", "lists.list"])).toBe(
    `{"more":{"weight":1.50},"list":[{"position":1,"w":2.10},{"position":2,"w":12345678901234567890.10}]}\n`,
  );
  expect(await text("structs", ["lists.list.w", "lists.list.value"])).toBe(
    `{"list":[{"w":1.50,"value":{"w":1.50,"d":"2024-05-01"}},{"w":null,"value":null}]}\n`,
  );
});

it("writes integers of 128 bits exactly, and compares them so", async () => {
  put("one.csv", "id\n1\n");
  const huge = "170141183460469231731687303715884105727";
  const query = `SELECT * FROM (VALUES (1, ${huge}::HUGEINT, 18446744073709551615::UBIGINT), (2, -${huge}::HUGEINT, 0)) t(id, h, u)`;
  const catalog = await configured(url, { numbers: { query, key: "id" } });
  const asked = { object: "numbers", format: "csv" };
  expect((await exported(url, asked, "none", { catalog })).text).toBe(
    `id,h,u\n1,${huge},18446744073709551615\n2,-${huge},0\n`,
  );
  const where = { h: { $gt: "170141183460469231731687303715884105726" }, u: "18446744073709551615" };
  expect((await exported(url, { ...asked, where, paths: ["id"] }, "none", { catalog })).text).toBe("id\n1\n");
});

describe("Parquet", () => {
  it("writes lists, structs and maps as canonical JSON", async () => {
    await parquet(
      "nested.parquet",
      `SELECT 1 AS id, [1.10::DECIMAL(5,2), NULL] AS list, {'a': 1.50::DECIMAL(4,2), 'b c': ['x"y', NULL], 'd': DATE '2024-05-01'} AS struct,
        MAP {'k': 9007199254740993} AS map, [[1], []] AS lists, [TIMESTAMP '2024-05-01 12:34:56.5'] AS times, ['a'::BLOB] AS blobs,
        ['NaN'::DOUBLE, 0.5, 2] AS floats
       UNION ALL SELECT 2, [], NULL, MAP {}, NULL, NULL, NULL, NULL`,
    );
    expect(await typesOf("nested")).toEqual({
      id: "integer",
      list: "array",
      struct: "json",
      map: "json",
      lists: "json",
      times: "array",
      blobs: "array",
      floats: "array",
    });
    expect((await exported(url, { object: "nested", format: "ndjson", order: ["id"] })).text).toBe(
      `{"id":1,"list":[1.10,null],"struct":{"a":1.50,"b c":["x\\"y",null],"d":"2024-05-01"},"map":{"k":9007199254740993},"lists":[[1],[]],"times":["2024-05-01T12:34:56.5"],"blobs":["YQ=="],"floats":["NaN",0.5,2]}\n` +
        `{"id":2,"list":[],"struct":null,"map":{},"lists":null,"times":null,"blobs":null,"floats":null}\n`,
    );
    for (const [where, ids] of [
      [{ "struct.a": { $gt: 1 } }, [1]],
      [{ "map.k": { $exists: true } }, [1]],
      [{ list: { $size: 0 } }, [2]],
      [{ list: { $elemMatch: { $eq: "1.1" } } }, [1]],
      [{ lists: { $size: 2 } }, [1]],
    ] as const) {
      expect((await records(url, { object: "nested", where, paths: ["id"] })).map(({ id }) => id)).toEqual(ids);
    }
  });

  it("keeps numbers that are larger than 64 bits", async () => {
    await parquet(
      "large.parquet",
      `SELECT 170141183460469231731687303715884105727::HUGEINT::VARCHAR AS t, 18446744073709551615::UBIGINT AS u,
        99999999999999999999999999999999999999::DECIMAL(38,0) AS d, -0.00000000000000000000000000000000000001::DECIMAL(38,38) AS s,
        1::UTINYINT AS tiny, (-32768)::SMALLINT AS small, 1.1::FLOAT AS f`,
    );
    expect(await csvOf("large")).toBe(
      "t,u,d,s,tiny,small,f\n170141183460469231731687303715884105727,18446744073709551615,99999999999999999999999999999999999999,-0.00000000000000000000000000000000000001,1,-32768,1.1\n",
    );
    expect(await records(url, { object: "large", where: { u: "18446744073709551615" }, paths: ["tiny"] })).toEqual([
      { tiny: 1 },
    ]);
    expect(
      await records(url, { object: "large", where: { d: { $gt: "1e2".replace("e2", "00") } }, paths: ["tiny"] }),
    ).toEqual([{ tiny: 1 }]);
  });

  it("gives seconds, milliseconds, enums, intervals and infinities", async () => {
    await parquet(
      "others.parquet",
      `SELECT '2024-05-01 12:34:56'::TIMESTAMP_S AS s, '2024-05-01 12:34:56.789'::TIMESTAMP_MS AS ms,
        'sad'::ENUM('sad', 'ok') AS e, INTERVAL 1 DAY AS i, 'infinity'::TIMESTAMP AS inf`,
    );
    expect(await csvOf("others")).toBe(
      "s,ms,e,i,inf\n2024-05-01T12:34:56,2024-05-01T12:34:56.789,sad,1 day,infinity\n",
    );
  });
});

describe("CSV", () => {
  it("reads a byte order mark, semicolons, CRLF, quotes and line breaks in them, and no last line end", async () => {
    put("a.csv", '\ufeffcode;"a;b";text\r\n007;"x\r\ny""z";\r\n;"";"last"');
    expect(await csvOf("a")).toBe('code,a;b,text\n007,"x\r\ny""z",\n,"",last\n'.replace("007", "007"));
  });

  it("gives a column a type only where that alters nothing", async () => {
    put(
      "t.csv",
      [
        "zero,whole,same,mixed,exponent,yes,Yes,day,stamp,space,instant,uuid,big,none,plus",
        "007,1,1.50,1.5,1.5,true,True,2024-05-01,2024-05-01T12:34:56,2024-05-01 12:34:56,2024-05-01T12:34:56.5Z,7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6,12345678901234567890,,+1",
        "8,-2,-0.25,12345678901234567890.123456789,1e5,false,False,0001-01-01,,2024-05-01 12:34:57,,,1,,+2",
        "",
      ].join("\n"),
    );
    expect(await typesOf("t")).toEqual({
      zero: "text",
      whole: "integer",
      same: "decimal",
      mixed: "decimal",
      exponent: "text",
      yes: "boolean",
      Yes_2: "text",
      day: "date",
      stamp: "datetime",
      space: "text",
      instant: "instant",
      uuid: "uuid",
      big: "decimal",
      none: "text",
      plus: "text",
    });
    const [, ...rows] = (await exported(url, { object: "t", format: "csv", order: ["-zero"] })).text.split("\n");
    expect(rows).toEqual([
      "8,-2,-0.25,12345678901234567890.123456789,1e5,false,False,0001-01-01,,2024-05-01 12:34:57,,,1,,+2",
      "007,1,1.50,1.5,1.5,true,True,2024-05-01,2024-05-01T12:34:56,2024-05-01 12:34:56,2024-05-01T12:34:56.5Z,7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6,12345678901234567890,,+1",
      "",
    ]);
    for (const [where, whole] of [
      [{ mixed: { $gt: "12345678901234567890.123456788" } }, [-2]],
      [{ same: { $lt: "1.505", $gt: "1.495" } }, [1]],
      [{ same: "1.505" }, []],
      [{ whole: { $lt: "99999999999999999999999999" } }, [-2, 1]],
      [{ instant: "2024-05-01T14:34:56.5+02:00" }, [1]],
    ] as const) {
      const found = await records(url, { object: "t", where, paths: ["whole"], order: ["whole"] });
      expect(found.map((row) => row["whole"])).toEqual(whole);
    }
  });

  it("finds the text in row 500,000 of a column of integers", async () => {
    const rows = Array.from({ length: 600_000 }, (_, n) => (n === 499_999 ? `${n},n/a` : `${n},${n}`));
    put("late.csv", `id,n\n${rows.join("\n")}\n`);
    expect(await typesOf("late")).toEqual({ id: "integer", n: "text" });
    expect(await records(url, { object: "late", where: { n: "n/a" } })).toEqual([{ id: 499_999, n: "n/a" }]);
  });

  it.each([
    ["a.csv", "a,b\n1,2\n3,4,5\n", /line 3 of a\.csv: expected number of columns: 2 found: 3/i],
    ["a.csv", "a,b\n1,2\n3\n", /line 3 of a\.csv/],
    ["a.csv", Buffer.from("a\n1\n\xe9t\xe9\n", "latin1"), /line 3 of a\.csv: .*not utf-8/i],
    ["a.csv", Buffer.from("\ufeffa\n1\n", "utf16le"), /UTF-16; save it as UTF-8/],
    ["a.csv", "", /the file is empty/],
    ["a.csv", 'a\n"open\n', /line 2 of a\.csv: value with unterminated quote found/],
    ["a.csv", '"a\n1\n', /line 1 of a\.csv: value with unterminated quote found/],
    ["a.csv", "a\r\n1\r\n2\n3\r\n", /line 3 of a\.csv: its line end is another one than that of the first line/],
    ["a.csv", "a,b\n1,2\n3,4\r5,6\n", /line 3 of a\.csv: its line end is another one/],
    ["a.csv", 'a,b\n"x\n\n",1\n"x"y,2\n', /line 5 of a\.csv: there is text behind a quoted value/],
    ["a.csv", Buffer.from("\xe9,b\n1,2\n", "latin1"), /line 1 of a\.csv: it is not UTF-8/],
    ["a.csv", `a,${"b".repeat(300_000)}\n`, /line 1 of a\.csv: it has more than 262144 bytes/],
    ["a.csv", "\n\n \n", /the file is empty/],
    ["a.json", "[1, 2]", /record 1 is no object/],
    ["a.json", "", /no records/],
    ["a.parquet", "no parquet", /too small to be a Parquet file|No magic bytes/],
    ["a.csv.gz", "no gzip", /./],
  ])("refuses a broken %s: %j", async (name, content, reason) => {
    put(name, content);
    put("good.csv", "x\n1\n");
    const { objects } = await filesSource(folder).introspect(signal());
    expect(objects.get("a")?.documentation).toMatch(reason);
    await expect(exported(url, { object: "a", format: "csv" })).rejects.toMatchObject({ code: "nothing-to-read" });
    expect(objects.get("good")?.fields.length).toBe(1);
  });

  it("reads empty lines, also before the names, a space before quotes, and delimiters behind the last value", async () => {
    put("one.csv", "a\r\n1\r\n\r\n2");
    put("a.csv", '\n\na, "b"\n\n1, "x" \n2,y,,\n\n');
    expect(await csvOf("a")).toBe("a,b\n1,x\n2,y\n");
    expect((await exported(url, { object: "a", format: "csv", order: ["-a"] })).text).toBe("a,b\n2,y\n1,x\n");
    expect(await csvOf("one")).toBe('a\n1\n2\n""\n');
  });

  describe("of a size that two threads look at", () => {
    const ROWS = 1_400_000;
    const look = async (): Promise<ObjectType> => (await filesSource(folder).introspect(signal())).objects.get("a")!;
    const types = ({ fields }: ObjectType): string[] => fields.map(({ type }) => type);
    const lines = (change: (n: number, line: string) => string): string =>
      Array.from({ length: ROWS }, (_, n) => change(n, `${n + 1},${n % 9}.5,t`)).join("\n");

    it("finds what is in either half", async () => {
      put("a.csv", `id,n,t\n${lines((_, line) => line)}`);
      const plain = await look();
      expect([types(plain), plain.estimatedRows]).toEqual([["integer", "decimal", "text"], ROWS]);
      expect(plain.fields.map(({ nullable }) => nullable)).toEqual([false, false, false]);
      put("a.csv", `id,n,t\n${lines((n, line) => (n === ROWS - 5 ? "x,," : n === 5 ? "6,7," : line))}`);
      const changed = await look();
      expect(types(changed)).toEqual(["text", "decimal", "text"]);
      expect(changed.fields.map(({ nullable }) => nullable)).toEqual([false, true, true]);
      put("a.csv", `id,n,t\n${lines((n, line) => (n === ROWS - 5 ? "x" : line))}`);
      expect((await look()).documentation).toMatch(new RegExp(`line ${ROWS - 3} of a\\.csv: .*columns: 3 found: 1`));
    });

    it("is not misled by line ends in quotes", async () => {
      const paragraph = `"${"1,2\n".repeat(250_000)}"`;
      put("a.csv", `id,t\n${Array.from({ length: 20 }, (_, n) => `${n},${paragraph}`).join("\n")}\n`);
      const found = await look();
      expect([types(found), found.estimatedRows]).toEqual([["integer", "text"], 20]);
    });
  });

  it("names columns whose names are missing or taken, and keeps tables without rows", async () => {
    put("a.csv", "a,a,,A\n1,2,3,4\n");
    put("b.csv", "x,y\n");
    expect(await csvOf("a")).toBe("a,a_2,column_3,A_3\n1,2,3,4\n");
    expect(await csvOf("b")).toBe("x,y\n");
  });

  it("reads TSV, gzip and Zstandard", async () => {
    put("t.tsv", "a\tb\n1,5\t2\n");
    put("g.csv.gz", gzipSync("a,b\n1,2\n"));
    put("z.ndjson.zst", zstdCompressSync(Buffer.from('{"a":1}\n{"a":2}\n')));
    expect(await csvOf("t")).toBe('a,b\n"1,5",2\n');
    expect(await csvOf("g")).toBe("a,b\n1,2\n");
    expect(await csvOf("z")).toBe("a\n1\n2\n");
  });
});

describe("JSON", () => {
  it.each([
    ["a.json", (lines: readonly string[]) => `[${lines.join(",\n")}]`],
    ["a.ndjson", (lines: readonly string[]) => `${lines.join("\n")}\n`],
  ])("keeps numbers as they are written, late names and nested values: %s", async (name, joined) => {
    put(
      name,
      joined([
        `{"id":1,"n":12345678901234567890.123,"d":1.10,"o":{"x":1.10},"s":"é\\"\\n","when":"2024-05-01"}`,
        `{"id":2,"d":2.5,"m":"t","s":"","b":true,"e":1e400,"n":null}`,
        `{"id":3,"m":3,"late":[1,2.0],"when":null}`,
      ]),
    );
    expect(await typesOf("a")).toEqual({
      id: "integer",
      n: "decimal",
      d: "decimal",
      o: "json",
      s: "text",
      when: "date",
      m: "json",
      b: "boolean",
      e: "json",
      late: "json",
    });
    expect((await exported(url, { object: "a", format: "ndjson", order: ["id"] })).text).toBe(
      `{"id":1,"n":12345678901234567890.123,"d":1.10,"o":{"x":1.10},"s":"é\\"\\n","when":"2024-05-01","m":null,"b":null,"e":null,"late":null}\n` +
        `{"id":2,"n":null,"d":2.5,"o":null,"s":"","when":null,"m":"t","b":true,"e":1e400,"late":null}\n` +
        `{"id":3,"n":null,"d":null,"o":null,"s":null,"when":null,"m":3,"b":null,"e":null,"late":[1,2.0]}\n`,
    );
  });

  it("refuses a broken line, naming it", async () => {
    put("a.ndjson", '{"a":1}\n{"a":2}\n{"a":\n{"a":3}\n');
    const { objects } = await filesSource(folder).introspect(signal());
    expect(objects.get("a")?.documentation).toMatch(/line 3 of a\.ndjson/);
  });
});

describe("a folder", () => {
  it("names tables after files, with the suffix where two would be called the same; leaves out what leads elsewhere", async () => {
    for (const name of ["a.csv", "a.tsv", "b.csv", ".hidden.csv", "notes.txt"]) put(name, "x\n1\n");
    symlinkSync("/etc/passwd", join(folder, "outside.csv"));
    symlinkSync(join(folder, "b.csv"), join(folder, "inside.csv"));
    const { objects } = await filesSource(folder).introspect(signal());
    expect([...objects.keys()]).toEqual(["a.csv", "a.tsv", "b", "inside"]);
  });

  it("describes queries, and lets them read the tables and nothing else", async () => {
    put("a.csv", "x,y\n1,2.50\n");
    writeFileSync(join(tmpdir(), "waybill-secret.csv"), "s\n1\n");
    const secret = join(tmpdir(), "waybill-secret.csv").replaceAll("'", "''");
    const source = filesSource(folder);
    const [good, ...refused] = await source.describe(
      [
        "SELECT x, sum(y) AS total FROM a GROUP BY x",
        `SELECT * FROM read_csv('${secret}')`,
        `SELECT * FROM '${secret}'`,
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        `COPY (SELECT 1) TO '${folder}/a.csv'`,
        `SELECT 1 AS x); COPY (SELECT 1) TO '${folder}/a.csv'; --`,
        "ATTACH '/tmp/x.db'",
        "SET memory_limit = '9GB'",
        "SELECT * FROM missing",
      ],
      signal(),
    );
    expect(good).toMatchObject([
      { name: "x", type: "integer" },
      { name: "total", type: "decimal" },
    ]);
    for (const refusal of refused) expect(refusal).toMatchObject({ code: "query-refused" });
    expect(readdirSync(folder)).toEqual(["a.csv"]);
    expect(statSync(join(folder, "a.csv")).size).toBe("x,y\n1,2.50\n".length);
    rmSync(secret);
  });

  it("refuses rows of a file that was written to meanwhile", async () => {
    put("a.csv", "x\n1\n");
    const source = filesSource(folder);
    const { objects } = await source.introspect(signal());
    const [field] = objects.get("a")!.fields;
    const column = { kind: "column", table: "t", ...field! } as const;
    const select: Select = {
      table: "t",
      from: { name: "a" },
      joins: [],
      columns: [column],
      where: null,
      groupBy: null,
      having: null,
      order: [],
      limit: null,
      parent: null,
      timeZone: "UTC",
    };
    const session = await source.open(1, signal());
    const stream = session.stream(select);
    expect((await stream.next())?.rows).toBe(1);
    utimesSync(join(folder, "a.csv"), 1, 1);
    await expect(stream.next()).rejects.toMatchObject({ code: "source-changed" });
    await session.close();
  });

  it("says what to do when memory is not enough to sort", async () => {
    await parquet("a.parquet", "SELECT hash(i) AS h, repeat('x', 400) || i AS t FROM range(1000000) r(i)");
    await expect(exported(`${url}?memory=100MB`, { object: "a", format: "csv" })).rejects.toMatchObject({
      code: "source-memory",
      hint: expect.stringMatching(/memory=2GB/) as string,
    });
    expect(readdirSync(folder)).toEqual(["a.parquet"]);
  });

  it("stops matching patterns in time", async () => {
    await parquet("a.parquet", "SELECT i AS id, repeat('a', 2000) || i AS t FROM range(200000) r(i)");
    const source = filesSource(folder, undefined, { patternTime: 50 });
    const { objects } = await source.introspect(signal());
    const [id, t] = objects.get("a")!.fields.map((field) => ({ kind: "column", table: "t", ...field }) as const);
    const session = await source.open(1, signal());
    const where = { op: "match", operand: t!, pattern: "(?:a|b|ab)*c$" } as const;
    const stream = session.stream({
      table: "t",
      from: { name: "a" },
      joins: [],
      columns: [id!],
      where,
      groupBy: null,
      having: null,
      order: [],
      limit: null,
      parent: null,
      timeZone: "UTC",
    });
    await expect(stream.next()).rejects.toMatchObject({ code: "source-timeout" });
    await session.close();
  });
});
