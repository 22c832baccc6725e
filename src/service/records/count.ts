// How many records there are: exactly where that is quick, else about how many, where that tells nothing it should not.
import { zoneNamed } from "../../cells/zone.ts";
import { textOf } from "../../engine/cell-texts.ts";
import { type CountPlan, planCount } from "../../plan/count.ts";
import { openOne } from "../../sources/source.ts";
import type { OrgCall } from "../org-call.ts";
import { filterOf, type RecordsFilter } from "./page.ts";
import { type RecordsSight, recordsSight } from "./sight.ts";

export interface Count {
  /** Null where nobody knows without counting longer. */
  readonly count: number | null;
  readonly exact: boolean;
}

/** How long is counted, in milliseconds. */
const WITHIN = 2_000;

/**
 * Counts the records that the caller may see.
 * @throws usageError naming the place in the query; failure `forbidden`, `not-found`, or of the source
 */
export async function countRecords(
  call: OrgCall,
  object: string,
  { within = WITHIN, ...filter }: RecordsFilter & { readonly within?: number | undefined } = {},
): Promise<Count> {
  const sight = await recordsSight(call, object, filter.namespace);
  const where = filterOf(sight, filter);
  const { object: its, catalog, access, locale } = sight;
  const plan = planCount(where, its, catalog, access, locale);
  const enough = AbortSignal.timeout(within);
  try {
    const signal = AbortSignal.any([call.signal, enough]);
    return { count: await counted(plan, sight, signal), exact: true };
  } catch (error) {
    if (!enough.aborted || call.signal.aborted) throw error;
    return { count: await estimated(plan, sight, where === null, call.signal), exact: false };
  }
}

async function counted({ count }: CountPlan, { source, locale }: RecordsSight, signal: AbortSignal): Promise<number> {
  const session = await openOne(source, signal);
  try {
    const stream = session.stream(count);
    const batch = await stream.next();
    const rows = batch === null ? NaN : Number(textOf(batch, 0, zoneNamed(locale.timeZone)));
    while ((await stream.next()) !== null);
    return rows;
  } finally {
    await session.close();
  }
}

/** An estimate is of all rows, and of what they hold: only for whoever may see all of them, whatever the way there. */
async function estimated(
  { records }: CountPlan,
  { source, object, catalog, access }: RecordsSight,
  isWhole: boolean,
  signal: AbortSignal,
): Promise<number | null> {
  if (access.policy(object) !== null) return null;
  if (isWhole && object.estimatedRows !== undefined) return object.estimatedRows;
  if ([...catalog.objects.values()].some((it) => access.policy(it) !== null)) return null;
  const session = await source.open(1, signal);
  try {
    return (await session.estimate?.(records)) ?? null;
  } finally {
    await session.close();
  }
}
