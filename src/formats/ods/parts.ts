// The parts of an ODS file beside its tables (ODF 1.3 part 2 section 3, part 3 section 3).
import type { WorkbookPart } from "../../cells/row-writer.ts";
import type { Sheet } from "../sheet-stream.ts";
import { columnLetters, escaped, quotedSheet } from "../sheet-xml.ts";
import { AUTOMATIC_STYLES } from "./styles.ts";

/** The MIME type, which is the content of the first part too. */
export const MIME = "application/vnd.oasis.opendocument.spreadsheet";

const DECLARATION = `<?xml version="1.0" encoding="UTF-8"?>\n`;
const ODF = "urn:oasis:names:tc:opendocument:xmlns";
const NAMESPACES =
  [
    ["office", "office:1.0"],
    ["table", "table:1.0"],
    ["text", "text:1.0"],
    ["style", "style:1.0"],
    ["number", "datastyle:1.0"],
    ["fo", "xsl-fo-compatible:1.0"],
    ["meta", "meta:1.0"],
    ["config", "config:1.0"],
  ]
    .map(([prefix, name]) => ` xmlns:${prefix}="${ODF}:${name}"`)
    .join("") + ` office:version="1.3"`;

/** What stands before the first table of content.xml. */
export const CONTENT_HEAD: string = `${DECLARATION}<office:document-content${NAMESPACES}>${AUTOMATIC_STYLES}<office:body><office:spreadsheet>`;

/** What stands after the last table: the filters. */
export function contentTail(sheets: readonly Sheet[]): string {
  const ranges = sheets.flatMap((sheet, n) => {
    if (sheet.table === null || sheet.columns === 0) return [];
    const name = quotedSheet(sheet.name);
    const address = escaped(`${name}.A1:${name}.${columnLetters(sheet.columns - 1)}${sheet.rows + 1}`);
    // Calc knows the filter of a sheet by this name.
    return [
      `<table:database-range table:name="__Anonymous_Sheet_DB__${n}" table:target-range-address="${address}" ` +
        `table:display-filter-buttons="true"/>`,
    ];
  });
  const all = ranges.length === 0 ? "" : `<table:database-ranges>${ranges.join("")}</table:database-ranges>`;
  return `${all}</office:spreadsheet></office:body></office:document-content>`;
}

/** The parts that follow content.xml. */
export function smallParts(sheets: readonly Sheet[]): WorkbookPart[] {
  const parts: readonly (readonly [string, string])[] = [
    [
      "styles.xml",
      `<office:document-styles${NAMESPACES}><office:styles>` +
        `<style:style style:name="Default" style:family="table-cell"/>` +
        `</office:styles></office:document-styles>`,
    ],
    [
      "meta.xml",
      `<office:document-meta${NAMESPACES}><office:meta><meta:generator>Waybill</meta:generator></office:meta>` +
        `</office:document-meta>`,
    ],
    ["settings.xml", settings(sheets)],
    ["META-INF/manifest.xml", MANIFEST],
  ];
  return parts.map(([name, text]) => ({ name, content: Buffer.from(DECLARATION + text, "utf8") }));
}

const MANIFEST =
  `<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0" manifest:version="1.3">` +
  `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${MIME}"/>` +
  ["content.xml", "styles.xml", "meta.xml", "settings.xml"]
    .map((path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`)
    .join("") +
  `</manifest:manifest>`;

/** Settings of a view: the header row stays where it is (`VerticalSplitMode` 2 is frozen). */
const FROZEN: readonly (readonly [name: string, type: string, value: number])[] = [
  ["HorizontalSplitMode", "short", 0],
  ["VerticalSplitMode", "short", 2],
  ["HorizontalSplitPosition", "int", 0],
  ["VerticalSplitPosition", "int", 1],
  ["ActiveSplitRange", "short", 2],
  ["PositionLeft", "int", 0],
  ["PositionRight", "int", 0],
  ["PositionTop", "int", 0],
  ["PositionBottom", "int", 1],
];

function settings(sheets: readonly Sheet[]): string {
  const frozen = FROZEN.map(([name, type, value]) => item(name, type, String(value))).join("");
  return (
    `<office:document-settings${NAMESPACES} xmlns:ooo="http://openoffice.org/2004/office"><office:settings>` +
    `<config:config-item-set config:name="ooo:view-settings">` +
    `<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>` +
    item("ViewId", "string", "view1") +
    `<config:config-item-map-named config:name="Tables">` +
    sheets
      .map(
        ({ name }) =>
          `<config:config-item-map-entry config:name="${escaped(name)}">${frozen}</config:config-item-map-entry>`,
      )
      .join("") +
    `</config:config-item-map-named>` +
    item("ActiveTable", "string", escaped(sheets[0]?.name ?? "")) +
    `</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>` +
    `</office:settings></office:document-settings>`
  );
}

function item(name: string, type: string, value: string): string {
  return `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
}
