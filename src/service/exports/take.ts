// Taking an archive, or a look into it: only with the rights of this moment.
import { may, type OrgAccess } from "../../access/org-access.ts";
import { isSharedWith, type OwnedExport } from "../../control/queries/exports.ts";
import type { NamespaceRole } from "../../control/tables.ts";
import { failure } from "../../lib/errors.ts";
import { reaches } from "../../plan/principal.ts";
import { conflict, forbidden } from "../errors.ts";
import { mustMay, type OrgCall } from "../org-call.ts";
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
  const its = await exportSeen(call, id);
  const { access } = call;
  const { person } = access.identity;
  // A token needs its scope, whoever it belongs to.
  mustMay(call, "exports.download", { owner: person.id });
  const { downloads } = (await call.org()).config;
  if (!access.isAdmin) {
    if (downloads === "administrators") {
      throw forbidden("Only administrators download archives here.", "Ask an administrator of the organisation.");
    }
    const isOwn = its.person === person.id;
    if (!isOwn && !(await isSharedWith(access.at, id, person.id))) throw forbidden("Your role does not allow this.");
    const owner = isOwn ? access : its.person === null ? null : await desk.accessOf(access.at.org, its.person);
    if (its.result !== null && !mayStill(owner, its)) {
      throw forbidden(
        "What is in the archive may not be exported any more by whoever ordered it.",
        "Ask an owner of the namespace, or an administrator.",
      );
    }
  }
  if (its.state === "expired") {
    throw failure("expired", "The archive's time is over, and it was deleted.", { hint: "Order the export again." });
  }
  if (its.state !== "ready" || its.archive === null) {
    throw conflict("not-ready", `The export is ${its.state}, so there is no archive.`, "Wait until it is ready.");
  }
  return its as ReadyExport;
}

/** Whether somebody's roles still reach all that an export was made of. */
function mayStill(owner: OrgAccess | null, { result, principal }: OwnedExport): boolean {
  if (owner === null) return false;
  if (owner.isAdmin) return true;
  // Only administrators export as others, and only they see all namespaces.
  const { namespaces, least } = result as {
    readonly namespaces: readonly string[] | null;
    readonly least: NamespaceRole;
  };
  if (principal !== null || namespaces === null) return false;
  if (!may(owner, "exports.see", { owner: owner.identity.person.id })) return false;
  const held = new Map([...owner.namespaces.values()].map(({ key, role }) => [key, role]));
  return namespaces.every((key) => reaches(held.get(key) ?? null, least));
}
