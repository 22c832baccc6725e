// What becomes of an export when a run of it is over: one transaction, in which only whoever still has the run can write.
import { createHash } from "node:crypto";
import { atOnce, type InOrg, inOrg } from "../control/in-org.ts";
import {
  type Begun,
  endFailed,
  endReady,
  handBack,
  isArchiveOf,
  MOST_ATTEMPTS,
} from "../control/queries/export-runs.ts";
import { addEvent, bytesStored, inTurn } from "../control/queries/exports.ts";
import type { ExportFault } from "../control/tables.ts";
import { addDuration, parseDuration } from "../lib/duration.ts";
import { failure, type Place } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { TakenExport } from "../queue/queue.ts";
import { type Failure, failureOf } from "../runner/failures.ts";
import { type Done, type Outcome, previewName } from "../runner/job.ts";
import type { PlannedExport } from "../service/exports/plan-of.ts";
import type { ArchiveRights } from "../service/exports/take.ts";
import type { ExportParts } from "./parts.ts";

/** For how long a control database that is away is waited for, and how long from one try to the next; in milliseconds. */
const PATIENCE = 600_000;
const PAUSE = 2_000;

/** @throws what the control database says, when it stays away */
export async function settle(
  parts: ExportParts,
  taken: TakenExport<Begun>,
  outcome: Outcome,
  planned: PlannedExport | null,
): Promise<void> {
  const { begun } = taken;
  const kept = await patiently(parts, () =>
    outcome.state === "done" && planned !== null
      ? settleDone(parts, taken, outcome, planned)
      : settleFailed(parts, taken, outcome.state === "failed" ? outcome.failure : failureOf(null)),
  );
  // A commit whose answer was lost is tried again, and finds the run over: what was published then is there to stay.
  const at = inOrg(parts.control.db, taken.org);
  if (!kept && !(await patiently(parts, () => isArchiveOf(at, begun.archive))))
    await removeArchive(parts, begun.archive);
  parts.changes.tell(begun.id);
}

/** Removes an archive and its preview, where they are; what cannot be removed now is swept later. */
export async function removeArchive({ vault, log }: ExportParts, archive: string): Promise<void> {
  for (const name of [archive, previewName(archive)]) {
    try {
      await vault.delete(name);
    } catch (error) {
      log("warn", `vault: ${(error as Error).message}`);
    }
  }
}

/** @returns whether the archive is to stay */
async function settleDone(
  parts: ExportParts,
  taken: TakenExport<Begun>,
  done: Done,
  planned: PlannedExport,
): Promise<boolean> {
  const { begun, org } = taken;
  const storedSize = (await storedBytes(parts, begun.archive)) + (await storedBytes(parts, previewName(begun.archive)));
  const { quota } = parts.orgs.config.orgs.get(org)!;
  const lasts = parseDuration(planned.retention)!;
  const problems = done.problems.reduce((sum, { count }) => sum + count, 0);
  const gave = {
    rows: done.rows,
    files: done.files,
    storedSize,
    ...(planned.recipient === null
      ? { size: done.bytes, sha256: done.sha256 }
      : await sealedFacts(parts, begun.archive)),
    snapshotAt: new Date(done.snapshotAt),
    problems,
    result: {
      tables: done.tables,
      problems: done.problems,
      rights: {
        namespaces: planned.principal.namespaces,
        least: planned.least,
        reads: planned.reads,
        limits: planned.limits,
      } satisfies ArchiveRights,
    },
  };
  return atOnce(inOrg(parts.control.db, org), async (at) => {
    // Whoever publishes at the same time takes from the same quota.
    await inTurn(at);
    if (quota !== null && (await bytesStored(at)) + storedSize > quota) {
      await failed(parts, taken, at, failureOf(quotaExceeded()));
      return false;
    }
    const expiresAt = addDuration(new Date(), lasts);
    if (!(await endReady(at, begun, { ...gave, expiresAt }))) {
      // Cancelled in this moment, so that the next one may begin; where another run has it, the queue minds that one.
      await taken.done(at);
      return false;
    }
    const event = await addEvent(at, begun.id, "ready", {
      rows: gave.rows,
      files: gave.files,
      size: gave.size,
      problems,
    });
    await tell(parts, begun, at, event, "ready");
    await taken.done(at);
    return true;
  });
}

