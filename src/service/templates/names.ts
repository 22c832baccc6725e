// Names that are still free, for copies and imports.
import { WaybillError } from "../../lib/errors.ts";
import { languageOf } from "../../lib/language.ts";
import { LONGEST_NAME } from "./body.ts";

/** `Weekly (copy)`, `Weekly (copy 2)`, … of `Weekly`, and of its copies. */
export function* copyNames(name: string, language: string): Generator<string> {
  const stem = name.replace(/ \((?:copy|copie)(?: \d+)?\)$/, "");
  const word = languageOf(language) === "fr" ? "copie" : "copy";
  yield numbered(stem, word);
  for (let n = 2; ; n++) yield numbered(stem, `${word} ${n}`);
}

/** `Weekly (2)`, `Weekly (3)`, … */
export function* nextNames(name: string): Generator<string> {
  const stem = name.replace(/ \(\d+\)$/, "");
  for (let n = 2; ; n++) yield numbered(stem, String(n));
}

/** The name gives way to what is put behind it. */
function numbered(stem: string, counter: string): string {
  const suffix = ` (${counter})`;
  const room = stem.slice(0, LONGEST_NAME - suffix.length);
  // Half a character cannot be kept.
  return `${room.isWellFormed() ? room : room.slice(0, -1)}${suffix}`;
}

/** Tries one name after the other until one is free. */
export async function firstFree<Result>(
  names: Iterable<string>,
  make: (name: string) => Promise<Result>,
): Promise<Result> {
  for (const name of names) {
    try {
      return await make(name);
    } catch (error) {
      if (!(error instanceof WaybillError) || error.code !== "name-taken") throw error;
    }
  }
  throw new Error("there is always a further name");
}
