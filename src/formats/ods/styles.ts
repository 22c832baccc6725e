// The looks of cells and columns in an ODS file. They stand before all tables, so each width has its style beforehand.
import { MAX_WIDTH, MIN_WIDTH } from "../sheet-widths.ts";

/** Names of styles of cells. */
export const CellStyle = {
  header: "h",
  date: "d",
  datetime: "dt",
  datetimeFraction: "df",
  time: "t",
  timeFraction: "tf",
} as const;

/** The style of tables. */
export const TABLE_STYLE = "s";

/** The style of a column of so many characters. */
export function widthStyle(characters: number): string {
  return `w${characters}`;
}

const LONG = `number:style="long"`;
const DATE =
  `<number:year ${LONG}/><number:text>-</number:text><number:month ${LONG}/>` +
  `<number:text>-</number:text><number:day ${LONG}/>`;
const CLOCK = `<number:hours ${LONG}/><number:text>:</number:text><number:minutes ${LONG}/><number:text>:</number:text>`;
const SECONDS = `<number:seconds ${LONG}/>`;
const MILLISECONDS = `<number:seconds ${LONG} number:decimal-places="3"/>`;
const SPACE = `<number:text> </number:text>`;

const FORMATS: readonly (readonly [style: string, kind: string, parts: string])[] = [
  [CellStyle.date, "date", DATE],
  [CellStyle.datetime, "date", DATE + SPACE + CLOCK + SECONDS],
  [CellStyle.datetimeFraction, "date", DATE + SPACE + CLOCK + MILLISECONDS],
  [CellStyle.time, "time", CLOCK + SECONDS],
  [CellStyle.timeFraction, "time", CLOCK + MILLISECONDS],
];

/** The widths there are, in characters; each is given room for a digit of ten points. */
const WIDTHS = Array.from({ length: MAX_WIDTH - MIN_WIDTH + 1 }, (_, n) => MIN_WIDTH + n);

/** `<office:automatic-styles>` of content.xml. */
export const AUTOMATIC_STYLES: string =
  `<office:automatic-styles>` +
  FORMATS.map(
    ([style, kind, parts]) => `<number:${kind}-style style:name="N${style}">${parts}</number:${kind}-style>`,
  ).join("") +
  WIDTHS.map(
    (width) =>
      `<style:style style:name="${widthStyle(width)}" style:family="table-column">` +
      `<style:table-column-properties style:column-width="${(width * 2.2).toFixed(1)}mm"/></style:style>`,
  ).join("") +
  `<style:style style:name="${TABLE_STYLE}" style:family="table"><style:table-properties table:display="true"/></style:style>` +
  `<style:style style:name="${CellStyle.header}" style:family="table-cell" style:parent-style-name="Default">` +
  `<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"/>` +
  `</style:style>` +
  FORMATS.map(
    ([style]) =>
      `<style:style style:name="${style}" style:family="table-cell" style:parent-style-name="Default" ` +
      `style:data-style-name="N${style}"/>`,
  ).join("") +
  `</office:automatic-styles>`;
