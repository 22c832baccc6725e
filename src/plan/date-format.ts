// Whether a date pattern of a template suits its column.
import { TYPE_WORDS } from "../catalog/type-words.ts";
import type { FieldType } from "../catalog/types.ts";
import { compileDatePattern } from "../cells/date-pattern.ts";
import { inputError } from "../lib/errors.ts";
import { languageOf } from "../lib/language.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { sentence } from "../lib/sentence.ts";

/** What values of each type show: a date, a time of day, and where on Earth. Text may hold any of them. */
const SHOWS: Readonly<
  Partial<Record<FieldType, { readonly date: boolean; readonly time: boolean; readonly zone: boolean }>>
> = {
  date: { date: true, time: false, zone: false },
  time: { date: false, time: true, zone: false },
  datetime: { date: true, time: true, zone: false },
  instant: { date: true, time: true, zone: true },
  text: { date: true, time: true, zone: true },
  json: { date: true, time: true, zone: true },
  any: { date: true, time: true, zone: true },
};

/**
 * @param column its header.
 * @param before the type that the field had when the template was made, where it is another now.
 * @throws inputError `date-not-suited`
 */
export function checkDatePattern(
  column: string,
  pattern: string,
  type: FieldType,
  language: string,
  pointer: string,
  before?: string,
): void {
  const needs = needsOf(pattern, language, pointer);
  const shows = SHOWS[type];
  if (shows === undefined) {
    const was = before === undefined ? "" : sentence` (it was ${TYPE_WORDS[before as FieldType]})`;
    throw inputError(
      "date-not-suited",
      pointer,
      sentence`The column "${column}" has a date format, which does not suit a field that is ${TYPE_WORDS[type]}${was}.`,
      sentence`Take it out.`,
    );
  }
  const lacking = (["date", "time", "zone"] as const).find((part) => needs[part] && !shows[part]);
  if (lacking === undefined) return;
  const what = { date: sentence`a date`, time: sentence`a time of day`, zone: sentence`a time zone` }[lacking];
  throw inputError(
    "date-not-suited",
    pointer,
    sentence`The pattern "${pattern}" of the column "${column}" shows ${what}, which a field that is ${TYPE_WORDS[type]} does not have.`,
    sentence`Take those letters out of it.`,
  );
}

function needsOf(pattern: string, language: string, pointer: string): { date: boolean; time: boolean; zone: boolean } {
  try {
    return compileDatePattern(pattern, languageOf(language)).needs;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw inputError(
      "date-not-suited",
      pointer,
      sentence`${error.words.detail} (character ${error.index + 1} of "${pattern}")`,
      error.words.hint,
    );
  }
}
