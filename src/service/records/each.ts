// The pages of several parents, read together: a statement for up to a hundred of them, whichever database it is.
import { readValues, type ValueRow } from "../../engine/page.ts";
import { type Between, type PagePlan, type PageRequest, planPage } from "../../plan/page.ts";
import { both } from "../../plan/selection.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { SourceReader } from "../../sources/source.ts";
import { pageOptions, type RecordsSight } from "./sight.ts";

/** What is read with. */
export interface Reading {
  readonly session: SourceReader;
  readonly signal: AbortSignal;
  /** How much was read for the answer so far. */
  readonly answer: { bytes: number };
}

/** How many of a parent's records there were, at most as many as were asked for. */
export interface FoundRows {
  readonly rows: readonly ValueRow[];
  readonly hasMore: boolean;
}

/** In one statement. */
const MOST_PARENTS = 100;
/** Of conditions, as JSON, in one statement: no database is given more than it can take. */
const MOST_CHARACTERS = 600_000;

/**
 * @param parents what the records of each must fulfil; null where that is nothing
 * @param between for one parent only
 * @returns in the order of the parents
 */
export async function readEach(
  request: Omit<PageRequest, "limit" | "each">,
  size: number,
  parents: readonly (Predicate | null)[],
  sight: RecordsSight,
  { session, signal, answer }: Reading,
  between: Between = {},
): Promise<FoundRows[]> {
  const { object, catalog, access, locale } = sight;
  const limit = size + 1;
  const plan = (its: PageRequest): PagePlan => planPage(its, object, catalog, access, locale, between);
  const options = (its: PagePlan): Parameters<typeof readValues>[2] => ({
    ...pageOptions(sight, [its], signal),
    answer,
  });
  if (parents.length === 1) {
    const only = plan({ ...request, where: both(parents[0]!, request.where), limit });
    const { rows, hasMore } = await readValues(only, session, options(only), size);
    return [{ rows, hasMore }];
  }
  const found: FoundRows[] = [];
  for (const some of chunksOf(parents, JSON.stringify([request.where, access.policy(object)]).length)) {
    const together = plan({ ...request, each: some.map((it) => it ?? { op: "constant", value: true }), limit });
    const { rows } = await readValues(together, session, options(together));
    const byParent = Map.groupBy(rows, ({ which }) => which);
    for (const n of some.keys()) {
      const its = byParent.get(n) ?? [];
      found.push({ rows: its.slice(0, size), hasMore: its.length > size });
    }
  }
  return found;
}

/** @param length that of what is said again for each */
export function* chunksOf<T>(parents: readonly T[], length: number): Generator<readonly T[]> {
  const most = Math.max(1, Math.min(MOST_PARENTS, Math.floor(MOST_CHARACTERS / length)));
  for (let from = 0; from < parents.length; from += most) yield parents.slice(from, from + most);
}
