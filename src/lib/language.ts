// The languages that Waybill speaks to people.

export type Language = "en" | "fr";

/** The language of a tag (BCP 47): French for `fr` and its regions, otherwise English. */
export function languageOf(tag: string): Language {
  return /^fr(?:[-_]|$)/i.test(tag) ? "fr" : "en";
}
