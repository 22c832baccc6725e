// Templates found: one, those that the caller sees, and their former revisions.
import {
  findRevision,
  listRevisions,
  listTemplates as listed,
  type ListedTemplate,
} from "../../control/queries/templates.ts";
import { namesOf } from "../../control/queries/names.ts";
import { REVISIONS, TEMPLATES } from "../../control/lists/lists.ts";
import type { Template, TemplateRevision } from "../../control/tables.ts";
import { isUuid } from "../../lib/uuid.ts";
import { isStorableText } from "../../query/values.ts";
import { notFound } from "../errors.ts";
import { answer, type ListAnswer, type ListQuery } from "../lists.ts";
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

export interface TemplateListing extends ListQuery {
  readonly kind?: Template["kind"] | undefined;
  /** About this object type. */
  readonly object?: string | undefined;
  readonly namespace?: string | undefined;
  /** In the name or the description. */
  readonly search?: string | undefined;
}

/** @throws usageError naming the place; failure `forbidden` for whoever sees no templates at all */
export async function listTemplates(
  call: OrgCall,
  { kind, object, namespace, search, ...query }: TemplateListing = {},
): Promise<ListAnswer<StoredTemplate & Pick<ListedTemplate, "description" | "object" | "format">>> {
  mustMay(call, "templates.see");
  // What cannot be kept is nowhere.
  const isNowhere =
    [object, search].some((it) => it !== undefined && !isStorableText(it)) ||
    (namespace !== undefined && !isUuid(namespace));
  if (isNowhere) return { data: [], next: null };
  const asked = { kind, object, namespace, search };
  const { data, next } = await answer(call, TEMPLATES, query, asked, (page) =>
    listed(call.access.at, { ...page, ...asked, seenBy: seenBy(call) }),
  );
  return { data: data.map((it) => stored(call, it)), next };
}

/** A revision as the list of them tells it. */
export interface RevisionFacts extends Pick<TemplateRevision, "revision" | "person" | "createdAt"> {
  /** What whoever made it is called now. */
  readonly name: string | null;
}

/** When and by whom each revision was made, the newest first. @throws failure `not-found` */
export async function revisionsOf(
  call: OrgCall,
  id: string,
  query: ListQuery = {},
): Promise<ListAnswer<RevisionFacts>> {
  await seenTemplate(call, id);
  const { data, next } = await answer(call, REVISIONS, query, id, (page) => listRevisions(call.access.at, id, page));
  const names = await namesOf(call.access.at, [...new Set(data.flatMap(({ person }) => person ?? []))]);
  const shown = data.map(({ revision, person, createdAt }) => ({
    revision,
    person,
    name: names.get(person ?? "") ?? null,
    createdAt,
  }));
  return { data: shown, next };
}
