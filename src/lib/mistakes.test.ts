import { expect, test } from "vitest";
import { atPlace, failure, placeAt, usageError } from "./errors.ts";
import { mistake, mistakesOf, refusal } from "./mistakes.ts";
import { english, sentence } from "./sentence.ts";

const name = mistake("name", "/name", sentence`A name has ${1} to ${200} characters.`, sentence`Shorten it.`);
const code = mistake("code", "/code", sentence`"${"a b"}" is no code.`, sentence`Leave out the space.`);

test("the first mistake is the message of a refusal, and the others say what to do, too", () => {
  const error = refusal([name, code, name], 2);
  expect(error).toMatchObject({
    kind: "usage",
    code: "name",
    message: "A name has 1 to 200 characters.",
    hint: "Shorten it.",
  });
  expect(error.words).toEqual(name.words);
  expect(error.places).toEqual([
    placeAt("/name", sentence`A name has ${1} to ${200} characters.`, "name"),
    placeAt("/code", sentence`${code.words!.detail} ${code.words!.hint!}`, "code"),
  ]);
  expect(error.places[1]!.detail).toBe('"a b" is no code. Leave out the space.');
  expect(mistakesOf(error).map(({ detail, words }) => [detail, english(words!.detail)])).toEqual([
    ["A name has 1 to 200 characters.", "A name has 1 to 200 characters."],
    ['"a b" is no code. Leave out the space.', '"a b" is no code. Leave out the space.'],
  ]);
});

test("what has no words in other languages stays as it is", () => {
  const plain = { pointer: "/a", code: "config", detail: "It is wrong.", hint: "Mend it.", words: null };
  expect(refusal([plain, plain])).toMatchObject({
    message: "It is wrong.",
    hint: "Mend it.",
    words: null,
    places: [
      { detail: "It is wrong.", words: null },
      { detail: "It is wrong. Mend it.", words: null },
    ],
  });
});

test("an error is told at a place with its words, where it has any", () => {
  const known = usageError("no-format", sentence`There is no format "${"x"}".`, { hint: sentence`Choose one.` });
  expect(atPlace("/format", known)).toMatchObject({
    code: "no-format",
    hint: "Choose one.",
    words: known.words,
    places: [placeAt("/format", sentence`There is no format "${"x"}".`)],
  });
  expect(atPlace("/format", failure("lost", "It was lost.", { hint: "Wait." }))).toMatchObject({
    message: "It was lost.",
    hint: "Wait.",
    words: null,
    places: [{ pointer: "/format", detail: "It was lost.", words: null }],
  });
});
