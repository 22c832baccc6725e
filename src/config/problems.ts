// What is wrong with a configuration: told all at once, sorted by line, without anything that may be secret.
import { usageError, type Place, type WaybillError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { english, type Said } from "../lib/sentence.ts";

/** Keys and positions from the top of the file down to a value. */
export type Path = readonly (string | number)[];

export interface Problem {
  readonly path: Path;
  /** Whether the key is wrong, not what it leads to. */
  readonly onKey?: boolean;
  /** Where it stands in the text, when that is known better than by the path. */
  readonly offset?: number;
  /** What in the value is wrong, as it is written, when it is not the whole. */
  readonly within?: string;
  readonly message: Said;
  readonly hint?: Said | undefined;
}

/** More than these help nobody. */
const SHOWN = 20;
/** Finding the lines of all would take long where one mistake was made everywhere. */
const SORTED = 2000;

/** A name as it may be shown: what looks like an address or goes on for long may be a misplaced secret. */
export function shownName(name: string | number): string {
  return /^[\p{L}\p{N}_ .$<~-]{0,60}$/u.test(String(name)) ? String(name) : "…";
}

/** `lab.objects.samples.key`: a path in words. */
export function dotted(path: Path): string {
  return (path[0] === "orgs" && path.length > 1 ? path.slice(1) : path).map(shownName).join(".");
}

/** Turns an offset into a line and a column, both from 1. A column is a UTF-16 unit, as editors count. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}

/**
 * One error for all problems: the first is the message, all are in `places`.
 * @param offsetOf where a problem stands in the text
 */
export function configError(
  file: string,
  text: string,
  problems: readonly Problem[],
  offsetOf: (problem: Problem) => number,
): WaybillError {
  const sorted = problems
    .slice(0, SORTED)
    .map((problem) => ({ problem, offset: offsetOf(problem) }))
    .toSorted((a, b) => a.offset - b.offset);
  const places: Place[] = sorted.slice(0, SHOWN).map(({ problem, offset }, index) => {
    const at = lineAndColumn(text, offset);
    const sentence = `${file}:${at.line}:${at.column}: ${english(problem.message)}`;
    const detail = index === 0 || problem.hint === undefined ? sentence : `${sentence} ${english(problem.hint)}`;
    return {
      pointer: problem.path.reduce<string>((pointer, step) => child(pointer, shownName(step)), ""),
      detail,
      words: null,
    };
  });
  const hidden = problems.length - places.length;
  if (hidden > 0) places.push({ pointer: "", detail: `There are ${hidden} problems more.`, words: null });
  return usageError("config", places[0]!.detail, { hint: sorted[0]!.problem.hint, places });
}
