// Saved views: filters, columns and order that a person comes back to.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import type { InOrg } from "../in-org.ts";
import { VIEWS } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { SavedView } from "../tables.ts";

/** Saves a view under a name, over one of the same person, object type and name. */
export function saveView(
  { db }: InOrg,
  {
    body,
    ...view
  }: Pick<SavedView, "person" | "object" | "name"> & { readonly body: Readonly<Record<string, unknown>> },
): Promise<SavedView> {
  const text = JSON.stringify(body);
  return db
    .insertInto("savedView")
    .values({ ...view, id: uuidv7(), body: text })
    .onConflict((conflict) =>
      conflict
        .columns(["org", "person", "object", "name"])
        .doUpdateSet({ body: text, createdAt: sql<Date>`now()` as never }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A person's views of an object type, by name. */
export function listViews(
  { db }: InOrg,
  person: string,
  object: string,
  page: ListPage = {},
): Promise<Placed<SavedView>[]> {
  const all = db.selectFrom("savedView").selectAll().where("person", "=", person).where("object", "=", object);
  return readPage(all, VIEWS, page);
}

/** Whether there was one to remove. */
export async function removeView({ db }: InOrg, person: string, id: string): Promise<boolean> {
  const remove = db.deleteFrom("savedView").where("id", "=", id).where("person", "=", person);
  return (await remove.executeTakeFirst()).numDeletedRows > 0n;
}
