// Workbooks in LibreOffice Calc: that it opens them, what it takes each cell for, and how it shows them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awkward } from "../conformance/awkward.ts";
import type { ColumnType, TestTable } from "../conformance/engine.ts";
import { sqlite } from "../conformance/engines/sqlite.ts";
import { type OdsCell, pythonFlatOds } from "../readers/ods.ts";
import { python, pythonCsv } from "../readers/python.ts";
import { exported } from "../setup/export.ts";
import { converted, viewed } from "./libreoffice.ts";

const plain: TestTable = {
  name: "plain",
  columns: [
    { name: "id", type: "integer" },
    { name: "text", type: "text" },
    { name: "amount", type: "decimal" },
    { name: "yes", type: "boolean" },
    { name: "day", type: "date" },
    { name: "clock", type: "time" },
    { name: "local", type: "datetime" },
    { name: "moment", type: "instant" },
  ],
  key: ["id"],
  rows: [
    ["1", "007", "1.5", "true", "2024-05-01", "12:34:56", "2024-05-01T12:34:56", "2024-07-01T10:00:00Z"],
    ["2", "=1+1", "-0.25", "false", "1900-03-01", "23:59:59.999", "1999-12-31T23:59:59.5", "2024-01-01T10:00:00.25Z"],
    ["3", null, null, null, null, null, null, null],
  ],
};

/** As the cells of `plain` are to be shown, with instants as in Paris. */
const SHOWN = [
  ["id", "text", "amount", "yes", "day", "clock", "local", "moment"],
  ["1", "007", "1.5", "TRUE", "2024-05-01", "12:34:56", "2024-05-01 12:34:56", "2024-07-01 12:00:00"],
  ["2", "=1+1", "-0.25", "FALSE", "1900-03-01", "23:59:59.999", "1999-12-31 23:59:59.500", "2024-01-01 11:00:00.250"],
  ["3", "", "", "", "", "", "", ""],
];

/** Columns in which LibreOffice keeps another value than the file has: it rounds, and knows no long strings of digits. */
const COMPARED = new Set<ColumnType>([
  ...(["text", "integer", "decimal", "float", "boolean", "date", "time", "datetime", "instant"] as const),
  ...(["uuid", "binary", "array of text", "array of integers", "enum"] as const),
]);

/** What LibreOffice should take a value for. */
function typeOf(text: string, type: ColumnType, extension: "xlsx" | "ods"): string {
  const digits = text.replace(/[-.]/g, "").replace(/^0+|0+$/g, "").length;
  const year = /^\d{4}-/.test(text);
  switch (type) {
    case "integer":
    case "decimal":
      return digits > 15 ? "string" : "float";
    case "float": {
      const size = Math.abs(Number(text));
      const fits = extension === "ods" || (size >= 2.2250738585072014e-308 && size < 1e308) || size === 0;
      return Number.isFinite(size) && fits ? "float" : "string";
    }
    case "boolean":
    case "time":
      return type;
    case "date":
    case "datetime":
    case "instant":
      return year && text >= (extension === "xlsx" ? "1900-03-01" : "0001") ? "date" : "string";
    default:
      return "string";
  }
}

/**
 * A value of LibreOffice's as far as it can be the same as one of ours: numbers to 14 digits, times to the millisecond,
 * dates to the 100 milliseconds that it writes into files of its own, and booleans of XLSX as the numbers that it takes
 * them for (and shows as TRUE and FALSE).
 */
function comparable([type, value]: OdsCell, like: string | null): string {
  if (type === "float") return `float ${Number(value).toPrecision(14)}`;
  if (type === "boolean" && like?.startsWith("float") === true) {
    return `float ${Number(value === "true").toPrecision(14)}`;
  }
  if (type === "time") return `time ${value.replace(/(\.\d{3})\d+/, "$1").replace(".000S", "S")}`;
  if (type !== "date") return `${type} ${value}`;
  const near = like !== null && Math.abs(milliseconds(value) - milliseconds(like.replace("date ", ""))) <= 100;
  return near ? like : `date ${value}`;
}

function milliseconds(text: string): number {
  const [, whole = "", fraction = "0"] = /^([^.Z]*)(?:\.(\d+))?Z?$/.exec(text) ?? [];
  return Date.parse(whole.includes("T") ? `${whole}Z` : whole) + Number(`0.${fraction}`) * 1000;
}

