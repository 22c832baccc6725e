// Every operator of the query language on every type, with the same meaning in every engine.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exported, records } from "../setup/export.ts";
import type { ColumnType, TestEngine, TestTable } from "./engine.ts";

/** Three values of each type in rising order. */
const RISING: Readonly<
  Record<Exclude<ColumnType, "json" | "array of text" | "array of integers">, readonly [string, string, string]>
> = {
  text: ["B", "a", "é"],
  integer: ["-9007199254740993", "7", "9223372036854775807"],
  decimal: ["-1.5", "0.10", "12345678901234567890.000000000000000001"],
  float: ["-1e300", "0.1", "1e+21"],
  boolean: ["false", "true", "true"],
  date: ["-0043-03-15", "1899-12-31", "9999-12-31"],
  time: ["00:00:00", "12:34:56.1", "23:59:59.999999"],
  datetime: ["0001-01-01T00:00:00", "2024-05-01T12:34:56.000001", "2024-05-01T12:34:56.1"],
  instant: ["1899-12-31T23:59:59Z", "2024-03-31T01:00:00Z", "2024-03-31T01:00:00.000001Z"],
  uuid: [
    "00000000-0000-0000-0000-000000000001",
    "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
  ],
  binary: ["AA==", "AAE=", "/+8="],
  enum: ["happy", "ok", "sad"],
};

const TYPES = Object.keys(RISING) as (keyof typeof RISING)[];
const ORDERED = TYPES.filter((type) => !["boolean", "uuid", "binary"].includes(type));

/** Row n (1, 2, 3) holds the n-th value of each type; row 4 holds nothing. */
function typedTable(rising: (type: (typeof TYPES)[number]) => readonly [string, string, string]): TestTable {
  return {
    name: "typed",
    columns: [{ name: "id", type: "integer" }, ...TYPES.map((type) => ({ name: `the ${type}`, type }))],
    key: ["id"],
    rows: [
      ...[0, 1, 2].map((n) => [String(n + 1), ...TYPES.map((type) => rising(type)[n]!)]),
      ["4", ...TYPES.map(() => null)],
    ],
  };
}

const JSON_ROWS: readonly (string | null)[] = [
  `{"s":"soil","n":1,"b":true,"a":["x","y"],"o":{"k":"v"},"z":null}`,
  `{"s":"Water","n":2.5,"b":false,"a":[],"o":{"k":"w"}}`,
  `{"s":3,"n":"3","b":"true","a":"x","o":[1,2,3]}`,
  `{"a":[{"k":1,"t":"p"},{"k":2,"t":"q"}],"n":-0.5,"odd \\"key\\"":1,"é":"é"}`,
  `[1,"x",null,true]`,
  `"soil"`,
  `17`,
  `null`,
  null,
];

const json: TestTable = {
  name: "documents",
  columns: [
    { name: "id", type: "integer" },
    { name: "data", type: "json" },
  ],
  key: ["id"],
  rows: JSON_ROWS.map((text, n) => [String(n + 1), text]),
};

const arrays: TestTable = {
  name: "arrays",
  columns: [
    { name: "id", type: "integer" },
    { name: "words", type: "array of text" },
    { name: "numbers", type: "array of integers" },
  ],
  key: ["id"],
  rows: [
    ["1", `[]`, `[]`],
    ["2", `["a"]`, `[1]`],
    ["3", `["a","b"]`, `[1,5]`],
    ["4", `["B","a%","c_"]`, `[-3,5,9007199254740993]`],
    ["5", null, null],
  ],
};

const TEXTS: readonly string[] = [
  "Soil",
  "soil sample",
  "100%",
  "a_b",
  "a\\b",
  "ÉTÉ",
  "été",
  "line\nbreak",
  "",
  "a.b",
  "😀x",
  "[x]",
  "a'b\"c",
];

const texts: TestTable = {
  name: "texts",
  columns: [
    { name: "id", type: "integer" },
    { name: "t", type: "text" },
  ],
  key: ["id"],
  rows: [...TEXTS, null].map((text, n) => [String(n + 1), text]),
};

