// The fonts of the PDF: DejaVu Sans, and further ones for what it lacks. Read once, shared by all records.
import { fileURLToPath } from "node:url";
import { openSync } from "fontkit";
import { usageError } from "../../lib/errors.ts";
import { Face } from "./face.ts";

/** Faces in the order in which they are asked for a character. */
export type FaceChain = readonly [Face, ...Face[]];

export interface PdfFonts {
  readonly regular: FaceChain;
  readonly bold: FaceChain;
}

/**
 * DejaVu Sans (Latin, Greek, Cyrillic, Hebrew, Arabic and more), then the fonts of these files (TTF, OTF, TTC), asked in
 * order for the characters that are still missing. Throws a usage error where one of them cannot be read.
 */
export function loadFonts(extra: readonly string[] = []): PdfFonts {
  const regular = faceOf(fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf")));
  const bold = faceOf(fileURLToPath(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf")));
  const further = extra.map(faceOf);
  return { regular: [regular, ...further], bold: [bold, regular, ...further] };
}

function faceOf(path: string): Face {
  try {
    const file = openSync(path);
    const font = file.fonts === undefined ? file : file.fonts[0];
    if (font?.unitsPerEm === undefined) throw new Error("it holds no font");
    return new Face(font);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw usageError("font", `The font ${path} cannot be read: ${reason}.`, {
      hint: "Name a TrueType or OpenType file (.ttf, .otf, .ttc).",
      cause: error,
    });
  }
}
