// Random date patterns and moments, for comparing with what others write.
import * as fc from "fast-check";
import { compileDatePattern } from "../../src/cells/date-pattern.ts";
import type { Language } from "../../src/lib/language.ts";

/** Text between the fields; some of it has letters of fields. */
const TEXTS = ["", "/", "-", ":", " ", ".", ", ", "'T'", "' de '", "é", "年", "'Md'", "("];

export const language: fc.Arbitrary<Language> = fc.constantFrom("en", "fr");

/** Random patterns of these fields, as pairs of a field (or several) and the text before it. */
export function patternOf(
  fields: readonly string[],
): fc.Arbitrary<readonly (readonly [text: string, field: string])[]> {
  const pair = fc.tuple(fc.constantFrom(...TEXTS), fc.constantFrom(...fields));
  return fc
    .array(pair, { minLength: 1, maxLength: 7 })
    .map((pairs) => pairs.map(([text, field], n) => [clashes(text, pairs[n - 1]?.[1], field) ? " " : text, field]));
}

/** Fields of the same letter side by side would be one; text between apostrophes side by side too. */
function clashes(text: string, before: string | undefined, field: string): boolean {
  if (before === undefined) return false;
  return (text === "" && before.at(-1) === field[0]) || (text.startsWith("'") && before.endsWith("'"));
}

const bytes = new Uint8Array(4096);

/** What a pattern writes. */
export function written(
  pattern: string,
  words: Language,
  seconds: number,
  microseconds: number,
  zone: { readonly offset: number; readonly name: string } | null,
): string {
  const end = compileDatePattern(pattern, words).write(bytes, 0, seconds, microseconds, zone);
  return Buffer.from(bytes.subarray(0, end)).toString();
}
