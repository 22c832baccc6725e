import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duckdb } from "../../../test/readers/duckdb.ts";
import { fuzz } from "../../../test/setup/fuzz.ts";
import { type Cell, missing, typedBatch } from "../../../test/setup/typed-batch.ts";
import { Kind } from "../../cells/kinds.ts";
import { Output } from "../../cells/output.ts";
import { type Problem, Problems } from "../../cells/problems.ts";
import type { ColumnShape } from "../../cells/row-writer.ts";
import { zoneNamed } from "../../cells/zone.ts";
import type { FieldType } from "../../catalog/types.ts";
import { type GroupLimits, ParquetWriter } from "./parquet.ts";

type TypeOf = FieldType | readonly ["decimal", native: string];

interface Options {
  readonly limits?: GroupLimits;
  /** After how many rows batches end. */
  readonly cuts?: readonly number[];
  readonly zone?: string;
}

/** The file of a table with columns a, b, c, … */
async function file(
  types: readonly TypeOf[],
  rows: readonly (readonly Cell[])[],
  { limits, cuts = [], zone = "UTC" }: Options = {},
): Promise<{ readonly bytes: Buffer; readonly problems: readonly Problem[] }> {
  const columns = types.map((type, cell): ColumnShape => {
    const name = String.fromCharCode(97 + cell);
    return typeof type === "string"
      ? { name, path: [name], type, cell }
      : { name, path: [name], type: type[0], native: type[1], cell };
  });
  const problems = new Problems();
  const context = { zone: zoneNamed(zone), language: "en", problems };
  const writer = new ParquetWriter({ name: "test", columns, groups: [], lists: [] }, context, limits);
  const out = new Output(16);
  const chunks: Buffer[] = [];
  const take = (): void => {
    chunks.push(Buffer.from(out.written()));
    out.length = 0;
  };
  writer.head(out);
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < rows.length), rows.length]) {
    // A row of something else at either end, which is not asked for.
    const other = types.map((): Cell => [Kind.word, "no"]);
    const batch = typedBatch([other, ...rows.slice(from, to), other]);
    await writer.rows(batch, 1, batch.rows - 1, out);
    from = to;
    take();
  }
  await writer.tail(out);
  take();
  return { bytes: Buffer.concat(chunks), problems: problems.list() };
}

/** One column: its values as DuckDB writes them, and the problems. */
async function column(
  type: TypeOf,
  cells: readonly Cell[],
  options: Options & { readonly as?: string } = {},
): Promise<{ readonly type: unknown; readonly values: readonly unknown[]; readonly problems: readonly string[] }> {
  const { bytes, problems } = await file(
    [type],
    cells.map((cell) => [cell]),
    options,
  );
  const [shape, values] = await duckdb(
    bytes,
    "DESCRIBE FROM FILE",
    `SELECT CAST(${options.as ?? "a"} AS VARCHAR) FROM FILE`,
  );
  return {
    type: shape?.rows[0]?.[1],
    values: values?.rows.map(([value]) => value) ?? [],
    problems: problems.map(({ code, column: name, count }) => `${code} ${name} ${count}`),
  };
}

const integer = (value: number): Cell => [Kind.integer, value];
const digits = (text: string): Cell => [Kind.digits, text];

