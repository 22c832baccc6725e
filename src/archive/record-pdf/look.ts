// How the PDF looks: paper, type, colours. Lengths are points.
import type { Colour } from "./pdf-file.ts";

/** A4 (ISO 216). */
export const PAPER = { short: 595.28, long: 841.89 } as const;
export const MARGIN = { side: 54, top: 50, bottom: 70 } as const;

const INK: Colour = "0.12 g";
const GREY: Colour = "0.42 g";
export const FAINT: Colour = "0.62 g";
export const HAIR: Colour = "0.87 g";
export const SHADE: Colour = "0.945 0.953 0.965 rg";
export const ACCENT: Colour = "0.106 0.263 0.431 rg";

/** Type of a kind: its weight, its size, the height of its lines, its colour. */
export interface Style {
  readonly weight: "regular" | "bold";
  readonly size: number;
  readonly leading: number;
  readonly colour: Colour;
}

export const TITLE: Style = { weight: "bold", size: 18, leading: 23, colour: ACCENT };
export const SUBTITLE: Style = { weight: "regular", size: 10.5, leading: 14.5, colour: GREY };
export const HEADING: Style = { weight: "bold", size: 12, leading: 16, colour: ACCENT };
export const LABEL: Style = { weight: "regular", size: 9.5, leading: 13, colour: GREY };
export const VALUE: Style = { weight: "regular", size: 9.5, leading: 13, colour: INK };
export const FOOT: Style = { weight: "regular", size: 8, leading: 10.5, colour: GREY };

/** The type of tables, at a size. */
export function tableStyles(size: number): { head: Style; cell: Style } {
  const leading = Math.round(size * 1.35 * 10) / 10;
  return {
    head: { weight: "bold", size, leading, colour: INK },
    cell: { weight: "regular", size, leading, colour: INK },
  };
}
