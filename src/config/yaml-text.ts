// YAML to plain values, and back from a path to its place in the text.
import { isAlias, isCollection, isMap, isScalar, parseDocument, type Alias, type Document, type Node } from "yaml";
import { shownName, type Path, type Problem } from "./problems.ts";

/** Mistakes of YAML in our words: the parser's own quote the text, which may hold secrets. */
const MISTAKES: Readonly<Record<string, readonly [message: string, hint?: string] | undefined>> = {
  BAD_ALIAS: ["an alias has no name or something before it.", "A value that begins with * goes in quotes."],
  BAD_DQ_ESCAPE: ["the escape in this text is unknown.", "Write \\\\ for a backslash, or use single quotes."],
  BAD_INDENT: [
    "the indentation does not fit to the lines above.",
    "Indent what belongs together alike, and close every bracket and quote.",
  ],
  BAD_SCALAR_START: ["a value begins with a character that needs quotes."],
  BLOCK_AS_IMPLICIT_KEY: ["a second key on one line.", "A value that holds a colon and a space goes in quotes."],
  MISSING_CHAR: ["a quote, a bracket, a comma or a colon is missing."],
  MULTILINE_IMPLICIT_KEY: ["a key goes over several lines.", "Perhaps the colon, or the space after it, is missing."],
  MULTIPLE_DOCS: ["a second document begins here.", "One file is one configuration: take the --- away."],
  RESOURCE_EXHAUSTION: ["the nesting is too deep."],
  TAB_AS_INDENT: ["a tab is used for indentation.", "Indent with spaces."],
  TAG_RESOLVE_FAILED: ["the tag (!…) is not known.", "A value that begins with ! goes in quotes."],
};

export interface Parsed {
  readonly document: Document;
  /** Mappings are plain objects, their keys as they are written: `1`, `true` and `01` are text. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** Reads YAML 1.2 (core schema). Each key may come once in a mapping, and aliases may not grow without bounds. */
export function parseYaml(text: string): Parsed {
  const document = documentOf(text);
  // A closing bracket below the key that opened it is only warned of, and is nothing bad.
  const first = document.errors[0] ?? document.warnings.find(({ code }) => code !== "BAD_INDENT");
  if (first !== undefined) {
    // What follows a mistake of YAML is often its consequence.
    const [message, hint] = MISTAKES[first.code] ?? ["something stands here that YAML does not allow."];
    return { document, value: null, problems: [{ path: [], offset: first.pos[0], message, hint }] };
  }
  const problems: Problem[] = [];
  const value = new Values(document, (problem) => problems.push(problem)).of(document.contents, []);
  return { document, value, problems };
}

function documentOf(text: string): Document {
  // Tags are resolved and keys compared by ourselves: in time that grows with the file, and without quoting it.
  return parseDocument(text, { schema: "core", uniqueKeys: false, prettyErrors: false });
}

/** Levels of nesting; a configuration has about ten, a policy 20. */
const DEEPEST = 64;
/** Values that come from aliases, together. */
const MOST_ALIASED = 50_000;

/** Turns nodes into plain values. */
class Values {
  readonly #report: (problem: Problem) => void;
  readonly #document: Document;
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node | undefined>();
  readonly #open = new Set<Node>();
  #aliased = 0;

  constructor(document: Document, report: (problem: Problem) => void) {
    this.#document = document;
    this.#report = report;
  }

