// Templates: every change keeps the revision before it.
import { type ExpressionBuilder, type Kysely, type RawBuilder, sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { atOnce, type InOrg } from "../in-org.ts";
import { REVISIONS, SHARES, TEMPLATES } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { Template, TemplateRevision } from "../tables.ts";

type Body = Readonly<Record<string, unknown>>;

/** A template with what it says. */
export interface WholeTemplate extends Template {
  readonly body: Body;
}

/** @throws ControlError a duplicate name (`isDuplicate`), or a namespace that is not there */
export function addTemplate(
  at: InOrg,
  { body, ...template }: Pick<Template, "namespace" | "kind" | "name" | "person"> & { readonly body: Body },
): Promise<Template> {
  return atOnce(at, async ({ db }) => {
    const made = await db
      .insertInto("template")
      .values({ ...template, id: uuidv7(), revision: 1, deletedAt: null })
      .returningAll()
      .executeTakeFirstOrThrow();
    await addRevision({ org: at.org, db }, made, template.person, body);
    return made;
  });
}

/**
 * Changes a template: the former revision stays.
 * @param was the revision that the change was made from
 * @returns undefined when it is not there, or somebody changed it meanwhile
 */
export function reviseTemplate(
  at: InOrg,
  id: string,
  was: number,
  { name, person, body }: { readonly name: string; readonly person: string | null; readonly body: Body },
): Promise<Template | undefined> {
  return atOnce(at, async ({ db }) => {
    const made = await db
      .updateTable("template")
      .set({ name, revision: was + 1, updatedAt: sql<Date>`now()` })
      .where("id", "=", id)
      .where("revision", "=", was)
      .where("deletedAt", "is", null)
      .returningAll()
      .executeTakeFirst();
    if (made !== undefined) await addRevision({ org: at.org, db }, made, person, body);
    return made;
  });
}

async function addRevision(
  { db }: InOrg,
  { id, revision }: Template,
  person: string | null,
  body: Body,
): Promise<void> {
  await db
    .insertInto("templateRevision")
    .values({ template: id, revision, person, body: JSON.stringify(body) })
    .execute();
}

/** Whose templates are seen: theirs, and those that are in, or shared with, these namespaces. */
export interface SeenBy {
  readonly person: string;
  readonly namespaces: readonly string[];
}

/**
 * A template with its newest revision.
 * @param seenBy everybody's with null
 */
export function findTemplate(
  { db }: InOrg,
  id: string,
  seenBy: SeenBy | null = null,
): Promise<WholeTemplate | undefined> {
  return newest(db)
    .selectAll("template")
    .select("templateRevision.body")
    .where("template.id", "=", id)
    .where(visibleTo(seenBy))
    .executeTakeFirst();
}

/** The template that has a name: in a namespace, or of a person who has it for themselves. */
export function findTemplateNamed(
  { db }: InOrg,
  kind: Template["kind"],
  name: string,
  namespace: string | null,
  person: string,
): Promise<Template | undefined> {
  const named = db.selectFrom("template").selectAll().where("kind", "=", kind).where("name", "=", name);
  const there =
    namespace === null
      ? named.where("namespace", "is", null).where("person", "=", person)
      : named.where("namespace", "=", namespace);
  return there.where("deletedAt", "is", null).executeTakeFirst();
}

/**
 * Templates that are not deleted, with their newest revisions: one found after the other by its key, which is what a page
 * takes. As a join PostgreSQL compares each template with all revisions while it has no statistics.
 */
function newest(db: InOrg["db"]) {
  return db
    .selectFrom("template")
    .innerJoinLateral(
      (it) =>
        it
          .selectFrom("templateRevision")
          .select(["templateRevision.template", "templateRevision.revision", "templateRevision.body"])
          .whereRef("templateRevision.template", "=", "template.id")
          .whereRef("templateRevision.revision", "=", "template.revision")
          .limit(sql.lit(1))
          .as("templateRevision"),
      (join) => join.onTrue(),
    )
    .where("template.deletedAt", "is", null);
}

type Conditions = ExpressionBuilder<InOrg["db"] extends Kysely<infer Tables> ? Tables : never, "template">;

/** A template without a namespace is its maker's alone, wherever it is not shared. */
function visibleTo(seenBy: SeenBy | null) {
  return (it: Conditions) => {
    if (seenBy === null) return it.lit(true);
    const namespaces = sql<string>`any(${seenBy.namespaces}::uuid[])`;
    return it.or([
      it.and([it("template.person", "=", seenBy.person), it("template.namespace", "is", null)]),
      it("template.namespace", "=", namespaces),
      it.exists(
        it
          .selectFrom("templateShare")
          .select("templateShare.template")
          .whereRef("templateShare.template", "=", "template.id")
          .where("templateShare.namespace", "=", namespaces),
      ),
    ]);
  };
}

/** A revision, also of a template that was deleted: exports name it. */
export function findRevision({ db }: InOrg, template: string, revision: number): Promise<TemplateRevision | undefined> {
  return db
    .selectFrom("templateRevision")
    .selectAll()
    .where("template", "=", template)
    .where("revision", "=", revision)
    .executeTakeFirst();
}

/** When and by whom each revision was made, the newest first. */
export function listRevisions(
  { db }: InOrg,
  template: string,
  page: ListPage = {},
): Promise<Placed<Omit<TemplateRevision, "body">>[]> {
  const all = db
    .selectFrom("templateRevision")
    .select(["org", "template", "revision", "person", "createdAt"])
    .where("template", "=", template);
  return readPage(all, REVISIONS, page);
}

/** A template as lists show it. */
export interface ListedTemplate extends Template {
  readonly description: string | null;
  /** Of a dataset template: the object type, and the format. */
  readonly object: string | null;
  readonly format: string | null;
}

/** Which templates are listed. */
export interface TemplatePage extends ListPage {
  readonly kind?: Template["kind"] | undefined;
  /** About this object type; export templates with a dataset of it, be it their own or a template that they name. */
  readonly object?: string | undefined;
  readonly namespace?: string | undefined;
  /** Text that is in the name or the description, in capitals or not. */
  readonly search?: string | undefined;
  /** Everybody's with null. */
  readonly seenBy: SeenBy | null;
}

/** Templates, the newest first. */
export function listTemplates({ db }: InOrg, page: TemplatePage): Promise<Placed<ListedTemplate>[]> {
  const { kind, object, namespace, search, seenBy } = page;
  const said = (member: string) => sql<string | null>`template_revision.body ->> ${member}`;
  let query = newest(db)
    .selectAll("template")
    .select([said("description").as("description"), said("object").as("object"), said("format").as("format")])
    .where(visibleTo(seenBy));
  if (kind !== undefined) query = query.where("template.kind", "=", kind);
  if (namespace !== undefined) query = query.where("template.namespace", "=", namespace);
  if (search !== undefined && search !== "") {
    const pattern = `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
    query = query.where((it) =>
      it.or([it("template.name", "ilike", pattern), it(said("description"), "ilike", pattern)]),
    );
  }
  if (object !== undefined) {
    const holds = (dataset: RawBuilder<unknown>) =>
      sql<boolean>`template_revision.body -> 'datasets' @> jsonb_build_array(${dataset})`;
    query = query.where((it) =>
      it.or([
        it(said("object"), "=", object),
        holds(sql`jsonb_build_object('object', ${object}::text)`),
        it.exists(
          it
            .selectFrom("template as part")
            .innerJoin("templateRevision as its", (join) =>
              join.onRef("its.template", "=", "part.id").onRef("its.revision", "=", "part.revision"),
            )
            .select("part.id")
            .where("part.deletedAt", "is", null)
            .where(sql<string>`its.body ->> 'object'`, "=", object)
            .where(holds(sql`jsonb_build_object('template', part.id)`)),
        ),
      ]),
    );
  }
  return readPage(query, TEMPLATES, page);
}

/** Takes a template out of all lists; its revisions stay. Whether it was there. */
export async function removeTemplate({ db }: InOrg, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("template")
    .set({ deletedAt: sql<Date>`now()` })
    .where("id", "=", id)
    .where("deletedAt", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Shares a template with a namespace, or no longer. */
export async function shareTemplate(
  { db }: InOrg,
  template: string,
  namespace: string,
  shared: boolean,
): Promise<void> {
  if (!shared) {
    await db.deleteFrom("templateShare").where("template", "=", template).where("namespace", "=", namespace).execute();
    return;
  }
  await db
    .insertInto("templateShare")
    .values({ template, namespace })
    .onConflict((conflict) => conflict.columns(["org", "template", "namespace"]).doNothing())
    .execute();
}

/** The namespaces that a template is shared with, of some where those are given. */
export function listShares(
  { db }: InOrg,
  template: string,
  { namespaces, ...page }: ListPage & { readonly namespaces?: readonly string[] | undefined } = {},
): Promise<Placed<{ namespace: string }>[]> {
  const all = db.selectFrom("templateShare").select("namespace").where("template", "=", template);
  const among = sql<string>`any(${namespaces ?? []}::uuid[])`;
  return readPage(namespaces === undefined ? all : all.where("namespace", "=", among), SHARES, page);
}
