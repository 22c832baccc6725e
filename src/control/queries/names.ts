// What people call the things of an org that are known by their ids.
import type { InOrg } from "../in-org.ts";

/** The names, as they are now, of people, namespaces, batches, templates, exports, tokens and invitations; of what has none or is gone, nothing. */
export async function namesOf({ db }: InOrg, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("person")
    .select(["person.id as id", "person.name as name"])
    .where("person.id", "in", ids)
    .unionAll(db.selectFrom("namespace").select(["namespace.id as id", "namespace.name"]).where("id", "in", ids))
    .unionAll(db.selectFrom("batch").select(["batch.id as id", "batch.name"]).where("id", "in", ids))
    .unionAll(db.selectFrom("template").select(["template.id as id", "template.name"]).where("id", "in", ids))
    .unionAll(
      db
        .selectFrom("export")
        .select(["export.id as id", "export.label as name"])
        .where("id", "in", ids)
        .$castTo<Named>(),
    )
    .unionAll(db.selectFrom("apiToken").select(["apiToken.id as id", "apiToken.name"]).where("id", "in", ids))
    .unionAll(
      db.selectFrom("invitation").select(["invitation.id as id", "invitation.email as name"]).where("id", "in", ids),
    )
    .execute();
  return new Map(rows.flatMap(({ id, name }) => ((name as string | null) === null ? [] : [[id, name]])));
}

interface Named {
  readonly id: string;
  readonly name: string;
}