/** @returns false: there is no archive that would stay */
async function settleFailed(parts: ExportParts, taken: TakenExport<Begun>, why: Failure): Promise<boolean> {
  const { begun, org } = taken;
  await atOnce(inOrg(parts.control.db, org), async (at) => {
    if (why.code === "cancelled") {
      // Whoever cancelled it has written that; the next one may begin.
      await handBack(at, begun, false);
      await taken.done(at);
      return;
    }
    const again = why.isRetryable && (why.code === "stopping" || begun.attempt < MOST_ATTEMPTS);
    if (!again) return failed(parts, taken, at, why);
    if (!(await handBack(at, begun, why.code !== "stopping"))) return taken.done(at);
    await addEvent(at, begun.id, why.code === "stopping" ? "handed-back" : "worker-lost", { attempt: begun.attempt });
    await taken.again(at);
  });
  return false;
}

function placeOf({ pointer, detail, words }: Place): NonNullable<ExportFault["places"]>[number] {
  return { pointer, detail, ...(words === null ? {} : { words }) };
}

async function failed(parts: ExportParts, taken: TakenExport<Begun>, at: InOrg, why: Failure): Promise<void> {
  const { begun } = taken;
  const { code, detail, hint, words, places } = why;
  const fault: ExportFault = {
    code,
    detail,
    ...(hint === undefined ? {} : { hint }),
    ...(words === undefined ? {} : { words }),
    ...(places === undefined ? {} : { places: places.map(placeOf) }),
  };
  if (await endFailed(at, begun, fault)) {
    const event = await addEvent(at, begun.id, "failed", { code, detail });
    await tell(parts, begun, at, event, "failed");
    const details = {
      ...(why.stack === undefined ? {} : { stack: why.stack }),
      attempt: begun.attempt,
      worker: begun.worker,
    };
    await parts.queue.addMail(at, { org: at.org, export: begun.id, event, kind: "operator", person: null, details });
    parts.log(
      "warn",
      `export ${begun.id} of ${at.org} failed: ${code}${why.stack === undefined ? "" : `\n${why.stack}`}`,
    );
  }
  await taken.done(at);
}

/** Mails and the script follow, whatever they do. */
async function tell(
  parts: ExportParts,
  begun: Begun,
  at: InOrg,
  event: string,
  kind: "ready" | "failed",
): Promise<void> {
  const { id, person, notify, afterScript } = begun;
  if (notify && person !== null) await parts.queue.addMail(at, { org: at.org, export: id, event, kind, person });
  if (afterScript !== null) await parts.queue.addScript(at, id);
}

/** Of an archive that is delivered as it lies in the vault. */
async function sealedFacts(
  { vault }: ExportParts,
  name: string,
): Promise<{ readonly size: number; readonly sha256: string }> {
  const sealed = await vault.openSealed(name);
  try {
    const hash = createHash("sha256");
    for await (const chunk of sealed.range(0, sealed.size)) hash.update(chunk);
    return { size: sealed.size, sha256: hash.digest("hex") };
  } finally {
    await sealed.close();
  }
}

async function storedBytes({ vault }: ExportParts, name: string): Promise<number> {
  const sealed = await vault.openSealed(name);
  await sealed.close();
  return sealed.size;
}

async function patiently<Result>({ log }: ExportParts, task: () => Promise<Result>): Promise<Result> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (Date.now() > end) throw error;
      log("warn", `settling an export: ${(error as Error).message}`);
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, PAUSE);
      await promise;
    }
  }
}

function quotaExceeded(): Error {
  return failure(
    "quota-exceeded",
    sentence`The archive would be larger than what is left of the organisation's quota.`,
    {
      hint: sentence`Delete archives that nobody needs any more, or ask for fewer records.`,
    },
  );
}
