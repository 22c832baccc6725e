// Text of any script: both directions (UAX 9), letters that join, marks, characters from several fonts.
import bidiFactory from "bidi-js";
import type { Face } from "./face.ts";
import type { FaceChain } from "./fonts.ts";
import type { Line, Paragraph, ShapedRun } from "./paragraph.ts";
import { breaksOf } from "./plain-paragraph.ts";

// Its types speak of an ES module; Node gets the CommonJS one, whose export is the function itself.
const bidi = (bidiFactory as unknown as typeof bidiFactory.default)();
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });
/** Longer words are cut before they are looked at: no line is that long, and shaping needs memory for each letter. */
const LONGEST_WORD = 200;
const MARK = /\p{M}|\p{Join_Control}|\p{Variation_Selector}/u;

type LevelRun = ShapedRun & { readonly level: number };

/** What stays together on a line, and the spaces behind it, which vanish at the end of a line. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly runs: readonly LevelRun[];
  readonly width: number;
  readonly spaces: readonly LevelRun[];
  readonly spacesWidth: number;
}

export class MixedParagraph implements Paragraph {
  readonly natural: number;
  readonly longest: number;
  readonly rightToLeft: boolean;
  readonly #text: string;
  readonly #chain: FaceChain;
  readonly #levels: Uint8Array;
  readonly #pieces: readonly Piece[];

  /** `text` is visible text: no line ends, nothing that no face has. */
  constructor(text: string, chain: FaceChain) {
    this.#text = text;
    this.#chain = chain;
    const { levels, paragraphs } = bidi.getEmbeddingLevels(text);
    this.#levels = levels;
    this.rightToLeft = (paragraphs[0]?.level ?? 0) % 2 === 1;
    let start = 0;
    this.#pieces = breaksOf(text).flatMap((end) => {
      const pieces: Piece[] = [];
      while (end - start > LONGEST_WORD) {
        const cut = start + lengthOfStart(text.slice(start, start + 2 * LONGEST_WORD));
        pieces.push(this.#piece(start, cut));
        start = cut;
      }
      pieces.push(this.#piece(start, end));
      start = end;
      return pieces;
    });
    this.natural = this.#pieces.reduce((sum, { width, spacesWidth }) => sum + width + spacesWidth, 0);
    this.longest = this.#pieces.reduce((most, { width }) => Math.max(most, width), 0);
  }

  lines(width: number): Line[] {
    const lines: Line[] = [];
    let pending: Piece[] = [];
    let taken = 0;
    for (const whole of this.#pieces) {
      for (const piece of whole.width > width ? this.#broken(whole, width) : [whole]) {
        if (taken + piece.width > width && pending.length > 0) {
          lines.push(this.#line(pending));
          pending = [];
          taken = 0;
        }
        pending.push(piece);
        taken += piece.width + piece.spacesWidth;
      }
    }
    if (pending.length > 0 || lines.length === 0) lines.push(this.#line(pending));
    return lines;
  }

  #piece(start: number, end: number): Piece {
    let content = end;
    while (content > start && this.#text[content - 1] === " ") content--;
    const runs = this.#runs(start, content);
    const spaces = this.#runs(content, end);
    return { start, end, runs, width: widthOf(runs), spaces, spacesWidth: widthOf(spaces) };
  }

  /** A piece that is wider than a line, cut between characters as people see them. */
  #broken({ start, end, spaces, spacesWidth }: Piece, width: number): Piece[] {
    const cuts: Piece[] = [];
    let from = start;
    let to = start;
    let taken = 0;
    for (const { segment } of graphemes.segment(this.#text.slice(start, end))) {
      const next = widthOf(this.#runs(to, to + segment.length));
      if (taken + next > width && to > from) {
        cuts.push(this.#piece(from, to));
        from = to;
        taken = 0;
      }
      taken += next;
      to += segment.length;
    }
    const last = this.#piece(from, to);
    cuts.push({ ...last, spaces, spacesWidth });
    return cuts;
  }

  /** Runs of one direction and one face, in the order of reading. */
  #runs(start: number, end: number): LevelRun[] {
    const runs: LevelRun[] = [];
    let from = start;
    let face: Face | null = null;
    for (let at = start; at < end;) {
      const codePoint = this.#text.codePointAt(at)!;
      const length = codePoint > 0xffff ? 2 : 1;
      const next = this.#faceOf(codePoint, face);
      if (face !== null && (next !== face || this.#levels[at] !== this.#levels[from])) {
        runs.push(this.#run(from, at, face));
        from = at;
      }
      face = next;
      at += length;
    }
    if (face !== null) runs.push(this.#run(from, end, face));
    return runs;
  }

  /** Marks and characters without a look stay in the face of what they follow, if it has them. */
  #faceOf(codePoint: number, current: Face | null): Face {
    if (current !== null && MARK.test(String.fromCodePoint(codePoint)) && current.has(codePoint)) return current;
    return this.#chain.find((face) => face.has(codePoint)) ?? current ?? this.#chain[0];
  }

  #run(start: number, end: number, face: Face): LevelRun {
    const level = this.#levels[start]!;
    const rightToLeft = level % 2 === 1;
    const glyphs = face.shape(this.#text.slice(start, end), rightToLeft ? mirrored : null);
    return { face, level, rightToLeft, glyphs, width: glyphs.reduce((sum, { advance }) => sum + advance, 0) };
  }

  #line(pieces: readonly Piece[]): Line {
    const last = pieces.at(-1)!;
    const runs = pieces.flatMap((piece) => (piece === last ? piece.runs : [...piece.runs, ...piece.spaces]));
    const lefts = new Map<LevelRun, number>();
    let width = 0;
    for (const run of inOrderOfSight(runs)) {
      lefts.set(run, width);
      width += run.width;
    }
    const placed = runs.map((run) => ({ run, left: lefts.get(run)! }));
    // The space at which a line was broken is written too, for those who read the text without seeing it.
    const [space] = last.spaces;
    if (space !== undefined && space.glyphs.length === 1) {
      placed.push({ run: space, left: this.rightToLeft ? -space.width : width });
    }
    return { runs: placed, width, rightToLeft: this.rightToLeft };
  }
}

/** How much of a long word is taken first, so that no character as people see it is cut, if that can be. */
function lengthOfStart(word: string): number {
  return graphemes.segment(word).containing(LONGEST_WORD)?.index || LONGEST_WORD;
}

function mirrored(character: string): string {
  return bidi.getMirroredCharacter(character) ?? character;
}

function widthOf(runs: readonly LevelRun[]): number {
  return runs.reduce((sum, { width }) => sum + width, 0);
}

/** Rule L2 of UAX 9: from the highest level down, whatever is at that level or above is turned round. */
function inOrderOfSight(runs: readonly LevelRun[]): readonly LevelRun[] {
  const ordered = [...runs];
  const highest = runs.reduce((most, { level }) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start;
      while (end < ordered.length && ordered[end]!.level >= level) end++;
      for (let [left, right] = [start, end - 1]; left < right; left++, right--) {
        [ordered[left], ordered[right]] = [ordered[right]!, ordered[left]!];
      }
      start = Math.max(start, end);
    }
  }
  return ordered;
}
