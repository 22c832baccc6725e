// Templates found: one, those that the caller sees, and their former revisions.
import {
  findRevision,
  listRevisions,
  listTemplates as listed,
  type ListedTemplate,
} from "../../control/queries/templates.ts";
import type { Template, TemplateRevision } from "../../control/tables.ts";
import { inputError } from "../../lib/errors.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isStorableText } from "../../query/values.ts";
import { notFound } from "../errors.ts";
import { mustMay, type OrgCall } from "../org-call.ts";
import { seenBy, seenTemplate } from "./rights.ts";
import { stored, type StoredTemplate, type StoredTemplateWithBody } from "./stored.ts";

/**
 * A template with what it says.
 * @param revision a former one; its name is what it was then
 * @throws failure `not-found`, also for what the caller may not see
 */
export async function findTemplate(call: OrgCall, id: string, revision?: number): Promise<StoredTemplateWithBody> {
  const template = await seenTemplate(call, id);
  if (revision === undefined || revision === template.revision) return stored(call, template);
  const former = isRevision(revision) ? await findRevision(call.access.at, id, revision) : undefined;
  if (former === undefined) throw notFound("revision of the template");
  const { body, createdAt } = former;
  return stored(call, { ...template, body, revision, name: String(body["name"]), updatedAt: createdAt });
}

/** The database counts them in four bytes. */
function isRevision(revision: number): boolean {
  return Number.isInteger(revision) && revision > 0 && revision < 2 ** 31;
}

export interface TemplateListing {
  readonly kind?: Template["kind"] | undefined;
  /** About this object type. */
  readonly object?: string | undefined;
  readonly namespace?: string | undefined;
  /** In the name or the description. */
  readonly search?: string | undefined;
  /** How many at most. */
  readonly limit: number;
  /** The last one of the page before, by its id. */
  readonly after?: string | undefined;
}

/** @throws usageError `cursor-not-suited`; failure `forbidden` for whoever sees no templates at all */
export async function listTemplates(
  call: OrgCall,
  { kind, object, namespace, search, limit, after }: TemplateListing,
): Promise<{
  readonly data: readonly (StoredTemplate & Pick<ListedTemplate, "description" | "object" | "format">)[];
  readonly next: string | null;
}> {
  mustMay(call, "templates.see");
  if (after !== undefined && !isUuid(after)) {
    throw inputError("cursor-not-suited", "/after", "This is not where a page ended.", "Begin with the first page.");
  }
  // What cannot be kept is nowhere.
  const isNowhere =
    [object, search].some((it) => it !== undefined && !isStorableText(it)) ||
    (namespace !== undefined && !isUuid(namespace));
  if (isNowhere) return { data: [], next: null };
  const page = { kind, object, namespace, search, limit: limit + 1, before: after, seenBy: seenBy(call) };
  const rows = await listed(call.access.at, page);
  const data = rows.slice(0, limit).map((it) => stored(call, it));
  return { data, next: rows.length > limit ? data.at(-1)!.id : null };
}

/** When and by whom each revision was made, the newest first. @throws failure `not-found` */
export async function revisionsOf(
  call: OrgCall,
  id: string,
): Promise<readonly Pick<TemplateRevision, "revision" | "person" | "createdAt">[]> {
  await seenTemplate(call, id);
  const all = await listRevisions(call.access.at, id);
  return all.map(({ revision, person, createdAt }) => ({ revision, person, createdAt }));
}
