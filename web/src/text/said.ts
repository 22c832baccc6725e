// What the server says, in the reader's language: it speaks English, and tells what its sentences are made of.
import i18next from "i18next";
import { type Catalog, said as saidBy } from "../../../src/texts/said.ts";
import type { Sentence, Words } from "../api/generated.ts";

/** A text of the server, and its words where others than programs read it. */
interface Told {
  readonly detail: string;
  readonly hint?: string | undefined;
  readonly words?: Words | null | undefined;
}

/** The namespace of the sentences, which are keyed by what the server says in English. */
export const SENTENCES = "sentences";

/** What is wrong, in the reader's language; in English where the catalog has nothing for it. */
export function detailOf({ detail, words }: Told): string {
  return said(words?.detail) ?? detail;
}

/** What to do about it, in the same way. */
export function hintOf({ hint, words }: Told): string | undefined {
  return said(words?.hint) ?? hint;
}

/** Whether the catalog has it in the reader's language. */
export function isTranslated({ words }: Pick<Told, "words">): boolean {
  return said(words?.detail) !== undefined;
}

function said(sentence: Sentence | undefined): string | undefined {
  if (sentence === undefined) return undefined;
  const { language } = i18next;
  const catalog = i18next.getResourceBundle(language, SENTENCES) as Catalog | undefined;
  return catalog === undefined ? undefined : saidBy(sentence, catalog, language);
}
