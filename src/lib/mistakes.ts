// What is wrong with an input: thrown at once, or all of it together for whoever mends it.
import { WaybillError } from "./errors.ts";

/** Something that is wrong at one place of an input. */
export interface Mistake {
  /** A JSON pointer (RFC 6901) into the input. */
  readonly pointer: string;
  /** That of the error that stops there otherwise. */
  readonly code: string;
  /** One plain sentence. */
  readonly detail: string;
  readonly hint?: string;
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
      for (const mistake of mistakesOf(error, pointer)) {
        const key = JSON.stringify([mistake.pointer, mistake.code, mistake.detail]);
        if (known.has(key)) continue;
        if (mistakes.length >= most) throw new TooManyMistakes();
        mistakes.push(mistake);
        known.add(key);
      }
      return instead();
    }
  };
}

/** @param pointer where an error is that names no place */
export function mistakesOf({ code, message, hint, places }: WaybillError, pointer = ""): Mistake[] {
  const first = {
    pointer: places[0]?.pointer ?? pointer,
    code,
    detail: message,
    ...(hint === undefined ? {} : { hint }),
  };
  return [
    first,
    ...places.slice(1).map((place) => ({ pointer: place.pointer, code: place.code ?? code, detail: place.detail })),
  ];
}
