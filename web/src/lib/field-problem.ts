// What the server found wrong with a field, by its JSON pointer.
import { ApiProblem } from "../api/problem.ts";
import { detailOf } from "../text/said.ts";

/** What is wrong at a place, or at one below it. */
export function problemAt(error: unknown, pointer: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const found = error.facts.errors.filter((it) => it.pointer === pointer || it.pointer.startsWith(`${pointer}/`));
  return found.length === 0 ? undefined : found.map(detailOf).join(" ");
}

/** The error as it is shown apart from the fields; null where they say all of it. */
export function besides(error: unknown, pointers: readonly string[]): unknown {
  if (!(error instanceof ApiProblem) || error.facts.errors.length === 0) return error;
  const isShown = (place: string): boolean => pointers.some((it) => place === it || place.startsWith(`${it}/`));
  return error.facts.errors.every(({ pointer }) => isShown(pointer)) ? null : error;
}
