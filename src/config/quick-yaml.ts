// A reader for the plain part of YAML, for large configurations: about twenty times as fast as the whole language.
//
// It knows nested mappings, lists, `{ }` and `[ ]`, scalars on one line and `|` texts. At anything else (and at anything that is wrong) it gives
// up, and the YAML library reads the file. What it does read it reads as the library does: its test compares the two.

/** Thrown where the text is not plain; there is nothing to say about it. */
class NotPlain extends Error {}

/** A name, or one in quotes. */
const KEY = String.raw`(?:([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,200})|"([^"\\\n]{0,200})"|'([^'\n]{0,200})')`;
const LINE = new RegExp(String.raw`^( *)${KEY}:(?: +(.*))?$`, "u");
const ITEM = /^( *)- +(\S.*)$/;
const FLOW_LINE = /^( *)([[{].*)$/;
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
    return blockOf(text);
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

type Mapping = Record<string, unknown>;

function blockOf(text: string): unknown {
  const lines = new Lines(text);
  const top: Mapping = {};
  /** The mappings that the line is in, from the outside, with their indentation. */
  const open: { readonly indent: number; readonly mapping: Mapping }[] = [{ indent: 0, mapping: top }];
  /** The key that had nothing behind it: what is further in belongs to it. */
  let waiting: string | null = null;
  let isEmpty = true;
  for (let line = lines.next(); line !== null; line = lines.next()) {
    const inner = open.at(-1)!;
    const [, margin, content] = FLOW_LINE.exec(line) ?? ITEM.exec(line) ?? [];
    if (margin !== undefined && content !== undefined) {
      if (waiting === null || margin.length < inner.indent) throw new NotPlain();
      const isItem = line.startsWith("-", margin.length);
      if (!isItem && margin.length === inner.indent) throw new NotPlain();
      inner.mapping[waiting] = isItem ? listOf(content, margin.length, lines) : valueOf(content, inner.indent, lines);
      waiting = null;
      continue;
    }
    const parts = LINE.exec(line);
    if (parts === null) throw new NotPlain();
    const indent = parts[1]!.length;
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
    mapping[key] = waiting === null ? valueOf(rest, indent, lines) : null;
  }
  return isEmpty ? null : top;
}

/** The items of a list in block style, each on its line. */
function listOf(first: string, indent: number, lines: Lines): unknown[] {
  const list = [valueOf(first, indent, lines)];
  for (let line = lines.next(); line !== null; line = lines.next()) {
    const [, margin, content] = ITEM.exec(line) ?? [];
    if (margin?.length !== indent || content === undefined) {
      lines.back();
      return list;
    }
    list.push(valueOf(content, indent, lines));
  }
  return list;
}

/** The lines of a text, one after the other. */
class Lines {
  readonly #all: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#all = text.split("\n");
  }

  /** The next line that is not blank, or null at the end. */
  next(): string | null {
    while (this.#at < this.#all.length) {
      const line = this.#all[this.#at++]!;
      if (!BLANK.test(line)) return line;
    }
    return null;
  }

  back(): void {
    this.#at--;
  }

  /** The next line of a value that is not at its end, without its margin: it must be further in than the key. */
  continued(outer: number): string {
    const line = this.#all[this.#at++] ?? "";
    const content = line.trimStart();
    const margin = line.length - content.length;
    if (content === "" || margin <= outer || !line.startsWith(" ".repeat(margin))) throw new NotPlain();
    return content;
  }

  /** `|` and `|-`: the lines that are further in than the first one of them begins. */
  literal(outer: number, head: string): string {
    const first = this.#all.slice(this.#at, this.#at + 20).find((line) => line.trim() !== "") ?? "";
    const indent = first.length - first.trimStart().length;
    const margin = " ".repeat(indent);
    if ((head !== "|" && head !== "|-") || indent <= outer || !first.startsWith(margin)) throw new NotPlain();
    const content: string[] = [];
    for (; this.#at < this.#all.length; this.#at++) {
      const line = this.#all[this.#at]!;
      const isBlank = line.trim() === "";
      if (isBlank && line !== "") throw new NotPlain();
      if (!isBlank && !line.startsWith(margin)) break;
      content.push(line.slice(indent));
    }
    const text = content.join("\n").replace(/\n+$/, "");
    return head === "|" ? `${text}\n` : text;
  }
}

/** The library has something to say about these. */
function isRefused(key: string): boolean {
  return key === "__proto__" || key === "<<";
}

/** @param outer the indentation of the key, which what follows must go beyond */
function valueOf(rest: string, outer: number, lines: Lines): unknown {
  const first = rest.charAt(0);
  if (first === "{" || first === "[") return new Flow(rest, () => lines.continued(outer)).whole();
  if (first === "|") return lines.literal(outer, rest);
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

/** `{ a: b, c: [d, e] }`, on one line or on several. */
class Flow {
  #text: string;
  readonly #more: () => string;
  #at = 0;

  /** @param more gives the next line */
  constructor(text: string, more: () => string) {
    this.#text = text;
    this.#more = more;
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

  /** Goes on to the next line at the end of one. A comment there is not plain. */
  #spaces(): void {
    for (;;) {
      while (this.#text.charAt(this.#at) === " ") this.#at++;
      if (this.#at < this.#text.length) return;
      this.#text = this.#more();
      this.#at = 0;
    }
  }

  #take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const found = match(pattern, this.#text);
    this.#at = pattern.lastIndex;
    return found;
  }
}
