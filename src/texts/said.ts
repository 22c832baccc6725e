// What the server says, in other languages: by the catalogs beside this file, which the web app has too.
import type { Sentence } from "../lib/sentence.ts";

/** A language's sentences, keyed by what they are in English. */
export type Catalog = Readonly<Record<string, string>>;

/** A sentence by a catalog; undefined where that lacks it, or a part of it. @param language of its numbers */
export function said({ text, values }: Sentence, catalog: Catalog, language: string): string | undefined {
  const its = Object.hasOwn(catalog, text) ? catalog[text] : undefined;
  if (its === undefined) return undefined;
  const inIts = values.map((value) => {
    if (typeof value === "string") return value;
    return typeof value === "number" ? value.toLocaleString(language) : said(value, catalog, language);
  });
  if (inIts.includes(undefined)) return undefined;
  return its.replaceAll(/\{(\d+)\}/g, (_, n: string) => inIts[Number(n) - 1]!);
}
