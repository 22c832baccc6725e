// Saxon, loaded so that nothing of this process is within its reach: not its modules, its globals, its environment.
import { readFileSync } from "node:fs";
import { Socket } from "node:net";
import path from "node:path";
import stream from "node:stream";
import url from "node:url";
import util from "node:util";
import { compileFunction, runInNewContext } from "node:vm";
import type { XmlNode } from "./examine.ts";

/** A parsed document. */
export interface XmlDocument extends XmlNode {
  readonly documentElement: XmlNode | null;
}

/** What we use of Saxon. */
export interface Saxon {
  /** @throws an error of Saxon's when the text is not well-formed */
  parse(text: string, uri: string): XmlDocument;
  /** The value of an XPath expression, made into JavaScript's values. */
  evaluate(xpath: string, params: Readonly<Record<string, unknown>>): unknown;
  /** What Saxon tried to do and could not, since it has neither files nor network. */
  readonly attempts: readonly string[];
}

/** The package's exports, as far as they are used. */
interface SaxonJs {
  getPlatform(): { parseXmlFromString(text: string): XmlDocument };
  readonly XPath: { evaluate(xpath: string, context: null, options: { readonly params: object }): unknown };
}

/**
 * Loads Saxon and takes from this realm all that a stylesheet could use through it.
 * @param file path of the package's module
 */
export function loadSaxon(file: string): Saxon {
  const attempts: string[] = [];
  const modules: Readonly<Record<string, unknown>> = {
    fs: forbidden("files", attempts),
    axios: forbidden("the network", attempts),
    path,
    stream,
    url,
    util,
  };
  const module: { exports: unknown } = { exports: {} };
  const nothing: object = Object.freeze(Object.create(null) as object);
  const noConsole = { log() {}, info() {}, warn() {}, error() {} };
  const given = {
    module,
    exports: module.exports,
    require: (name: string): unknown => {
      if (Object.hasOwn(modules, name)) return modules[name];
      throw new Error(`Saxon has no module ${name}`);
    },
    // Its JavaScript functions (`js:`, `ixsl:`) look things up here.
    global: nothing,
    globalThis: nothing,
    process: { platform: "linux", env: {}, versions: {}, cwd: () => "/", stdout: { write() {} } },
    console: noConsole,
    Buffer,
    URL,
    TextDecoder,
    TextEncoder,
    setTimeout,
    clearTimeout,
  };
  const before = new Set(Object.getOwnPropertyNames(globalThis));
  const load = compileFunction(readFileSync(file, "utf8"), Object.keys(given), { filename: file }) as (
    ...values: unknown[]
  ) => void;
  load(...Object.values(given));
  emptyRealm(before);
  const saxon = module.exports as SaxonJs;
  const platform = saxon.getPlatform();
  return {
    attempts,
    parse: (text, uri) => Object.assign(platform.parseXmlFromString(text), { _saxonBaseUri: uri }),
    evaluate: (xpath, params) => saxon.XPath.evaluate(xpath, null, { params }),
  };
}

/** Something that gives itself for every member, and fails when it is called. */
function forbidden(what: string, attempts: string[]): unknown {
  const refuse = (): never => {
    if (!attempts.includes(what)) attempts.push(what);
    throw new Error(`${what} may not be used`);
  };
  const it: unknown = new Proxy(refuse, {
    get: (_, name) => (typeof name === "symbol" ? undefined : it),
    apply: refuse,
    construct: refuse,
  });
  return it;
}

/**
 * Removes every global that is not of ECMAScript, and of those what makes code of text, but for what Saxon added.
 * @param before the names of the globals that were there before Saxon
 */
function emptyRealm(before: ReadonlySet<string>): void {
  const language = new Set(runInNewContext("Object.getOwnPropertyNames(globalThis)") as string[]);
  for (const name of ["eval", "Function", "WebAssembly"]) language.delete(name);
  for (const name of before) if (!language.has(name)) Reflect.deleteProperty(globalThis, name);
  // Whoever should come by a way to connect all the same finds that sockets do not.
  Socket.prototype.connect = () => {
    throw new Error("the network may not be used");
  };
}
