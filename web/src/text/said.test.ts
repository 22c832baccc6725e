import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import { detailOf, hintOf, isTranslated, SENTENCES } from "./said.ts";

const CATALOG = {
  '{1} has no field "{2}"{3}.': "{1} n’a pas de champ «\u202F{2}\u202F»{3}.",
  " (in {1} records)": " (dans {1} enregistrements)",
  "Choose another one.": "Choisissez-en un autre.",
};
const among = (text: string) => ({ text, values: [12_345] });
const told = (text: string) => ({
  detail: 'samples has no field "{1}" (in 12,345 records).',
  hint: "Choose another one.",
  words: {
    detail: { text: '{1} has no field "{2}"{3}.', values: ["samples", "{1}", among(text)] },
    hint: { text: "Choose another one.", values: [] },
  },
});

beforeAll(async () => {
  await i18next.init({ lng: "fr", resources: {} });
  i18next.addResourceBundle("fr", SENTENCES, CATALOG);
});

test("a sentence of the server is said in the reader's language, with its values as they are and numbers as that has them", () => {
  const known = told(" (in {1} records)");
  expect(detailOf(known)).toBe("samples n’a pas de champ «\u202F{1}\u202F» (dans 12\u202F345 enregistrements).");
  expect(hintOf(known)).toBe("Choisissez-en un autre.");
  expect(isTranslated(known)).toBe(true);
});

test("what the catalog lacks, or a part of it, stays English as a whole", () => {
  const unknown = told(" (of {1} records)");
  expect(detailOf(unknown)).toBe(unknown.detail);
  expect(isTranslated(unknown)).toBe(false);
  expect(detailOf({ detail: "Old." })).toBe("Old.");
  expect(detailOf({ detail: "Old.", words: null })).toBe("Old.");
  expect(hintOf({ detail: "Old.", hint: "Wait." })).toBe("Wait.");
});

test("readers of English have the server's own texts", async () => {
  await i18next.changeLanguage("en");
  expect(detailOf(told(" (in {1} records)"))).toBe('samples has no field "{1}" (in 12,345 records).');
  await i18next.changeLanguage("fr");
});
