// A cell of text (ODF 1.3 part 3 section 9.1.4).
import type { Output } from "../../cells/output.ts";
import { writeAttribute, writeParagraphs } from "./paragraphs.ts";

const encoder = new TextEncoder();
const SHOWN = encoder.encode(`><text:p>`);
const EXACT = encoder.encode(` office:string-value="`);
const EXACT_SHOWN = encoder.encode(`"><text:p>`);
const END = encoder.encode(`</text:p></table:table-cell>`);

/** The start of a cell of text, to be handed to `writeTextCell`. */
export function textCellStart(style: string | null): Uint8Array {
  const styled = style === null ? "" : ` table:style-name="${style}"`;
  return encoder.encode(`<table:table-cell${styled} office:value-type="string"`);
}

/**
 * Appends a cell of UTF-8 text.
 * @returns whether it holds characters that XML cannot hold
 */
export function writeTextCell(
  cellStart: Uint8Array,
  from: Uint8Array,
  start: number,
  end: number,
  out: Output,
): boolean {
  out.append(cellStart);
  if (needsExact(from, start, end)) {
    out.append(EXACT);
    writeAttribute(from, start, end, out);
    out.append(EXACT_SHOWN);
  } else {
    out.append(SHOWN);
  }
  const odd = writeParagraphs(from, start, end, out);
  out.append(END);
  return odd;
}

/**
 * Whether paragraphs alone do not give the text back: they do not tell CR from LF, nor empty text from none, and
 * LibreOffice drops tabs. The value beside them does (section 19.383).
 */
function needsExact(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 0x0d || bytes[i] === 0x09) return true;
  return start === end;
}
