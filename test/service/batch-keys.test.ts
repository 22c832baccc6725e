// Keys of every type, in every source: what a batch keeps finds its records again, and what only looks like it does not.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeAll, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { batchKeys } from "../../src/control/queries/batches.ts";
import type { OpenOrg } from "../../src/orgs/open-org.ts";
import { keyFields, keySelect, recordsAmong } from "../../src/plan/keys.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { createBatch } from "../../src/service/batches/create.ts";
import { batchRecords, checkBatch } from "../../src/service/batches/records.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { postgresDialect } from "../../src/sources/postgres/dialect.ts";
import { sqliteDialect } from "../../src/sources/sqlite/dialect.ts";
import { compileSelect } from "../../src/sources/sql/compile.ts";
import { emptyControl, temporaryFolder } from "../setup/control.ts";
import { noMariadb } from "../setup/mariadb.ts";
import { createDatabase } from "../setup/postgres.ts";
import { Lab, labOrg, labSource } from "./batch-lab.ts";

interface KeyType {
  readonly type: string;
  /** As they are written in SQL; each beside its canonical text. */
  readonly keys: readonly (readonly [string, string])[];
  /** What is not the text of any of them. */
  readonly others: readonly string[];
}

/** Texts that no record has for its key, whatever its type. */
const NONSENSE = [
  "",
  "nothing",
  "-1e400",
  "1e400",
  "NaN",
  "-Infinity",
  "infinity",
  "\u0000",
  "\ud800",
  "0".repeat(3000),
  "9".repeat(900),
  "1".repeat(38),
  "-9223372036854775809",
  "18446744073709551616",
  "0.1234567890123456789012345678901234567890123",
  "2024-13-45",
  "0000-00-00",
  "+294276-12-31",
  "-4712-01-01",
  "9999-12-31T23:59:59.999999Z",
  "+10000-01-01T00:00:00",
  "+99999-01-01T00:00:00Z",
  "99:99:99",
  "true ",
  "'",
  `"`,
  "\\",
  "%",
  "🌍",
  "[]",
  "{}",
  "AAAA=",
  "00000000-0000-0000-0000-00000000000g",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
];

const COMMON = {
  integer: {
    type: "integer",
    keys: [
      ["1", "1"],
      ["-20", "-20"],
    ],
    others: ["01", "+1", "1.0", " 1", "1 ", "-020", "1e0"],
  },
  bigint: { type: "bigint", keys: [["9007199254740993", "9007199254740993"]], others: ["9007199254740992"] },
  date: {
    type: "date",
    keys: [["'2024-05-01'", "2024-05-01"]],
    others: ["2024-5-1", "20240501", "2024-05-01T00:00:00"],
  },
} as const satisfies Readonly<Record<string, KeyType>>;

const POSTGRES: Readonly<Record<string, KeyType>> = {
  ...COMMON,
  decimal: {
    type: "numeric",
    keys: [
      ["1.50", "1.50"],
      ["2", "2"],
    ],
    others: ["1.5", "2.0", "02"],
  },
  real: { type: "real", keys: [["0.1", "0.1"]], others: ["0.10", ".1", "0.100000001"] },
  double: {
    type: "double precision",
    keys: [
      ["0.1", "0.1"],
      ["'NaN'", "NaN"],
    ],
    others: ["0.10"],
  },
  text: {
    type: "text",
    keys: [
      ["'é'", "é"],
      ["'A'", "A"],
      ["''''", "'"],
    ],
    others: ["a", "e\u0301"],
  },
  code: { type: "char(4)", keys: [["'ab'", "ab"]], others: ["ab  ", "AB"] },
  folded: { type: "text COLLATE folded", keys: [["'Ab'", "Ab"]], others: ["ab", "AB"] },
  uuid: {
    type: "uuid",
    keys: [["'7D9F5A3C-1b2e-4c6d-8f90-a1b2c3d4e5f6'", "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"]],
    others: ["7D9F5A3C-1B2E-4C6D-8F90-A1B2C3D4E5F6", "7d9f5a3c1b2e4c6d8f90a1b2c3d4e5f6"],
  },
  local: {
    type: "timestamp",
    keys: [["'2024-05-01 12:00:00.25'", "2024-05-01T12:00:00.25"]],
    others: ["2024-05-01 12:00:00.25"],
  },
  instant: {
    type: "timestamptz",
    keys: [["'2024-05-01 12:00:00+02'", "2024-05-01T10:00:00Z"]],
    others: ["2024-05-01T12:00:00+02:00", "2024-05-01T10:00:00"],
  },
  time: { type: "time", keys: [["'12:30'", "12:30:00"]], others: ["12:30"] },
  bytes: { type: "bytea", keys: [["'\\x0102ff'", "AQL/"]], others: ["AQL_", "0102ff"] },
  flag: { type: "boolean", keys: [["true", "true"]], others: ["false", "t", "1", "TRUE"] },
  mood: { type: "mood", keys: [["'sad'", "sad"]], others: ["ok"] },
  address: { type: "inet", keys: [["'10.0.0.0/8'", "10.0.0.0/8"]], others: ["10/8"] },
};

