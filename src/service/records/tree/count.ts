// How many records there are on all pages, counted after they were read and only as long as nobody has to wait.
import { textOf } from "../../../engine/cell-texts.ts";
import { planCount } from "../../../plan/count.ts";
import type { Predicate } from "../../../query/predicate.ts";
import type { SourceSession } from "../../../sources/source.ts";
import { chunksOf } from "../each.ts";
import type { PreparedPage } from "./prepare.ts";
import type { Counted } from "./read.ts";

/** Pages of the same kind whose records are to be counted, and what the records of each must fulfil. */
export interface CountJob {
  readonly prepared: PreparedPage;
  readonly conditions: readonly (Predicate | null)[];
  readonly pages: readonly Counted[];
}

/** How long is counted for one answer, in milliseconds. */
const WITHIN = 2_000;

/** Puts the numbers in; those that take too long stay null. @throws failure of the source */
export async function countAll(jobs: readonly CountJob[], asked: AbortSignal, within = WITHIN): Promise<void> {
  const [first] = jobs;
  if (first === undefined) return;
  const enough = AbortSignal.timeout(within);
  try {
    const session = await first.prepared.sight.source.open(1, AbortSignal.any([asked, enough]));
    try {
      for (const job of jobs) await count(job, session);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!enough.aborted || asked.aborted) throw error;
  }
}

async function count({ prepared, conditions, pages }: CountJob, session: SourceSession): Promise<void> {
  const { request, sight } = prepared;
  const { object, catalog, access, locale } = sight;
  let from = 0;
  for (const some of chunksOf(conditions, JSON.stringify([request.where, access.policy(object)]).length)) {
    const each = some.map((it): Predicate => it ?? { op: "constant", value: true });
    const stream = session.stream(planCount(request.where, object, catalog, access, locale, each).count);
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
      for (let row = 0; row < batch.rows; row++) {
        const [which, counted] = [0, 1].map((cell) => Number(textOf(batch, row * batch.width + cell, null)));
        pages[from + which!]!.count = counted!;
      }
    }
    from += some.length;
  }
}
