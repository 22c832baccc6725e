// One run of an export: planned again with the rights of this moment, made, and settled.
import type { InOrg } from "../control/in-org.ts";
import { inOrg } from "../control/in-org.ts";
import { type Begun, keepProgress, MOST_ATTEMPTS, type RunProgress } from "../control/queries/export-runs.ts";
import { bytesStored } from "../control/queries/exports.ts";
import { failure } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { TakenExport } from "../queue/queue.ts";
import { failureOf } from "../runner/failures.ts";
import type { Outcome } from "../runner/job.ts";
import { type PlannedExport, planOf } from "../service/exports/plan-of.ts";
import type { ExportParts } from "./parts.ts";
import { callOfPerson } from "./person-call.ts";
import { requestOf } from "../service/exports/request.ts";
import { settle } from "./settle.ts";

/** Milliseconds from one sign of life to the next, which also tells whether it is to be stopped. */
const BEAT = 500;
/** The queue hears of it every so many beats. */
const TOUCH = 6;
const PREVIEW_ROWS = 50;

/**
 * Runs what was taken, and settles it, however it ends. It never throws but for a control database that stays away: the
 * run is then lost, and begun again by whoever finds it.
 * @param signal stops it: with `cancelled` as its reason where nobody wants it any more, with `stopping` to be run again
 */
export async function runExport(parts: ExportParts, taken: TakenExport<Begun>, signal: AbortSignal): Promise<void> {
  const { begun } = taken;
  const at = inOrg(parts.control.db, taken.org);
  const lost = new AbortController();
  const either = AbortSignal.any([signal, lost.signal]);
  const life = signOfLife(parts, taken, at, () =>
    lost.abort(failure("cancelled", sentence`The export was cancelled.`)),
  );
  let planned: PlannedExport | null = null;
  let outcome: Outcome;
  try {
    parts.changes.tell(begun.id);
    planned = await plannedNow(parts, taken, either);
    outcome = await parts.runner.startExport(
      {
        org: taken.org,
        plan: planned.plan,
        container: planned.container,
        recipient: planned.recipient,
        archive: begun.archive,
        preview: { rows: PREVIEW_ROWS },
      },
      {
        onProgress: (progress) => life.keep(progress),
        signal: either,
        quota: await quotaLeft(parts, at),
        ...(planned.batchKeys === null ? {} : { batchKeys: planned.batchKeys }),
      },
    );
  } catch (error) {
    const reason: unknown = either.aborted ? either.reason : error;
    outcome = { state: "failed", failure: failureOf(reason) };
  } finally {
    await life.end();
  }
  await settle(parts, taken, outcome, planned);
}

/** @throws usageError and failures, as what was asked for is refused now */
async function plannedNow(
  parts: ExportParts,
  { org, begun }: TakenExport<Begun>,
  signal: AbortSignal,
): Promise<PlannedExport> {
  if (begun.attempt > MOST_ATTEMPTS) {
    throw failure(
      "worker-lost",
      sentence`The export was begun ${MOST_ATTEMPTS} times, and its worker was lost each time.`,
      {
        hint: sentence`Ask for fewer records or columns, or ask the operator to look at the log.`,
      },
    );
  }
  if (!parts.orgs.codes.includes(org)) {
    throw failure("org-removed", sentence`The configuration has no organisation "${org}" any more.`, {
      hint: sentence`Put it back, and order the export again.`,
    });
  }
  const { person, language } = begun;
  const call = person === null ? null : await callOfPerson(parts, org, person, { language, signal });
  if (call === null) {
    throw failure("owner-gone", sentence`Whoever ordered the export does not belong to the organisation any more.`);
  }
  return planOf(call, requestOf(begun), { pinned: begun.revisions, id: begun.id });
}

/** @throws failure `quota-exceeded` */
async function quotaLeft({ orgs }: ExportParts, at: InOrg): Promise<number | null> {
  const { quota } = orgs.config.orgs.get(at.org)!;
  if (quota === null) return null;
  const left = quota - (await bytesStored(at));
  if (left > 0) return left;
  throw failure("quota-exceeded", sentence`The organisation's quota for archives is used up.`, {
    hint: sentence`Delete archives that nobody needs any more, or ask an administrator for more.`,
  });
}

/** Keeps the progress, and tells the queue that the export goes on. */
function signOfLife(
  { changes, log }: ExportParts,
  taken: TakenExport<Begun>,
  at: InOrg,
  onLost: () => void,
): { readonly keep: (progress: RunProgress) => void; readonly end: () => Promise<void> } {
  const { begun } = taken;
  let latest: RunProgress | null = null;
  let beats = 0;
  let going: Promise<void> | null = null;
  const beat = async (): Promise<void> => {
    const progress = latest;
    latest = null;
    try {
      if (!(await keepProgress(at, begun, progress))) return onLost();
      if (progress !== null) changes.tell(begun.id);
      if (beats++ % TOUCH === 0) await taken.touch();
    } catch (error) {
      // It may come back; whoever takes the export over meanwhile makes this run a lost one.
      log("warn", `export ${begun.id}: ${(error as Error).message}`);
    }
  };
  const timer = setInterval(() => {
    // One at a time, when the database is slow.
    going ??= beat().finally(() => (going = null));
  }, BEAT);
  return {
    keep: (progress) => void (latest = progress),
    async end() {
      clearInterval(timer);
      await going;
    },
  };
}
