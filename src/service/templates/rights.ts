// Who sees and changes a template (CONTRACT section 7).
import { may } from "../../access/org-access.ts";
import { findNamespace } from "../../control/queries/namespaces.ts";
import { findTemplate, type SeenBy, type WholeTemplate } from "../../control/queries/templates.ts";
import type { Template } from "../../control/tables.ts";
import { sentence } from "../../lib/sentence.ts";
import { isUuid } from "../../lib/uuid.ts";
import { reaches } from "../../plan/principal.ts";
import { forbidden, notFound } from "../errors.ts";
import { mustMay, type OrgCall } from "../org-call.ts";

/** Whose templates the caller sees: their own, and those in and shared with the namespaces where they are analysts. */
export function seenBy({ access }: Pick<OrgCall, "access">): SeenBy | null {
  if (access.isAdmin) return null;
  const namespaces = [...access.namespaces].filter(([, { role }]) => reaches(role, "analyst")).map(([id]) => id);
  return { person: access.identity.person.id, namespaces };
}

/** @throws failure `not-found`, also for what the caller may not see; `forbidden` for whoever sees no templates at all */
export async function seenTemplate(call: OrgCall, id: string): Promise<WholeTemplate> {
  mustMay(call, "templates.see");
  const found = isUuid(id) ? await findTemplate(call.access.at, id, seenBy(call)) : undefined;
  if (found === undefined) throw notFound("template");
  return found;
}

/** Whether the caller may change a template that they see. What belongs to its maker alone is changed by nobody else. */
export function mayChange({ access }: Pick<OrgCall, "access">, { namespace, person }: Template): boolean {
  if (namespace === null && person !== access.identity.person.id && !access.isAdmin) return false;
  return may(access, "templates.change", { namespace: placeOf(namespace), owner: person });
}

/** @throws failure `not-found`, `forbidden` */
export async function changeableTemplate(call: OrgCall, id: string): Promise<WholeTemplate> {
  const template = await seenTemplate(call, id);
  if (mayChange(call, template)) return template;
  mustMay(call, "templates.change", { namespace: placeOf(template.namespace), owner: template.person });
  throw forbidden(
    sentence`Only whoever made this template may change it.`,
    sentence`Duplicate it, and change the copy.`,
  );
}

/** @throws failure `not-found` for a namespace that the caller does not see; `forbidden` */
export async function mustMayIn(
  call: OrgCall,
  action: "templates.create" | "templates.share",
  namespace: string | null,
): Promise<void> {
  mustMay(call, action);
  if (namespace === null) return;
  const { isAdmin, namespaces, at } = call.access;
  const isThere = isAdmin
    ? isUuid(namespace) && (await findNamespace(at, namespace)) !== undefined
    : namespaces.has(namespace);
  if (!isThere) throw notFound("namespace");
  mustMay(call, action, { namespace: placeOf(namespace) });
}

/** Archived namespaces are closed for exports, not for templates. */
function placeOf(namespace: string | null): { readonly id: string; readonly archivedAt: null } | undefined {
  return namespace === null ? undefined : { id: namespace, archivedAt: null };
}
