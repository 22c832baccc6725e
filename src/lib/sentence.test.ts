import { expect, test } from "vitest";
import { asSentence, english, phrase, sentence } from "./sentence.ts";

test("a sentence has places for its values, which may be sentences", () => {
  const made = sentence`"${"{1}"}" has ${12_345} records${sentence` (${2} twice)`}.`;
  expect(made).toEqual({
    text: '"{1}" has {2} records{3}.',
    values: ["{1}", 12_345, { text: " ({1} twice)", values: [2] }],
  });
  expect(english(made)).toBe('"{1}" has 12,345 records (2 twice).');
});

test("a phrase is the text of a sentence", () => {
  expect(english(asSentence(phrase`a name`))).toBe("a name");
  expect(asSentence(phrase`a name`)).toEqual(sentence`a name`);
});
