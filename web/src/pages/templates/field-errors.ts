// What is said of a place in a form.
import type { Finding } from "./use-preview.ts";

/** The problems at a place outside of columns, and below it, as one text; undefined where all is well. */
export function errorAt(findings: readonly Finding[], pointer: string): string | undefined {
  return textOf(findings.filter((it) => it.item === null && isAt(it.pointer, pointer)));
}

/** The same within a column. */
export function errorIn(findings: readonly Finding[], rest: string): string | undefined {
  return textOf(findings.filter((it) => isAt(it.rest, rest)));
}

function isAt(place: string, pointer: string): boolean {
  return place === pointer || place.startsWith(`${pointer}/`);
}

function textOf(findings: readonly Finding[]): string | undefined {
  const problems = findings.filter((it) => it.tone === "problem");
  return problems.length === 0 ? undefined : problems.map((it) => it.text).join(" ");
}
