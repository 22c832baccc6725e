// Names of columns as names of elements (ISO/IEC 9075-14, section 9.1), as PostgreSQL's table_to_xml has them.
import { beginsName, goesOnInName } from "./name-characters.ts";

/** Whether text is an XML name without a colon (Namespaces in XML 1.0, NCName) that every parser takes. */
export function isXmlName(text: string): boolean {
  return text !== "" && [...text].every((sign, n) => suits(sign, n === 0));
}

/**
 * A name of an element for any text that is not empty. What a name cannot hold becomes `_xHHHH_`, beyond the basic
 * plane `_xHHHHHH_`; so do an underscore before `x`, the colon, and the first letter of a name that begins with `xml`.
 * No two texts get the same name.
 */
export function encodeName(text: string): string {
  const reserved = /^xml/i.test(text);
  const signs = [...text];
  return signs
    .map((sign, n) => {
      const first = n === 0;
      const misread = sign === "_" && signs[n + 1] === "x";
      return suits(sign, first) && !misread && !(first && reserved) ? sign : escaped(sign.codePointAt(0)!);
    })
    .join("");
}

function suits(sign: string, first: boolean): boolean {
  const codePoint = sign.codePointAt(0)!;
  return first ? beginsName(codePoint) : goesOnInName(codePoint);
}

function escaped(codePoint: number): string {
  return `_x${codePoint
    .toString(16)
    .toUpperCase()
    .padStart(codePoint > 0xffff ? 6 : 4, "0")}_`;
}
