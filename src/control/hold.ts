// What one transaction of an org does at a time.
import { sql } from "kysely";
import type { InOrg } from "./in-org.ts";

/** Within a transaction: whoever else holds the same of the org waits until it ends. */
export async function hold({ org, db }: InOrg, what: "members" | "namespaces"): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`waybill.${what}.${org}`}, 0))`.execute(db);
}
