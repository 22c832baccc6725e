// A record as a readable PDF: A4, tagged, searchable, the same bytes for the same record.
import type { RecordDocument, RecordList } from "./document.ts";
import { labelWidth, showFields } from "./fields.ts";
import { Flow } from "./flow.ts";
import { showFoot } from "./foot.ts";
import type { PdfFonts } from "./fonts.ts";
import { ACCENT, FAINT, HEADING, LABEL, MARGIN, type Style, SUBTITLE, TITLE } from "./look.ts";
import { showBlocks, showTable, tableOf } from "./table.ts";
import { type PdfWords, pdfWords } from "./words.ts";

/** The bytes of the PDF. It needs memory for one document; nothing but the fonts outlives it. */
export function recordPdf(document: RecordDocument, fonts: PdfFonts): Uint8Array {
  const words = pdfWords(document.language);
  const flow = new Flow(document.title, document.language, fonts);
  paragraph(flow, document.title, TITLE, "H1", 0);
  if (document.subtitle !== "") paragraph(flow, document.subtitle, SUBTITLE, "P", 3);
  flow.row([], { above: 10, below: 6, rule: ACCENT });

  const labels = document.sections.flatMap(({ fields }) => fields.map(({ label }) => label));
  const width = labelWidth(flow, labels);
  for (const { heading, fields } of document.sections) {
    if (heading !== null) headed(flow, heading);
    showFields(flow, fields, width);
    flow.space(8);
  }
  for (const list of document.lists) showList(flow, list, words);
  if (document.files.length > 0) {
    const rows = document.files.map(({ name, size, note }) => [name, size === null ? null : words.size(size), note]);
    showList(flow, { heading: words.files, columns: words.fileColumns, rows }, words);
  }
  showFoot(flow, document, words);
  return flow.file.end();
}

function showList(flow: Flow, list: RecordList, words: PdfWords): void {
  if (list.rows.length === 0 || list.columns.length === 0) {
    flow.turn("portrait");
    headed(flow, list.heading);
    paragraph(flow, words.emptyList, { ...LABEL, colour: FAINT }, "P", 4);
    return;
  }
  const table = tableOf(flow, list);
  flow.turn(table?.fit.orientation ?? "portrait");
  headed(flow, list.heading);
  if (table !== null) showTable(flow, table);
  else {
    const numberStyle: Style = { ...LABEL, weight: "bold" };
    const number = (position: number): void => paragraph(flow, String(position), numberStyle, "H3", 10);
    showBlocks(flow, list, labelWidth(flow, list.columns), number);
  }
  flow.space(8);
}

function headed(flow: Flow, heading: string): void {
  paragraph(flow, heading, HEADING, "H2", 14);
}

function paragraph(flow: Flow, value: string, style: Style, type: "H1" | "H2" | "H3" | "P", above: number): void {
  const tag = { element: flow.file.tag(type), type };
  const lines = flow.text(value, style).lines(flow.width / style.size);
  const cell = { lines, style, x: MARGIN.side, width: flow.width, tag };
  flow.row([cell], { above, below: type === "H2" ? 5 : 2, heading: type !== "P" });
}
