// The tree of groups and projects that records belong to.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import { hold } from "../hold.ts";
import { atOnce, type InOrg } from "../in-org.ts";
import { namespaceList } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { Namespace, NamespaceRole } from "../tables.ts";

/** A namespace of a source, to be kept here as well. */
export interface FoundNamespace {
  readonly key: string;
  readonly parentKey: string | null;
  readonly code: string;
  readonly name: string;
}

/** All of them, parents and children in no order. There are thousands at most. */
export function listNamespaces({ db }: InOrg): Promise<Namespace[]> {
  return db.selectFrom("namespace").selectAll().orderBy("id").execute();
}

/** Those that somebody has roles in, or all with null, by their ids. */
export function listNamespacesOf(
  { db }: InOrg,
  roles: ReadonlyMap<string, NamespaceRole> | null,
  page: ListPage = {},
): Promise<Placed<Namespace>[]> {
  const all = db.selectFrom("namespace").selectAll();
  const among = sql<string>`any(${[...(roles ?? []).keys()]}::uuid[])`;
  return readPage(roles === null ? all : all.where("id", "=", among), namespaceList(roles), page);
}

export function findNamespace({ db }: InOrg, id: string): Promise<Namespace | undefined> {
  return db.selectFrom("namespace").selectAll().where("id", "=", id).executeTakeFirst();
}

/**
 * Adds a namespace; its key, which records hold, is its code unless it is given.
 * @throws ControlError a duplicate (`isDuplicate`), or a parent that is not there (`isMissingReference`)
 */
export async function addNamespace(
  { db }: InOrg,
  { parent, code, name, key = code }: { parent: string | null; code: string; name: string; key?: string },
): Promise<Namespace> {
  return db
    .insertInto("namespace")
    .values({ id: uuidv7(), parent, code, name, key, fromSource: false })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Renames a namespace, or changes its code. Undefined when it is not there. */
export function changeNamespace(
  { db }: InOrg,
  id: string,
  changes: { readonly name?: string; readonly code?: string },
): Promise<Namespace | undefined> {
  return db
    .updateTable("namespace")
    .set({ name: (it) => (changes.name === undefined ? it.ref("name") : it.val(changes.name)) })
    .set({ code: (it) => (changes.code === undefined ? it.ref("code") : it.val(changes.code)) })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Puts a namespace below another, or at the top with null. False when that one is itself or below it. */
export function moveNamespace(at: InOrg, id: string, parent: string | null): Promise<boolean> {
  return atOnce(at, async ({ db }) => {
    // Two moves at once could each be right and make a ring together.
    await hold({ db, org: at.org }, "namespaces");
    const below = await subtree({ db, org: at.org }, id);
    if (parent !== null && below.includes(parent)) return false;
    await db.updateTable("namespace").set({ parent }).where("id", "=", id).execute();
    return true;
  });
}

/** Closes a namespace and all below it for export, or opens them again. */
export async function archiveNamespace(at: InOrg, id: string, archived: boolean): Promise<void> {
  const ids = await subtree(at, id);
  if (ids.length === 0) return;
  await at.db
    .updateTable("namespace")
    .set({ archivedAt: archived ? sql<Date>`coalesce(archived_at, now())` : null })
    .where("id", "in", ids)
    .execute();
}

/** Deletes a namespace. @throws ControlError where something is in it (`isMissingReference`) */
export async function removeNamespace({ db }: InOrg, id: string): Promise<void> {
  await db.deleteFrom("namespace").where("id", "=", id).execute();
}

/** A namespace and all below it, by their ids; empty when it is not there. */
export async function subtree({ db }: InOrg, id: string): Promise<string[]> {
  const rows = await db
    .withRecursive("below", (query) =>
      query
        .selectFrom("namespace")
        .select("namespace.id")
        .where("namespace.id", "=", id)
        .union(
          query.selectFrom("namespace as child").innerJoin("below", "below.id", "child.parent").select("child.id"),
        ),
    )
    .selectFrom("below")
    .select("below.id")
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Keeps the namespaces of a source: new ones are added, known ones (by their keys) take its names and places, and those that
 * it no longer has are archived, for roles and exports name them. Those that were made by API stay as they are.
 */
export function keepFoundNamespaces(at: InOrg, found: readonly FoundNamespace[]): Promise<void> {
  return atOnce(at, async ({ db }) => {
    const known = new Map((await listNamespaces({ db, org: at.org })).map((it) => [it.key, it.id]));
    const ids = new Map(found.map(({ key }) => [key, known.get(key) ?? uuidv7()]));
    // Places first: a code may move from one namespace to another, and may be free only then.
    const keys = [...ids.keys()];
    await db
      .updateTable("namespace")
      .set({ parent: null, code: sql<string>`'#' || id` })
      .where("fromSource", "=", true)
      .execute();
    for (const { key, name } of found) {
      const id = ids.get(key)!;
      await db
        .insertInto("namespace")
        .values({ id, key, name, code: `#${id}`, parent: null, fromSource: true })
        .onConflict((conflict) =>
          // One that was archived stays so, whoever did it.
          conflict.columns(["org", "key"]).doUpdateSet({ name, fromSource: true }),
        )
        .execute();
    }
    for (const { key, parentKey, code } of found) {
      const parent = parentKey === null ? null : (ids.get(parentKey) ?? null);
      await db.updateTable("namespace").set({ parent, code }).where("key", "=", key).execute();
    }
    let gone = db.updateTable("namespace").set({ archivedAt: sql<Date>`coalesce(archived_at, now())` });
    gone = gone.where("fromSource", "=", true);
    await (keys.length === 0 ? gone : gone.where("key", "not in", keys)).execute();
  });
}
