// The text of a date format to its fields and the text between them, refusing what would not mean what it seems to.
import { PatternError } from "../lib/pattern-error.ts";
import { sentence, type Sentence } from "../lib/sentence.ts";
import { CLOCK_FIELDS } from "./clock-fields.ts";
import type { Field } from "./date-moment.ts";
import { DAY_FIELDS } from "./day-fields.ts";
import { ZONE_FIELDS } from "./zone-fields.ts";

/** A field, its letter as often as `width`, from the character `index` on; or text that stands for itself. */
export type PatternPart =
  | { readonly field: Field; readonly letter: string; readonly width: number; readonly index: number }
  | { readonly text: string };

/** Longer patterns are a slip. */
const MOST = 255;

const FIELDS = new Map(Object.entries({ ...DAY_FIELDS, ...CLOCK_FIELDS, ...ZONE_FIELDS }));

/** What to use instead of letters that TR35 defines and Waybill does not know. */
const INSTEAD = new Map(
  Object.entries({
    U: sentence`Use y for the year.`,
    r: sentence`Use u for the year.`,
    W: sentence`Use w for the week of the year.`,
    F: sentence`Use E for the weekday, d for the day of the month.`,
    g: sentence`Use D for the day of the year.`,
    l: sentence`Leave it out: Unicode withdrew it.`,
    b: sentence`Use a for AM and PM.`,
    B: sentence`Use a for AM and PM.`,
    j: sentence`Use HH, or h with a.`,
    J: sentence`Use HH, or h with a.`,
    C: sentence`Use HH, or h with a.`,
    z: sentence`Use VV for the zone (Europe/Paris), XXX for its offset (+02:00).`,
    v: sentence`Use VV for the zone (Europe/Paris), XXX for its offset (+02:00).`,
  }),
);

/** @throws PatternError `wrong-date-pattern` */
export function readDatePattern(pattern: string): readonly PatternPart[] {
  if (pattern.length > MOST) refuse(MOST, sentence`is longer than ${MOST} characters`, sentence`Shorten it.`);
  const parts: PatternPart[] = [];
  const addText = (text: string): void => {
    const last = parts.at(-1);
    if (last !== undefined && "text" in last) parts[parts.length - 1] = { text: last.text + text };
    else parts.push({ text });
  };

  /** Where the text between apostrophes begins, or -1 outside. */
  let quote = -1;
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern[at]!;
    if (letter === "'" && pattern[at + 1] === "'") {
      addText("'");
      at++;
    } else if (letter === "'") {
      quote = quote < 0 ? at : -1;
    } else if (quote >= 0 || !/[A-Za-z]/.test(letter)) {
      addText(letter);
    } else {
      let end = at + 1;
      while (pattern[end] === letter) end++;
      parts.push({ field: fieldOf(letter, end - at, at), letter, width: end - at, index: at });
      at = end - 1;
    }
  }
  if (quote >= 0) refuse(quote, sentence`opens an apostrophe at character ${quote + 1} and never closes it`, CLOSE);
  refuseSlips(parts);
  return parts;
}

const CLOSE = sentence`Write two apostrophes for one, or close the text: HH 'h'.`;

function fieldOf(letter: string, width: number, index: number): Field {
  const found = letter.repeat(Math.min(width, 10));
  const field = FIELDS.get(letter);
  if (field === undefined) {
    const hint = INSTEAD.get(letter) ?? sentence`Put text between apostrophes: '${letter}'.`;
    refuse(index, sentence`has ${found} at character ${index + 1}, which is not a field of it`, hint);
  }
  if (!field.widths.includes(width)) {
    const allowed = field.widths.map((it) => letter.repeat(it)).join(", ");
    refuse(index, sentence`has ${found} at character ${index + 1}, ${width} letters long`, sentence`Use ${allowed}.`);
  }
  return field;
}

/** Letters that are right by themselves and surely not what was meant beside the others. */
function refuseSlips(parts: readonly PatternPart[]): void {
  const first = (letters: string): number =>
    parts.reduce((found, it) => (found < 0 && "field" in it && letters.includes(it.letter) ? it.index : found), -1);
  const has = (letters: string): boolean => first(letters) >= 0;

  if (!parts.some((it) => "field" in it)) {
    refuse(0, sentence`shows nothing of the date`, sentence`Use letters such as dd/MM/yyyy, without apostrophes.`);
  }
  if (has("Y") && !has("w")) {
    const at = first("Y");
    refuse(
      at,
      sentence`has Y, the year of a week, at character ${at + 1}, and no week`,
      sentence`Use y for the year, or add ww.`,
    );
  }
  if (has("D") && has("ML")) {
    const at = first("D");
    refuse(
      at,
      sentence`has D, the day of the year, at character ${at + 1} beside a month`,
      sentence`Use d for the day of the month.`,
    );
  }
  if (has("m") && !has("hHkK") && has("yud")) {
    const at = first("m");
    refuse(
      at,
      sentence`has m, minutes, at character ${at + 1} without hours`,
      sentence`Use M for the month, or add HH.`,
    );
  }
}

function refuse(index: number, what: Sentence, hint: Sentence): never {
  throw new PatternError("wrong-date-pattern", index, sentence`The date pattern ${what}.`, hint);
}
