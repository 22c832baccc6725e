// What the API says of a filter, by the items of the form that it is about.
import type { ProblemPlace } from "../../api/problem.ts";
import { detailOf } from "../../text/said.ts";

export interface FilterProblems {
  readonly byItem: ReadonlyMap<number, string>;
  /** Those that no item is to blame for. */
  readonly others: readonly ProblemPlace[];
}

/**
 * @param places JSON pointers of items, below `pointer`
 * @param hint what to do where there is one error
 */
export function problemsByItem(
  errors: readonly ProblemPlace[],
  places: ReadonlyMap<number, string>,
  pointer: string,
  hint?: string | null,
): FilterProblems {
  const byItem = new Map<number, string>();
  const others: ProblemPlace[] = [];
  for (const error of errors.filter((it) => it.pointer === pointer || it.pointer.startsWith(`${pointer}/`))) {
    const at = error.pointer.slice(pointer.length);
    const [nearest] = [...places]
      .filter(([, place]) => place !== "" && (at === place || at.startsWith(`${place}/`)))
      .toSorted(([, a], [, b]) => b.length - a.length);
    if (nearest === undefined) others.push(error);
    else byItem.set(nearest[0], errors.length === 1 && hint ? `${detailOf(error)} ${hint}` : detailOf(error));
  }
  return { byItem, others };
}
