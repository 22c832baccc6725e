// Templates: every rule on every type, byte for byte against a small reference that works on the tables' canonical texts.
import { DateTime } from "luxon";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, utils } from "xlsx";
import type { Catalog } from "../../src/catalog/types.ts";
import { dataOf } from "../../src/plan/plan.ts";
import { duckdb, duckName } from "../readers/duckdb.ts";
import { pythonOds } from "../readers/ods.ts";
import { configured } from "../setup/configured.ts";
import { daysOf, pseudonym } from "../setup/pseudonyms.ts";
import { type Asking, dataset, templated } from "../setup/templated.ts";
import type { TestEngine, TestTable } from "./engine.ts";
import { fitted } from "./fitted.ts";

const all: TestTable = {
  name: "things",
  columns: [
    { name: "id", type: "integer" },
    { name: "text", type: "text" },
    { name: "integer", type: "integer" },
    { name: "decimal", type: "decimal" },
    { name: "float", type: "float" },
    { name: "boolean", type: "boolean" },
    { name: "date", type: "date" },
    { name: "time", type: "time" },
    { name: "datetime", type: "datetime" },
    { name: "instant", type: "instant" },
    { name: "uuid", type: "uuid" },
    { name: "binary", type: "binary" },
    { name: "json", type: "json" },
    { name: "array", type: "array of text" },
    { name: "enum", type: "enum" },
  ],
  key: ["id"],
  // prettier-ignore
  rows: [
    ["1", "P-1", "42", "1.50", "0.1", "true", "2024-05-01", "12:34:56", "2024-05-01T12:34:56", "2024-05-01T12:34:56Z",
      "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", "AAEC", `{"a":"x","n":7}`, `["a","b"]`, "sad"],
    ["2", "2024-02-29", "0", "0.00", "1e+21", "false", "1999-12-31", "00:00:00", "1999-12-31T23:59:59.123456",
      "2023-12-31T23:30:00.5Z", "00000000-0000-0000-0000-000000000000", "", `{"a":null,"day":"2020-02-29"}`, `[]`, "ok"],
    ["3", "é,\"😀\"\nx", "-9223372036854775808", "-12.30", "-1.5", "false", "0001-01-01", "23:59:59.999999",
      "2024-02-29T00:00:00", "2024-10-27T01:30:00Z", "ffffffff-ffff-ffff-ffff-ffffffffffff", "/+/+7w==", `[1]`, `["a,b"]`, "happy"],
    ["4", "", "7", "100.00", "-0.25", "true", "9999-12-31", "00:00:00.5", "1970-01-01T00:00:00", "1970-01-01T00:00:00Z",
      "abcdefab-cdef-abcd-efab-cdefabcdefab", "AA==", `""`, `[""]`, "sad"],
    ["5", ...Array.from({ length: 14 }, () => null)],
    ["6", "P-1", "42", "1.50", "0.1", "true", "2024-05-11", "12:34:56", "2024-05-21T12:34:56", "2024-05-31T12:34:56Z",
      "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6", "AAEC", `{"a":0,"b":[],"c":{},"d":false}`, `["a","b"]`, "sad"],
  ],
};

type Text = string | null;
const ZONE = "Europe/Paris";

