// What is put in order now and then: archives whose time is over, exports that are long over, and what crashes have left.
import { orgOfArchive } from "../control/archive-names.ts";
import { atOnce, type InOrg, inOrg } from "../control/in-org.ts";
import {
  endedBefore,
  expire,
  expiringUntil,
  forgetArchive,
  isArchiveOf,
  unfinished,
} from "../control/queries/export-runs.ts";
import { addEvent, changeExport, holdExport, removeExport } from "../control/queries/exports.ts";
import { addDuration, parseDuration } from "../lib/duration.ts";
import { previewName } from "../runner/job.ts";
import type { ExportParts } from "./parts.ts";
import { removeArchive } from "./settle.ts";

const AT_ONCE = 200;
/** What is in the vault and belongs to no export is let alone for so long: its run may be about to say so. */
const GRACE = 600_000;
/** A mail says that an archive expires so long before, in milliseconds; never in the first half of its time. */
const WARNING = 2 * 86_400_000;

/** Ends the time of archives, and removes them. */
export async function expireArchives(parts: ExportParts, org: string, now: Date): Promise<void> {
  const at = inOrg(parts.control.db, org);
  for (;;) {
    const expired = await atOnce(at, async (within) => {
      const its = await expire(within, now, AT_ONCE);
      for (const { id } of its) await addEvent(within, id, "expired");
      return its;
    });
    for (const { id, archive } of expired) {
      await removeArchive(parts, archive);
      await forgetArchive(at, id);
      parts.changes.tell(id);
    }
    if (expired.length < AT_ONCE) return;
  }
}

/** Lets mails say which archives expire soon. */
export async function warnOfExpiry({ control, queue }: ExportParts, org: string, now: Date): Promise<void> {
  const at = inOrg(control.db, org);
  for (const { id, createdAt, expiresAt } of await expiringUntil(at, new Date(now.getTime() + WARNING))) {
    const half = (createdAt.getTime() + expiresAt.getTime()) / 2;
    if (now.getTime() < half) continue;
    await atOnce(at, async (within) => {
      // Another process may look at the same moment.
      if ((await holdExport(within, id))?.expiryToldAt !== null) return;
      await changeExport(within, id, { expiryToldAt: now });
      const event = await addEvent(within, id, "expiring");
      await queue.addMail(within, { org, export: id, event, kind: "expiring", person: null });
    });
  }
}

/** Forgets exports that were over before the org's `history`. */
export async function forgetHistory({ control, orgs }: ExportParts, org: string, now: Date): Promise<void> {
  const at = inOrg(control.db, org);
  const { history } = orgs.config.orgs.get(org)!;
  const before = beforeNow(now, history);
  for (const id of await endedBefore(at, before, AT_ONCE)) await removeExport(at, id);
}

/** A moment earlier by a duration. */
function beforeNow(now: Date, text: string): Date {
  const { years, months, days, seconds } = parseDuration(text)!;
  return addDuration(now, { years: -years, months: -months, days: -days, seconds: -seconds });
}

/** Puts exports into the queue that wait for nothing: after a restore, or where the queue's tables are new. */
export async function requeue({ control, queue }: ExportParts, org: string): Promise<void> {
  const at = inOrg(control.db, org);
  const waiting = await unfinished(at);
  if (waiting.length === 0) return;
  const queued = await queue.queued();
  for (const { id, startsAt, approval } of waiting) {
    if (queued.has(id) || (approval !== null && approval.state !== "given")) continue;
    await atOnce(at, async (within) => {
      // It may have got a job, or an end, since.
      if (await isWaiting(within, id)) await queue.addExport(within, id, startsAt);
    });
  }
}

async function isWaiting({ db }: InOrg, id: string): Promise<boolean> {
  const found = await db.selectFrom("export").select("state").where("id", "=", id).forUpdate().executeTakeFirst();
  return found?.state === "pending" || found?.state === "running";
}

/** Removes archives that belong to no export, and what writers that are gone have left. @returns how many */
export async function sweepVault(parts: ExportParts, now: Date): Promise<number> {
  const { control, orgs, vault } = parts;
  let removed = 0;
  await vault.clear();
  for await (const { name, modified } of vault.list()) {
    const org = orgOfArchive(name);
    // What others keep there, and orgs that the configuration does not have (any more), are none of ours.
    if (org === null || !orgs.codes.includes(org) || now.getTime() - modified.getTime() < GRACE) continue;
    const archive = name.endsWith(previewName("")) ? name.slice(0, -previewName("").length) : name;
    if (await isArchiveOf(inOrg(control.db, org), archive)) continue;
    await vault.delete(name);
    removed++;
  }
  return removed;
}
