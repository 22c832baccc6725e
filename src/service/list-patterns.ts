// How much of patterns a list takes: they run in the control database, which all wait for and nothing stops.
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { Predicate } from "../query/predicate.ts";

/** PostgreSQL keeps 32 patterns that it has understood, and understands the others anew for each item. */
const MOST = 8;
/** Of all patterns together: letters in either case take four each. */
const MOST_CHARACTERS = 1_000;

/** @throws inputError `pattern-not-suited` */
export function checkPatterns(where: Predicate): void {
  const patterns = [...patternsOf(where)];
  const characters = patterns.reduce((sum, { length }) => sum + length, 0);
  if (patterns.length <= MOST && characters <= MOST_CHARACTERS && !patterns.some(isCounting)) return;
  throw inputError(
    "pattern-not-suited",
    "/where",
    sentence`The patterns, and the texts that are found in either case, are more than a list takes.`,
    sentence`Write up to ${MOST}, of ${MOST_CHARACTERS / 4} letters together, and without {m,n}.`,
  );
}

/** A repetition that is counted takes as long as what it repeats, written out. */
function isCounting(pattern: string): boolean {
  return /(?<!\\)\{\d/.test(pattern);
}

function* patternsOf(where: Predicate): Generator<string> {
  switch (where.op) {
    case "and":
    case "or":
      for (const it of where.of) yield* patternsOf(it);
      break;
    case "not":
      yield* patternsOf(where.of);
      break;
    case "element":
      yield* patternsOf(where.where);
      break;
    case "match":
      yield where.pattern;
      break;
    default:
  }
}
