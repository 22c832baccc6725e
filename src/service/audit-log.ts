// The audit log as administrators read it: with the names of what its entries are about.
import { AUDIT } from "../control/lists/lists.ts";
import { listAudit } from "../control/queries/audit.ts";
import { namesOf } from "../control/queries/names.ts";
import type { AuditEntry } from "../control/tables.ts";
import { isUuid } from "../lib/uuid.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { mustMay, type OrgCall } from "./org-call.ts";

export interface NamedEntry extends AuditEntry {
  /** By the ids in the entry: what people call them now. */
  readonly names: Readonly<Record<string, string>>;
}

/** Details that hold ids. Others may hold what people wrote. */
const IDS = ["batch", "namespace", "owner", "parent", "principal", "resubmitOf", "with"];

/**
 * A page of what was done, the newest first; of one subject when it is named.
 * @throws usageError naming the place; failure `forbidden`
 */
export async function auditLog(
  call: OrgCall,
  query: ListQuery,
  subject?: { readonly kind: string; readonly id: string },
): Promise<ListAnswer<NamedEntry>> {
  mustMay(call, "audit.see");
  const { at } = call.access;
  const { data, next } = await answer(call, AUDIT, query, subject, (page) => listAudit(at, { ...page, subject }));
  const names = await namesOf(at, [...new Set(data.flatMap(idsIn))]);
  const named = (entry: AuditEntry): Readonly<Record<string, string>> =>
    Object.fromEntries(idsIn(entry).flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : [])));
  return { data: data.map((entry) => ({ ...entry, names: named(entry) })), next };
}

function idsIn({ person, token, subject, details }: AuditEntry): string[] {
  return [person, token, subject, ...IDS.map((name) => details[name])].filter(
    (it): it is string => typeof it === "string" && isUuid(it),
  );
}