/** Declares the tests of an engine. */
export function operatorsBehave(engine: TestEngine): void {
  const risingOf = (type: (typeof TYPES)[number]): readonly [string, string, string] =>
    engine.rising?.[type] ?? RISING[type];
  const typed = typedTable(risingOf);
  describe(`${engine.name}: the query language`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    beforeAll(async () => {
      ({ url, drop } = await engine.make([typed, json, arrays, texts]));
    });
    afterAll(() => drop());

    const ids = async (object: string, where: unknown): Promise<unknown[]> =>
      (await records(url, { object, where, paths: ["id"] })).map(({ id }) => id);

    describe.each(TYPES)("%s", (type) => {
      const [low, middle, high] = risingOf(type);
      const field = `the ${type}`;
      const same = middle === high;
      it.each<[string, unknown, number[]]>([
        ["equality", middle, same ? [2, 3] : [2]],
        ["null", null, [4]],
        ["$eq", { $eq: low }, [1]],
        ["$eq null", { $eq: null }, [4]],
        ["$ne", { $ne: low }, [2, 3, 4]],
        ["$ne null", { $ne: null }, [1, 2, 3]],
        ["$in", { $in: [low, high] }, same ? [1, 2, 3] : [1, 3]],
        ["$in with null", { $in: [low, null] }, [1, 4]],
        ["$in of null", { $in: [null] }, [4]],
        ["$in of nothing", { $in: [] }, []],
        ["$nin", { $nin: [low] }, [2, 3, 4]],
        ["$nin with null", { $nin: [low, null] }, [2, 3]],
        ["$nin of null", { $nin: [null] }, [1, 2, 3]],
        ["$nin of nothing", { $nin: [] }, [1, 2, 3, 4]],
        ["$exists", { $exists: true }, [1, 2, 3]],
        ["$exists false", { $exists: false }, [4]],
        ["$not", { $not: { $eq: low } }, [2, 3]],
        ["two operators", { $ne: low, $exists: true }, [2, 3]],
      ])("%s", async (_name, condition, expected) => {
        expect(await ids("typed", { [field]: condition })).toEqual(expected);
      });
    });

    describe.each(ORDERED)("%s", (type) => {
      const [low, middle, high] = risingOf(type);
      const field = `the ${type}`;
      it.each<[string, unknown, number[]]>([
        ["$gt", { $gt: middle }, [3]],
        ["$gte", { $gte: middle }, [2, 3]],
        ["$lt", { $lt: middle }, [1]],
        ["$lte", { $lte: middle }, [1, 2]],
        ["$gt the highest", { $gt: high }, []],
        ["$lt the lowest", { $lt: low }, []],
        ["a range", { $gt: low, $lt: high }, [2]],
        ["$not of a range", { $not: { $gt: low } }, [1]],
      ])("%s", async (_name, condition, expected) => {
        expect(await ids("typed", { [field]: condition })).toEqual(expected);
      });

      it("orders rising with missing values last, falling with missing values first", async () => {
        const rising = await records(url, { object: "typed", paths: ["id"], order: [field] });
        expect(rising.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
        const falling = await records(url, { object: "typed", paths: ["id"], order: [`-${field}`] });
        expect(falling.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
      });
    });

    it.each<[unknown, number[]]>([
      [{}, [1, 2, 3, 4]],
      [{ $and: [{ id: { $gt: 1 } }, { id: { $lt: 4 } }] }, [2, 3]],
      [{ $or: [{ id: 1 }, { "the text": null }] }, [1, 4]],
      [{ $nor: [{ id: 1 }, { id: { $gte: 3 } }] }, [2]],
      [{ $not: { id: { $in: [1, 2] } } }, [3, 4]],
      [{ $or: [{ $and: [{ id: 1 }, { "the enum": "happy" }] }, { $not: { id: { $lt: 4 } } }] }, [1, 4]],
      [{ id: "2" }, [2]],
      [{ "the float": { $gt: "NaN" } }, []],
      [{ "the instant": "2024-03-31T03:00:00+02:00" }, [2]],
      [{ "the instant": { $gte: "2024-03-31" } }, [2, 3]],
      [{ "the datetime": { $gte: "2024-05-01" } }, [2, 3]],
      [{ "the uuid": "{7D9F5A3C1B2E4C6D8F90A1B2C3D4E5F6}" }, [2]],
      [{ "the decimal": "0.1" }, [2]],
      [{ "the decimal": 0.1 }, [2]],
      [{ "the integer": { $lt: "99999999999999999999999" } }, [1, 2, 3]],
    ])("typed where %j", async (where, expected) => {
      expect(await ids("typed", where)).toEqual(expected);
    });

    it("reads a date and time without a zone in the export's zone", async () => {
      const where = { "the instant": { $gte: "2024-03-31T03:00:00", $lt: "2024-03-31T03:00:00.000001" } };
      const found = await records(url, { object: "typed", paths: ["id"], where, timeZone: "Europe/Paris" });
      expect(found).toEqual([{ id: 2 }]);
    });

    it.each<[unknown, number[]]>([
      [{ "data.s": "soil" }, [1]],
      [{ "data.s": 3 }, [3]],
      [{ "data.s": { $ne: "soil" } }, [2, 3, 4, 5, 6, 7, 8, 9]],
      [{ "data.s": { $in: ["soil", 3] } }, [1, 3]],
      [{ "data.s": { $nin: ["soil", null] } }, [2, 3]],
      [{ "data.s": null }, [4, 5, 6, 7, 8, 9]],
      [{ "data.z": null, id: { $lte: 2 } }, [1, 2]],
      [{ "data.z": { $exists: true } }, []],
      [{ "data.n": { $gt: 1 } }, [2]],
      [{ "data.n": { $lt: 0 } }, [4]],
      [{ "data.n": { $gte: "0" } }, [3]],
      [{ "data.n": { $not: { $gt: 1 } } }, [1, 3, 4]],
      [{ "data.b": true }, [1]],
      [{ "data.b": "true" }, [3]],
      [{ "data.b": { $ne: true }, id: { $lte: 4 } }, [2, 3, 4]],
      [{ "data.o.k": "w" }, [2]],
      [{ 'data.odd "key"': 1 }, [4]],
      [{ "data.é": "é" }, [4]],
      [{ "data.s": { $contains: "oi" } }, [1]],
      [{ "data.s": { $contains: "WAT", $options: "i" } }, [2]],
      [{ "data.s": { $startsWith: "Wa" } }, [2]],
      [{ "data.s": { $regex: "^.oil$" } }, [1]],
      [{ "data.s": { $not: { $contains: "oi" } } }, [2, 3]],
      [{ "data.a": { $size: 2 } }, [1, 4]],
      [{ "data.a": { $size: 0 } }, [2]],
      [{ "data.o": { $size: 3 } }, [3]],
      [{ "data.a": { $all: ["x", "y"] } }, [1]],
      [{ "data.a": { $all: ["x"] } }, [1]],
      [{ "data.a": { $elemMatch: { k: { $gt: 1 } } } }, [4]],
      [{ "data.a": { $elemMatch: { k: 1, t: "q" } } }, []],
      [{ "data.a": { $elemMatch: { k: 1, t: "p" } } }, [4]],
      [{ "data.a": { $elemMatch: { $or: [{ k: 7 }, { t: { $startsWith: "q" } }] } } }, [4]],
      [{ "data.a": { $elemMatch: { $eq: "y" } } }, [1]],
      [{ data: { $size: 4 } }, [5]],
      [{ data: { $all: [1, true] } }, [5]],
      [{ data: { $elemMatch: { $contains: "x" } } }, [5]],
      [{ data: "soil" }, [6]],
      [{ data: 17 }, [7]],
      [{ data: null }, [8, 9]],
      [{ data: { $exists: true }, id: { $gt: 6 } }, [7]],
      [{ $nor: [{ "data.s": "soil" }, { "data.s": null }] }, [2, 3]],
    ])("JSON where %j", async (where, expected) => {
      expect(await ids("documents", where)).toEqual(expected);
    });

    it("orders by a JSON key: numbers, then text, then what is neither", async () => {
      const by = async (order: string): Promise<unknown[]> =>
        (await records(url, { object: "documents", paths: ["id"], order: [order], where: { id: { $lte: 5 } } })).map(
          ({ id }) => id,
        );
      expect(await by("data.n")).toEqual([4, 1, 2, 3, 5]);
      expect(await by("data.s")).toEqual([3, 2, 1, 4, 5]);
      expect(await by("-data.n")).toEqual([5, 3, 2, 1, 4]);
    });

    it("shows JSON keys as columns, scalars without their quotes", async () => {
      const { text } = await exported(url, {
        object: "documents",
        format: "csv",
        paths: ["id", "data.s", "data.n", "data.b", "data.a", 'data.odd "key"', "data.é", "data.o.k"],
      });
      expect(text).toBe(
        [
          `id,data.s,data.n,data.b,data.a,"data.odd ""key""",data.é,data.o.k`,
          `1,soil,1,true,"[""x"",""y""]",,,v`,
          `2,Water,2.5,false,[],,,w`,
          `3,3,3,true,x,,,`,
          `4,,-0.5,,"[{""k"":1,""t"":""p""},{""k"":2,""t"":""q""}]",1,é,`,
          `5,,,,,,,`,
          `6,,,,,,,`,
          `7,,,,,,,`,
          `8,,,,,,,`,
          `9,,,,,,,`,
          ``,
        ].join("\n"),
      );
    });

    it.each<[unknown, number[]]>([
      [{ words: { $size: 0 } }, [1]],
      [{ words: { $size: 3 } }, [4]],
      [{ words: { $all: ["a"] } }, [2, 3]],
      [{ words: { $all: ["a", "b"] } }, [3]],
      [{ words: { $elemMatch: { $eq: "B" } } }, [4]],
      [{ words: { $elemMatch: { $gt: "a" } } }, [3, 4]],
      [{ words: { $elemMatch: { $startsWith: "a%" } } }, [4]],
      [{ words: { $elemMatch: { $regex: "^[bc]" } } }, [3, 4]],
      [{ words: { $elemMatch: { $contains: "b", $options: "i" } } }, [3, 4]],
      [{ words: { $exists: false } }, [5]],
      [{ words: { $exists: true } }, [1, 2, 3, 4]],
      [{ words: { $not: { $size: 0 } } }, [2, 3, 4]],
      [{ numbers: { $all: [5] } }, [3, 4]],
      [{ numbers: { $elemMatch: { $gt: 1, $lt: 6 } } }, [3, 4]],
      [{ numbers: { $elemMatch: { $lt: 0 } } }, [4]],
      [{ numbers: { $elemMatch: { $in: [1, 2] } } }, [2, 3]],
    ])("arrays where %j", async (where, expected) => {
      expect(await ids("arrays", where)).toEqual(expected);
    });

    it.each<[unknown, string[]]>([
      [{ $contains: "%" }, ["100%"]],
      [{ $contains: "_" }, ["a_b"]],
      [{ $contains: "\\" }, ["a\\b"]],
      [{ $contains: "soil" }, ["soil sample"]],
      [{ $contains: "soil", $options: "i" }, ["Soil", "soil sample"]],
      [{ $contains: "t", $options: "i" }, ["ÉTÉ", "été"]],
      [{ $contains: "é", $options: "i" }, ["ÉTÉ", "été"]],
      [{ $contains: "." }, ["a.b"]],
      [{ $contains: ".", $options: "i" }, ["a.b"]],
      [{ $contains: "[x", $options: "i" }, ["[x]"]],
      [{ $contains: "" }, TEXTS.slice()],
      [{ $contains: `'b"` }, [`a'b"c`]],
      [{ $startsWith: "S" }, ["Soil"]],
      [{ $startsWith: "s", $options: "i" }, ["Soil", "soil sample"]],
      [{ $startsWith: "" }, TEXTS.slice()],
      [{ $startsWith: "😀" }, ["😀x"]],
      [{ $regex: "^.$" }, []],
      [{ $regex: "^.x$" }, ["😀x"]],
      [{ $regex: "^line.break$" }, ["line\nbreak"]],
      [{ $regex: "break$" }, ["line\nbreak"]],
      [{ $regex: "^break" }, []],
      [{ $regex: "^$" }, [""]],
      [{ $regex: "\\d{2,3}%" }, ["100%"]],
      [{ $regex: "^[a-z]\\.[^a]$" }, ["a.b"]],
      [{ $regex: "^a[\\\\\\]^-]b$" }, ["a\\b"]],
      [{ $regex: "^\\[x\\]$" }, ["[x]"]],
      [{ $regex: "^(soil|été)( sample)?$" }, ["soil sample", "été"]],
      [{ $regex: "^(?:SOIL|ÉTÉ)", $options: "i" }, ["Soil", "soil sample", "ÉTÉ", "été"]],
      [{ $regex: "^[é-ê]T", $options: "i" }, ["ÉTÉ", "été"]],
      [{ $regex: "\\s" }, ["soil sample", "line\nbreak"]],
      [{ $regex: "^\\W" }, ["ÉTÉ", "été", "😀x", "[x]"]],
      [{ $not: { $regex: "." } }, [""]],
      [{ $regex: "(a+)+$" }, []],
    ])("text %j", async (condition, expected) => {
      const found = await records(url, { object: "texts", paths: ["t"], where: { t: condition } });
      expect(found.map(({ t }) => t)).toEqual(expected);
    });

    it("takes 10,000 values and 100 conditions", async () => {
      const many = Array.from({ length: 10_000 }, (_, n) => n + 2);
      expect(await ids("typed", { id: { $in: many } })).toEqual([2, 3, 4]);
      expect(await ids("typed", { $or: Array.from({ length: 100 }, (_, n) => ({ id: n + 3 })) })).toEqual([3, 4]);
    });
  });
}
