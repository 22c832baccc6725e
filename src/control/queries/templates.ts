// Templates: every change keeps the revision before it.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { atOnce, type InOrg } from "../in-org.ts";
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

/** A template with its newest revision. */
export function findTemplate({ db }: InOrg, id: string): Promise<WholeTemplate | undefined> {
  return db
    .selectFrom("template")
    .innerJoin("templateRevision", (join) =>
      join
        .onRef("templateRevision.template", "=", "template.id")
        .onRef("templateRevision.revision", "=", "template.revision"),
    )
    .selectAll("template")
    .select("templateRevision.body")
    .where("template.id", "=", id)
    .where("template.deletedAt", "is", null)
    .executeTakeFirst();
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
export function listRevisions({ db }: InOrg, template: string): Promise<Omit<TemplateRevision, "body">[]> {
  return db
    .selectFrom("templateRevision")
    .select(["org", "template", "revision", "person", "createdAt"])
    .where("template", "=", template)
    .orderBy("revision", "desc")
    .execute();
}

/** Templates before an id, the newest first, that are in some namespaces or shared with them, or that a person made. */
export function listTemplates(
  { db }: InOrg,
  page: {
    readonly limit: number;
    readonly before?: string;
    readonly kind?: Template["kind"];
    /** Everybody's with null. */
    readonly seenBy: { readonly person: string; readonly namespaces: readonly string[] } | null;
  },
): Promise<Template[]> {
  let query = db.selectFrom("template").selectAll().where("deletedAt", "is", null);
  const { before, kind, seenBy } = page;
  if (before !== undefined) query = query.where("id", "<", before);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (seenBy !== null) {
    const namespaces = sql<string>`any(${seenBy.namespaces}::uuid[])`;
    query = query.where((it) =>
      it.or([
        it("template.person", "=", seenBy.person),
        it("template.namespace", "=", namespaces),
        it.exists(
          it
            .selectFrom("templateShare")
            .select("templateShare.template")
            .whereRef("templateShare.template", "=", "template.id")
            .where("templateShare.namespace", "=", namespaces),
        ),
      ]),
    );
  }
  return query.orderBy("id", "desc").limit(page.limit).execute();
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

/** The namespaces that a template is shared with. */
export async function sharesOf({ db }: InOrg, template: string): Promise<string[]> {
  const rows = await db
    .selectFrom("templateShare")
    .select("namespace")
    .where("template", "=", template)
    .orderBy("namespace")
    .execute();
  return rows.map(({ namespace }) => namespace);
}
