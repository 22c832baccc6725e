// A configuration that is there already: where things stand in its text, and lines put between its lines.
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type Pair,
  type YAMLMap,
} from "yaml";
import { usageError, type WaybillError } from "../lib/errors.ts";
import { indented } from "./yaml-lines.ts";

/** A mapping in the text: as its node, or a key with nothing behind it yet. */
export type Block =
  | { readonly kind: "map"; readonly map: YAMLMap; readonly pair: Pair | null }
  | { readonly kind: "empty"; readonly pair: Pair; readonly parent: YAMLMap }
  /** In braces, or behind an alias: lines cannot be added. */
  | { readonly kind: "closed"; readonly map: YAMLMap | null; readonly pair: Pair };

interface Insertion {
  readonly at: number;
  readonly lines: readonly string[];
}

export class ExistingFile {
  readonly text: string;
  readonly #file: string;
  readonly #document: Document;
  readonly #counter = new LineCounter();
  readonly #insertions: Insertion[] = [];
  readonly #atEnd: string[] = [];

  /** @throws usageError `config` when it is no YAML, with the place */
  constructor(text: string, file: string) {
    this.text = text;
    this.#file = file;
    this.#document = parseDocument(text, {
      schema: "core",
      prettyErrors: false,
      logLevel: "silent",
      lineCounter: this.#counter,
    });
    const wrong = this.#document.errors[0];
    if (wrong !== undefined) throw this.#refused(wrong.pos[0], "this is not YAML as Waybill reads it");
  }

  /** The mapping that the whole file is; null when there is nothing but comments. */
  get root(): Block | null {
    const { contents } = this.#document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return null;
    if (!isMap(contents)) throw this.#refused(contents.range?.[0] ?? 0, "a mapping with orgs was expected");
    if (contents.flow === true) throw this.#refused(contents.range?.[0] ?? 0, "it is written in braces");
    return { kind: "map", map: contents, pair: null };
  }

  /**
   * The mapping under a key.
   * @throws usageError `config` when something else is there
   */
  block(of: Block, key: string): Block | null {
    const map = of.kind === "empty" ? null : of.map;
    const pair = map?.items.find((it) => keyOf(it) === key);
    if (map === null || pair === undefined) return null;
    const { value } = pair;
    if (value === null || (isScalar(value) && value.value === null)) {
      const isEmpty =
        value === null || (value as { source?: string }).source === "" || value.range?.[0] === value.range?.[1];
      return isEmpty ? { kind: "empty", pair, parent: map } : { kind: "closed", map: null, pair };
    }
    const inside = isAlias(value) ? value.resolve(this.#document) : value;
    if (!isMap(inside)) throw this.#refused(startOf(pair), `a mapping was expected at "${key}"`);
    return value === inside && inside.flow !== true && of.kind !== "closed"
      ? { kind: "map", map: inside, pair }
      : { kind: "closed", map: inside, pair };
  }

  /** The text of a scalar under a key; null when there is none. */
  scalar(of: Block, key: string): string | null {
    const value = of.kind === "empty" ? undefined : of.map?.items.find((it) => keyOf(it) === key)?.value;
    const inside = isAlias(value) ? value.resolve(this.#document) : value;
    if (!isScalar(inside) || inside.value === null) return null;
    return typeof inside.value === "string" ? inside.value : (inside.source ?? null);
  }

  /** Names of entries of a mapping that are commented out, as far in as its own. */
  commented(of: Block): ReadonlySet<string> {
    const from = of.pair === null ? 0 : startOf(of.pair);
    const { at, indent } = this.#endOf(of);
    const lines = this.text.slice(from, at).split("\n");
    return new Set(lines.flatMap((line) => namesInComment(line, indent)));
  }

  /** Puts lines at the end of a mapping. */
  add(to: Block, lines: readonly string[]): void {
    if (to.kind === "closed" || lines.length === 0) return;
    const { at, indent } = this.#endOf(to);
    this.#insertions.push({ at, lines: indented(lines, indent) });
  }

  /** Puts lines after a key's own line, or at the end of what is in it, as far in as the key. */
  addAfter(pair: Pair, lines: readonly string[]): void {
    const column = this.#column(startOf(pair));
    this.#insertions.push({ at: this.#lineAfter(endOf(pair)), lines: indented(lines, column) });
  }

  /** Puts lines at the beginning of a mapping. */
  addFirst(to: Block, lines: readonly string[]): void {
    if (to.kind !== "map") return this.add(to, lines);
    const start = to.map.range![0];
    this.#insertions.push({
      at: this.text.lastIndexOf("\n", start - 1) + 1,
      lines: indented(lines, this.#column(start)),
    });
  }

  /** Puts lines at the end of the file. */
  addLast(lines: readonly string[]): void {
    this.#atEnd.push(...lines);
  }

  get isChanged(): boolean {
    return this.#insertions.length > 0 || this.#atEnd.length > 0;
  }

  /** The text with the lines that were added: every line of before is there, in its order. */
  result(): string {
    const newline = this.text.includes("\r\n") ? "\r\n" : "\n";
    const joined = (lines: readonly string[]): string => lines.map((line) => line + newline).join("");
    let text = "";
    let done = 0;
    const ended = (): void => {
      if (text !== "" && !text.endsWith("\n")) text += newline;
    };
    for (const { at, lines } of this.#insertions.toSorted((a, b) => a.at - b.at)) {
      text += this.text.slice(done, at);
      done = at;
      ended();
      text += joined(lines);
    }
    text += this.text.slice(done);
    if (this.#atEnd.length > 0) ended();
    text += joined(this.#atEnd);
    return text;
  }

  /** A refusal that names a place. */
  refuse(of: Block, what: string): WaybillError {
    return this.#refused(of.pair === null ? 0 : startOf(of.pair), what);
  }

  #refused(offset: number, what: string): WaybillError {
    const { line, col } = this.#counter.linePos(offset);
    return usageError("config", `${this.#file}:${line}:${col}: ${what}.`, {
      hint: "Mend it there, or name another file with -o; nothing was changed.",
    });
  }

  /** Where lines at the end of a mapping go, and how far in they are. */
  #endOf(of: Block): { at: number; indent: number } {
    if (of.kind === "map") {
      const indent = this.#column(of.map.range![0]);
      const last = of.map.items.at(-1);
      return {
        at: this.#afterComments(this.#lineAfter(last === undefined ? of.map.range![1] : endOf(last)), indent),
        indent,
      };
    }
    const indent = this.#column(startOf(of.pair));
    const at = this.#lineAfter(endOf(of.pair));
    return of.kind === "empty" ? { at: this.#afterComments(at, indent + 1), indent: indent + 2 } : { at, indent };
  }

  /** Comments that are as far in as a mapping belong to it. */
  #afterComments(from: number, indent: number): number {
    let at = from;
    for (let next = from; next < this.text.length;) {
      const newline = this.text.indexOf("\n", next);
      const end = newline < 0 ? this.text.length : newline + 1;
      const line = this.text.slice(next, end);
      const spaces = /^ *(?=#)/.exec(line)?.[0].length;
      if (line.trim() !== "" && (spaces === undefined || spaces < indent)) break;
      next = end;
      if (line.trim() !== "") at = end;
    }
    return at;
  }

  /** The beginning of the line after the one that a place is in. */
  #lineAfter(offset: number): number {
    // A text of several lines ends with its newline.
    if (offset > 0 && this.text[offset - 1] === "\n") return offset;
    const end = this.text.indexOf("\n", offset);
    return end < 0 ? this.text.length : end + 1;
  }

  #column(offset: number): number {
    return offset - (this.text.lastIndexOf("\n", offset - 1) + 1);
  }
}

