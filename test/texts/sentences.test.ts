// What the server says to people is said in French, too, sentence by sentence: those of its code, and those of the app's catalog.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "vite";
import { expect, test } from "vitest";
import { problems } from "../../src/texts/french/problems.ts";
import { sentences } from "../../src/texts/french/sentences.ts";

const ROOT = join(import.meta.dirname, "../../src");

/** Files, or folders of them, whose sentences never reach the web app, and why. */
const UNREACHED = {
  "http/graphql/documents.ts": "GraphiQL shows answers as they are",
  "http/graphql/forward-connections.ts": "so it does",
  "http/graphql/look-ahead.ts": "so it does",
  "http/graphql/persisted.ts": "so it does",
  "http/graphql/request.ts": "so it does",
  "service/records/tree/": "GraphQL alone reads trees",
  "engine/page.ts": "so it does pages of this kind",
  "http/idempotency.ts": "the app takes a new key for each request",
  "plan/aggregate.ts": "the app asks for no groups",
  "plan/policy.ts": "of the configuration",
  "orgs/": "of the configuration",
} as const;

/** Codes of errors without a sentence that has French words, and that nobody meets in the web app. */
const UNMET = {
  commands: [
    "archive-unreadable",
    "backup-damaged",
    "control-newer",
    "control-not-empty",
    "keys-differ",
    "no-keys",
    "recipient-not-suited",
  ],
  start: ["control-changed", "control-damaged", "control-refused", "data-dir", "data-dir-in-use", "database-url"],
  keys: ["key-damaged", "key-exposed", "keys-missing", "short-secret"],
  configuration: ["font", "namespaces", "source-url", "store-url"],
  programs: ["method-not-allowed", "not-acceptable", "origin", "precondition", "range", "unauthorized"],
  log: ["fetch-failed", "mail", "mail-refused", "no-mail", "notify-refused"],
  "what ends a task from outside": ["cancelled", "stopping", "owner-gone"],
};

/** Commands say nothing to the app. */
const COMMANDS = /^(?:cli|config|init|start)\//;

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}
type Of<Member extends string> = Node & Readonly<Record<Member, Node>>;
interface Call extends Node {
  readonly callee: Node;
  readonly arguments: readonly Node[];
}
interface Template extends Node {
  readonly quasis: readonly { readonly value: { readonly cooked: string } }[];
  readonly expressions: readonly Node[];
}

const FILES = globSync("**/*.ts", { cwd: ROOT })
  .filter((file) => !file.endsWith(".test.ts"))
  .toSorted()
  .map((file) => ({ file, nodes: [...nodesOf(parseSync(file, readFileSync(join(ROOT, file), "utf8")).program)] }));

/** A syntax tree, from its top. */
function* nodesOf(value: unknown): Generator<Node> {
  if (typeof value !== "object" || value === null) return;
  if ("type" in value) yield value as Node;
  for (const inside of Object.values(value)) yield* nodesOf(inside);
}

const tagged = FILES.flatMap(({ file, nodes }) =>
  nodes
    .filter((node) => node.type === "TaggedTemplateExpression")
    .map((node) => ({ file, tag: (node as Of<"tag">).tag["name"], of: (node as Of<"quasi">).quasi as Template })),
).filter(({ tag }) => tag === "sentence" || tag === "phrase");

function textOf({ quasis }: Template): string {
  return quasis.map(({ value }) => value.cooked).reduce((text, part, n) => `${text}{${n}}${part}`);
}

function placeholders(text: string): readonly string[] {
  return (text.match(/\{\d+\}/g) ?? []).toSorted();
}

test("every sentence that reaches the web app is in the catalog, and nothing else", () => {
  const isUnreached = (file: string): boolean => Object.keys(UNREACHED).some((path) => file.startsWith(path));
  const all = new Set(tagged.map(({ of }) => textOf(of)));
  const wanted = new Set(tagged.filter(({ file }) => !isUnreached(file)).map(({ of }) => textOf(of)));
  expect(wanted.size).toBeGreaterThan(500);
  expect([...wanted].filter((text) => !Object.hasOwn(sentences, text))).toEqual([]);
  expect(Object.keys(sentences).filter((text) => !all.has(text))).toEqual([]);
  const files = FILES.map(({ file }) => file);
  expect(Object.keys(UNREACHED).filter((path) => !files.some((file) => file.startsWith(path)))).toEqual([]);
});

test("a sentence has the same values in French", () => {
  const wrong = Object.entries(sentences).filter(
    ([en, fr]) => placeholders(en).join(" ") !== placeholders(fr).join(" "),
  );
  expect(wrong).toEqual([]);
});

test("no words of English stand in for values", () => {
  const words = (node: Node): string[] => {
    if (node.type === "Literal") return /\p{L}{2}/u.test(String(node["value"])) ? [String(node["value"])] : [];
    if (node.type === "TemplateLiteral")
      return /[\p{L}]{2}/u.test(textOf(node as Template)) ? [textOf(node as Template)] : [];
    if (node.type !== "ConditionalExpression") return [];
    const { consequent, alternate } = node as Of<"consequent" | "alternate">;
    return [...words(consequent), ...words(alternate)];
  };
  const found = tagged.flatMap(({ file, of }) => of.expressions.flatMap(words).map((it) => `${file}: ${it}`));
  expect(found).toEqual([]);
});

test("an error without a sentence has words by its code, or is one that nobody meets in the app", () => {
  const calls = FILES.filter(({ file }) => !COMMANDS.test(file)).flatMap(({ nodes }) =>
    nodes.filter((it): it is Call => it.type === "CallExpression" && isError((it as Call).callee)),
  );
  expect(calls.length).toBeGreaterThan(150);
  const plain = calls.filter(({ arguments: [, detail, more] }) => isText(detail) || isText(hintIn(more)));
  const codes = new Set(plain.flatMap(({ arguments: [code] }) => codesIn(code!)));
  const unmet = Object.values(UNMET).flat();
  expect([...codes].filter((code) => !Object.hasOwn(problems, code) && !unmet.includes(code))).toEqual([]);
  expect(unmet.filter((code) => !codes.has(code))).toEqual([]);
});

function isError({ name }: Node): boolean {
  return name === "usageError" || name === "failure";
}

/** Those that are written out. Where an error is made of another one, its code has been looked at there. */
function codesIn(node: Node): string[] {
  if (node.type !== "ConditionalExpression") return node.type === "Literal" ? [String(node["value"])] : [];
  const { consequent, alternate } = node as Of<"consequent" | "alternate">;
  return [...codesIn(consequent), ...codesIn(alternate)];
}

function isText(node: Node | undefined): boolean {
  if (node?.type === "ConditionalExpression") {
    const { consequent, alternate } = node as Of<"consequent" | "alternate">;
    return isText(consequent) || isText(alternate);
  }
  return node?.type === "Literal" || node?.type === "TemplateLiteral";
}

function hintIn(more: Node | undefined): Node | undefined {
  const members = (more?.["properties"] ?? []) as readonly Of<"key" | "value">[];
  return members.find((it) => it.type === "Property" && it.key["name"] === "hint")?.value;
}

test("French has a narrow no-break space where its typography wants one, and its apostrophes", () => {
  const wrong = Object.values(sentences).filter((text) =>
    /[ \u00A0][;:!?»](?!\S)|«(?!\u202F)|[^\u202F]»|\p{L}[;!?](?!\S)|\p{L}'\p{L}|\.\.\./u.test(text),
  );
  expect(wrong).toEqual([]);
});
