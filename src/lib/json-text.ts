// JSON typed by a person: parsed with the place of a mistake.
import { usageError } from "./errors.ts";

/**
 * Parses JSON text.
 * @param what how the input is called, as `--where`.
 * @throws usageError `not-json`, naming line and column
 */
export function parseJsonText(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = (cause as Error).message;
    const at = /position (\d+)/.exec(message)?.[1];
    const before = at === undefined ? text : text.slice(0, Number(at));
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    throw usageError("not-json", `${what} is not JSON: line ${line}, column ${column}.`, {
      hint: `Put names and text in double quotes, as {"status":"paid"}, and all of it in single quotes.`,
      cause,
    });
  }
}
