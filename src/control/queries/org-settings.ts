// What an org decided through the API, on top of its configuration.
import { sql } from "kysely";
import type { InOrg } from "../in-org.ts";

/** The settings by their names; none at first. */
export async function orgSettings({ db }: InOrg): Promise<Readonly<Record<string, unknown>>> {
  const row = await db.selectFrom("orgSettings").select("settings").executeTakeFirst();
  return row?.settings ?? {};
}

/** Sets some of them; null takes one away, so that the configuration speaks again. */
export async function changeOrgSettings({ db }: InOrg, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const settings = JSON.stringify(changes);
  await db
    .insertInto("orgSettings")
    .values({ settings: sql`jsonb_strip_nulls(${settings}::jsonb)` as never })
    .onConflict((conflict) =>
      conflict.column("org").doUpdateSet({
        settings: sql`jsonb_strip_nulls(org_settings.settings || ${settings}::jsonb)` as never,
        updatedAt: sql`now()` as never,
      }),
    )
    .execute();
}
