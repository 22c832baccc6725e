// The file that pages are written to: pdfkit's objects, pages and tags, with text in our own fonts.
import PdfKitDocument from "pdfkit";
import type { Language } from "../../lib/language.ts";
import { EmbeddedFont, type PdfObject } from "./embedded-font.ts";
import type { Face } from "./face.ts";
import type { Line, ShapedRun } from "./paragraph.ts";

/** An element of the tree that tells a screen reader what is what (ISO 32000-1, 14.7). */
export type Tag = PDFKit.PDFStructureElement;

/** An operator that sets the colour of what follows: `0.4 g`, or `0.1 0.2 0.4 rg`. */
export type Colour = string;

/** Where text stands and how: points from the left and the top of the page, to the base line. */
export interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly colour: Colour;
}

/** pdfkit without the metadata stream: it writes titles there as XML without escaping them, and wants a time. */
class Document extends PdfKitDocument {
  override endMetadata(): void {}
}

export class PdfFile {
  readonly #pdf;
  readonly #root: Tag;
  readonly #fonts = new Map<Face, EmbeddedFont[]>();
  #fontCount = 0;
  /** What was drawn and not yet handed to pdfkit. */
  #pending: string[] = [];
  #colour = "";

  constructor(title: string, language: Language) {
    // pdfkit makes the identifier of the file from this; a real time would make each file another one.
    const info = { Title: title, Producer: "Waybill", Creator: "Waybill", CreationDate: new Date(0) };
    this.#pdf = new Document({
      autoFirstPage: false,
      bufferPages: true,
      font: "",
      pdfVersion: "1.7",
      lang: language,
      tagged: true,
      displayTitle: true,
      info,
    });
    delete this.#pdf.info.CreationDate;
    this.#root = this.#pdf.struct("Document");
    this.#pdf.addStructure(this.#root);
  }

  get pages(): number {
    return this.#pdf.bufferedPageRange().count;
  }

  addPage(width: number, height: number): void {
    this.#flush();
    this.#pdf.addPage({ size: [width, height], margin: 0 });
    this.#colour = "";
  }

  /** Turns to a page that is already there, counted from 0, and gives its size. */
  turnTo(page: number): { width: number; height: number } {
    this.#flush();
    this.#pdf.switchToPage(page);
    this.#colour = "";
    return this.#pdf.page;
  }

  /** A new element below another one, or below the document. */
  tag(type: string, parent: Tag = this.#root, options: { scope?: "Column" } = {}): Tag {
    // pdfkit knows the scope of a heading, its types do not.
    const tag = this.#pdf.struct(type, options as PDFKit.Mixins.StructureElementOptions);
    parent.add(tag);
    return tag;
  }

  /** What `draw` writes belongs to a tag; without one it is decoration, which no reader is told of. */
  marked(tag: Tag | null, type: string, draw: () => void): void {
    this.#flush();
    if (tag === null) this.#pdf.markContent("Artifact", { type: "Pagination" });
    const content = tag === null ? null : this.#pdf.markStructureContent(type);
    draw();
    this.#flush();
    this.#pdf.endMarkedContent();
    if (content !== null) tag?.add(content);
  }

  text(line: Line, { x, y, size, colour }: TextPlace): void {
    this.#setColour(colour);
    for (const { run, left } of line.runs) {
      const start = x + left * size;
      if ("text" in run) this.#plain(run.face, run.text, start, y, size);
      else this.#shaped(run, start, y, size);
    }
  }

  rectangle(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.#setColour(colour);
    this.#pending.push(`${number(x)} ${number(y)} ${number(width)} ${number(height)} re f`);
  }

  /** Ends the file and gives its bytes. Nothing can be drawn afterwards. */
  end(): Uint8Array {
    this.#flush();
    this.#root.end();
    for (const fonts of this.#fonts.values()) {
      for (const font of fonts) {
        const tag = font.name
          .slice(1)
          .padStart(6, "0")
          .replace(/\d/g, (digit) => "ABCDEFGHIJ"[Number(digit)]!);
        font.embed((data) => this.#object(data), tag);
      }
    }
    this.#pdf.end();
    return this.#pdf.read() as Uint8Array;
  }

  #plain(face: Face, text: string, x: number, y: number, size: number): void {
    if (text === "") return;
    const { font, written } = this.#written(face, (candidate) => candidate.plain(text));
    this.#show(font, size, x, y, `<${written}> Tj`);
  }

  /**
   * Glyphs on one base line are shown together, with corrections where they do not just follow one another: those that
   * are read from the right are drawn from the right, so that tagged text comes in the order of reading.
   */
  #shaped({ face, glyphs, rightToLeft, width }: ShapedRun, x: number, y: number, size: number): void {
    let open: { font: EmbeddedFont; x: number; y: number; parts: string; end: number } | undefined;
    const pieces: NonNullable<typeof open>[] = [];
    let left = rightToLeft ? width : 0;
    for (const glyph of rightToLeft ? glyphs.toReversed() : glyphs) {
      if (rightToLeft) left -= glyph.advance;
      const { font, written } = this.#written(face, (candidate) => candidate.glyph(glyph.id, glyph.text, glyph.width));
      const start = left + glyph.x;
      if (open?.font !== font || open.y !== glyph.y) {
        open = { font, x: start, y: glyph.y, parts: "", end: start };
        pieces.push(open);
      }
      const correction = Math.round((open.end - start) * 1000);
      open.parts += correction === 0 ? `<${written}>` : `${correction}<${written}>`;
      open.end = start + glyph.width;
      if (!rightToLeft) left += glyph.advance;
    }
    for (const piece of pieces) {
      this.#show(piece.font, size, x + piece.x * size, y - piece.y * size, `[${piece.parts}] TJ`);
    }
  }

  #show(font: EmbeddedFont, size: number, x: number, y: number, operator: string): void {
    this.#pdf.page.fonts[font.name] = font.dictionary;
    this.#pending.push(`BT /${font.name} ${size} Tf 1 0 0 -1 ${number(x)} ${number(y)} Tm ${operator} ET`);
  }

  /** Text in the first embedded font of a face in which its glyphs do not yet stand for another text. */
  #written(face: Face, write: (font: EmbeddedFont) => string | null): { font: EmbeddedFont; written: string } {
    let fonts = this.#fonts.get(face);
    if (fonts === undefined) this.#fonts.set(face, (fonts = []));
    for (let at = 0; ; at++) {
      const font = (fonts[at] ??= this.#newFont(face));
      const written = write(font);
      if (written !== null) return { font, written };
    }
  }

  #newFont(face: Face): EmbeddedFont {
    this.#fontCount++;
    return new EmbeddedFont(face, `F${this.#fontCount}`, this.#object({}));
  }

  #object(data: object): PdfObject {
    return this.#pdf.ref(data);
  }

  #setColour(colour: Colour): void {
    if (this.#colour !== colour) this.#pending.push(colour);
    this.#colour = colour;
  }

  #flush(): void {
    if (this.#pending.length > 0) this.#pdf.addContent(this.#pending.join("\n"));
    this.#pending = [];
  }
}

/** A length with two digits after the point. */
function number(length: number): string {
  return String(Math.round(length * 100) / 100);
}
