// JSON typed by a person: parsed with the place of a mistake.
import { usageError } from "./errors.ts";
import { sentence } from "./sentence.ts";

/**
 * Parses JSON text.
 * @param what how the input is called, as `--where`.
 * @throws usageError `not-json`, naming line and column
 */
export function parseJsonText(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const before = text.slice(0, mistakeIn(text));
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    throw usageError("not-json", sentence`${what} is not JSON: line ${line}, column ${column}.`, {
      hint: sentence`Put names and text in double quotes, as {"status":"paid"}, and all of it in single quotes.`,
      cause,
    });
  }
}

/** Where the first mistake is. The runtime tells it for some mistakes only, but always that a text ends too early. */
function mistakeIn(text: string): number {
  let good = 0;
  let bad = text.length + 1;
  // The text before the mistake just ends too early, however short it is cut.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (endsTooEarly(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const at = /position (\d+)/.exec(message)?.[1];
    return /Unexpected end|Unterminated/.test(message) || (at !== undefined && Number(at) >= text.length);
  }
}