describe("values", () => {
  it("keeps 64-bit integers exact, and leaves out what is none", async () => {
    expect(
      await column("integer", [
        integer(0),
        integer(-1),
        integer(2 ** 31),
        integer(-(2 ** 31) - 1),
        integer(Number.MAX_SAFE_INTEGER),
        integer(Number.MIN_SAFE_INTEGER),
        digits("9007199254740993"),
        digits("-9223372036854775808"),
        digits("9223372036854775807"),
        digits("2.00"),
        [Kind.float, 2 ** 60],
        [Kind.boolean, 1],
        missing,
        digits("9223372036854775808"),
        digits("-9223372036854775809"),
        digits("123456789012345678901234567890123456789012"),
        digits("1.5"),
        digits("NaN"),
        digits("-Infinity"),
        [Kind.float, 1.5],
        [Kind.float, 2 ** 63],
        [Kind.float, NaN],
        [Kind.text, "12"],
      ]),
    ).toEqual({
      type: "BIGINT",
      values: [
        "0",
        "-1",
        "2147483648",
        "-2147483649",
        "9007199254740991",
        "-9007199254740991",
        "9007199254740993",
        "-9223372036854775808",
        "9223372036854775807",
        "2",
        "1152921504606846976",
        "1",
        ...Array(11).fill(null),
      ],
      problems: ["value-left-out a 10"],
    });
  });

  it("writes decimals of every precision and scale exactly", async () => {
    const decimals = fc
      .integer({ min: 1, max: 38 })
      .chain((precision) => fc.tuple(fc.constant(precision), fc.integer({ min: 0, max: precision })))
      .chain(([precision, scale]) => {
        const most = 10n ** BigInt(precision) - 1n;
        const unscaled = fc.array(fc.bigInt({ min: -most, max: most }), { minLength: 1, maxLength: 20 });
        return fc.tuple(fc.constant(precision), fc.constant(scale), unscaled);
      });
    await fuzz(
      decimals,
      async ([precision, scale, unscaled]) => {
        const texts = unscaled.map((value) => decimalText(value, scale));
        const { type, values, problems } = await column(
          ["decimal", `numeric(${precision},${scale})`],
          texts.map(digits),
        );
        expect(type).toBe(`DECIMAL(${precision},${scale})`);
        // Without a digit before the point where there can be none.
        expect(values).toEqual(precision === scale ? texts.map((text) => text.replace("0.", ".")) : texts);
        expect(problems).toEqual([]);
      },
      60,
    );
  });

  it("takes any number into a decimal, rounds half away from zero and leaves out what is too large", async () => {
    expect(
      await column(
        ["decimal", "DECIMAL(5, 2)"],
        [
          digits("1.5"),
          digits("1"),
          digits("1.500"),
          integer(-7),
          [Kind.float, 0.1],
          [Kind.float32, Math.fround(0.1)],
          [Kind.float, -0],
          digits("-0.00"),
          digits("999.99"),
          digits("0.005"),
          digits("-0.005"),
          digits("0.00499999999999999999999999"),
          digits("-1.045"),
          [Kind.float, 1.005],
          [Kind.float, 1e-7],
          digits("999.995"),
          digits("1000"),
          integer(1000),
          [Kind.float, 1e300],
          [Kind.float, Infinity],
          digits("NaN"),
          digits("1".repeat(50)),
          [Kind.text, "1.5"],
        ],
      ),
    ).toEqual({
      type: "DECIMAL(5,2)",
      values: [
        ..."1.50 1.00 1.50 -7.00 0.10 0.10 0.00 0.00 999.99 0.01 -0.01 0.00 -1.05 1.01 0.00".split(" "),
        ...Array(8).fill(null),
      ],
      problems: ["number-rounded a 6", "value-left-out a 8"],
    });
  });

  it("rounds decimals of many digits up to the next power of ten, and no further", async () => {
    const nines = "9".repeat(36);
    const { values, problems } = await column(
      ["decimal", "numeric(38,1)"],
      [digits(`${nines}.95`), digits(`9${nines}.95`), digits(`-${nines}.949`), [Kind.float, 1e20], integer(2 ** 52)],
    );
    expect(values).toEqual([`1${"0".repeat(36)}.0`, null, `-${nines}.9`, `1${"0".repeat(20)}.0`, `${2 ** 52}.0`]);
    expect(problems).toEqual(["number-rounded a 2", "value-left-out a 1"]);
  });

  it.each([undefined, "numeric", "numeric(39,2)", "numeric(3,-2)", "numeric(2,5)", "DECIMAL TEXT"])(
    "writes decimals of %s as text",
    async (native) => {
      expect(
        await column(native === undefined ? "decimal" : ["decimal", native], [
          digits("1.50"),
          [Kind.float, 1e21],
          digits("NaN"),
        ]),
      ).toEqual({ type: "VARCHAR", values: ["1.50", "1e+21", "NaN"], problems: [] });
    },
  );

  it("keeps every double, and tells when digits do not fit", async () => {
    const doubles = [0.1, -0, 5e-324, Number.MAX_VALUE, Infinity, -Infinity, NaN, 1e21, Math.fround(0.1)];
    const cells: Cell[] = [
      ...doubles.map((value): Cell => [Kind.float, value]),
      [Kind.float32, Math.fround(0.1)],
      integer(Number.MAX_SAFE_INTEGER),
      digits("9007199254740994"),
      digits("0.10"),
      digits("-Infinity"),
      digits("9007199254740993"),
      [Kind.text, "1"],
    ];
    const { bytes, problems } = await file(
      ["float"],
      cells.map((cell) => [cell]),
    );
    const [found] = await duckdb(bytes, "SELECT CAST(a AS VARCHAR) FROM FILE");
    const numbers = found?.rows.map(([text]) =>
      typeof text === "string" ? Number(text.replace("inf", "Infinity")) : text,
    );
    expect(numbers).toEqual([
      ...doubles,
      Math.fround(0.1),
      Number.MAX_SAFE_INTEGER,
      9007199254740994,
      0.1,
      -Infinity,
      9007199254740992,
      null,
    ]);
    expect(problems).toEqual([
      { code: "number-rounded", column: "a", count: 1 },
      { code: "value-left-out", column: "a", count: 1 },
    ]);
  });

  it("takes 0 and 1 for booleans", async () => {
    const cells: Cell[] = [[Kind.boolean, 1], [Kind.boolean, 0], integer(1), missing, integer(2), [Kind.text, "true"]];
    expect(await column("boolean", [...cells, ...cells])).toEqual({
      type: "BOOLEAN",
      values: ["true", "false", "true", null, null, null, "true", "false", "true", null, null, null],
      problems: ["value-left-out a 4"],
    });
  });

  it("writes dates, also those that arrive as midnight", async () => {
    expect(
      await column(
        "date",
        [
          [Kind.date, 0],
          [Kind.date, -719_529],
          [Kind.date, 2_932_896],
          [Kind.datetime, [86_400 * 3, 0]],
          [Kind.datetime, [86_400 * 3 + 1, 0]],
          [Kind.datetime, [86_400 * 3, 1]],
          [Kind.word, "infinity"],
          [Kind.date, 2 ** 31],
        ],
        { as: "a - DATE '1970-01-01'" },
      ),
    ).toEqual({
      type: "DATE",
      values: ["0", "-719529", "2932896", "3", null, null, null, null],
      problems: ["value-left-out a 3", "date-out-of-range a 1"],
    });
  });

  it("writes times of day", async () => {
    expect(
      await column("time", [[Kind.time, 0], [Kind.time, 86_399_999_999], [Kind.time, 86_400_000_000], integer(1)]),
    ).toEqual({
      type: "TIME",
      values: ["00:00:00", "23:59:59.999999", null, null],
      problems: ["date-out-of-range a 1", "value-left-out a 1"],
    });
  });

  it("writes timestamps exact to the microsecond, however far away", async () => {
    const most = 9_223_372_036_854;
    const times = fc.array(fc.tuple(fc.integer({ min: -most, max: most }), fc.integer({ min: 0, max: 999_999 })), {
      minLength: 1,
    });
    const [low, high] = [-9_223_372_022_400_000_000n, 9_223_372_036_854_775_806n];
    await fuzz(
      times,
      async (pairs) => {
        const { bytes } = await file(
          ["datetime", "instant"],
          pairs.map((pair) => [
            [Kind.datetime, pair],
            [Kind.instant, pair],
          ]),
        );
        const expected = pairs.map(([seconds, microseconds]) => BigInt(seconds) * 1_000_000n + BigInt(microseconds));
        const shown = expected.filter((value) => value >= low && value <= high).map(String);
        const where = `BETWEEN ${low} AND ${high}`;
        const [found] = await duckdb(
          bytes,
          `SELECT epoch_us(a), epoch_us(b) FROM FILE WHERE epoch_us(a) ${where} AND epoch_us(b) ${where}`,
        );
        expect(found?.rows).toEqual(shown.map((text) => [text, text]));
      },
      40,
    );
  });

  it("leaves out points in time that 64 bits cannot hold", async () => {
    const cells: Cell[] = [
      [Kind.instant, [9_223_372_036_854, 775_806]],
      [Kind.instant, [9_223_372_036_854, 775_808]],
      [Kind.instant, [-9_223_372_036_855, 224_191]],
      [Kind.datetime, [0, 0]],
      [Kind.word, "-infinity"],
    ];
    expect(await column("instant", cells, { as: "epoch_us(a)" })).toEqual({
      type: "TIMESTAMP WITH TIME ZONE",
      values: ["9223372036854775806", null, null, null, null],
      problems: ["date-out-of-range a 2", "value-left-out a 2"],
    });
  });

  it("shows instants among local times as the export's zone shows them", async () => {
    const summerEnds = Date.UTC(2024, 9, 27, 1) / 1000;
    const cells: Cell[] = [
      [Kind.datetime, [0, 500_000]],
      [Kind.date, 1],
      [Kind.instant, [0, 1]],
      [Kind.instant, [summerEnds - 1800, 0]],
      [Kind.instant, [summerEnds + 1800, 0]],
    ];
    expect(await column("datetime", cells, { zone: "Europe/Paris" })).toEqual({
      type: "TIMESTAMP",
      values: [
        "1970-01-01 00:00:00.5",
        "1970-01-02 00:00:00",
        "1970-01-01 01:00:00.000001",
        "2024-10-27 02:30:00",
        "2024-10-27 02:30:00",
      ],
      problems: ["ambiguous-local-time a 1"],
    });
    expect((await column("datetime", cells)).problems).toEqual([]);
  });

  it("writes UUIDs and bytes as they are", async () => {
    const uuid = Buffer.from("7d9f5a3c1b2e4c6d8f90a1b2c3d4e5f6", "hex");
    expect(
      await column("uuid", [
        [Kind.uuid, uuid],
        [Kind.text, "x"],
      ]),
    ).toEqual({
      type: "UUID",
      values: ["7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", null],
      problems: ["value-left-out a 1"],
    });
    const binary: Cell[] = [[Kind.binary, uuid], [Kind.binary, ""], [Kind.text, "é"], integer(1)];
    expect(await column("binary", binary, { as: "hex(a)" })).toEqual({
      type: "BLOB",
      values: [uuid.toString("hex").toUpperCase(), "", "C3A9", null],
      problems: ["value-left-out a 1"],
    });
  });

  it.each(["text", "any"] as const)("writes any kind into a column of %s as its canonical text", async (type) => {
    const cells: Cell[] = [
      [Kind.text, "é\u0000\n"],
      [Kind.text, ""],
      integer(-42),
      digits("1.50"),
      [Kind.float, 1e21],
      [Kind.boolean, 1],
      [Kind.date, 0],
      [Kind.instant, [0, 0]],
      [Kind.uuid, Buffer.alloc(16)],
      [Kind.binary, "\u0000"],
      [Kind.json, ' { "a" : [ 1 ] } '],
      [Kind.word, "infinity"],
      [Kind.text, "x".repeat(100_000)],
    ];
    expect(await column(type, cells)).toEqual({
      type: "VARCHAR",
      values: [
        "é\u0000\n",
        "",
        "-42",
        "1.50",
        "1e+21",
        "true",
        "1970-01-01",
        "1970-01-01T00:00:00Z",
        "00000000-0000-0000-0000-000000000000",
        "AA==",
        '{"a":[1]}',
        "infinity",
        "x".repeat(100_000),
      ],
      problems: [],
    });
  });

  it("takes text of every length, whether others follow it or not", async () => {
    const lengths = [...Array(70).keys(), 255, 256, 257, 3000, ...Array(20).keys()];
    const letters = "abcdefghijklmnopqrstuvwxyzé".repeat(200);
    const texts = lengths.map((length, n) => letters.slice(n, n + length));
    // Each in a batch of its own, too: its bytes end where the batch's do.
    for (const cuts of [[], texts.map((_, n) => n + 1)]) {
      const { values, problems } = await column(
        "text",
        texts.flatMap((text): Cell[] => [[Kind.text, text], missing]),
        { cuts },
      );
      expect(values).toEqual(texts.flatMap((text) => [text, null]));
      expect(problems).toEqual([]);
    }
  });

  it.each(["json", "array"] as const)("writes %s compact, and other kinds as JSON", async (type) => {
    const cells: Cell[] = [
      [Kind.json, ' [ 1, "a b" ] '],
      [Kind.text, 'no "json'],
      integer(5),
      [Kind.float, NaN],
      missing,
    ];
    expect(await column(type, cells)).toEqual({
      type: "JSON",
      values: ['[1,"a b"]', '"no \\"json"', "5", null, null],
      problems: ["not-a-number a 1"],
    });
  });
});

