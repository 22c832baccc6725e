// Rows of text down the pages: what does not fit on a page goes on to the next, cut between lines where it must be.
import type { Language } from "../../lib/language.ts";
import type { PdfFonts } from "./fonts.ts";
import { HAIR, MARGIN, PAPER, SHADE, type Style } from "./look.ts";
import { type Line, Text } from "./paragraph.ts";
import { type Colour, PdfFile, type Tag } from "./pdf-file.ts";

export type Orientation = "portrait" | "landscape";

/** Text in a column of a row, with its place in the tree of tags. */
export interface Cell {
  readonly lines: readonly Line[];
  readonly style: Style;
  readonly x: number;
  readonly width: number;
  /** `end` sets numbers at the right of their column. */
  readonly align?: "start" | "end";
  /** `null` for decoration. */
  readonly tag: { readonly element: Tag; readonly type: string } | null;
}

export interface RowLook {
  /** Space above and below the text. */
  readonly above: number;
  readonly below: number;
  /** A line under the row, and the colour behind it. */
  readonly rule?: Colour;
  readonly shade?: Colour;
  /** Whether it heads what follows, and goes to the next page with it. */
  readonly heading?: boolean;
  /** What is shown at the top of each page from then on, until `endRepeat`. */
  readonly repeat?: () => void;
}

/** How many lines of a tall row are kept together. */
const FIRST_LINES = 3;

export class Flow {
  readonly file: PdfFile;
  readonly fonts: PdfFonts;
  #orientation: Orientation = "portrait";
  #y = 0;
  /** Headings that wait for what they head. */
  #waiting: { readonly cells: readonly Cell[]; readonly look: RowLook }[] = [];
  /** Shows what is repeated at the top of each page, while a table lasts. */
  #repeated: (() => void) | null = null;

  constructor(title: string, language: Language, fonts: PdfFonts) {
    this.file = new PdfFile(title, language);
    this.fonts = fonts;
    this.#newPage();
  }

  /** The width between the margins, on paper of an orientation. */
  static width(orientation: Orientation): number {
    return (orientation === "portrait" ? PAPER.short : PAPER.long) - 2 * MARGIN.side;
  }

  /** The height between the margins. */
  static height(orientation: Orientation): number {
    return (orientation === "portrait" ? PAPER.long : PAPER.short) - MARGIN.top - MARGIN.bottom;
  }

  get width(): number {
    return Flow.width(this.#orientation);
  }

  /** Goes on with paper of an orientation: on a new page where it is another one. */
  turn(orientation: Orientation): void {
    if (orientation === this.#orientation) return;
    this.settle();
    this.#orientation = orientation;
    this.#newPage();
  }

  space(height: number): void {
    this.settle();
    this.#y += height;
  }

  text(value: string, { weight }: Style): Text {
    return new Text(value, this.fonts[weight]);
  }

  endRepeat(): void {
    this.#repeated = null;
  }

  /** Shows the headings that wait, also where nothing follows them. */
  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { cells, look } of waiting) {
      this.#show(cells, look);
      if (look.repeat !== undefined) this.#repeated = look.repeat;
    }
  }

  row(cells: readonly Cell[], look: RowLook): void {
    const height = heightOf(cells, look);
    const few = Flow.height(this.#orientation) / 3;
    if (look.heading === true && height < few) {
      this.#waiting.push({ cells, look });
      return;
    }
    const before = this.#waiting.reduce((sum, row) => sum + heightOf(row.cells, row.look), 0);
    // A row stays whole where that leaves no large gap; otherwise its first lines stay together.
    const together = height <= few ? height : look.above + look.below + FIRST_LINES * leadingOf(cells);
    if (before + together > this.#left) this.#newPage();
    this.settle();
    this.#show(cells, look);
  }

  #show(cells: readonly Cell[], look: RowLook): void {
    let shown = 0;
    const counts = cells.map(() => 0);
    for (;;) {
      const room = this.#left - look.above - look.below;
      let tallest = 0;
      let more = false;
      const parts = cells.map((cell, at) => {
        const from = counts[at]!;
        const to = Math.min(cell.lines.length, from + Math.max(0, Math.floor(room / cell.style.leading + 1e-6)));
        counts[at] = to;
        more ||= to < cell.lines.length;
        tallest = Math.max(tallest, (to - from) * cell.style.leading);
        return { cell, lines: cell.lines.slice(from, to) };
      });
      if (tallest > 0 || shown === 0) this.#part(parts, tallest, look, !more);
      shown++;
      if (!more) return;
      this.#newPage();
    }
  }

  #part(
    parts: readonly { cell: Cell; lines: readonly Line[] }[],
    tallest: number,
    { above, below, rule, shade }: RowLook,
    last: boolean,
  ): void {
    const { file } = this;
    const height = above + tallest + below;
    if (shade !== undefined || (rule !== undefined && last)) {
      file.marked(null, "Artifact", () => {
        if (shade !== undefined) file.rectangle(MARGIN.side, this.#y, this.width, height, shade);
        if (rule !== undefined && last) file.rectangle(MARGIN.side, this.#y + height - 0.5, this.width, 0.5, rule);
      });
    }
    for (const { cell, lines } of parts) {
      if (lines.length === 0) continue;
      const draw = (): void => this.#lines(cell, lines, this.#y + above);
      file.marked(cell.tag?.element ?? null, cell.tag?.type ?? "Artifact", draw);
    }
    this.#y += height;
  }

  #lines({ style, x, width, align }: Cell, lines: readonly Line[], top: number): void {
    let y = top + style.leading / 2 + style.size * 0.36;
    for (const line of lines) {
      const spare = line.rightToLeft || align === "end" ? width - line.width * style.size : 0;
      this.file.text(line, { x: x + spare, y, size: style.size, colour: style.colour });
      y += style.leading;
    }
  }

  get #left(): number {
    const bottom = (this.#orientation === "portrait" ? PAPER.long : PAPER.short) - MARGIN.bottom;
    return bottom - this.#y;
  }

  #newPage(): void {
    const { short, long } = PAPER;
    if (this.#orientation === "portrait") this.file.addPage(short, long);
    else this.file.addPage(long, short);
    this.#y = MARGIN.top;
    this.#repeated?.();
  }
}

function heightOf(cells: readonly Cell[], { above, below }: RowLook): number {
  return above + Math.max(0, ...cells.map(({ lines, style }) => lines.length * style.leading)) + below;
}

function leadingOf(cells: readonly Cell[]): number {
  return Math.max(0, ...cells.map(({ style }) => style.leading));
}

export const LINED: RowLook = { above: 3, below: 3.5, rule: HAIR };
export const HEAD_ROW: RowLook = { above: 3.5, below: 4, rule: HAIR, shade: SHADE };
