// The functions that XPath text names (XPath 3.1, sections 3.1.5 and 3.1.6), found by its tokens, not by its grammar.

/** A function's name as it is written: `doc`, `fn:doc`, `Q{uri}doc`. */
export interface FunctionName {
  readonly prefix: string;
  /** The URI where it was written out, else null. */
  readonly uri: string | null;
  readonly local: string;
}

const NAME = String.raw`[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{N}\p{M}_.\-\xb7]*`;
/** Literals, URIs in braces, variables (whose call is of a value at hand), names, and any other character alone. */
const TOKEN = new RegExp(
  String.raw`"[^"]*(?:""[^"]*)*"|'[^']*(?:''[^']*)*'|Q\{(?<uri>[^{}]*)\}|\$|(?<name>${NAME}(?::${NAME})?)|[^]`,
  "uy",
);
const SPACE = /\s*/y;

/** Every name in an expression that a parenthesis or `#` follows. Some are no functions: `element(`, `if (`. */
export function functionNames(xpath: string): FunctionName[] {
  const found: FunctionName[] = [];
  let uri: string | null = null;
  let variable = false;
  for (let at = skipSpace(xpath, 0); at < xpath.length; at = skipSpace(xpath, at)) {
    const { text, groups } = tokenAt(xpath, at);
    at += text.length;
    if (groups?.["name"] !== undefined) {
      const next = xpath[skipSpace(xpath, at)];
      const [first = "", second] = text.split(":");
      if (!variable && (next === "(" || next === "#")) {
        found.push({ prefix: second === undefined ? "" : first, uri, local: second ?? first });
      }
    }
    // Between `$` or a URI and the name, there is nothing but space.
    if (groups?.["uri"] === undefined) {
      variable = text === "$";
      uri = null;
    } else {
      uri = groups["uri"].trim();
    }
  }
  return found;
}

/** The expressions of a value template: what stands in its braces (XSLT 3.0, section 5.6.1). */
export function enclosed(template: string): string[] {
  const found: string[] = [];
  let at = template.indexOf("{");
  while (at >= 0) {
    if (template[at + 1] === "{") {
      at += 2;
    } else {
      const end = closing(template, at + 1);
      found.push(template.slice(at + 1, end));
      at = end + 1;
    }
    at = template.indexOf("{", at);
  }
  return found;
}

/** The place of the brace that ends the expression at `from`, or the end of the text. */
function closing(template: string, from: number): number {
  let depth = 1;
  for (let at = skipSpace(template, from); at < template.length;) {
    const { text } = tokenAt(template, at);
    if (text === "{") depth++;
    if (text === "}" && --depth === 0) return at;
    at = skipSpace(template, at + text.length);
  }
  return template.length;
}

function tokenAt(xpath: string, at: number): { text: string; groups: Record<string, string> | undefined } {
  TOKEN.lastIndex = at;
  const match = TOKEN.exec(xpath)!;
  return { text: match[0], groups: match.groups };
}

/** The place after white space and comments, which nest. */
function skipSpace(xpath: string, from: number): number {
  let at = from;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(xpath)![0].length;
    if (!xpath.startsWith("(:", at)) return at;
    let depth = 0;
    do {
      if (xpath.startsWith("(:", at)) {
        depth++;
        at += 2;
      } else if (xpath.startsWith(":)", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < xpath.length);
  }
}
