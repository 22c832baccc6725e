// What is wrong with an input: thrown at once, or all of it together for whoever mends it.
import { type Place, usageError, WaybillError } from "./errors.ts";
import { english, sentence, type Sentence, type Words } from "./sentence.ts";

/** Something that is wrong at one place of an input. */
export interface Mistake {
  /** A JSON pointer (RFC 6901) into the input. */
  readonly pointer: string;
  /** That of the error that stops there otherwise. */
  readonly code: string;
  /** One plain sentence. */
  readonly detail: string;
  readonly hint?: string;
  /** What both say, for other languages. */
  readonly words: Words | null;
}

/**
 * Does a part of a check. Where mistakes are collected, one that is wrong is noted, and something else stands in its place.
 * @param pointer where the part is, for errors that name no place
 */
export type Attempt = <Part>(part: () => Part, instead: () => Part, pointer?: string) => Part;

/** The first mistake stops everything. */
export const strictly: Attempt = (part) => part();

/** Nobody mends so many at once, and finding what was meant takes a while for each. */
const MOST_MISTAKES = 500;

/** Ends a check that finds more and more. */
export class TooManyMistakes extends Error {}

/** Collects mistakes, each once. What is attempted throws TooManyMistakes when there are enough. */
export function collecting(mistakes: Mistake[], most = MOST_MISTAKES): Attempt {
  const known = new Set<string>();
  return (part, instead, pointer = "") => {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error;
      for (const found of mistakesOf(error, pointer)) {
        const key = JSON.stringify([found.pointer, found.code, found.detail]);
        if (known.has(key)) continue;
        if (mistakes.length >= most) throw new TooManyMistakes();
        mistakes.push(found);
        known.add(key);
      }
      return instead();
    }
  };
}

export function mistake(code: string, pointer: string, detail: Sentence, hint?: Sentence): Mistake {
  const words = { detail, ...(hint === undefined ? {} : { hint }) };
  return { pointer, code, detail: english(detail), ...(hint === undefined ? {} : { hint: english(hint) }), words };
}

/** One error for all mistakes, of which there is one at least: the first is the message. @param most how many are told */
export function refusal(mistakes: readonly Mistake[], most = Infinity): WaybillError {
  const [{ pointer, code, detail, hint, words }, ...others] = mistakes as [Mistake, ...Mistake[]];
  const first = { pointer, code, detail, words: words === null ? null : { detail: words.detail } };
  return usageError(code, words?.detail ?? detail, {
    hint: words === null ? hint : words.hint,
    places: [first, ...others.slice(0, most - 1).map(placeOf)],
  });
}

/** What is wrong and what to do about it, as one text. */
function placeOf({ pointer, code, detail, hint, words }: Mistake): Place {
  const whole = words?.hint === undefined ? words : { detail: sentence`${words.detail} ${words.hint}` };
  return { pointer, code, detail: [detail, hint].filter(Boolean).join(" "), words: whole };
}

/** @param pointer where an error is that names no place */
export function mistakesOf({ code, message, hint, words, places }: WaybillError, pointer = ""): Mistake[] {
  const first = {
    pointer: places[0]?.pointer ?? pointer,
    code,
    detail: message,
    ...(hint === undefined ? {} : { hint }),
    words,
  };
  return [first, ...places.slice(1).map((place) => ({ ...place, code: place.code ?? code }))];
}
