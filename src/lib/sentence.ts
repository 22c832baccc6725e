// Sentences for people, which can be said in other languages: a text with places, and what stands in them.

/** Plain data, so that it goes over wires and into databases as JSON. */
export interface Sentence {
  /** English, with `{1}`, `{2}` … for the values. Catalogs of other languages are keyed by it. */
  readonly text: string;
  readonly values: readonly SentenceValue[];
}

/** A number is written as the reader's language does; a text as it is. */
export type SentenceValue = string | number | Sentence;

/** A text alone is for the operator: who reads another language has no more than the code. */
export type Said = Sentence | string;

/** What went wrong and what to do about it, for whoever says it in another language. */
export interface Words {
  readonly detail: Sentence;
  readonly hint?: Sentence | undefined;
}

/** ``sentence`"${name}" is no field.` ``. A value with words of English in it is a sentence, too: the tests look. */
export function sentence(parts: TemplateStringsArray, ...values: readonly SentenceValue[]): Sentence {
  return { text: parts.reduce((text, part, n) => `${text}{${n}}${part}`), values };
}

/** The text of a sentence without values, where only texts are handed on: as the message of a schema, for one. */
export function phrase(parts: TemplateStringsArray): string {
  return parts.join("");
}

/** The sentence of such a text. */
export function asSentence(text: string): Sentence {
  return { text, values: [] };
}

/** A sentence in English; a text is one already. */
export function english(of: Said): string {
  if (typeof of === "string") return of;
  return of.text.replaceAll(/\{(\d+)\}/g, (_, n: string) => {
    const value = of.values[Number(n) - 1]!;
    return typeof value === "number" ? value.toLocaleString("en") : english(value);
  });
}
