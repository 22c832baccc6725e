// Identifiers that people paste: from a spreadsheet's column, a mail, a list.

/** How many can be looked up at once. */
export const MOST_IDENTIFIERS = 10_000;

/** Lines, tabs, semicolons and commas separate them; quotes around one fall away; those given twice count once. */
export function readIdentifiers(text: string): readonly string[] {
  const all = text
    .split(/[\n\r\t;,]+/)
    .map((it) =>
      it
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2")
        .trim(),
    )
    .filter((it) => it !== "");
  return [...new Set(all)];
}

/** Keys of several fields are JSON arrays, which have commas themselves: one a line. */
export function readKeys(text: string): readonly string[] {
  const lines = text.split(/[\n\r\t;]+/).map((it) => it.trim());
  return [...new Set(lines.filter((it) => it !== ""))];
}
