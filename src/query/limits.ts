// The limits of a query (CONTRACT section 3).
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";

const MAX_BYTES = 64 * 1024;
const MAX_DEPTH = 20;
const MAX_CONDITIONS = 100;

/** Refuses a query whose JSON is too long. */
export function checkSize(input: unknown, pointer: string): void {
  let bytes = 0;
  try {
    bytes = Buffer.byteLength(JSON.stringify(input) ?? "");
  } catch {
    // JSON that is too deep to be written again.
    throw tooDeep(pointer);
  }
  if (bytes > MAX_BYTES) {
    throw inputError("too-long", pointer, sentence`The query has ${bytes} bytes; at most ${MAX_BYTES} are allowed.`);
  }
}

function tooDeep(pointer: string): Error {
  return inputError(
    "too-deep",
    pointer,
    sentence`The query is nested more than ${MAX_DEPTH} deep.`,
    sentence`Split it, or flatten it.`,
  );
}

/** What is left of a query's limits while it is read. */
export class QueryLimits {
  #conditions = 0;

  /** Counts one condition. */
  count(pointer: string): void {
    if (++this.#conditions <= MAX_CONDITIONS) return;
    throw inputError(
      "too-many-conditions",
      pointer,
      sentence`The query has more than ${MAX_CONDITIONS} conditions.`,
      sentence`Use $in for many values.`,
    );
  }

  /** The depth of what is nested in `depth`. */
  deeper(depth: number, pointer: string): number {
    if (depth >= MAX_DEPTH) throw tooDeep(pointer);
    return depth + 1;
  }
}
