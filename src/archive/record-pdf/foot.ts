// The foot of each page: which record it is, what it belongs to, and the number of the page.
import type { RecordDocument } from "./document.ts";
import type { Flow } from "./flow.ts";
import { FOOT, HAIR, MARGIN } from "./look.ts";
import type { Line, Text } from "./paragraph.ts";
import type { PdfWords } from "./words.ts";

const GAP = 20;
/** How many lines of the caller's footer are shown. */
const FOOTER_LINES = 2;

/** Writes the feet once all pages are there. */
export function showFoot(flow: Flow, { title, footer }: RecordDocument, words: PdfWords): void {
  flow.settle();
  const { file } = flow;
  const total = file.pages;
  const name = flow.text(title.split(/[\n\r]/, 1)[0]!, FOOT);
  const below = flow.text(footer, FOOT);
  for (let page = 0; page < total; page++) {
    const { width, height } = file.turnTo(page);
    const [number] = flow.text(words.page(page + 1, total), FOOT).lines(Infinity);
    const numberAt = width - MARGIN.side - number!.width * FOOT.size;
    const top = height - MARGIN.bottom + 14;
    const show = (line: Line, x: number, row: number): void =>
      file.text(line, { x, y: top + 11 + row * FOOT.leading, size: FOOT.size, colour: FOOT.colour });
    file.marked(null, "Artifact", () => {
      file.rectangle(MARGIN.side, top, width - 2 * MARGIN.side, 0.5, HAIR);
      const titleLine = firstLine(name, numberAt - GAP - MARGIN.side);
      show(titleLine, MARGIN.side, 0);
      show(number!, numberAt, 0);
      const lines = footer === "" ? [] : below.lines((width - 2 * MARGIN.side) / FOOT.size);
      lines.slice(0, FOOTER_LINES).forEach((line, row) => show(line, MARGIN.side, row + 1));
    });
  }
}

/** What of a title has room on one line; it stands in full at the top of the first page. */
function firstLine(text: Text, width: number): Line {
  return text.lines(width / FOOT.size)[0]!;
}
