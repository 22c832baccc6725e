import { expect, test } from "vitest";
import { WORDS } from "./words.ts";

/** All texts of a catalog by where they stand, with sample values in their places. */
function textsOf(part: unknown, at: string): [string, string][] {
  if (typeof part === "string") return [[at, part]];
  if (typeof part === "function") {
    const call = part as (...values: unknown[]) => unknown;
    return [true, null].flatMap((last) => textsOf(call("<one>", last ?? "<two>"), `${at}(${last})`));
  }
  return Object.entries(part as object).flatMap(([name, inner]) => textsOf(inner, `${at}/${name}`));
}

/** Words that both languages write alike. */
const ALIKE = /^\/(?:code|exportName|org|quoted.*)$/;

test("each language says everything, in its own words", () => {
  const english = new Map(textsOf(WORDS.en, ""));
  const french = new Map(textsOf(WORDS.fr, ""));
  // A plural category that English does not have.
  const without = [...french.keys()].filter((it) => !english.has(it));
  expect(without).toEqual(["/records/many", "/files/many", "/problems/many"]);
  expect([...english.keys()].filter((it) => !french.has(it))).toEqual([]);
  expect(english.size).toBeGreaterThan(80);
  for (const [at, text] of english) {
    expect(text.trim(), at).not.toBe("");
    if (!ALIKE.test(at)) expect(french.get(at), at).not.toBe(text);
    const places = (of: string): string[] => (of.match(/<\w+>/g) ?? []).toSorted();
    expect(places(french.get(at)!), at).toEqual(places(text));
  }
});

test("French has its own typography", () => {
  for (const [at, text] of textsOf(WORDS.fr, "")) expect(text, at).not.toMatch(/ [:;!?»]|« |'|"/);
});
