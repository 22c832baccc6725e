// The small parts of an XLSX file: what it is made of, its sheets, its looks (ISO/IEC 29500-1 section 12, 29500-2).
import type { WorkbookPart } from "../../cells/row-writer.ts";
import type { Sheet } from "../sheet-stream.ts";
import { columnLetters, escaped, quotedSheet } from "../sheet-xml.ts";
import { STYLES } from "./styles.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const TYPES = "http://schemas.openxmlformats.org/package/2006/content-types";
const CORE = "http://schemas.openxmlformats.org/package/2006";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** What stands first in each part. */
export const DECLARATION = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;

/** The part of a sheet, counted from 0. */
export function sheetPart(position: number): string {
  return `xl/worksheets/sheet${position + 1}.xml`;
}

/** Whether a part is a sheet. */
export function isSheetPart(part: string): boolean {
  return /^xl\/worksheets\/sheet\d+\.xml$/.test(part);
}

/** The parts that follow the sheets. */
export function smallParts(sheets: readonly Sheet[]): WorkbookPart[] {
  const parts: readonly (readonly [string, string])[] = [
    ["[Content_Types].xml", contentTypes(sheets)],
    [
      "_rels/.rels",
      relations([
        [`${RELATION}/officeDocument`, "xl/workbook.xml"],
        [`${RELATIONS}/metadata/core-properties`, "docProps/core.xml"],
        [`${RELATION}/extended-properties`, "docProps/app.xml"],
      ]),
    ],
    ["xl/workbook.xml", workbook(sheets)],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...sheets.map((_, n) => [`${RELATION}/worksheet`, `worksheets/sheet${n + 1}.xml`] as const),
        [`${RELATION}/styles`, "styles.xml"],
      ]),
    ],
    ["xl/styles.xml", STYLES],
    [
      "docProps/core.xml",
      `<cp:coreProperties xmlns:cp="${CORE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
        `<dc:creator>Waybill</dc:creator></cp:coreProperties>`,
    ],
    [
      "docProps/app.xml",
      `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">` +
        `<Application>Waybill</Application></Properties>`,
    ],
  ];
  return parts.map(([name, text]) => ({ name, content: Buffer.from(DECLARATION + text, "utf8") }));
}

function contentTypes(sheets: readonly Sheet[]): string {
  const overrides = [
    ["xl/workbook.xml", `${SHEET_TYPE}.sheet.main+xml`],
    ...sheets.map((_, n) => [sheetPart(n), `${SHEET_TYPE}.worksheet+xml`]),
    ["xl/styles.xml", `${SHEET_TYPE}.styles+xml`],
    ["docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ["docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
  ];
  return (
    `<Types xmlns="${TYPES}">` +
    `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>` +
    overrides.map(([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`).join("") +
    `</Types>`
  );
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  return (
    `<Relationships xmlns="${RELATIONS}">` +
    targets.map(([type, target], n) => `<Relationship Id="rId${n + 1}" Type="${type}" Target="${target}"/>`).join("") +
    `</Relationships>`
  );
}

function workbook(sheets: readonly Sheet[]): string {
  // Excel keeps the range of each filter under a hidden name, and repairs files that lack it.
  const filters = sheets.flatMap((sheet, n) => {
    const range = filterRange(sheet, "$");
    if (range === null) return [];
    const address = escaped(`${quotedSheet(sheet.name)}!${range}`);
    return [`<definedName name="_xlnm._FilterDatabase" localSheetId="${n}" hidden="1">${address}</definedName>`];
  });
  return (
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATION}">` +
    `<bookViews><workbookView activeTab="0"/></bookViews><sheets>` +
    sheets.map(({ name }, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join("") +
    `</sheets>${filters.length === 0 ? "" : `<definedNames>${filters.join("")}</definedNames>`}</workbook>`
  );
}

/** What the filter of a sheet covers, `A1:C9`, with a sign before each part for an absolute address; null without filter. */
export function filterRange({ table, columns, rows }: Sheet, sign: "" | "$"): string | null {
  if (table === null || columns === 0) return null;
  return `${sign}A${sign}1:${sign}${columnLetters(columns - 1)}${sign}${rows + 1}`;
}
