// PDFs as other programs read them: Poppler (pdfinfo, pdftotext, pdffonts) and qpdf.
import { printed } from "./programs.ts";

/** A word with its place on its page, in points from the left and the top. */
export interface PdfWord {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly words: readonly PdfWord[];
}

/** An element of the tree of tags with the text that it holds itself, in the order of reading. */
export interface PdfElement {
  readonly type: string;
  readonly text: string;
}

/** Throws where qpdf finds anything wrong with the file. */
export function expectSound(path: string): void {
  printed("qpdf", ["--check", path]);
}

/** What pdfinfo says of the file, by name. */
export function pdfFacts(path: string): ReadonlyMap<string, string> {
  const lines = printed("pdfinfo", [path]).split("\n");
  return new Map(lines.map((line): [string, string] => [line.replace(/:.*$/, ""), line.replace(/^[^:]*:\s*/, "")]));
}

/** The text of each page, as a person would copy it. */
export function pdfPages(path: string): readonly string[] {
  return printed("pdftotext", [path, "-"]).split("\f").slice(0, -1);
}

export function pdfWords(path: string): readonly PdfPage[] {
  const html = printed("pdftotext", ["-bbox", path, "-"]);
  return html
    .split("<page ")
    .slice(1)
    .map((page) => {
      const [width, height] = numbers(page.slice(0, page.indexOf(">")));
      const words = [...page.matchAll(/<word (.*?)>(.*?)<\/word>/gs)].map(([, places, text]) => {
        const [left, top, right, bottom] = numbers(places!);
        return { text: text!, left: left!, top: top!, right: right!, bottom: bottom! };
      });
      return { width: width!, height: height!, words };
    });
}

/** The tagged text: what a screen reader is given. */
export function pdfElements(path: string): readonly PdfElement[] {
  const elements: { type: string; text: string }[] = [];
  for (const line of printed("pdfinfo", ["-struct-text", path]).split("\n")) {
    const [, text] = /^ *"(.*)"$/.exec(line) ?? [];
    const [, type] = /^ *(\w+)(?: \(\w+\))?:?$/.exec(line) ?? [];
    if (text !== undefined) elements.at(-1)!.text += text;
    else if (type !== undefined) elements.push({ type, text: "" });
  }
  return elements;
}

function numbers(attributes: string): readonly number[] {
  return [...attributes.matchAll(/"([-\d.]+)"/g)].map(([, value]) => Number(value));
}
