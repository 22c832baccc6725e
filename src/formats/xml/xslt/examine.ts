// What a stylesheet must not use, found in its text and its parsed document before anything of it runs.
import { enclosed, type FunctionName, functionNames } from "./xpath-calls.ts";

/** A node of a parsed document, as far as we look at it. */
export interface XmlNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly localName: string | null;
  readonly namespaceURI?: string | null;
  readonly nodeValue: string | null;
  readonly childNodes: ArrayLike<XmlNode>;
  readonly attributes?: ArrayLike<XmlNode>;
}

/** What was seen in a stylesheet. */
export interface Examined {
  /** Something that it uses and must not, in words. */
  readonly forbidden: string | null;
  /** In which elements it has text of nothing but white space stripped (XSLT 3.0, section 4.4.2). */
  readonly strips: "none" | "some" | "all";
  /** The encodings that it asks for. */
  readonly encodings: readonly string[];
}

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;
const XSL = "http://www.w3.org/1999/XSL/Transform";
const FN = "http://www.w3.org/2005/xpath-functions";

/** Instructions that read other documents, write other files, or run what was not examined. */
const INSTRUCTIONS = new Set([
  "evaluate",
  "import",
  "import-schema",
  "include",
  "result-document",
  "source-document",
  "stream",
  "use-package",
]);

/** Functions of the same kinds. */
const FUNCTIONS = new Set([
  "available-environment-variables",
  "collection",
  "doc",
  "doc-available",
  "document",
  "environment-variable",
  "function-lookup",
  "json-doc",
  "load-xquery-module",
  "stream-available",
  "transform",
  "unparsed-text",
  "unparsed-text-available",
  "unparsed-text-lines",
  "uri-collection",
]);

/** Saxon's own namespaces: JavaScript, the browser, extensions. */
const SAXON = /https?:\/\/(?:ns\.)?saxon(?:ica\.com\/|\.sf\.net\/)/;
/** Prefixes that stand for them without being declared. */
const SAXON_PREFIXES = new Set(["ixsl", "js", "prop", "saxon", "style"]);

/** Attributes of instructions that are text or templates but never expressions, and may look like one. */
const PLAIN = new Set(["flags", "format", "regex", "separator", "string"]);

/** Whether a document has a DOCTYPE, whose entities could fetch files or grow without end. Looks at the text alone. */
export function hasDoctype(text: string): boolean {
  let at = text.indexOf("<");
  while (at >= 0) {
    let end = at + 1;
    if (text.startsWith("<!--", at)) end = text.indexOf("-->", at + 4);
    else if (text.startsWith("<![CDATA[", at)) end = text.indexOf("]]>", at + 9);
    else if (text.startsWith("<?", at)) end = text.indexOf("?>", at + 2);
    else if (text.startsWith("<!", at)) return true;
    if (end < 0) return false;
    at = text.indexOf("<", end);
  }
  return false;
}

/** Looks through a stylesheet's document. */
export function examine(root: XmlNode): Examined {
  const examiner = new Examiner();
  examiner.element(root, new Map(), false);
  return examiner;
}

class Examiner implements Examined {
  forbidden: string | null = null;
  strips: Examined["strips"] = "none";
  readonly encodings: string[] = [];

  /**
   * @param outer namespaces by prefix, as they are around the element
   * @param expanding whether text around it may hold expressions
   */
  element(element: XmlNode, outer: ReadonlyMap<string, string>, expanding: boolean): void {
    const attributes = Array.from(element.attributes ?? []);
    const namespaces = new Map(outer);
    for (const { nodeName, nodeValue } of attributes) {
      const [, prefix] = /^xmlns(?::(.*))?$/.exec(nodeName) ?? [null, null];
      if (prefix !== null) namespaces.set(prefix ?? "", nodeValue ?? "");
    }
    const instruction = element.namespaceURI === XSL ? (element.localName ?? "") : null;
    if (instruction !== null && INSTRUCTIONS.has(instruction)) this.#refuse(`xsl:${instruction}`);
    if (instruction === "preserve-space") this.strips = "some";
    this.#namespace(element.namespaceURI ?? "");
    let expands = expanding;
    for (const attribute of attributes) {
      const value = attribute.nodeValue ?? "";
      const name = attribute.localName ?? attribute.nodeName;
      this.#namespace(value);
      const ofXslt = attribute.namespaceURI === XSL || (instruction !== null && (attribute.namespaceURI ?? "") === "");
      if (ofXslt) {
        if (name === "expand-text") expands = /^\s*(?:yes|true|1)\s*$/.test(value);
        // Its value becomes that of the attribute without the underscore when the stylesheet is compiled.
        if (name.startsWith("_")) this.#refuse(`the shadow attribute ${name}`);
        if (name === "for-each-source") this.#refuse("the attribute for-each-source");
        if (instruction === "strip-space" && name === "elements") {
          this.strips = this.strips !== "some" && /(?:^|\s)\*(?:\s|$)/.test(value) ? "all" : "some";
        }
        if (instruction === "output" && name === "encoding") this.encodings.push(value.trim());
        if (!PLAIN.has(name)) this.#expression(value, namespaces);
      }
      this.#template(value, namespaces);
    }
    for (const child of Array.from(element.childNodes)) {
      if (child.nodeType === ELEMENT) this.element(child, namespaces, expands);
      else if (expands && (child.nodeType === TEXT || child.nodeType === CDATA)) {
        this.#template(child.nodeValue ?? "", namespaces);
      }
    }
  }

  #namespace(text: string): void {
    const [found] = SAXON.exec(text) ?? [];
    if (found !== undefined) this.#refuse(`the namespace ${text.trim().slice(0, 80)} (extensions of Saxon)`);
  }

  #template(value: string, namespaces: ReadonlyMap<string, string>): void {
    for (const expression of enclosed(value)) {
      this.#namespace(expression);
      this.#expression(expression, namespaces);
    }
  }

  #expression(xpath: string, namespaces: ReadonlyMap<string, string>): void {
    for (const { prefix, uri, local } of functionNames(xpath)) {
      const namespace = uri ?? (prefix === "" ? FN : (namespaces.get(prefix) ?? undeclared(prefix)));
      if (namespace === null) this.#refuse(`the function ${prefix}:${local} of Saxon`);
      else if (namespace === FN && FUNCTIONS.has(local)) this.#refuse(`the function ${local}`);
    }
  }

  #refuse(what: string): void {
    this.forbidden ??= what;
  }
}

/** What a prefix stands for that was not declared: the usual functions, or null for Saxon's. */
function undeclared(prefix: FunctionName["prefix"]): string | null {
  return SAXON_PREFIXES.has(prefix) ? null : FN;
}
