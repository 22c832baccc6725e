// A font file that was read once: which characters it has, how wide they are, and how they look beside each other.
import type { Font, Subset } from "fontkit";

/** A glyph at its place. Lengths are in ems: multiplied by the size of the type they are points. */
export interface PlacedGlyph {
  readonly id: number;
  /** The characters that it stands for, so that text can be found and copied. */
  readonly text: string;
  /** The width that the font gives it, and the one that it has here. */
  readonly width: number;
  readonly advance: number;
  readonly x: number;
  readonly y: number;
}

const UNKNOWN = -2;
const MISSING = -1;
const SPACE = 0x20;
/** How many shaped glyphs are kept, word by word; the same words come back in each record. */
const KEPT_GLYPHS = 50_000;
const MARK = /^\p{M}+$/u;

export class Face {
  readonly font: Font;
  /** By code point, for the Basic Multilingual Plane: widths and glyphs, read when they are first asked for. */
  readonly #advances = new Float64Array(0x10000).fill(UNKNOWN);
  readonly #ids = new Uint16Array(0x10000);
  readonly #shapes = new Map<string, readonly PlacedGlyph[]>();
  #kept = 0;

  constructor(font: Font) {
    this.font = font;
    // fontkit remembers the characters of the first text that used a glyph and would tell them for every later one.
    const get = font.getGlyph.bind(font);
    font.getGlyph = (id, codePoints) => {
      const glyph = get(id);
      if (codePoints === undefined) return glyph;
      const isMark = codePoints.length > 0 && MARK.test(String.fromCodePoint(...codePoints));
      return Object.assign(Object.create(glyph), { codePoints, isMark, isLigature: codePoints.length > 1 });
    };
  }

  /** The width of a character in ems; negative where the font does not have it. */
  advance(codePoint: number): number {
    if (codePoint > 0xffff) return this.#read(codePoint).advance;
    const known = this.#advances[codePoint]!;
    if (known !== UNKNOWN) return known;
    const { id, advance } = this.#read(codePoint);
    this.#ids[codePoint] = id;
    return (this.#advances[codePoint] = advance);
  }

  has(codePoint: number): boolean {
    return this.advance(codePoint) >= 0;
  }

  /** The glyph of a character that the font has. */
  glyphId(codePoint: number): number {
    if (codePoint > 0xffff) return this.#read(codePoint).id;
    this.advance(codePoint);
    return this.#ids[codePoint]!;
  }

  #read(codePoint: number): { id: number; advance: number } {
    const { id, advanceWidth } = this.font.glyphForCodePoint(codePoint);
    return { id, advance: id === 0 ? MISSING : advanceWidth / this.font.unitsPerEm };
  }

  /**
   * Text in one direction as glyphs from left to right, joined and combined as the font says. `mirror` gives the
   * counterparts of brackets, for text that runs from right to left.
   */
  shape(text: string, mirror: ((character: string) => string) | null): readonly PlacedGlyph[] {
    const key = mirror === null ? text : `<${text}`;
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    const turned = mirror === null ? text : Array.from(text, mirror).join("");
    const run = this.font.layout(turned, undefined, undefined, undefined, mirror === null ? "ltr" : "rtl");
    const em = this.font.unitsPerEm;
    const glyphs = run.glyphs.flatMap(({ id, codePoints, advanceWidth }, at): readonly PlacedGlyph[] => {
      const { xAdvance, xOffset, yOffset } = run.positions[at]!;
      // What has no look comes as a space without width; whoever copies the text should not find a space there.
      if (xAdvance === 0 && codePoints[0] === SPACE) return [];
      const characters = codePoints.map((codePoint) => String.fromCodePoint(codePoint));
      const meant = (mirror === null ? characters : characters.map(mirror)).join("");
      const place = { advance: xAdvance / em, x: xOffset / em, y: yOffset / em };
      return [{ id, text: meant, width: advanceWidth / em, ...place }];
    });
    this.#kept += glyphs.length + 1;
    if (this.#kept > KEPT_GLYPHS) {
      this.#shapes.clear();
      this.#kept = glyphs.length + 1;
    }
    this.#shapes.set(key, glyphs);
    return glyphs;
  }

  subset(): Subset {
    return this.font.createSubset();
  }
}
