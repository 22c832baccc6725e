// The quick way for most text: Latin, Greek and Cyrillic in one face, a glyph a character, left to right.
import LineBreaker from "linebreak";
import type { Face } from "./face.ts";
import type { Line, Paragraph } from "./paragraph.ts";

/** Characters that neither combine, nor turn the direction, nor take more than one unit of UTF-16. */
const PLAIN =
  /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u2070-\u20bf\u2100-\u2bff]*$/;

const SPACE = 0x20;

export class PlainParagraph implements Paragraph {
  readonly natural: number;
  readonly rightToLeft = false;
  readonly #text: string;
  readonly #face: Face;
  /** The width of the text before each character. */
  #before: Float64Array | null = null;
  #breaks: readonly number[] | null = null;

  /** The paragraph, or `null` where the text needs more than this. */
  static of(text: string, face: Face): PlainParagraph | null {
    if (!PLAIN.test(text)) return null;
    let width = 0;
    for (let at = 0; at < text.length; at++) {
      const advance = face.advance(text.charCodeAt(at));
      if (advance < 0) return null;
      width += advance;
    }
    return new PlainParagraph(text, face, width);
  }

  private constructor(text: string, face: Face, width: number) {
    this.#text = text;
    this.#face = face;
    this.natural = width;
  }

  get longest(): number {
    let longest = 0;
    let start = 0;
    for (const end of this.#mayBreak()) {
      longest = Math.max(longest, this.#width(start, this.#withoutSpaces(start, end)));
      start = end;
    }
    return longest;
  }

  lines(width: number): Line[] {
    if (this.natural <= width) return [this.#line(0, this.#text.length)];
    const lines: Line[] = [];
    let start = 0;
    let fits = 0;
    for (const end of this.#mayBreak()) {
      const content = this.#withoutSpaces(start, end);
      if (this.#width(start, content) > width && fits > start) {
        lines.push(this.#line(start, this.#withoutSpaces(start, fits)));
        start = fits;
      }
      // A word that is wider than a line.
      const wordEnd = this.#withoutSpaces(start, end);
      while (this.#width(start, wordEnd) > width) {
        const cut = this.#cut(start, wordEnd, width);
        lines.push(this.#line(start, cut));
        start = cut;
      }
      fits = end;
    }
    if (start < this.#text.length) lines.push(this.#line(start, this.#withoutSpaces(start, this.#text.length)));
    return lines;
  }

  /** The last place at which what is before it still fits, at least one character on. */
  #cut(start: number, end: number, width: number): number {
    let cut = start + 1;
    while (cut < end && this.#width(start, cut + 1) <= width) cut++;
    return cut;
  }

  #line(start: number, end: number): Line {
    const width = start === 0 && end === this.#text.length ? this.natural : this.#width(start, end);
    // The space at which a line was broken is written too, for those who read the text without seeing it.
    const spaced = this.#text.charCodeAt(end) === SPACE ? end + 1 : end;
    const run = { face: this.#face, width, text: this.#text.slice(start, spaced) };
    return { runs: [{ run, left: 0 }], width, rightToLeft: false };
  }

  #withoutSpaces(start: number, end: number): number {
    let last = end;
    while (last > start && this.#text.charCodeAt(last - 1) === SPACE) last--;
    return last;
  }

  #width(start: number, end: number): number {
    this.#before ??= this.#measured();
    return this.#before[end]! - this.#before[start]!;
  }

  #measured(): Float64Array {
    const before = new Float64Array(this.#text.length + 1);
    for (let at = 0; at < this.#text.length; at++) {
      before[at + 1] = before[at]! + this.#face.advance(this.#text.charCodeAt(at));
    }
    return before;
  }

  #mayBreak(): readonly number[] {
    return (this.#breaks ??= breaksOf(this.#text));
  }
}

/** The places at which a line may end (UAX 14), the end of the text included. */
export function breaksOf(text: string): readonly number[] {
  const breaker = new LineBreaker(text);
  const places: number[] = [];
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) places.push(next.position);
  return places;
}
