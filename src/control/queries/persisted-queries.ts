// Persisted queries: GraphQL documents by the hash of their text.
import { sql } from "kysely";
import type { InOrg } from "../in-org.ts";
import { PERSISTED_QUERIES } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { PersistedQuery } from "../tables.ts";

/** As it is listed: without its document, with the name of who registered it; null when they are gone. */
export type ListedQuery = Omit<PersistedQuery, "org" | "document"> & { readonly personName: string | null };
export type OwnedQuery = ListedQuery & Pick<PersistedQuery, "document">;

const LISTED = [
  ...(["persistedQuery.id", "persistedQuery.name", "persistedQuery.person"] as const),
  ...(["persistedQuery.createdAt", "persistedQuery.lastUsedAt", "person.name as personName"] as const),
];

function listed({ db }: InOrg) {
  return db.selectFrom("persistedQuery").leftJoin("person", "person.id", "persistedQuery.person").select(LISTED);
}

/** Keeps a document; one that is there gets the name. */
export async function putPersistedQuery(
  { db }: InOrg,
  { name, ...query }: Pick<PersistedQuery, "id" | "name" | "document" | "person">,
): Promise<void> {
  await db
    .insertInto("persistedQuery")
    .values({ name, ...query })
    .onConflict((conflict) => conflict.columns(["org", "id"]).doUpdateSet({ name }))
    .execute();
}

export function listPersistedQueries(at: InOrg, page: ListPage = {}): Promise<Placed<ListedQuery>[]> {
  return readPage(listed(at), PERSISTED_QUERIES, page);
}

export function findPersistedQuery(at: InOrg, id: string): Promise<OwnedQuery | undefined> {
  return listed(at).select("persistedQuery.document").where("persistedQuery.id", "=", id).executeTakeFirst();
}

/** Remembers that it was run. */
export async function touchPersistedQuery({ db }: InOrg, id: string): Promise<void> {
  await db
    .updateTable("persistedQuery")
    .set({ lastUsedAt: sql<Date>`now()` })
    .where("id", "=", id)
    .execute();
}

/** Whether there was one to remove. */
export async function removePersistedQuery({ db }: InOrg, id: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("persistedQuery").where("id", "=", id).executeTakeFirst();
  return numDeletedRows > 0n;
}
