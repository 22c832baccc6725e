// A reader for the plain part of YAML, for large configurations: about twenty times as fast as the whole language.
//
// It knows nested mappings, values on one line and `|` texts. At anything else (and at anything that is wrong) it gives
// up, and the YAML library reads the file. What it does read it reads as the library does: its test compares the two.

/** Thrown where the text is not plain; there is nothing to say about it. */
class NotPlain extends Error {}

/** A name, or one in quotes. */
const KEY = String.raw`(?:([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,200})|"([^"\\\n]{0,200})"|'([^'\n]{0,200})')`;
const LINE = new RegExp(String.raw`^( *)${KEY}:(?: +(.*))?$`, "u");
const BLANK = /^ *(?:#|$)/;
const END = String.raw`(?= *$| +#)`;
const DOUBLE = new RegExp(String.raw`^"([^"\\]*)"${END}`, "u");
const SINGLE = new RegExp(String.raw`^'([^']*)'${END}`, "u");
const PLAIN = new RegExp(String.raw`^[\p{L}\p{N}_./($](?:[^\p{C}\s#:]|:(?=[^\s])| +(?=[^\s#]))*${END}`, "u");
const TAIL = /^ *(?:$|(?<= )#)/;

const FLOW_KEY = new RegExp(`${KEY}: +`, "uy");
const FLOW_DOUBLE = /"([^"\\]*)"/uy;
const FLOW_SINGLE = /'([^']*)'/uy;
const FLOW_PLAIN = /[\p{L}\p{N}_./($](?:[^\p{C}\s#:,[\]{}]|:(?=[\p{L}\p{N}/])| +(?=[^\s#:,[\]{}]))*/uy;

/** All that the core schema takes for a number. */
const NUMERIC = /^[-+]?(?:\.?\d[\d.]*(?:e[-+]?\d+)?|0[ox][\da-f]+|\.(?:inf|nan))$/i;
const DEEPEST = 40;

/** The value of a text in plain YAML, as `parseYaml` gives it; undefined when the text is not plain. */
export function quickValue(text: string): unknown {
  if (text.includes("\r") || !text.endsWith("\n")) return undefined;
  try {
    return blockOf(text.split("\n"));
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

type Mapping = Record<string, unknown>;

function blockOf(lines: readonly string[]): unknown {
  const top: Mapping = {};
  /** The mappings that the line is in, from the outside, with their indentation. */
  const open: { readonly indent: number; readonly mapping: Mapping }[] = [{ indent: 0, mapping: top }];
  /** The key that had nothing behind it: what is further in belongs to it. */
  let waiting: string | null = null;
  let isEmpty = true;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (BLANK.test(line)) continue;
    const parts = LINE.exec(line);
    if (parts === null) throw new NotPlain();
    const indent = parts[1]!.length;
    const inner = open.at(-1)!;
    if (indent > inner.indent) {
      if (waiting === null || open.length > DEEPEST) throw new NotPlain();
      const mapping: Mapping = {};
      inner.mapping[waiting] = mapping;
      open.push({ indent, mapping });
    }
    while (open.at(-1)!.indent > indent) open.pop();
    const { indent: expected, mapping } = open.at(-1)!;
    const key = (parts[2] ?? parts[3] ?? parts[4])!;
    if (indent !== expected || Object.hasOwn(mapping, key) || isRefused(key)) throw new NotPlain();
    const rest = parts[5] ?? "";
    isEmpty = false;
    waiting = BLANK.test(rest) ? key : null;
    if (rest.startsWith("|")) {
      const literal = literalOf(lines, at + 1, indent, rest);
      mapping[key] = literal.text;
      at = literal.end - 1;
    } else mapping[key] = waiting === null ? valueOf(rest) : null;
  }
  return isEmpty ? null : top;
}

/** The library has something to say about these. */
function isRefused(key: string): boolean {
  return key === "__proto__" || key === "<<";
}

function valueOf(rest: string): unknown {
  const first = rest.charAt(0);
  if (first === "{" || first === "[") return new Flow(rest).whole();
  if (first === '"') return match(DOUBLE, rest)[1];
  if (first === "'") return match(SINGLE, rest)[1];
  return scalarOf(match(PLAIN, rest)[0]);
}

function match(pattern: RegExp, text: string): RegExpExecArray {
  const found = pattern.exec(text);
  if (found === null) throw new NotPlain();
  return found;
}

/** A plain scalar by the core schema. */
function scalarOf(text: string): unknown {
  if (/^[tf]/i.test(text) && /^(?:true|True|TRUE|false|False|FALSE)$/.test(text)) return /^t/i.test(text);
  if (/^(?:null|Null|NULL)$/.test(text)) return null;
  if (!NUMERIC.test(text)) return text;
  const number = Number(text);
  if (String(number) !== text) throw new NotPlain();
  return number;
}

/** `|` and `|-`: the lines that are further in than the first one of them begins. */
function literalOf(
  lines: readonly string[],
  start: number,
  outer: number,
  head: string,
): { text: string; end: number } {
  const first = lines.slice(start).find((line) => line.trim() !== "") ?? "";
  const indent = first.length - first.trimStart().length;
  if ((head !== "|" && head !== "|-") || indent <= outer) throw new NotPlain();
  const margin = " ".repeat(indent);
  if (!first.startsWith(margin)) throw new NotPlain();
  let end = start;
  const content: string[] = [];
  for (; end < lines.length; end++) {
    const line = lines[end]!;
    const isBlank = line.trim() === "";
    if (isBlank && line !== "") throw new NotPlain();
    if (!isBlank && !line.startsWith(margin)) break;
    content.push(line.slice(indent));
  }
  const text = content.join("\n").replace(/\n+$/, "");
  return { text: head === "|" ? `${text}\n` : text, end };
}

/** `{ a: b, c: [d, e] }` on one line. */
class Flow {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value(0);
    if (!TAIL.test(this.#text.slice(this.#at))) throw new NotPlain();
    return value;
  }

  #value(depth: number): unknown {
    if (depth > DEEPEST) throw new NotPlain();
    const first = this.#text.charAt(this.#at);
    if (first === "{") return this.#mapping(depth + 1);
    if (first === "[") return this.#list(depth + 1);
    if (first === '"') return this.#take(FLOW_DOUBLE)[1];
    if (first === "'") return this.#take(FLOW_SINGLE)[1];
    return scalarOf(this.#take(FLOW_PLAIN)[0]);
  }

  #mapping(depth: number): Mapping {
    const mapping: Mapping = {};
    this.#items("}", () => {
      const found = this.#take(FLOW_KEY);
      const key = (found[1] ?? found[2] ?? found[3])!;
      if (Object.hasOwn(mapping, key) || isRefused(key)) throw new NotPlain();
      mapping[key] = this.#value(depth);
    });
    return mapping;
  }

  #list(depth: number): unknown[] {
    const list: unknown[] = [];
    this.#items("]", () => list.push(this.#value(depth)));
    return list;
  }

  #items(end: string, item: () => void): void {
    this.#at++;
    this.#spaces();
    while (this.#text.charAt(this.#at) !== end) {
      item();
      this.#spaces();
      if (this.#text.charAt(this.#at) === ",") {
        this.#at++;
        this.#spaces();
        if (this.#text.charAt(this.#at) === end) throw new NotPlain();
      } else if (this.#text.charAt(this.#at) !== end) throw new NotPlain();
    }
    this.#at++;
  }

  #spaces(): void {
    while (this.#text.charAt(this.#at) === " ") this.#at++;
  }

  #take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = match(pattern, this.#text);
    this.#at = pattern.lastIndex;
    return found;
  }
}
