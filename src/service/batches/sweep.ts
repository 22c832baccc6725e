// Batches that were begun and never sealed, because their makers are gone: deleted after a while.
import type { InOrg } from "../../control/in-org.ts";
import { removeUnsealed } from "../../control/queries/batches.ts";

/** Making a batch takes seconds, or minutes where its source is slow; none is begun for so long. In milliseconds. */
const GIVEN_UP = 24 * 3_600_000;

/** To be called now and then, for each org. @param now what time it is */
export async function sweepBatches(at: InOrg, now: Date = new Date()): Promise<void> {
  await removeUnsealed(at, new Date(now.getTime() - GIVEN_UP));
}
