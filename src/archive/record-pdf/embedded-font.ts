// The part of a font that one PDF uses, and how its text is written (ISO 32000-1, 9.7: composite fonts).
import type { Face } from "./face.ts";

/** An object of the file that can be referred to. */
export interface PdfObject {
  data: object;
  end(content?: Uint8Array | string): void;
}

/** Glyphs of a face, numbered in the order of their use, each with the text that it stands for. */
export class EmbeddedFont {
  /** Its name in the pages. */
  readonly name: string;
  readonly dictionary: PdfObject;
  readonly #face: Face;
  readonly #subset;
  /** By number: the text, and the width in thousandths of an em. Number 0 is the glyph of what is missing. */
  readonly #texts: string[] = [""];
  readonly #widths: number[] = [0];
  /** Characters that were written before, as four hexadecimal digits. */
  readonly #written: string[] = [];

  constructor(face: Face, name: string, dictionary: PdfObject) {
    this.name = name;
    this.dictionary = dictionary;
    this.#face = face;
    this.#subset = face.subset();
  }

  /** Plain characters as hexadecimal digits. `null` where one's glyph already stands for another text here. */
  plain(text: string): string | null {
    let out = "";
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const written = this.#written[code] ?? this.#writePlain(code);
      if (written === null) return null;
      out += written;
    }
    return out;
  }

  #writePlain(code: number): string | null {
    const written = this.glyph(this.#face.glyphId(code), String.fromCharCode(code), this.#face.advance(code));
    if (written !== null) this.#written[code] = written;
    return written;
  }

  /** A glyph as hexadecimal digits. `null` where it already stands for another text here. */
  glyph(id: number, text: string, width: number): string | null {
    const number = this.#subset.includeGlyph(id);
    const known = this.#texts[number];
    if (known === undefined) {
      this.#texts[number] = text;
      this.#widths[number] = Math.round(width * 1e5) / 100;
    } else if (known !== text) return null;
    return hex(number);
  }

  /** Writes the font; `object` makes an object of the file. */
  embed(object: (data: object) => PdfObject, tag: string): void {
    const { font } = this.#face;
    const scale = (length: number): number => Math.round((length * 1000) / font.unitsPerEm);
    const isCff = this.#subset.cff !== undefined && this.#subset.cff !== null;
    const name = `${tag}+${(font.postscriptName ?? "Font").replace(/[^\w-]/g, "")}`;
    const file = object(isCff ? { Subtype: "CIDFontType0C" } : {});
    file.end(this.#subset.encode());
    const { minX, minY, maxX, maxY } = font.bbox;
    const descriptor = object({
      Type: "FontDescriptor",
      FontName: name,
      // Symbolic: the characters are numbered by us.
      Flags: 4,
      FontBBox: [minX, minY, maxX, maxY].map(scale),
      ItalicAngle: font.italicAngle,
      Ascent: scale(font.ascent),
      Descent: scale(font.descent),
      CapHeight: scale(font.ascent),
      StemV: 80,
      [isCff ? "FontFile3" : "FontFile2"]: file,
    });
    descriptor.end();
    const descendant = object({
      Type: "Font",
      Subtype: isCff ? "CIDFontType0" : "CIDFontType2",
      BaseFont: name,
      // pdfkit writes a plain string as a name, and an object of it as a string.
      CIDSystemInfo: { Registry: new String("Adobe"), Ordering: new String("Identity"), Supplement: 0 },
      FontDescriptor: descriptor,
      W: [0, this.#widths],
      ...(isCff ? {} : { CIDToGIDMap: "Identity" }),
    });
    descendant.end();
    const unicode = object({});
    unicode.end(this.#unicodeMap());
    Object.assign(this.dictionary.data, {
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: unicode,
    });
    this.dictionary.end();
  }

  /** What the numbers stand for (ISO 32000-1, 9.10.3), at most a hundred in a block. */
  #unicodeMap(): string {
    const entries = this.#texts.flatMap((text, number) =>
      text === ""
        ? []
        : [`<${hex(number)}> <${Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at))).join("")}>`],
    );
    const blocks: string[] = [];
    for (let at = 0; at < entries.length; at += 100) {
      const block = entries.slice(at, at + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
    }
    return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join("\n")}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`;
  }
}

function hex(number: number): string {
  return number.toString(16).padStart(4, "0");
}
