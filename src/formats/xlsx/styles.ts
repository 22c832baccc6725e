// The few looks of cells in an XLSX file (ISO/IEC 29500-1 section 18.8).

/** Positions in `cellXfs`. */
export const Style = {
  header: 1,
  date: 2,
  datetime: 3,
  datetimeMilliseconds: 4,
  time: 5,
  timeMilliseconds: 6,
} as const;

const FORMATS = [
  "yyyy\\-mm\\-dd",
  "yyyy\\-mm\\-dd\\ hh:mm:ss",
  "yyyy\\-mm\\-dd\\ hh:mm:ss.000",
  "hh:mm:ss",
  "hh:mm:ss.000",
] as const;
/** Numbers below are Excel's own formats. */
const FIRST_FORMAT = 164;

const FONT = `<sz val="11"/><name val="Calibri"/><family val="2"/>`;

/** `xl/styles.xml`. */
export const STYLES: string =
  `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
  `<numFmts count="${FORMATS.length}">` +
  FORMATS.map((code, n) => `<numFmt numFmtId="${FIRST_FORMAT + n}" formatCode="${code}"/>`).join("") +
  `</numFmts>` +
  `<fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts>` +
  `<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
  `<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
  `<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
  `<cellXfs count="${FORMATS.length + 2}">` +
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
  `<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>` +
  FORMATS.map(
    (_, n) => `<xf numFmtId="${FIRST_FORMAT + n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  ).join("") +
  `</cellXfs>` +
  `<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
  `</styleSheet>`;
