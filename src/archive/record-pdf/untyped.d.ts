// What we use of two libraries that bring no types.

declare module "fontkit" {
  export interface Glyph {
    readonly id: number;
    readonly codePoints: readonly number[];
    readonly advanceWidth: number;
  }

  export interface GlyphRun {
    readonly glyphs: readonly Glyph[];
    readonly positions: readonly { xAdvance: number; xOffset: number; yOffset: number }[];
  }

  /** A part of a font, for embedding: glyphs are numbered anew, in the order in which they are asked for. */
  export interface Subset {
    readonly cff?: unknown;
    includeGlyph(id: number): number;
    encode(): Uint8Array;
  }

  export interface Font {
    readonly postscriptName: string | null;
    readonly unitsPerEm: number;
    readonly ascent: number;
    readonly descent: number;
    readonly italicAngle: number;
    readonly bbox: { minX: number; minY: number; maxX: number; maxY: number };
    readonly fonts?: undefined;
    getGlyph(id: number, codePoints?: readonly number[]): Glyph;
    glyphForCodePoint(codePoint: number): Glyph;
    layout(text: string, features?: undefined, script?: string, language?: string, direction?: "ltr" | "rtl"): GlyphRun;
    createSubset(): Subset;
  }

  /** A file of several fonts (TTC). */
  export interface Collection {
    readonly fonts: readonly Font[];
  }

  export function openSync(path: string): Font | Collection;
}

declare module "linebreak" {
  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
