// What documents may not be: each limit has its code, and nothing hostile costs much or is a failure of ours.
import * as fc from "fast-check";
import { getIntrospectionQuery } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { fuzz, hostileText } from "../setup/fuzz.ts";
import { aWorld, type World } from "../setup/service.ts";
import { type Answered, type Ask, asking, codesOf } from "./asking.ts";
import { HOSTILE, ODD } from "./hostile.ts";

/** Milliseconds, on a machine that does other things too; the bench has the real limit. */
const SOON = 500;

const CODES = ["not_found", "unauthorized", "forbidden", "bad_request", "parse_failed", "too_complex", "timeout"];

describe("limits", () => {
  let world: World;
  let ask: Ask;
  beforeAll(async () => {
    world = await aWorld("pglite");
    ask = asking(world);
  });

  const repeat = (count: number, make: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => make(n)).join(" ");

  test("what is just allowed is answered, and what is just more is refused", async () => {
    const inside = (levels: number): string =>
      `{samples(first:1){nodes{${"project{samples(first:1){nodes{".repeat(levels)}id${"}}}".repeat(levels)}}}}`;
    const cases: [string, string, string][] = [
      // Of words and signs there are eight besides those that repeat.
      [
        "too_complex too-many-tokens",
        `{samples{nodes{${"...{id}".repeat(498)}}}}`,
        `{samples{nodes{id ${"...{id}".repeat(498)}}}}`,
      ],
      [
        "too_complex too-many-fields",
        `{samples{nodes{${"id ".repeat(500)}}}}`,
        `{samples{nodes{${"id ".repeat(1990)}}}}`,
      ],
      // samples, nodes, then three for each, then id.
      ["too_complex too-many-levels", inside(3), inside(4)],
      [
        "too_complex too-many-aliases",
        `{samples{nodes{${repeat(50, (n) => `a${n}:id`)}}}}`,
        `{samples{nodes{${repeat(51, (n) => `a${n}:id`)}}}}`,
      ],
      [
        "too_complex too-many-root-fields",
        `{${repeat(20, (n) => `a${n}:__typename`)}}`,
        `{${repeat(21, (n) => `a${n}:__typename`)}}`,
      ],
      ["bad_request size-not-suited", "{samples(first:100){nodes{id}}}", "{samples(first:101){nodes{id}}}"],
      ["bad_request size-not-suited", "{samples(last:1){nodes{id}}}", "{samples(last:0){nodes{id}}}"],
      // 1 for the connection, and 100 records, each with a list of so many.
      [
        "too_complex too-many-records",
        "{samples(first:100){nodes{measures(first:97){nodes{id}}}}}",
        "{samples(first:100){nodes{measures(first:98){nodes{id}}}}}",
      ],
      [
        "too_complex too-many-records",
        "{samples(first:8){nodes{papers(first:100){nodes{sha256}}}}}",
        "{samples(first:10){nodes{papers(first:100){nodes{sha256}}}}}",
      ],
    ];
    for (const [code, allowed, refused] of cases) {
      expect([allowed.slice(0, 80), codesOf(await ask(allowed))]).toEqual([allowed.slice(0, 80), []]);
      const answer = await ask(refused);
      expect([refused.slice(0, 80), codesOf(answer)]).toEqual([refused.slice(0, 80), [code]]);
      expect(answer.errors![0]!.extensions.hint).toMatch(/\S/);
    }
  });

  test("sizes that come by variables, presets and fragments count", async () => {
    const document =
      "query($n: Int, $m: Int = 100) { samples(first: $n) { ...C } } fragment C on SamplesConnection { nodes { measures(first: $m) { nodes { id } } } }";
    expect(codesOf(await ask(document, { n: 100 }))).toEqual(["too_complex too-many-records"]);
    expect(codesOf(await ask(document, { n: 5 }))).toEqual([]);
    expect(codesOf(await ask(document, { n: 100, m: 5 }))).toEqual([]);
    // What the first variables were is not kept with the document.
    expect(codesOf(await ask(document, { n: 100 }))).toEqual(["too_complex too-many-records"]);
  });

  test.each(Object.entries(HOSTILE))("refuses what is %s", async (_name, document) => {
    const took: number[] = [];
    for (let n = 0; n < 3; n++) {
      const began = performance.now();
      const answer = await ask(`${document} #${n}`);
      took.push(performance.now() - began);
      expectRefused(answer);
    }
    expect(took.toSorted((a, b) => a - b)[1]).toBeLessThan(SOON);
  });

  test.each(Object.entries(ODD))("does no harm: %s", async (_name, document) => {
    const answer = await ask(document);
    expect(answer.status).toBeLessThan(500);
    if (answer.errors !== undefined) expectRefused(answer);
  });

  function expectRefused({ status, errors = [] }: Answered): void {
    expect(status).toBeLessThan(500);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(21);
    for (const { message, extensions } of errors) {
      expect(CODES, message).toContain(extensions.code);
      expect(message).not.toMatch(/ at .*\.[jt]s:\d+|node_modules/);
    }
  }

  test("every tool's question about the schema is answered, and again at once", async () => {
    const full = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    const first = await ask(full);
    expect(codesOf(first)).toEqual([]);
    const [{ types }] = Object.values(first.data as object) as [{ types: { name: string }[] }];
    const again = await ask(full);
    expect(again.data).toEqual(first.data);
    expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
    expect(types.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Query", "Samples", "SamplesConnection", "__Type", "Where"]),
    );
    expect(codesOf(await ask('{ __type(name: "Samples") { fields { name type { name } } } }'))).toEqual([]);
    // One who sees other things is told of those.
    const text = JSON.stringify((await ask(full, {}, "owner")).data);
    expect(text).not.toContain("De-identified");
    expect(JSON.stringify(first.data)).toContain("De-identified");
  });

  test("documents that nobody wrote are refused, or answered", async () => {
    const name = fc.constantFrom(
      "samples",
      "nodes",
      "edges",
      "node",
      "name",
      "id",
      "project",
      "measures",
      "papers",
      "sha256",
      "totalCount",
      "pageInfo",
      "__typename",
      "__schema",
      "types",
      "__proto__",
      "constructor",
      "x",
    );
    const value = fc.oneof(
      fc.integer().map(String),
      hostileText.map((it) => JSON.stringify(it)),
      fc.constantFrom("null", "true", "$v", "[1]", "{a: 1}", "E"),
    );
    const argument = fc
      .tuple(fc.constantFrom("first", "last", "after", "where", "order", "search", "key", "x"), value)
      .map(([key, its]) => `${key}: ${its}`);
    const { selection } = fc.letrec<{ selection: string; field: string }>((tie) => ({
      selection: fc
        .array(fc.oneof(tie("field"), fc.constantFrom("...F", "...G", "... on Samples { id }")), {
          minLength: 1,
          maxLength: 3,
        })
        .map((its) => `{ ${its.join(" ")} }`),
      field: fc
        .tuple(
          fc.option(fc.constantFrom("a", "b"), { nil: null }),
          name,
          fc.array(argument, { maxLength: 2 }),
          fc.constantFrom("", "@skip(if: $v)", "@include(if: false)", "@no"),
          fc.option(tie("selection"), { nil: "" }),
        )
        .map(
          ([alias, its, args, directive, below]) =>
            `${alias === null ? "" : `${alias}:`}${its}${args.length === 0 ? "" : `(${args.join(", ")})`} ${directive} ${below}`,
        ),
    }));
    const document = fc
      .tuple(
        fc.constantFrom("", "query", "query($v: Int)", "query($v: Where!)", "mutation"),
        selection,
        selection,
        selection,
      )
      .map(([head, its, f, g]) => `${head} ${its} fragment F on Samples ${f} fragment G on Query ${g}`);
    const variables = fc.oneof(
      fc.constant({}),
      fc.dictionary(fc.constantFrom("v", "__proto__", "x"), fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true }),
    );
    await fuzz(
      fc.tuple(fc.oneof({ weight: 5, arbitrary: document }, { weight: 1, arbitrary: hostileText }), variables),
      async ([query, its]) => {
        const answer = await ask(query, its);
        if (answer.errors !== undefined || answer.data === undefined) expectRefused(answer);
      },
      400,
    );
  });
});
