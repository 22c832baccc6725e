// Why something failed, in a language: its sentences where the catalog has them, words of its code where it has not, else English.
import type { Language } from "../lib/language.ts";
import type { Words } from "../lib/sentence.ts";
import { problems } from "./french/problems.ts";
import { sentences } from "./french/sentences.ts";
import { said } from "./said.ts";

/** As errors tell it. */
export interface Told {
  readonly code: string;
  readonly detail: string;
  readonly hint?: string | null;
  readonly words?: Words;
}

/** The reason, and what to do about it where the reason does not say that. */
export interface Reason {
  readonly reason: string;
  readonly hint: string | null;
}

/** For whoever asked for it. */
export function reasonIn(language: Language, told: Told): Reason {
  const byCode: Readonly<Record<string, string>> = problems;
  const { code } = told;
  if (language === "en" || saidIn(language, told.words) !== null || !Object.hasOwn(byCode, code))
    return detailIn(language, told);
  return { reason: byCode[code]!, hint: null };
}

/** For whoever is to mend it: every detail, in English where it has no words in the language. */
export function detailIn(language: Language, { detail, hint = null, words }: Told): Reason {
  const its = language === "en" ? null : saidIn(language, words);
  return its === null ? { reason: detail, hint } : { reason: its.reason, hint: its.hint ?? hint };
}

function saidIn(language: Language, words: Words | undefined): Reason | null {
  const reason = words && said(words.detail, sentences, language);
  if (reason === undefined) return null;
  return { reason, hint: (words?.hint && said(words.hint, sentences, language)) ?? null };
}