  of(node: unknown, path: Path): unknown {
    if (isAlias(node)) return this.#aliasOf(node, path);
    if (isScalar(node) || isCollection(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      if (this.#open.size > 0 && ++this.#aliased > MOST_ALIASED) return this.#tooMany(node, path);
    }
    if (isScalar(node)) return scalarOf(node.value, node.source, path[4] === "policy");
    if (!isCollection(node)) return null;
    if (path.length > DEEPEST) return this.#fail(node, path, "the nesting is too deep.");
    if (!isMap(node)) return node.items.map((item, index) => this.of(item, [...path, index]));
    const values: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = this.#nameOf(key, path);
      if (name === null) continue;
      const inside = [...path, name];
      if (Object.hasOwn(values, name)) {
        const at = (isAlias(key) || isScalar(key) ? key : node) as Node;
        this.#fail(at, inside, `the key "${shownName(name)}" comes a second time.`, "Keep one of the two.");
      } else values[name] = this.of(value, inside);
    }
    return values;
  }

  #aliasOf(alias: Alias, path: Path): unknown {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    const target = this.#targets.get(alias);
    if (target === undefined) {
      const hint = "A value that begins with * goes in quotes.";
      return this.#fail(alias, path, "an alias (*) has no anchor (&) of its name before it.", hint);
    }
    if (this.#open.has(target)) return this.#fail(alias, path, "an alias stands for what it is in.");
    if (this.#aliased > MOST_ALIASED) return null;
    this.#open.add(target);
    const value = this.of(target, path);
    this.#open.delete(target);
    return value;
  }

  #nameOf(key: unknown, path: Path): string | null {
    const name = keyText(isAlias(key) ? this.#targetOfKey(key) : key);
    const at = isScalar(key) || isAlias(key) || isCollection(key) ? key : (this.#document.contents as Node);
    if (name === null) return this.#fail(at, path, "a key is not text.", "Keys are names; lists go after a colon.");
    if (name === "<<") return this.#fail(at, path, "<< is not read.", "Use an alias for the whole value.");
    if (name === "__proto__") return this.#fail(at, path, "__proto__ cannot be a name.");
    return name;
  }

  #targetOfKey(alias: Alias): Node | undefined {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    return this.#targets.get(alias);
  }

  #tooMany(node: Node, path: Path): null {
    if (this.#aliased > MOST_ALIASED + 1) return null;
    return this.#fail(node, path, `aliases stand for more than ${MOST_ALIASED} values.`);
  }

  #fail(node: Node, path: Path, message: string, hint?: string): null {
    this.#report({ path, offset: node.range?.[0] ?? 0, message, hint });
    return null;
  }
}

/** A number that does not read back as it was written stays text: `007` and `1.50` are codes. Policies compare numbers. */
function scalarOf(value: unknown, source: string | undefined, inPolicy: boolean): unknown {
  if (typeof value !== "number" || String(value) === source) return value ?? null;
  return inPolicy && Number.isFinite(value) ? value : source;
}

function keyText(key: unknown): string | null {
  if (key === null) return "";
  if (!isScalar(key)) return null;
  return typeof key.value === "string" ? key.value : (key.source ?? "");
}

/**
 * Where the value of a path stands in the text, or else what encloses it.
 * @param onKey for the key, not the value. A value over several lines, or none, is named by its key in any case.
 */
export function offsetOf(document: Document, path: Path, onKey = false): number {
  let node: unknown = document.contents;
  let offset = isCollection(node) || isScalar(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [index, step] of path.entries()) {
    const inside = isAlias(node) ? node.resolve(document) : node;
    if (!isCollection(inside)) return offset;
    const pair = isMap(inside) ? inside.items.find(({ key }) => keyText(plain(key, document)) === String(step)) : null;
    const value = pair === null && typeof step === "number" ? inside.items[step] : pair?.value;
    if (pair === undefined || value === undefined) return offset;
    const keyAt = pair === null ? undefined : startOf(pair.key);
    const valueAt = (isCollection(value) && value.flow !== true) || isEmpty(value) ? undefined : startOf(value);
    offset = (onKey && index === path.length - 1 ? keyAt : (valueAt ?? keyAt)) ?? startOf(value) ?? offset;
    node = value;
  }
  return offset;
}

function plain(key: unknown, document: Document): unknown {
  return isAlias(key) ? key.resolve(document) : key;
}

function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && (value.source ?? "") === "");
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isCollection(node) || isAlias(node) ? node.range?.[0] : undefined;
}
