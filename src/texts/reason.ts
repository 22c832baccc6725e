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
export function reasonIn(
  language: Language,
  { code, detail, hint = null, words }: Told,
): { readonly reason: string; readonly hint: string | null } {
  if (language === "en") return { reason: detail, hint };
  const reason = words && said(words.detail, sentences, language);
  if (reason !== undefined) return { reason, hint: (words?.hint && said(words.hint, sentences, language)) ?? hint };
  const byCode: Readonly<Record<string, string>> = problems;
  return Object.hasOwn(byCode, code) ? { reason: byCode[code]!, hint: null } : { reason: detail, hint };
}
