// Text that the configuration gives in several languages, in the reader's.
import type { Localised } from "../config/config.ts";

/** The text in a language (a tag such as `fr` or `fr-CA`), else in English, else in the first that there is. */
export function inLanguage(text: Localised | null, language: string): string | undefined {
  if (text === null || typeof text === "string") return text ?? undefined;
  const [main = ""] = language.toLowerCase().split("-", 1);
  const named = (tag: string): string | undefined =>
    Object.entries(text).find(([name]) => name.toLowerCase() === tag)?.[1];
  return named(language.toLowerCase()) ?? named(main) ?? named("en") ?? Object.values(text)[0];
}