/** The name of a key, as it is written where it is no text: `1`, `true`. */
export function keyOf({ key }: Pair): string | null {
  if (!isScalar(key)) return null;
  return typeof key.value === "string" ? key.value : (key.source ?? null);
}

function startOf({ key }: Pair): number {
  return isScalar(key) || isCollection(key) || isAlias(key) ? (key.range?.[0] ?? 0) : 0;
}

/** Where the last thing of an entry ends. */
function endOf({ key, value }: Pair): number {
  if (isCollection(value) && value.flow !== true) {
    const last: unknown = value.items.at(-1);
    if (isMap(value) && value.items.length > 0) return endOf(value.items.at(-1)!);
    const inside = isCollection(last) && last.flow !== true ? endOf({ key: null, value: last } as Pair) : undefined;
    return inside ?? (last as { range?: [number, number] }).range?.[1] ?? value.range![1];
  }
  const node = value ?? key;
  return isScalar(node) || isCollection(node) || isAlias(node) ? Math.max(node.range?.[1] ?? 0, endOfKey(key)) : 0;
}

function endOfKey(key: unknown): number {
  return isScalar(key) ? (key.range?.[1] ?? 0) : 0;
}

/** Editors put the `#` before the entry, or at the beginning of the line. */
function namesInComment(line: string, indent: number): string[] {
  const found = /^(\s*#[#\s]*)("(?:[^"\\]|\\.)*"|'[^']*'|[^:#"']+?)\s*:(?:\s|$)/.exec(line);
  if (found === null) return [];
  const [, before = "", written = ""] = found;
  const isHere = before.indexOf("#") === indent || (before.indexOf("#") < indent && before.length - indent <= 2);
  if (!isHere || before.length < indent) return [];
  try {
    if (written.startsWith('"')) return [JSON.parse(written) as string];
  } catch {
    return [];
  }
  return [written.startsWith("'") ? written.slice(1, -1) : written];
}
