// Saxon's errors in words for people, with the line of the stylesheet.

/** What is wrong, and where as far as it is known; lines are counted from 1. */
export interface Explained {
  readonly detail: string;
  readonly line: number | null;
}

const MOST = 500;

/**
 * @param text the stylesheet
 * @param before what to say first
 */
export function explained(error: unknown, text: string, before = ""): Explained {
  const { message, xsltLineNr, xsltModule } = error as Readonly<Record<string, unknown>>;
  const said = String(message).replaceAll(/[\s\p{Cc}]+/gu, " ");
  if (said.includes("call stack")) {
    return { detail: "It goes too deep: templates or functions call themselves without end.", line: null };
  }
  // The parser counts lines from 0.
  const [where = "", parsed] = / at line (\d+) column \d+$/.exec(said) ?? [];
  if (parsed !== undefined) return { detail: cut(before + said.replace(where, "")), line: Number(parsed) + 1 };
  const [place = "", near, expression] = / on line (\d+) in \S*stylesheet\.xsl \{(.*?)\}(?=: )/.exec(said) ?? [];
  if (expression !== undefined) {
    const detail = cut(before + said.replace(place, ` {${expression}}`));
    return { detail, line: lineOf(expression, text, Number(near)) };
  }
  const line = String(xsltModule).endsWith("stylesheet.xsl") ? Number(xsltLineNr) : 0;
  return { detail: cut(before + said), line: line > 0 ? line : null };
}

/** The line where an expression begins. Of one that shares its line with other elements, Saxon names another nearby. */
function lineOf(expression: string, text: string, near: number): number | null {
  const begin = expression.trim().slice(0, 24);
  const lines = text
    .split("\n")
    .map((line, n) => (unescaped(line).replaceAll(/\s+/g, " ").includes(begin) ? n + 1 : 0))
    .filter((line) => line > 0);
  if (lines.includes(near)) return near;
  return lines.length === 1 ? lines[0]! : null;
}

function unescaped(line: string): string {
  const signs: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return line.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => signs[name]!);
}

function cut(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
