// Problems at the fields that they are about.
import { ApiProblem } from "../../api/problem.ts";
import { detailOf } from "../../text/said.ts";

/** What is said of a member of the request: of itself, and of anything inside. */
export function problemAt(error: unknown, member: string): string | undefined {
  if (!(error instanceof ApiProblem)) return undefined;
  const its = error.facts.errors.filter(({ pointer }) => pointer === `/${member}` || pointer.startsWith(`/${member}/`));
  return its.length === 0 ? undefined : its.map(detailOf).join(" ");
}

/** Problems of single paths, by their path. */
export function problemsOfPaths(error: unknown, paths: readonly string[]): ReadonlyMap<string, string> {
  if (!(error instanceof ApiProblem)) return new Map();
  return new Map(
    error.facts.errors.flatMap((place) => {
      const path = paths[Number(/^\/paths\/(\d+)$/.exec(place.pointer)?.[1] ?? Number.NaN)];
      return path === undefined ? [] : [[path, detailOf(place)] as const];
    }),
  );
}

/** The steps, and the members of the request that each is about. */
export const MEMBERS = {
  what: ["objects", "batch", "keys", "where", "namespace", "datasetTemplate", "exportTemplate"],
  columns: ["paths", "include", "order"],
  files: ["fileFormats", "nameTemplate", "exportFiles", "layout"],
  format: ["format", "options", "container", "bag"],
  name: ["label", "description", "purpose", "recipient", "principal", "afterScript", "notify"],
} as const;
export type Step = keyof typeof MEMBERS;

/** The first step that a problem is about; null where it is about none. */
export function stepOf(error: unknown, steps: readonly Step[]): Step | null {
  return steps.find((step) => MEMBERS[step].some((member) => problemAt(error, member) !== undefined)) ?? null;
}
