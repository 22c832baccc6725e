// The quick reader against the YAML library: what it reads, the library reads the same.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quickValue } from "./quick-yaml.ts";
import { parseYaml } from "./yaml-text.ts";

/** Undefined where the quick reader gives up; else both have read the same. */
function same(text: string): unknown {
  const quick = quickValue(text);
  if (quick === undefined) return undefined;
  const { value, problems } = parseYaml(text);
  expect({ text, problems }).toEqual({ text, problems: [] });
  expect({ text, value: quick }).toEqual({ text, value });
  return quick;
}

describe("plain YAML is read", () => {
  test.each<[string, unknown]>([
    ["a: 1\n", { a: 1 }],
    ["a: {b: c d, e: [1, 'x', \"y\", true, null]} # so\n", { a: { b: "c d", e: [1, "x", "y", true, null] } }],
    ["a:\n  b: dir:/srv\n  c: 2024-05-01\n\n# no\nd:\n", { a: { b: "dir:/srv", c: "2024-05-01" }, d: null }],
    [
      "q: |\n  select 'a' -- x\n    from b\n\n  where c\nd: |-\n  e\n",
      { q: "select 'a' -- x\n  from b\n\nwhere c\n", d: "e" },
    ],
    ['"$or": [ { "$a.b": "$c" } ]\n1: x\ntrue: y\n', { $or: [{ "$a.b": "$c" }], "1": "x", true: "y" }],
    ["fr: Échantillons à l’eau (m³)\n", { fr: "Échantillons à l’eau (m³)" }],
    ["# nothing\n", null],
    ["a:\n  - b\n  # so\n\n  - { c: d }\ne:\n- 1\nf: g\n", { a: ["b", { c: "d" }], e: [1], f: "g" }],
    ["a:\n  { b: c,\n    d: [e,\n      f\n    ] } # so\ng: h\n", { a: { b: "c", d: ["e", "f"] }, g: "h" }],
    ["a: {\n  b: c\n  }\n", { a: { b: "c" } }],
  ])("%j", (text, value) => expect(same(text)).toEqual(value));
});

describe("what is not plain is left to the library", () => {
  test.each([
    "a: 1",
    "a: 1\r\n",
    "a: 1.0\n",
    "a: 007\n",
    "a: .5\n",
    "a: ~\n",
    "a: *b\n",
    "a: &b c\n",
    "a: !!str c\n",
    "a: >\n  b\n",
    "a: |2\n   b\n",
    "a: |\n    b\n  c\n",
    "a: b\n  c\n",
    "a: b: c\n",
    "a: b:\n",
    "a:\n  - b: c\n",
    "a:\n  - b\n - c\n",
    "a:\n  - b\n    c\n",
    "- a\n",
    "a: [b,\nc]\n",
    "a: [b # c\n  ]\n",
    "a: [b\n  c]\n",
    "a: 1\n{}\n",
    "a:\n{}\n",
    "a: {b: c\n",
    "a: {b: c,}\n",
    "a: {b}\n",
    "a: [b: c]\n",
    'a: "\\n"\n',
    "a: 'it''s'\n",
    "a: 1\na: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "\ta: 1\n",
    "__proto__: 1\n",
    "<<: 1\n",
    "---\na: 1\n",
  ])("%j", (text) => expect(quickValue(text)).toBe(undefined));
});

/** Lines of pieces that mean something to YAML, at random indentation. */
const pieces = [
  'a|b|key|é|1|0|10|1.5|1e3|-1|0x1F|.5|true|True|null|~|x y|: |:| |  |,|, |{|}|[|]|{ | }|#| # c|"|\'|"q"|\'s\'|"$or": ',
  "- |&x |*x|!t |?|%|@|`|$p.q|dir:/s|<<|\t|\u00a0|a: |b: |c: |\na: |\n  b: |\n  c: |\n    d: |{ e: |a:|\nb:|, f: |\u2028",
  "\u0085|…|\n|\n  |\n    |\n",
]
  .flatMap((them) => them.split("|"))
  .concat("|", "|-", "|\n  ", "\n- ", "\n  - ", ",\n  ", "{\n ", "\n  }", "\n]");

test("whatever it reads is what the library reads", () => {
  let read = 0;
  const text = fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 24 })
    .map((them) => `${them.join("")}\n`);
  fc.assert(
    fc.property(text, (it) => {
      if (same(it) !== undefined) read++;
    }),
    { numRuns: 20_000 },
  );
  // Enough of them are plain for the comparison to say something.
  expect(read).toBeGreaterThan(300);
});