describe("files", () => {
  const types: readonly TypeOf[] = ["integer", "text", "boolean", ["decimal", "numeric(20,3)"], "float"];
  const rows = Array.from({ length: 1000 }, (_, n): Cell[] => [
    integer(n),
    n % 3 === 0 ? missing : [Kind.text, `text ${n} `.repeat(n % 400 === 7 ? 700 : n % 5)],
    n % 7 === 0 ? missing : [Kind.boolean, n % 2],
    digits(`${n}.5`),
    n < 500 ? missing : [Kind.float, n / 4],
  ]);
  const texts = rows.map(([id, text, boolean, , float], n) => [
    String(id![1]),
    text === missing ? null : text![1],
    boolean === missing ? null : boolean![1] === 1,
    `${n}.500`,
    float === missing ? null : float![1],
  ]);

  it.each([
    [{ rows: 122_880, bytes: 1 << 24 }, 1],
    [{ rows: 100, bytes: 1 << 24 }, 10],
    [{ rows: 999, bytes: 1 << 24 }, 2],
    [{ rows: 1, bytes: 1 << 24 }, 1000],
    [{ rows: 122_880, bytes: 1 }, 1000],
    [{ rows: 122_880, bytes: 5000 }, 10],
  ])("ends row groups by %j: %i of them", async (limits, groups) => {
    const { bytes } = await file(types, rows, { limits });
    const [found, facts, chunks] = await duckdb(
      bytes,
      "SELECT a, b, c, CAST(d AS VARCHAR), e FROM FILE",
      "SELECT num_rows, num_row_groups, created_by, format_version FROM parquet_file_metadata(FILE)",
      `SELECT DISTINCT compression, encodings, sum(num_values) OVER (PARTITION BY column_id) FROM parquet_metadata(FILE)`,
    );
    expect(found?.rows).toEqual(texts);
    expect(facts?.rows).toEqual([["1000", String(groups), "waybill version 1", "1"]]);
    expect(chunks?.rows).toEqual([["ZSTD", "PLAIN, RLE", "1000"]]);
  });

  it("does not depend on where batches end", async () => {
    const limits = { rows: 300, bytes: 20_000 };
    const { bytes: whole } = await file(types, rows, { limits });
    await fuzz(
      fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 30 }),
      async (cuts) => {
        const { bytes } = await file(types, rows, { limits, cuts: cuts.toSorted((a, b) => a - b) });
        expect(bytes.equals(whole)).toBe(true);
      },
      50,
    );
    const single = rows.map((_, n) => n + 1);
    const { bytes } = await file(types, rows, { limits, cuts: single });
    expect(bytes.equals(whole)).toBe(true);
  });

  it("is a file with its columns when there are no rows", async () => {
    const { bytes } = await file(["integer", ["decimal", "numeric(12,2)"], "array"], []);
    const [shape, count, facts] = await duckdb(
      bytes,
      "SELECT column_name, column_type FROM (DESCRIBE FROM FILE)",
      "SELECT count(*) FROM FILE",
      "SELECT num_rows, num_row_groups FROM parquet_file_metadata(FILE)",
    );
    expect(shape?.rows).toEqual([
      ["a", "BIGINT"],
      ["b", "DECIMAL(12,2)"],
      ["c", "JSON"],
    ]);
    expect(count?.rows).toEqual([["0"]]);
    expect(facts?.rows).toEqual([["0", "0"]]);
  });

  it.each([
    ["all", () => true],
    ["none", () => false],
    ["every other", (n: number) => n % 2 === 0],
    ["the first", (n: number) => n === 0],
    ["the last", (n: number, of: number) => n === of - 1],
    ["long runs of", (n: number) => n % 200 < 90],
    ["runs between single ones of", (n: number) => n % 100 < 40 || n % 3 === 0],
    ["only early", (n: number) => n < 20],
  ])("reads back where %s values are missing", async (_, isMissing) => {
    for (const length of [1, 7, 8, 9, 64, 1000, 1003]) {
      const cells = Array.from({ length }, (__, n): Cell => (isMissing(n, length) ? missing : integer(n)));
      const { bytes } = await file(
        ["integer", "boolean"],
        cells.map((cell) => [cell, cell === missing ? missing : [Kind.boolean, Number(cell[1]) % 2]]),
      );
      const [found, nulls] = await duckdb(
        bytes,
        "SELECT a, b FROM FILE",
        "SELECT stats_null_count FROM parquet_metadata(FILE) ORDER BY column_id",
      );
      const expected = cells.map((cell, n) => (cell === missing ? [null, null] : [String(n), n % 2 === 1]));
      expect(found?.rows).toEqual(expected);
      const count = String(cells.filter((cell) => cell === missing).length);
      expect(nulls?.rows).toEqual([[count], [count]]);
    }
  });

  it("reads back where any values are missing", async () => {
    const runs = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 20 });
    await fuzz(
      runs,
      async (lengths) => {
        const present = lengths.flatMap(([there, length]) => Array.from({ length }, () => there));
        const { bytes } = await file(
          ["integer"],
          present.map((there, n) => [there ? integer(n) : missing]),
        );
        const [found] = await duckdb(bytes, "SELECT a FROM FILE");
        expect(found?.rows.map(([value]) => value)).toEqual(present.map((there, n) => (there ? String(n) : null)));
      },
      60,
    );
  });
});