describe.each(["xlsx", "ods"] as const)("LibreOffice opens %s", (extension) => {
  let url = "";
  let drop = async (): Promise<void> => {};
  beforeAll(async () => {
    ({ url, drop } = await sqlite.make([awkward, plain]));
  });
  afterAll(() => drop());

  it("and shows dates, times and numbers as they are meant", async () => {
    const { bytes } = await exported(url, { object: "plain", format: extension, timeZone: "Europe/Paris" });
    expect(await pythonCsv(await converted(bytes, extension, "csv"))).toEqual(SHOWN);
  });

  it("and takes each value for what it is", async () => {
    const { bytes } = await exported(url, { object: "awkward", format: extension });
    const sheets = await pythonFlatOds(await converted(bytes, extension, "fods"));
    expect(Object.keys(sheets)).toEqual(["awkward", "Data dictionary"]);
    const [header, ...rows] = sheets["awkward"]!;
    expect(header!.map((cell) => cell?.[1])).toEqual(awkward.columns.map(({ name }) => name));
    expect(rows.length).toBe(awkward.rows.length);
    const found: string[] = [];
    const expected: string[] = [];
    for (const [r, row] of awkward.rows.entries()) {
      for (const [c, { name, type }] of awkward.columns.entries()) {
        const text = row[c]!;
        const cell = rows[r]![c] ?? null;
        if (!COMPARED.has(type) || isOutOfReach(text, type)) continue;
        const place = `${name} of row ${r + 1}`;
        const taken = cell === null ? "" : comparable(cell, null);
        const wanted = text === null ? null : ([typeOf(text, type, extension), odfValue(text, type)] as const);
        found.push(`${place}: ${taken}`);
        expected.push(`${place}: ${wanted === null ? "" : comparable(wanted, taken)}`);
      }
    }
    expect(found).toEqual(expected);
  });

  it("with the filter, and with bold headers that stay where they are", async () => {
    const { bytes } = await exported(url, { object: "plain", format: extension });
    const flat = (await converted(bytes, extension, "fods")).toString("utf8");
    expect(flat).toMatch(/table:target-range-address="plain.A1:plain.H4" table:display-filter-buttons="true"/);
    expect(await viewed(bytes, extension)).toEqual(
      ["plain", "Data dictionary"].map((name) => ({ name, frozen: true, split: [1, 0], weight: 150 })),
    );
  });
});

/** What LibreOffice itself cannot keep: control characters, empty text, the last microsecond of the year 9999. */
function isOutOfReach(text: string | null, type: ColumnType): boolean {
  if (text === null) return false;
  return text === "" || text.startsWith("9999-12-31T") || (type === "text" && /[^\P{Cc}\t\n\u007f-\u009f]/u.test(text));
}

function odfValue(text: string, type: ColumnType): string {
  return type === "time" ? text.replace(/(..):(..):(.*)/, "PT$1H$2M$3S") : text;
}

const READ_LARGE = `
import io, json, sys, zipfile
import xml.etree.ElementTree as ET
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
sheets = []
for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet"):
    path = "xl/worksheets/sheet%s.xml" % sheet.get("sheetId")
    rows, total, header, last = 0, 0, None, None
    with archive.open(path) as content:
        steps = ET.iterparse(content, events=("start", "end"))
        data = None
        for event, element in steps:
            if element.tag == MAIN + "sheetData" and event == "start": data = element
            if element.tag != MAIN + "row" or event != "end": continue
            rows += 1
            assert int(element.get("r")) == rows
            cells = [("".join(cell.itertext()), cell.get("r")) for cell in element]
            assert all(place.endswith(str(rows)) for _, place in cells)
            if rows == 1: header = [text for text, _ in cells]
            elif len(cells) == 2 and cells[0][0].isdigit():
                total += int(cells[0][0])
                assert cells[1][0] == "text " + cells[0][0]
            last = [text for text, _ in cells]
            data.clear()
    sheets.append([sheet.get("name"), rows, header, total, last[0]])
json.dump(sheets, sys.stdout)
`;

it("puts 1,200,000 rows on two sheets of an XLSX file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "waybill-large-"));
  const file = join(folder, "large.db");
  const database = new DatabaseSync(file);
  const count = 1_200_000;
  database.exec(`CREATE TABLE large (id INTEGER PRIMARY KEY, name TEXT);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO large SELECT i, 'text ' || i FROM n`);
  database.close();
  const { bytes, facts } = await exported(`sqlite:${file}`, { object: "large", format: "xlsx" });
  await rm(folder, { recursive: true });
  expect(facts.tables).toEqual([{ name: "large", rows: count }]);
  const most = 1_048_575;
  const sum = (to: number): number => (to * (to + 1)) / 2;
  expect(await python(READ_LARGE, bytes)).toEqual([
    ["large", most + 1, ["id", "name"], sum(most), String(most)],
    ["large (2)", count - most + 1, ["id", "name"], sum(count) - sum(most), String(count)],
    ["Data dictionary", 5, ["Sheet", "Column", "Label", "Type", "Meaning"], 0, "Time zone of points in time"],
  ]);
});
