// Taking an archive, or a look into it: only with the rights of this moment.
import { may, type OrgAccess } from "../../access/org-access.ts";
import { isSharedWith, type OwnedExport } from "../../control/queries/exports.ts";
import type { NamespaceRole } from "../../control/tables.ts";
import { failure } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import { limitsOf } from "../../plan/access.ts";
import { reaches } from "../../plan/principal.ts";
import { conflict, forbidden } from "../errors.ts";
import type { OrgCall } from "../org-call.ts";
import type { ExportDesk } from "./desk.ts";
import { exportSeen } from "./find.ts";

/** An export whose archive is there. */
export type ReadyExport = OwnedExport & {
  readonly archive: string;
  readonly size: number;
  readonly sha256: string;
  readonly endedAt: Date;
};

/**
 * An export whose archive the caller may have now: its owner, whom they share it with, and administrators; or those alone,
 * where the org says so. Whoever it belongs to must still be allowed to export what is in it.
 * @throws failure `not-found`, `forbidden`, `not-ready`, `expired`
 */
export async function readyExport(call: OrgCall, desk: ExportDesk, id: string): Promise<ReadyExport> {
  const its = await exportSeen(call, id, "exports.download");
  const { access } = call;
  const { person } = access.identity;
  const org = await call.org();
  if (!access.isAdmin) {
    if (org.config.downloads === "administrators") {
      throw forbidden(
        sentence`Only administrators download archives here.`,
        sentence`Ask an administrator of the organisation.`,
      );
    }
    const isOwn = its.person === person.id;
    if (!isOwn && !(await isSharedWith(access.at, id, person.id)))
      throw forbidden(sentence`Your role does not allow this.`);
    const owner = isOwn ? access : its.person === null ? null : await desk.accessOf(access.at.org, its.person);
    if (its.result !== null && !mayStill(owner, its, org)) {
      throw forbidden(
        sentence`What is in the archive may not be exported any more by whoever ordered it.`,
        sentence`Ask an owner of the namespace, or an administrator.`,
      );
    }
  }
  // Its time is over at once, though it is swept away within a minute.
  if (its.state === "expired" || (its.expiresAt !== null && its.expiresAt <= new Date())) {
    throw failure("expired", sentence`The archive's time is over, and it is deleted.`, {
      hint: sentence`Order the export again.`,
    });
  }
  if (its.state !== "ready" || its.archive === null) {
    throw conflict(
      "not-ready",
      sentence`The export is not ready, so there is no archive.`,
      its.state === "pending" || its.state === "running"
        ? sentence`Wait until it is ready.`
        : sentence`Order the export again.`,
    );
  }
  return its as ReadyExport;
}

/** What an archive was made with, kept with its export's result. */
export interface ArchiveRights {
  /** The keys of the namespaces that its records may be of; null for all. */
  readonly namespaces: readonly string[] | null;
  /** The role that is needed in each. */
  readonly least: NamespaceRole;
  readonly reads: readonly string[];
  readonly limits: readonly string[];
}

/** Whether somebody may still have all that an export was made of: the records, and the values as they are shown there. */
function mayStill(owner: OrgAccess | null, { result, principal }: OwnedExport, org: OpenOrg): boolean {
  if (owner === null) return false;
  if (owner.isAdmin) return true;
  const { namespaces, least, reads, limits } = result!["rights"] as ArchiveRights;
  // Only administrators export as others, and only they see all namespaces.
  if (principal !== null || namespaces === null) return false;
  const { person } = owner.identity;
  if (!may(owner, "exports.download", { owner: person.id })) return false;
  const held = new Map([...owner.namespaces.values()].map(({ key, role }) => [key, role]));
  let lowest: NamespaceRole | null = null;
  for (const key of namespaces) {
    const role = held.get(key);
    if (role === undefined || !reaches(role, least)) return false;
    if (lowest === null || reaches(lowest, role)) lowest = role;
  }
  const now = { id: person.id, email: person.email, role: lowest, attributes: {}, namespaces };
  return limitsOf(now, reads, org.catalogIn("en")).every((it) => limits.includes(it));
}