const SQLITE: Readonly<Record<string, KeyType>> = {
  ...COMMON,
  text: {
    type: "text",
    keys: [
      ["'é'", "é"],
      ["'A'", "A"],
    ],
    others: ["a"],
  },
  folded: { type: "text COLLATE NOCASE", keys: [["'Ab'", "Ab"]], others: ["ab"] },
  anything: {
    type: "",
    keys: [
      ["5", "5"],
      ["'six'", "six"],
      ["1.5", "1.5"],
      ["'07'", "07"],
    ],
    others: ["05", "1.50", "7"],
  },
  bytes: { type: "blob", keys: [["x'0102ff'", "AQL/"]], others: ["0102ff"] },
  double: { type: "real", keys: [["0.5", "0.5"]], others: ["0.50", ".5"] },
};

const MARIADB: Readonly<Record<string, KeyType>> = {
  ...COMMON,
  unsigned: { type: "bigint unsigned", keys: [["18446744073709551615", "18446744073709551615"]], others: ["-1"] },
  decimal: { type: "decimal(6,2)", keys: [["1.5", "1.50"]], others: ["1.5", "1.500"] },
  text: {
    type: "varchar(20)",
    keys: [
      ["'é'", "é"],
      ["'A'", "A"],
    ],
    others: ["a", "A ", "e"],
  },
  latin: {
    type: "varchar(20) CHARACTER SET latin1",
    keys: [
      ["'é'", "é"],
      ["'x'", "x"],
    ],
    others: ["X", "日本"],
  },
  bytes: { type: "binary(3)", keys: [["x'0102ff'", "AQL/"]], others: ["0102ff"] },
  local: {
    type: "datetime(2)",
    keys: [["'2024-05-01 12:00:00.25'", "2024-05-01T12:00:00.25"]],
    others: ["2024-05-01"],
  },
  uuid: {
    type: "uuid",
    keys: [["'7D9F5A3C-1b2e-4c6d-8f90-a1b2c3d4e5f6'", "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"]],
    others: ["7D9F5A3C-1B2E-4C6D-8F90-A1B2C3D4E5F6"],
  },
  mood: { type: "enum('sad','ok')", keys: [["'sad'", "sad"]], others: ["1", "SAD"] },
};

/** A table for each type, and one whose key has that and a number. */
function tablesOf(types: Readonly<Record<string, KeyType>>): string {
  return Object.entries(types)
    .map(([name, { type, keys }]) => {
      const rows = keys.map(([sql], n) => `(${sql}, ${n})`).join(", ");
      return `CREATE TABLE k_${name} (k ${type} NOT NULL, n integer NOT NULL, PRIMARY KEY (k));
        INSERT INTO k_${name} VALUES ${rows};
        CREATE TABLE c_${name} (k ${type} NOT NULL, n integer NOT NULL, PRIMARY KEY (k, n));
        INSERT INTO c_${name} VALUES ${rows};`;
    })
    .join("\n");
}

let control: Control;
beforeAll(async () => {
  control = await emptyControl("pglite");
});

async function callIn(org: OpenOrg): Promise<OrgCall> {
  const lab = new Lab(control, org);
  return lab.call(await lab.person(`ada-${org.code}`, "admin"));
}

/** Makes batches of all records and of a list with their keys in it, reads them, and tells what it saw. */
async function seen(call: OrgCall, object: string, keys: readonly string[], wrong: readonly string[]) {
  const all = await createBatch(call, { object, name: "B", where: {} });
  const asked = [...wrong.slice(0, 3), ...keys.toReversed(), ...wrong.slice(3)];
  const given = await createBatch(call, { object, name: "B", keys: asked, missing: "leave-out" });
  const page = await batchRecords(call, given.batch.id, { limit: 99, paths: ["n"] });
  return {
    found: (await batchKeys(call.access.at, all.batch.id, 0, 99)).toSorted(),
    given: await batchKeys(call.access.at, given.batch.id, 0, 99),
    notFound: given.notFound,
    records: page.records.length,
    vanished: [page.vanished.count, (await checkBatch(call, all.batch.id)).vanished.count],
  };
}

/** What is to be seen. */
function whole(keys: readonly string[], notFound: readonly string[]): Awaited<ReturnType<typeof seen>> {
  const [found, given] = [keys.toSorted(), keys.toReversed()];
  return { found, given, notFound, records: keys.length, vanished: [0, 0] };
}

function suite(types: Readonly<Record<string, KeyType>>, org: () => Promise<OpenOrg>): void {
  let call: OrgCall;
  beforeAll(async () => {
    call = await callIn(await org());
  });
  test.each(Object.entries(types))("%s", async (name, { keys, others }) => {
    const texts = keys.map(([, text]) => text);
    const wrong = [...NONSENSE, ...others].filter((key) => !texts.includes(key));
    expect(await seen(call, `k_${name}`, texts, wrong)).toEqual(whole(texts, wrong));
    const pair = (text: string, n: number) => JSON.stringify([text, String(n)]);
    const pairs = texts.map(pair);
    const none = wrong.flatMap((text) => [pair(text, 0), text]);
    const wrongPairs = [...new Set([...none, pair(texts[0]!, 9), `${pairs[0]!}]`])];
    expect(await seen(call, `c_${name}`, pairs, wrongPairs)).toEqual(whole(pairs, wrongPairs));
  });
}

