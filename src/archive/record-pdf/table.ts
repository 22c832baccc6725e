// Child lists as tables; those with more columns than a page has room for as labels and values, a row after another.
import { MISSING, showFields } from "./fields.ts";
import { type Cell, Flow, HEAD_ROW, LINED } from "./flow.ts";
import type { RecordList } from "./document.ts";
import { FAINT, MARGIN, type Style, tableStyles } from "./look.ts";
import type { Text } from "./paragraph.ts";
import type { Tag } from "./pdf-file.ts";
import { CELL_SPACE, fitOf, type Measure, type TableFit, widen } from "./table-columns.ts";

/** The part of a page that the head of a table may take. */
const HEAD_SHARE = 4;
const NUMBER = /^[-+\u2212]?\d[\d.,'\u2019\u00a0\u202f ]*(?: ?%)?$/;

/** A table that was measured: the texts of its cells, and how it fits. */
export interface Table {
  readonly head: readonly Text[];
  readonly rows: readonly (readonly (Text | null)[])[];
  readonly fit: TableFit;
  /** Whether what a column holds stands at its right: numbers, and what is under a heading that does. */
  readonly atRight: readonly boolean[];
}

/** Measures a list; `null` where it has no room as a table. */
export function tableOf(flow: Flow, { columns, rows }: RecordList): Table | null {
  const styles = tableStyles(1);
  const measures: Measure[] = columns.map(() => ({ natural: 0, pleasant: 0, least: 0 }));
  const measured = (value: string, column: number, style: Style): Text => {
    const text = flow.text(value, style);
    widen(measures[column]!, text);
    return text;
  };
  const head = columns.map((name, column) => measured(name, column, styles.head));
  const fits = (fit: TableFit): boolean => {
    const { leading } = tableStyles(fit.size).head;
    const lines = head.map((text, column) => text.lines((fit.widths[column]! - CELL_SPACE) / fit.size).length);
    return Math.max(...lines) * leading <= Flow.height(fit.orientation) / HEAD_SHARE;
  };
  // Many columns are not measured in vain.
  if (fitOf(measures, () => true) === null) return null;
  const cells = rows.map((row) =>
    columns.map((_, column) => {
      const value = row[column] ?? null;
      return value === null ? null : measured(value, column, styles.cell);
    }),
  );
  const fit = fitOf(measures, fits);
  if (fit === null) return null;
  const atRight = columns.map((_, column) => {
    const values = rows.flatMap((row) => row[column] ?? []);
    return head[column]!.rightToLeft || (values.length > 0 && values.every((value) => NUMBER.test(value)));
  });
  return { head, rows: cells, fit, atRight };
}

export function showTable(flow: Flow, { head, rows, fit, atRight }: Table): void {
  const { file } = flow;
  const styles = tableStyles(fit.size);
  const table = file.tag("Table");
  let left = MARGIN.side;
  const places = fit.widths.map((width) => {
    const place = { x: left + CELL_SPACE / 2, width: width - CELL_SPACE };
    left += width;
    return place;
  });
  const cell = (text: Text | null, column: number, style: Style, tag: Cell["tag"]): Cell => ({
    lines: (text ?? missing).lines(places[column]!.width / style.size + 1e-6),
    style: text === null ? { ...style, colour: FAINT } : style,
    ...places[column]!,
    align: atRight[column] === true ? "end" : "start",
    tag,
  });
  const missing = flow.text(MISSING, styles.cell);
  const row = (parent: Tag): Tag => file.tag("TR", parent);

  const repeated = head.map((text, column) => cell(text, column, styles.head, null));
  const tags = row(table);
  flow.row(
    repeated.map((one) => ({ ...one, tag: headTag(flow, tags) })),
    { ...HEAD_ROW, heading: true, repeat: () => flow.row(repeated, HEAD_ROW) },
  );
  for (const texts of rows) {
    const cellTags = row(table);
    const cells = texts.map((text, column) =>
      cell(text, column, styles.cell, { element: file.tag("TD", cellTags), type: "TD" }),
    );
    flow.row(cells, LINED);
    cellTags.end();
  }
  flow.endRepeat();
  table.end();
}

function headTag(flow: Flow, row: Tag): NonNullable<Cell["tag"]> {
  return { element: flow.file.tag("TH", row, { scope: "Column" }), type: "TH" };
}

/** Each row as labels and values, with its number above. */
export function showBlocks(
  flow: Flow,
  { columns, rows }: RecordList,
  width: number,
  number: (position: number) => void,
): void {
  rows.forEach((row, at) => {
    number(at + 1);
    showFields(
      flow,
      columns.map((label, column) => ({ label, value: row[column] ?? null })),
      width,
    );
  });
}
