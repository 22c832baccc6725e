// What only MariaDB has: zero dates, unsigned numbers, BIT, ENUM and SET, character sets, TIME beyond a day, and the like.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Field } from "../../src/catalog/types.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { exported, records } from "../setup/export.ts";
import { createMariadb, type MariadbDatabase, noMariadb } from "../setup/mariadb.ts";

describe.skipIf(noMariadb("MariaDB's own types"))("MariaDB's own types", () => {
  let database: MariadbDatabase;
  beforeAll(async () => {
    database = await createMariadb();
    await database.client.query(`SET sql_mode = '', time_zone = '+00:00', NAMES utf8mb4`);
    await database.client.query(`
      CREATE TABLE types (
        id tinyint unsigned PRIMARY KEY COMMENT 'Number', b bigint unsigned, t boolean, tu tinyint(1) unsigned, t2 tinyint, b1 bit(1),
        bits bit(10), b64 bit(64), s set('x', 'y', 'z'), e enum('low', 'High') COMMENT 'How much\\nLow or high.', y year,
        z int(6) zerofill, dz decimal(8,2) zerofill, m mediumint, sm smallint unsigned, f float, d double,
        dd date, dt datetime(3), ts timestamp(6) NULL, ti time(2), la varchar(20) CHARACTER SET latin1,
        u3 varchar(20) CHARACTER SET utf8mb3, uc varchar(20) CHARACTER SET ucs2 COLLATE ucs2_general_ci,
        ci varchar(20) COLLATE utf8mb4_unicode_ci, c char(5), bin binary(3), vb varbinary(10), j json, i6 inet6, i4 inet4, g point, u uuid,
        twice int AS (m * 2) STORED, hidden int INVISIBLE DEFAULT 7, lt longtext CHECK (json_valid(lt)), lo longtext)
      COMMENT 'All types'`);
    await database.client.query(`
      INSERT INTO types VALUES
      (1, 18446744073709551615, 1, 1, 1, b'1', b'1010', b'${"1".repeat(64)}', 'x,z', 'High', 2024, 42, 12.5, -8388608, 65535, 0.1, 0.1,
       '0000-00-00', '0000-00-00', '1970-01-01 00:00:01.000001', '838:59:59.99', 'é€ÿ', 'é', 'é', 'Straße', 'ab ', 'a', 'a ', '{"a": [1, 2.50]}',
       '::ffff:1.2.3.4', '10.0.0.1', ST_GeomFromText('POINT(1 2.5)'), '7D9F5A3C-1B2E-4C6D-8F90-A1B2C3D4E5F6', DEFAULT, '1.', NULL),
      (2, 9007199254740993, 0, 0, 0, b'0', b'0', b'0', '', 'low', 1901, 0, 0, 8388607, 0, 16777216, 1e-320,
       '2024-00-00', '2024-05-00 01:02:03.5', '2038-01-19 03:14:07.999999', '-00:00:01', '', '', '', 'strasse', '', '', '', '[]',
       '::', '0.0.0.0', NULL, NULL, DEFAULT, '{}', '{}'),
      (3, 0, 7, 200, -128, NULL, b'1111111111', 1, 'y', NULL, 0, 1234567, 123456.78, 0, 1, 3.4028235e38, 0,
       '2024-02-29', '9999-12-31 23:59:59.999', NULL, '23:59:59.5', 'E', 'E', 'E', 'STRASSE ', 'a b', X'000102', X'00ff', '"s"',
       NULL, NULL, NULL, NULL, DEFAULT, NULL, 'x')`);
    await database.client.query(`CREATE VIEW seen AS SELECT id, t, e, j, f, ts, s, b1, g, u, i6, z, dz, ci FROM types`);
  });
  afterAll(() => database.drop());

  it("writes one of each", async () => {
    const found = await exported(database.url, { object: "types", format: "csv" });
    const [header = "", ...rows] = found.text.trimEnd().split("\n");
    const cells = rows.map((row) => row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    const byName = Object.fromEntries(header.split(",").map((name, n) => [name, cells.map((row) => row[n])]));
    expect(byName).toEqual({
      id: ["1", "2", "3"],
      b: ["18446744073709551615", "9007199254740993", "0"],
      t: ["true", "false", "7"],
      tu: ["true", "false", "200"],
      t2: ["1", "0", "-128"],
      b1: ["true", "false", ""],
      bits: ["0000001010", "0000000000", "1111111111"],
      b64: ["1".repeat(64), "0".repeat(64), `${"0".repeat(63)}1`],
      s: [`"x,z"`, `""`, "y"],
      e: ["High", "low", ""],
      y: ["2024", "1901", "0"],
      z: ["42", "0", "1234567"],
      dz: ["12.50", "0.00", "123456.78"],
      m: ["-8388608", "8388607", "0"],
      sm: ["65535", "0", "1"],
      f: ["0.1", "16777216", "3.4028235e+38"],
      d: ["0.1", "1e-320", "0"],
      dd: ["0000-00-00", "2024-00-00", "2024-02-29"],
      dt: ["0000-00-00 00:00:00", "2024-05-00 01:02:03.5", "9999-12-31T23:59:59.999"],
      ts: ["1970-01-01T00:00:01.000001Z", "2038-01-19T03:14:07.999999Z", ""],
      ti: ["838:59:59.99", "-00:00:01", "23:59:59.5"],
      la: ["é€ÿ", `""`, "E"],
      u3: ["é", `""`, "E"],
      uc: ["é", `""`, "E"],
      ci: ["Straße", "strasse", "STRASSE "],
      c: ["ab", `""`, "a b"],
      bin: ["YQAA", "AAAA", "AAEC"],
      vb: ["YSA=", `""`, "AP8="],
      j: [`"{""a"":[1,2.50]}"`, "[]", `"""s"""`],
      i6: ["::ffff:1.2.3.4", "::", ""],
      i4: ["10.0.0.1", "0.0.0.0", ""],
      g: ["POINT(1 2.5)", "", ""],
      u: ["7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", "", ""],
      twice: ["-16777216", "16777214", "0"],
      hidden: ["7", "7", "7"],
      lt: ["1.", "{}", ""],
      lo: ["", "{}", "x"],
    });
    expect(found.facts.tables).toEqual([{ name: "types", rows: 3 }]);
  });

  it("knows types, comments and keys", async () => {
    const { objects } = await sourceAt(database.url).introspect(new AbortController().signal);
    const { fields, key, documentation } = objects.get("types")!;
    expect(key).toEqual(["id"]);
    expect(documentation).toBe("All types");
    expect(Object.fromEntries(fields.map(({ name, type }) => [name, type]))).toMatchObject({
      t: "boolean",
      tu: "boolean",
      b1: "boolean",
      bits: "text",
      j: "json",
      lt: "json",
      lo: "text",
      u: "uuid",
      ts: "instant",
      dt: "datetime",
      y: "integer",
      dz: "decimal",
      vb: "binary",
      g: "text",
    });
    expect(fields.find(({ name }) => name === "e")).toMatchObject({
      label: "How much",
      documentation: "How much\nLow or high.",
    });
    expect(objects.get("seen")).toMatchObject({ kind: "view", key: [] });
    expect(
      [...objects.keys()].filter((name) => /^(?:mysql|information_schema|performance_schema|sys)\./.test(name)),
    ).toEqual([]);
  });

  it.each<[unknown, number[]]>([
    [{ ci: "Straße" }, [1]],
    [{ ci: "strasse" }, [2]],
    [{ ci: "STRASSE" }, []],
    [{ ci: "STRASSE " }, [3]],
    [{ ci: { $gt: "STRASSE" } }, [1, 2, 3]],
    [{ ci: { $contains: "s" } }, [2]],
    [{ ci: { $regex: "SS" } }, [3]],
    [{ ci: { $startsWith: "s" } }, [2]],
    [{ la: "é€ÿ" }, [1]],
    [{ la: { $contains: "€" } }, [1]],
    [{ uc: { $in: ["é", "e"] } }, [1]],
    [{ e: "high" }, []],
    [{ e: { $lt: "a" } }, [1]],
    [{ s: "x,z" }, [1]],
    [{ b: "18446744073709551615" }, [1]],
    [{ b: { $gt: "9007199254740992" } }, [1, 2]],
    [{ b: { $lt: "-1" } }, []],
    [{ t: true }, [1]],
    [{ t: { $ne: true } }, [2, 3]],
    [{ b1: true }, [1]],
    [{ bits: "0000001010" }, [1]],
    [{ f: 0.1 }, [1]],
    [{ dz: "12.5" }, [1]],
    [{ dz: `0.${"0".repeat(60)}1` }, []],
    [{ m: { $lt: "1".repeat(100) } }, [1, 2, 3]],
    [{ dd: { $gte: "2024-01-01" } }, [3]],
    [{ dt: { $gt: "+12024-01-01" } }, []],
    [{ ts: "1970-01-01T00:00:01.000001Z" }, [1]],
    [{ ti: { $lte: "23:59:59.5" } }, [2, 3]],
    [{ u: "{7d9f5a3c1b2e4c6d8f90a1b2c3d4e5f6}" }, [1]],
    [{ vb: "YSA=" }, [1]],
    [{ vb: "YQ==" }, []],
    [{ g: { $startsWith: "POINT" } }, [1]],
    [{ i6: { $startsWith: "::ffff" } }, [1]],
    [{ "j.a": { $all: [1] } }, [1]],
    [{ y: { $gte: 1901 } }, [1, 2]],
  ])("finds %j", async (where, ids) => {
    expect((await records(database.url, { object: "types", where, paths: ["id"] })).map(({ id }) => id)).toEqual(ids);
  });

  it("measures BIT and text", async () => {
    const measures = { words: { distinct: "ci" }, bits: { min: "bits" } };
    const [found] = await records(database.url, {
      object: "types",
      where: { id: { $lt: 3 } },
      aggregate: { measures },
    });
    expect(found).toMatchObject({ words: 2, bits: "0000000000" });
  });

  it("describes what a query gives", async () => {
    const source = sourceAt(database.url);
    const { signal } = new AbortController();
    const [fields, wrong, twice, two, writing] = await source.describe(
      [
        "SELECT *, 1.50 AS k, 'a' AS w, NOW(6) AS now, COUNT(*) OVER () AS rows_there FROM types -- end",
        "SELECT nothing FROM types",
        "SELECT id, id FROM types",
        "SELECT 1 AS a; SELECT 2 AS b",
        "SELECT 1 AS a INTO OUTFILE '/tmp/waybill-outfile'",
      ],
      signal,
    );
    const { objects } = await source.introspect(signal);
    const known = Object.fromEntries(objects.get("types")!.fields.map(({ name, type }) => [name, type]));
    const { hidden: _, ...visible } = known;
    const found = Object.fromEntries((fields as readonly Field[]).map(({ name, type }) => [name, type]));
    expect(found).toEqual({ ...visible, k: "decimal", w: "text", now: "datetime", rows_there: "integer" });
    for (const refused of [wrong, twice, two, writing]) expect(refused).toMatchObject({ code: "query-refused" });
  });

  it("reads views as their tables", async () => {
    const [first] = await records(database.url, { object: "seen", where: { id: 1 } });
    expect(first).toMatchObject({
      t: true,
      e: "High",
      f: 0.1,
      s: "x,z",
      b1: true,
      g: "POINT(1 2.5)",
      z: 42,
      i6: "::ffff:1.2.3.4",
    });
  });

  it("reads rows of more than 16 MB, also such as wait for others", async () => {
    const { client } = database;
    // The catalog of the URL itself is known already.
    const url = `${database.url}?ssl-mode=DISABLED`;
    await client.query(`CREATE TABLE giants (id int PRIMARY KEY, v longtext, w longtext);
      INSERT INTO giants VALUES (1, 'a', 'b'), (2, REPEAT('x', 16777300), 'c'), (3, 'd', REPEAT('y', 16777205)),
        (4, REPEAT('z', 36777216), 'e'), (5, 'f', 'g');
      CREATE TABLE giant_parts (id int PRIMARY KEY, giant_id int, FOREIGN KEY (giant_id) REFERENCES giants (id));
      INSERT INTO giant_parts SELECT seq, seq FROM seq_1_to_5`);
    for (const include of [[], ["giant_parts"]]) {
      const found = await records(url, { object: "giants", include });
      const lengths = found.map(({ id, v, w }) => [id, String(v).length, String(w).length]);
      expect(lengths).toEqual([
        [1, 1, 1],
        [2, 16_777_300, 1],
        [3, 1, 16_777_205],
        [4, 36_777_216, 1],
        [5, 1, 1],
      ]);
      expect(found.map(({ w }) => String(w).slice(0, 1))).toEqual(["b", "c", "y", "e", "g"]);
    }
  });

  it("names tables of other databases with the database", async () => {
    const other = await createMariadb();
    await other.client.query("CREATE TABLE things (id int PRIMARY KEY); INSERT INTO things VALUES (5)");
    const url = new URL(database.url);
    url.pathname = `/${database.name}`;
    expect(await records(`${url.href}?ssl-mode=disabled`, { object: `${other.name}.things` })).toEqual([{ id: 5 }]);
    await other.drop();
  });
});