describe("PostgreSQL", () => {
  const before = `CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);`;
  suite(POSTGRES, async () => {
    const { url } = await labSource("postgres", before + tablesOf(POSTGRES));
    return labOrg(url, {}, "postgres");
  });

  test("an index on text in another collation than ours is used, and JSON is no key", async () => {
    const { url, client, drop } = await createDatabase();
    try {
      await client.query(`CREATE TABLE words (word text COLLATE "und-x-icu", no int, PRIMARY KEY (word, no));
        CREATE TABLE word (word text COLLATE "und-x-icu" PRIMARY KEY); CREATE TABLE docs (doc jsonb PRIMARY KEY)`);
      const catalog = (await labOrg(url, {}, "index")).catalogIn("en");
      await client.query("SET enable_seqscan = off");
      for (const [name, key] of [
        ["word", "x"],
        ["words", '["x","1"]'],
      ] as const) {
        const object = catalog.objects.get(name)!;
        const select = keySelect(object, recordsAmong(object, [key, key]), catalog, fullAccess);
        const { rows } = await client.query(`EXPLAIN ${compileSelect(select, postgresDialect).text}`);
        expect(JSON.stringify(rows)).toMatch(/Index Cond: [^"]*word = /);
      }
      expect(keyFields(catalog.objects.get("docs")!)).toEqual([]);
    } finally {
      await drop();
    }
  });
});

describe("SQLite", () => {
  suite(SQLITE, async () => {
    const { url } = await labSource("sqlite", tablesOf(SQLITE));
    return labOrg(url, {}, "sqlite");
  });

  test("an index is used for keys of several columns", async () => {
    const tables = "CREATE TABLE words (word text, no integer, PRIMARY KEY (word, no))";
    const { url } = await labSource("sqlite", tables);
    const catalog = (await labOrg(url, {}, "indexed")).catalogIn("en");
    const object = catalog.objects.get("words")!;
    const keys = ['["x","1"]', '["y","2"]'];
    const { text, values } = compileSelect(
      keySelect(object, recordsAmong(object, keys), catalog, fullAccess),
      sqliteDialect,
    );
    const db = new DatabaseSync(url.slice("sqlite:".length));
    const [first] = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...(values as string[]));
    db.close();
    expect(first?.["detail"]).toMatch(/^SEARCH t0 USING COVERING INDEX .*\(word=\?/);
  });

  test("a record without a key makes no batch", async () => {
    const { url } = await labSource(
      "sqlite",
      "CREATE TABLE t (k text PRIMARY KEY); INSERT INTO t VALUES (NULL), ('a')",
    );
    const call = await callIn(await labOrg(url, {}, "missing"));
    await expect(createBatch(call, { object: "t", name: "B", where: {} })).rejects.toMatchObject({
      code: "key-missing",
    });
    const { batch } = await createBatch(call, { object: "t", name: "B", where: { k: { $exists: true } } });
    expect(batch.count).toBe(1);
  });
});

describe.skipIf(noMariadb("keys of batches"))("MariaDB", () => {
  suite(MARIADB, async () => {
    const { url } = await labSource("mariadb", tablesOf(MARIADB));
    return labOrg(url, {}, "mariadb");
  });
});

describe("files", () => {
  const FILES = {
    integer: {
      type: "",
      keys: [
        ["1", "1"],
        ["-20", "-20"],
      ],
      others: ["01", "1.0"],
    },
    text: {
      type: "",
      keys: [
        ["é", "é"],
        ["x;y", "x;y"],
      ],
      others: ["X;Y"],
    },
    date: { type: "", keys: [["2024-05-01", "2024-05-01"]], others: ["2024-5-1"] },
    instant: { type: "", keys: [["2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"]], others: ["2024-05-01T10:00:00"] },
    decimal: {
      type: "",
      keys: [
        ["1.50", "1.50"],
        ["2.25", "2.25"],
      ],
      others: ["1.5"],
    },
    uuid: {
      type: "",
      keys: [["7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"]],
      others: [],
    },
  } as const satisfies Readonly<Record<string, KeyType>>;
  suite(FILES, async () => {
    const folder = join(temporaryFolder(), "files");
    mkdirSync(folder);
    const objects: Record<string, unknown> = {};
    for (const [name, { keys }] of Object.entries(FILES)) {
      const text = `k,n\n${keys.map(([value], n) => `${value},${n}\n`).join("")}`;
      for (const [prefix, key] of [
        ["k", ["k"]],
        ["c", ["k", "n"]],
      ] as const) {
        writeFileSync(join(folder, `${prefix}_${name}.csv`), text);
        objects[`${prefix}_${name}`] = { key };
      }
    }
    return labOrg(`files:${folder}`, { objects }, "files");
  });
});