describe("statistics", () => {
  async function bounds(type: TypeOf, cells: readonly Cell[]): Promise<unknown> {
    const { bytes } = await file(
      [type],
      cells.map((cell) => [cell]),
    );
    const [found] = await duckdb(bytes, "SELECT stats_min_value, stats_max_value FROM parquet_metadata(FILE)");
    return found?.rows[0];
  }

  it("bounds integers, also beyond what doubles tell apart", async () => {
    expect(await bounds("integer", [integer(5), integer(-3), missing])).toEqual(["-3", "5"]);
    expect(
      await bounds("integer", [digits("9007199254740993"), integer(9007199254740991), digits("9007199254740994")]),
    ).toEqual(["9007199254740991", "9007199254740994"]);
    expect(await bounds("integer", [missing])).toEqual([null, null]);
  });

  it("bounds decimals, dates and times", async () => {
    expect(await bounds(["decimal", "numeric(5,2)"], [digits("-1.5"), digits("2")])).toEqual(["-1.50", "2.00"]);
    expect(await bounds(["decimal", "numeric(15,2)"], [digits("-1.5"), digits("2")])).toEqual(["-1.50", "2.00"]);
    expect(
      await bounds("date", [
        [Kind.date, -1],
        [Kind.date, 1],
      ]),
    ).toEqual(["1969-12-31", "1970-01-02"]);
    expect(
      await bounds("datetime", [
        [Kind.datetime, [-1, 5]],
        [Kind.datetime, [1e10, 5]],
      ]),
    ).toEqual(["1969-12-31 23:59:59.000005", "2286-11-20 17:46:40.000005"]);
  });

  it("bounds doubles with signed zeros, and not with NaN", async () => {
    const float = (value: number): Cell => [Kind.float, value];
    expect(await bounds("float", [float(1), float(-2.5)])).toEqual(["-2.5", "1.0"]);
    expect(await bounds("float", [float(0), float(1)])).toEqual(["-0.0", "1.0"]);
    expect(await bounds("float", [float(-0), float(-1)])).toEqual(["-1.0", "0.0"]);
    expect(await bounds("float", [float(1), float(NaN)])).toEqual([null, null]);
  });
});

/** An unscaled integer as decimal text. */
function decimalText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? "-" : "";
  const text = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  return scale === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