/** A record of CSV (RFC 4180 section 2): empty text is quoted, missing is nothing. */
function csv(rows: readonly (readonly Text[])[]): string {
  const cell = (text: Text): string =>
    text === null ? "" : text === "" || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** Instants as an export in the zone shows them. */
function inZone(text: string): string {
  const [, seconds = "", fraction = ""] = /^(.*:\d\d)(\.\d+)?Z$/.exec(text)!;
  const moment = DateTime.fromISO(`${seconds}Z`, { zone: ZONE });
  return moment.toFormat("yyyy-MM-dd'T'HH:mm:ss") + fraction + moment.toFormat("ZZ");
}

function moved(text: string, days: number): string {
  const [, day = "", rest = ""] = /^(\d+-\d\d-\d\d)(.*)$/.exec(text)!;
  return DateTime.fromISO(day, { zone: "utc" }).plus({ days }).toFormat("yyyy-MM-dd") + rest;
}

/** Declares the tests of an engine. */
export function templatesBehave(engine: TestEngine): void {
  const things = fitted(all, engine);
  const names = things.columns.map(({ name }) => name);
  const typed = names.slice(1);
  const valueOf = (row: readonly Text[], name: string): Text => row[names.indexOf(name)] ?? null;
  /** What a rule makes of every value of some columns. */
  const made = (of: readonly string[], rule: (text: string, name: string, row: readonly Text[]) => Text): Text[][] =>
    things.rows.map((row) =>
      of.map((name) => (valueOf(row, name) === null ? null : rule(valueOf(row, name)!, name, row))),
    );
  /** Values without rules as the export shows them. */
  const plain = (text: string, name: string): string => (name === "instant" ? inZone(text) : text);

  describe(`${engine.name}: templates`, () => {
    let url = "";
    let drop = async (): Promise<void> => {};
    let catalog: Catalog = { objects: new Map() };
    beforeAll(async () => {
      ({ url, drop } = await engine.make([things]));
      catalog = await configured(url, {}, { timeZone: ZONE, translations: { shared: { 42: "answer", true: "yes" } } });
    });
    afterAll(() => drop());
    const run = (template: object, asking: Asking = {}): ReturnType<typeof templated> =>
      templated(url, template, { catalog, ...asking });
    const columnsOf = (of: readonly string[], rules: object): object[] => of.map((field) => ({ field, ...rules }));
    const marked = (of: readonly string[]): string[] => of.map((name) => `${name} (deidentified)`);
    /** What a rule makes of every value of some columns, in CSV. */
    const bytes = async (of: readonly string[], rules: object): Promise<string> =>
      (await run(dataset("things", columnsOf(of, rules)))).text;

    it("hashes every type by its canonical text", async () => {
      const rows = made(typed, (text) => pseudonym(text));
      expect(await bytes(typed, { deidentify: "hash" })).toBe(csv([marked(typed), ...rows]));
    });

    it("truncates every type by characters", async () => {
      for (const length of [1, 3, 1000]) {
        const rows = made(typed, (text) => [...text].slice(0, length).join(""));
        expect(await bytes(typed, { deidentify: { rule: "truncate", length } })).toBe(csv([marked(typed), ...rows]));
      }
    });

    it("leaves a dropped column empty, whatever else is said of it", async () => {
      expect(await bytes(typed, { deidentify: "drop" })).toBe(
        csv([typed, ...made(typed, () => null)]).replace(csv([typed]), csv([marked(typed)])),
      );
      const more = { deidentify: "drop", translate: { x: "y" }, default: "-" };
      expect(await bytes(["text"], more)).toBe(csv([marked(["text"]), ...things.rows.map(() => ["-"])]));
    });

    it("keeps years, of instants in the export's zone; what is no date is left out and counted", async () => {
      const of = ["date", "datetime", "instant", "text", "json.day"];
      const { text, facts } = await run(dataset("things", columnsOf(of, { deidentify: "year" })));
      const year = (name: string, value: Text): Text =>
        value === null ? null : String(Number(plain(value, name).slice(0, 4)));
      const rows = things.rows.map((row) => [
        ...of.slice(0, 3).map((name) => year(name, valueOf(row, name))),
        valueOf(row, "text") === "2024-02-29" ? "2024" : null,
        valueOf(row, "json")?.includes("2020-02-29") === true ? "2020" : null,
      ]);
      expect(text).toBe(csv([marked(of), ...rows]));
      expect(facts.problems).toEqual([{ code: "value-left-out", column: "text (deidentified)", count: 4 }]);
    });

    it("shifts dates by whole days, by as many for all of a subject", async () => {
      const of = ["date", "datetime", "instant"];
      for (const [subject, days] of [
        ["text", 180],
        ["integer", 1],
        ["json.a", 30],
      ] as const) {
        const rule = { rule: "shift", days, subject };
        const subjectOf = (row: readonly Text[]): Text => {
          if (!subject.startsWith("json")) return valueOf(row, subject);
          const its = JSON.parse(valueOf(row, "json") ?? "null") as { a?: string | number | null } | null;
          return its?.a === null || its?.a === undefined ? null : String(its.a);
        };
        const { text, facts } = await run(
          dataset("things", columnsOf(of, { deidentify: rule }), { where: { id: { $nin: [3, 4] } } }),
        );
        const rows = things.rows
          .filter(([id]) => id !== "3" && id !== "4")
          .map((row) =>
            of.map((name) => {
              const value = valueOf(row, name);
              const whose = subjectOf(row);
              if (value === null || whose === null) return null;
              const by = daysOf(whose, days);
              expect(by !== 0 && Math.abs(by) <= days).toBe(true);
              return plain(moved(value, by), name);
            }),
          );
        expect(text).toBe(csv([marked(of), ...rows]));
        const lost =
          subject === "json.a"
            ? of.map((name) => ({ code: "value-left-out", column: `${name} (deidentified)`, count: 1 }))
            : [];
        expect(facts.problems).toEqual(lost);
        // The time between two dates of one person stays.
        const days1 = DateTime.fromISO(rows[0]![0] ?? "");
        if (subject === "text") expect(DateTime.fromISO(rows.at(-1)![0]!).diff(days1, "days").days).toBe(10);
      }
    });

    it("translates every type by its canonical text, and keeps what it does not know", async () => {
      const [first] = things.rows;
      const labels = Object.fromEntries(typed.map((name) => [valueOf(first!, name) ?? name, `label, of "${name}"`]));
      const rows = made(typed, (text, name) => labels[text] ?? plain(text, name));
      expect(await bytes(typed, { translate: labels })).toBe(csv([typed, ...rows]));
      const named = dataset(
        "things",
        [
          { field: "integer", name: "shared", translate: "shared" },
          { field: "integer", name: "own", translate: "own" },
        ],
        { translations: { own: { 0: "none", 42: "" } }, where: { id: { $in: [1, 2, 5] } } },
      );
      expect((await run(named)).text).toBe(
        csv([
          ["shared", "own"],
          ["answer", ""],
          ["0", "none"],
          [null, null],
        ]),
      );
    });

    it("puts a default where a value is missing or empty, and nowhere else", async () => {
      const [first] = things.rows;
      for (const fallback of ["none", ""]) {
        const rows = things.rows.map((row) =>
          typed.map((name) => {
            const text = valueOf(row, name);
            return text === null || (text === "" && name !== "binary") ? fallback : plain(text, name);
          }),
        );
        expect(await bytes(typed, { default: fallback })).toBe(csv([typed, ...rows]));
      }
      // A default that is a value of the column's type keeps the type.
      const columns = typed.map((field) => ({ field, default: valueOf(first!, field) ?? "none" }));
      const rows = things.rows.map((row) =>
        typed.map((name) => {
          const text = valueOf(row, name);
          const missing = text === null || (text === "" && name !== "binary");
          return missing
            ? valueOf(first!, name) === null
              ? "none"
              : plain(valueOf(first!, name)!, name)
            : plain(text, name);
        }),
      );
      const typedDefaults = await run(dataset("things", columns));
      expect(typedDefaults.text).toBe(csv([typed, ...rows]));
      const { tables } = dataOf(typedDefaults.plan)[0]!;
      const found = Object.fromEntries(tables[0].columns.map(({ name, type }) => [name, type]));
      for (const name of ["integer", "float", "boolean", "date", "datetime", "instant"]) expect(found[name]).toBe(name);
      const parquet = await run(dataset("things", columns, { format: "parquet" }));
      const [back] = await duckdb(
        parquet.bytes,
        `SELECT ${typed
          .filter((name) => !["json", "array", "binary", "instant", "float"].includes(name))
          .map((name) => `CAST(${duckName(name)} AS VARCHAR)`)
          .join(", ")} FROM FILE`,
      );
      const kept = typed.flatMap((name, n) =>
        ["json", "array", "binary", "instant", "float"].includes(name) ? [] : [n],
      );
      const spaced = (text: Text): Text => text?.replace(/^(\d{4}-\d\d-\d\d)T/, "$1 ") ?? null;
      expect(back!.rows).toEqual(rows.map((row) => kept.map((n) => spaced(row[n]!))));
    });

    it("shows dates by a pattern, instants in the export's zone, text that is a date too", async () => {
      const patterns: readonly [string, string, string][] = [
        ["date", "dd/MM/yyyy", "dd/MM/yyyy"],
        ["time", "HH'h'mm:ss.SSS", "HH'h'mm:ss.SSS"],
        ["datetime", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm"],
        ["instant", "d.M.yy HH:mm:ss xxx", "d.M.yy HH:mm:ss ZZ"],
        ["text", "dd/MM/yyyy", "dd/MM/yyyy"],
      ];
      const columns = patterns.map(([field, date]) => ({ field, date }));
      const { text, facts } = await run(dataset("things", columns));
      const rows = things.rows.map((row) =>
        patterns.map(([name, , luxon]) => {
          const value = valueOf(row, name);
          if (value === null || (name === "text" && !/^\d{4}-/.test(value))) return value;
          const millis = value.replace(/(\.\d{3})\d+/, "$1");
          return DateTime.fromISO(millis, { zone: name === "instant" ? ZONE : "utc" }).toFormat(luxon);
        }),
      );
      expect(text).toBe(csv([patterns.map(([name]) => name), ...rows]));
      expect(facts.problems).toEqual([{ code: "no-date", column: "text", count: 4 }]);
    });

    it("applies rules in their order: de-identify, translate, default, date", async () => {
      const known = pseudonym("P-1");
      const { text } = await run(
        dataset(
          "things",
          [
            {
              field: "text",
              name: "hashed",
              deidentify: "hash",
              translate: { [known]: "", "P-1": "never" },
              default: "nobody",
            },
            { field: "date", name: "day", default: "2000-01-31", date: "dd.MM.yyyy" },
            { field: "datetime", name: "year", deidentify: "year", translate: { 2024: "now" }, default: "0" },
            { field: "date", name: "shown", translate: { "2024-05-01": "1985-06-07" }, date: "d/M/yy" },
            { value: "", name: "empty" },
            { value: "LAB, 7", name: "fixed" },
            { value: 7 },
          ],
          { where: { id: { $in: [1, 2, 5] } } },
        ),
      );
      const year = (row: number): string =>
        things.rows[row]![names.indexOf("datetime")] === null ? "0" : row === 0 ? "now" : "1999";
      expect(text).toBe(
        csv([
          ["hashed (deidentified)", "day", "year (deidentified)", "shown", "empty", "fixed", "value"],
          ["nobody", "01.05.2024", year(0), "7/6/85", "", "LAB, 7", "7"],
          [pseudonym("2024-02-29"), "31.12.1999", year(1), "31/12/99", "", "LAB, 7", "7"],
          ["nobody", "31.01.2000", "0", null, "", "LAB, 7", "7"],
        ]),
      );
    });

    it("gives the same values in every format, marked where headers are for people", async () => {
      const columns = [
        { field: "id", name: 'n° "1"' },
        { field: "text", name: "who", deidentify: "hash" },
        { field: "date", name: "on", deidentify: { rule: "shift", days: 3, subject: "text" } },
        { field: "integer", name: "how many", default: 3 },
        { field: "instant", name: "at", date: "dd/MM/yyyy HH:mm" },
        { field: "json.a", name: "kind" },
        { value: "LAB-7", name: "lab" },
      ];
      const template = (format: string, options: object = {}): object =>
        dataset("things", columns, { format, options, where: { id: { $in: [1, 5] } } });
      const at = valueOf(things.rows[0]!, "instant") === null ? null : "01/05/2024 14:34";
      const day = moved("2024-05-01", daysOf("P-1", 3));
      const values = [
        [1, pseudonym("P-1"), day, 42, at, "x", "LAB-7"],
        [5, null, null, 3, null, null, "LAB-7"],
      ];
      const header = columns.map(({ name }) => name);
      const people = header.map((name) => (name === "who" || name === "on" ? `${name} (deidentified)` : name));
      const texts = values.map((row) => row.map((value) => (value === null ? null : String(value))));
      expect((await run(template("csv"))).text).toBe(csv([people, ...texts]));
      expect((await run(template("tsv"))).text).toBe(csv([people, ...texts]).replaceAll(",", "\t"));
      const french = (await run(template("csv"), { language: "fr" })).text;
      expect(french.split("\n")[0]).toBe(csv([people]).replaceAll("deidentified", "désidentifié").trim());
      const objects = values.map((row) => JSON.stringify(Object.fromEntries(header.map((name, n) => [name, row[n]]))));
      expect((await run(template("ndjson"))).text).toBe(`${objects.join("\n")}\n`);
      expect((await run(template("json"))).text).toBe(`[\n${objects.join(",\n")}\n]\n`);
      const arrays = [people, ...values].map((row) => JSON.stringify(row));
      expect((await run(template("json-rows"))).text).toBe(`[\n${arrays.join(",\n")}\n]\n`);
      const xml = (await run(template("xml", { row: "it" }))).text;
      const bare = xml
        .replaceAll(/<[^>]*>/g, "\n")
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "");
      expect(bare).toEqual(texts.flat().filter((value) => value !== null));
      expect(xml).not.toMatch(/deidentified/);
      const [sheet] = Object.values(read((await run(template("xlsx"))).bytes, { cellDates: false }).Sheets);
      const sheetRows = utils.sheet_to_json<unknown[]>(sheet!, { header: 1, defval: null });
      // Dates are days since 1899-12-30.
      const days = (cell: unknown): unknown =>
        typeof cell === "string" && /^\d{4}-\d\d-\d\d$/.test(cell) ? Date.parse(cell) / 86_400_000 + 25_569 : cell;
      expect(sheetRows).toEqual([people, ...values].map((row) => row.map(days)));
      const ods = Object.values(await pythonOds((await run(template("ods"))).bytes))[0]!;
      const shown = ods.map((row) => people.map((_, n) => row[n]?.[1].replace(/T00:00:00$/, "") ?? null));
      expect(shown).toEqual([people, ...texts]);
      const [described, rows] = await duckdb(
        (await run(template("parquet"))).bytes,
        "DESCRIBE SELECT * FROM FILE",
        `SELECT ${header.map((name) => `CAST(${duckName(name)} AS VARCHAR)`).join(", ")} FROM FILE`,
      );
      expect(described!.rows.map(([name]) => name)).toEqual(header);
      expect(described!.rows[2]![1]).toBe("DATE");
      // What is under a key of JSON stays JSON in typed formats.
      expect(rows!.rows).toEqual(texts.map((row) => row.map((text) => (text === "x" ? '"x"' : text))));
    });
  });
}
