// Exports shared with colleagues, and the second person's word on those that need one (BY10).
import { atOnce } from "../../control/in-org.ts";
import { findMemberNamed } from "../../control/queries/members.ts";
import { endUnfinished } from "../../control/queries/export-runs.ts";
import * as queries from "../../control/queries/exports.ts";
import type { ExportApproval } from "../../control/tables.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isStorableText } from "../../query/values.ts";
import { conflict, forbidden } from "../errors.ts";
import { audit, type OrgCall } from "../org-call.ts";
import { changeableExport } from "./change.ts";
import type { ExportDesk } from "./desk.ts";
import type { ExportFacts } from "./facts.ts";
import { exportSeen, factsOf } from "./find.ts";
import { nextWindow } from "./window.ts";

/**
 * Shares an export with somebody of the org: they see and download it, as long as its owner may.
 * @param whom a mail address, or an id
 * @throws failure `not-found`, `forbidden`; usageError `unknown-person`
 */
export async function shareExport(call: OrgCall, desk: ExportDesk, id: string, whom: string): Promise<void> {
  const its = await changeableExport(call, id);
  const { identity } = call.access;
  const member = await findMemberNamed(call.access.at, whom);
  if (member === undefined || member.disabledAt !== null) {
    throw inputError(
      "unknown-person",
      "/person",
      sentence`Nobody of the organisation has that address.`,
      sentence`Invite them first.`,
    );
  }
  if (member.person === its.person) throw inputError("unknown-person", "/person", sentence`It is theirs already.`);
  await atOnce(call.access.at, async (at) => {
    const share = { export: id, person: member.person, sharedBy: identity.person.id };
    if (!(await queries.addShare(at, share))) return;
    const event = await queries.addEvent(at, id, "shared", { person: identity.person.id, with: member.name });
    await desk.queue.addMail(at, {
      org: at.org,
      export: id,
      event,
      kind: "shared",
      person: member.person,
      details: { by: identity.person.name },
    });
    await audit(
      { ...call, access: { ...call.access, at } },
      "export.share",
      { kind: "export", id },
      { with: member.person },
    );
  });
}

/** @throws failure `not-found`, `forbidden` */
export async function unshareExport(call: OrgCall, id: string, person: string): Promise<void> {
  await changeableExport(call, id);
  await atOnce(call.access.at, async (at) => {
    if (!(await queries.removeShare(at, id, person))) return;
    await audit(
      { ...call, access: { ...call.access, at } },
      "export.unshare",
      { kind: "export", id },
      { with: person },
    );
  });
}

/**
 * A second person's word on an export that waits for one: it goes to the queue, or has failed.
 * @throws failure `not-found`, `forbidden` for its owner too, `not-waiting`
 */
export async function decideExport(
  call: OrgCall,
  desk: ExportDesk,
  id: string,
  { approve, note = null }: { readonly approve: boolean; readonly note?: string | null | undefined },
): Promise<ExportFacts> {
  await exportSeen(call, id, "exports.approve");
  if (note !== null && !isStorableText(note)) {
    throw inputError(
      "value-not-suited",
      "/note",
      sentence`There are characters in it that are none.`,
      sentence`Take them out.`,
    );
  }
  const { person } = call.access.identity;
  const { config } = await call.org();
  await atOnce(call.access.at, async (at) => {
    const its = await queries.holdExport(at, id);
    if (its?.state !== "pending" || its.approval?.state !== "wanted") {
      throw conflict("not-waiting", sentence`The export does not wait for anybody's approval.`);
    }
    if (its.person === person.id)
      throw forbidden(sentence`Somebody else has to approve it.`, sentence`Ask another administrator.`);
    const state = approve ? "given" : "refused";
    const approval: ExportApproval = { ...its.approval, state, person: person.id, at: new Date().toISOString(), note };
    const window = approve ? nextWindow(config, new Date()) : null;
    await queries.changeExport(at, id, { approval, startsAt: window?.startsAt ?? null, dueAt: window?.dueAt ?? null });
    const event = await queries.addEvent(at, id, approve ? "approved" : "refused", { person: person.id, note });
    if (approve) await desk.queue.addExport(at, id, window?.startsAt ?? null);
    else {
      const detail = `The export was not approved${note === null ? "" : `: ${note}`}.`.replace(/\.\.$/, ".");
      await endUnfinished(at, id, "error", { code: "not-approved", detail });
    }
    if (its.person !== null) {
      const details = { approve, by: person.name, note };
      await desk.queue.addMail(at, {
        org: at.org,
        export: id,
        event,
        kind: "approval-decided",
        person: its.person,
        details,
      });
    }
    const within = { ...call, access: { ...call.access, at } };
    await audit(within, approve ? "export.approve" : "export.refuse", { kind: "export", id }, { note });
  });
  desk.wake();
  desk.tell(id);
  return factsOf(call, await exportSeen(call, id, "exports.approve"), desk.baseUrl);
}
