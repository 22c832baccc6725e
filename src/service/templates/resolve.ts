// A template as it is run: complete, and with the revisions that it was made of.
import { refusal } from "../../lib/mistakes.ts";
import { readTemplate } from "../../template/read.ts";
import type { Template } from "../../template/template.ts";
import type { OrgCall } from "../org-call.ts";
import { inlined, type UsedRevision } from "./body.ts";
import { findTemplate } from "./find.ts";

export interface ResolvedTemplate {
  readonly template: Template;
  /** Of the template itself, and after it of the dataset templates that it names, in their newest revisions. */
  readonly revisions: readonly [UsedRevision, ...UsedRevision[]];
}

/**
 * A template with all of its datasets.
 * @param pinned revisions of dataset templates that it names, instead of their newest
 * @throws failure `not-found`; usageError `dataset-not-found` naming a dataset template that is gone, or out of sight
 */
export async function resolveTemplate(
  call: OrgCall,
  id: string,
  revision?: number,
  pinned: readonly UsedRevision[] = [],
): Promise<ResolvedTemplate> {
  const found = await findTemplate(call, id, revision);
  const { body, references, mistakes } = await inlined(call, found.body, pinned);
  if (mistakes.length > 0) throw refusal(mistakes);
  const named = [...references.values()].map((it): UsedRevision => ({ id: it.template, revision: it.revision }));
  const unlike = named.filter((it, n) => named.findIndex((other) => other.id === it.id) === n);
  return { template: readTemplate(body), revisions: [{ id: found.id, revision: found.revision }, ...unlike] };
}
