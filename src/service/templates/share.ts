// Templates deleted, and shared with namespaces that they are not in.
import { atOnce } from "../../control/in-org.ts";
import { SHARES } from "../../control/lists/lists.ts";
import * as queries from "../../control/queries/templates.ts";
import { notFound } from "../errors.ts";
import { answer, type ListAnswer, type ListQuery } from "../lists.ts";
import type { OrgCall } from "../org-call.ts";
import { changeableTemplate, mustMayIn, seenTemplate } from "./rights.ts";
import { told } from "./save.ts";

/** Takes a template out of all lists; exports still know the revisions that they ran. @throws failure `not-found`, `forbidden` */
export async function deleteTemplate(call: OrgCall, id: string): Promise<void> {
  const template = await changeableTemplate(call, id);
  await atOnce(call.access.at, async (at) => {
    if (!(await queries.removeTemplate(at, id))) throw notFound("template");
    await told(call, at, "template.delete", template);
  });
}

/**
 * Shares a template with a namespace, or no longer: analysts there see and use it, and nobody there changes it.
 * @throws failure `not-found` for a template or a namespace that the caller does not see; `forbidden`
 */
export async function shareTemplate(call: OrgCall, id: string, namespace: string, shared: boolean): Promise<void> {
  const template = await seenTemplate(call, id);
  await mustMayIn(call, "templates.share", namespace);
  await atOnce(call.access.at, async (at) => {
    await queries.shareTemplate(at, id, namespace, shared);
    await told(call, at, shared ? "template.share" : "template.unshare", template, { with: namespace });
  });
}

/** The namespaces that a template is shared with, of those that the caller sees. @throws failure `not-found` */
export async function sharesOf(
  call: OrgCall,
  id: string,
  query: ListQuery = {},
): Promise<ListAnswer<{ readonly namespace: string }>> {
  await seenTemplate(call, id);
  const { at, isAdmin, namespaces } = call.access;
  const seen = isAdmin ? {} : { namespaces: [...namespaces.keys()] };
  return answer(call, SHARES, query, id, (page) => queries.listShares(at, id, { ...page, ...seen }));
}
