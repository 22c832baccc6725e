// Names of tables and columns as words: `collected_on`, `collectedOn` and `COLLECTED_ON` are the same two.

/** The words of a name as they are written. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(?<=\p{Ll}|^)([A-Z]{2,})s(?![\p{L}\p{N}])/gu, "_$1_s")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1_$2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1_$2")
    .replace(/_([A-Z]{2,})_s(?![\p{L}\p{N}])/gu, "_$1s")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** The words in lower case, joined by `_`, without accents: what recognisers look at. */
export function plainName(name: string): string {
  return wordsOf(name).join("_").toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}

/** Whether words of a name are among others: `client_email` has `email`. */
export function hasWords(plain: string, words: RegExp): boolean {
  return new RegExp(`(?:^|_)(?:${words.source})(?:_|$)`).test(plain);
}
