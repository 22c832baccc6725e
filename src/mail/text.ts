// Text of others in mail: what must not be in it, where it ends, and how it is written as HTML and in lines.

/** What breaks lines, and what would turn the text around it (Unicode's bidirectional overrides, embeddings, isolates). */
const BREAKS = /[\p{Cc}\u2028\u2029]+/gu;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/gu;

/** More marks on one letter than any script has, which are drawn over the lines above. */
const MARKS = /(\p{M}{8})\p{M}+/gu;

/** On one line, with nothing that a mail program acts upon. */
export function cleaned(text: string): string {
  return text.toWellFormed().replaceAll(BREAKS, " ").replaceAll(BIDI, "").replaceAll(MARKS, "$1").trim();
}

const segmenter = new Intl.Segmenter();

/**
 * Cleaned, and cut to so many UTF-16 units at most, with an ellipsis: between what readers see as characters, or within
 * one that is longer than all that, but never within a code point.
 */
export function shortened(text: string, most: number): string {
  const whole = cleaned(text);
  if (whole.length <= most) return whole;
  let end = 0;
  for (const { index, segment } of segmenter.segment(whole)) {
    if (index + segment.length >= most) break;
    end = index + segment.length;
  }
  const cut = whole.slice(0, end === 0 ? most - 1 : end).trimEnd();
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** As HTML, between tags and in attributes. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** In lines of 72 characters where there are spaces to break at. @param indent what further lines begin with */
export function wrapped(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > 72) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
