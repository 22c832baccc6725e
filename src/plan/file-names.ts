// Names of files and archives as templates give them: text with tokens, as weekly-{date}.
import { inputError } from "../lib/errors.ts";
import { parseNameTemplate } from "../lib/name-template.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { sentence } from "../lib/sentence.ts";

/** The tokens that names may have. */
export const TOKENS = ["date", "time", "org", "object", "batch", "name", "version", "id"] as const;
export type Token = (typeof TOKENS)[number];

/** Stands for a token without a value: a character of the private use area. */
const NONE = "\ue000";
const WITHOUT = /[-_ .]?\ue000/g;

/** What the tokens stand for besides `object`, `name` and `version`, which come from the template. */
export type Tokens = Readonly<Partial<Record<Token, string>>>;

/**
 * Gives names for their texts. A token without a value leaves nothing, and takes the dash before it along.
 * @throws inputError `name-not-suited` for an unknown token
 */
export function fileNamer(tokens: Tokens): (text: string, pointer: string, object: string) => string {
  return (text, pointer, object) => {
    const values: Tokens = { ...tokens, object };
    try {
      const name = parseNameTemplate(text, new Set<string>(TOKENS)).render((token) => values[token as Token] || NONE);
      const tidy = name
        .replace(WITHOUT, "")
        .replace(/[-_ .]+$/, "")
        .replace(/^[-_ ]+/, "");
      return tidy === "" ? "export" : tidy;
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      throw inputError("name-not-suited", pointer, sentence`${error.words.detail} (in "${text}")`, error.words.hint);
    }
  };
}

/** `{date}` and `{time}` of a moment in a zone: `2024-05-01`, `14-30-00`. */
export function momentTokens(moment: Date, timeZone: string): { date: string; time: string } {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(moment);
  const [date = "", time = ""] = parts.split(" ");
  return { date, time: time.replaceAll(":", "-") };
}
