// Paragraphs of text, and the lines that they make in a given width. All lengths are in ems.
import type { Face, PlacedGlyph } from "./face.ts";
import type { FaceChain } from "./fonts.ts";
import { MixedParagraph } from "./mixed-paragraph.ts";
import { PlainParagraph } from "./plain-paragraph.ts";
import { linesOf, visible } from "./visible-text.ts";

/** A piece of a line in one face: characters that stand one by one, or shaped glyphs. */
export type Run = PlainRun | ShapedRun;

export interface PlainRun {
  readonly face: Face;
  readonly width: number;
  readonly text: string;
}

export interface ShapedRun {
  readonly face: Face;
  readonly width: number;
  /** From left to right, however they are read. */
  readonly glyphs: readonly PlacedGlyph[];
  readonly rightToLeft: boolean;
}

export interface Line {
  /** In the order of reading, each with its distance from the left end of the line. */
  readonly runs: readonly { readonly run: Run; readonly left: number }[];
  readonly width: number;
  /** Whether its paragraph runs from right to left, and so stands at the right. */
  readonly rightToLeft: boolean;
}

export interface Paragraph {
  /** The width that it takes on one line. */
  readonly natural: number;
  readonly rightToLeft: boolean;
  /** The width of the longest piece that may not be broken at a space or the like. */
  readonly longest: number;
  /** Lines that are no wider than this; what is wider by itself is broken where it must be. */
  lines(width: number): Line[];
}

/** A whole value: its paragraphs in order. */
export class Text {
  readonly #paragraphs: readonly Paragraph[];

  constructor(text: string, chain: FaceChain) {
    const lines = linesOf(text);
    // Readers that join lines must not join words.
    this.#paragraphs = lines.map((line, at) => paragraphOf(at + 1 < lines.length ? `${line} ` : line, chain));
  }

  get natural(): number {
    return this.#paragraphs.reduce((most, { natural }) => Math.max(most, natural), 0);
  }

  get longest(): number {
    return this.#paragraphs.reduce((most, { longest }) => Math.max(most, longest), 0);
  }

  /** Whether its first paragraph runs from right to left. */
  get rightToLeft(): boolean {
    return this.#paragraphs[0]!.rightToLeft;
  }

  lines(width: number): Line[] {
    return this.#paragraphs.length === 1
      ? this.#paragraphs[0]!.lines(width)
      : this.#paragraphs.flatMap((paragraph) => paragraph.lines(width));
  }
}

function paragraphOf(line: string, chain: FaceChain): Paragraph {
  return PlainParagraph.of(line, chain[0]) ?? new MixedParagraph(visible(line, chain), chain);
}
