// Labels with their values, in two columns.
import { type Cell, Flow, LINED } from "./flow.ts";
import { FAINT, LABEL, MARGIN, VALUE } from "./look.ts";
import type { Tag } from "./pdf-file.ts";

interface Field {
  readonly label: string;
  readonly value: string | null;
}

/** What stands for a missing value. */
export const MISSING = "–";
const GAP = 14;
const NARROWEST_LABEL = 90;

/** The width that the labels of a record take, at most a third of the page. */
export function labelWidth(flow: Flow, labels: Iterable<string>): number {
  let width = NARROWEST_LABEL;
  for (const label of labels) width = Math.max(width, flow.text(label, LABEL).natural * LABEL.size);
  return Math.min(Flow.width("portrait") / 3, width + 0.01);
}

/** Fields below one another, as one list of the tree of tags. */
export function showFields(flow: Flow, fields: readonly Field[], width: number, parent?: Tag): void {
  const list = flow.file.tag("L", parent);
  for (const { label, value } of fields) {
    const item = flow.file.tag("LI", list);
    const cell = (text: string, type: string, style: typeof LABEL, x: number, columnWidth: number): Cell => ({
      lines: flow.text(text, style).lines(columnWidth / style.size),
      style,
      x,
      width: columnWidth,
      tag: { element: flow.file.tag(type, item), type },
    });
    const valueAt = MARGIN.side + width + GAP;
    flow.row(
      [
        cell(label, "Lbl", LABEL, MARGIN.side, width),
        cell(
          value ?? MISSING,
          "LBody",
          value === null ? { ...VALUE, colour: FAINT } : VALUE,
          valueAt,
          flow.width - width - GAP,
        ),
      ],
      LINED,
    );
    item.end();
  }
  list.end();
}
