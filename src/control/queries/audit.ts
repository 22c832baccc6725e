// The audit log: who did what. It is only ever added to; the database refuses anything else.
import { uuidv7 } from "../../lib/uuid.ts";
import type { InOrg } from "../in-org.ts";
import { AUDIT } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { AuditEntry, NewAuditEntry } from "../tables.ts";

/** @param entry its details hold no secret and no value of a de-identified field */
export async function addAudit(
  { db }: InOrg,
  { details = {}, ...entry }: Partial<NewAuditEntry> & { action: string; details?: Readonly<Record<string, unknown>> },
): Promise<void> {
  await db
    .insertInto("audit")
    .values({ ...entry, id: uuidv7(), details: JSON.stringify(details) })
    .execute();
}

/** The entries, the newest first; of one subject when it is named. */
export function listAudit(
  { db }: InOrg,
  {
    subject,
    ...page
  }: ListPage & { readonly subject?: { readonly kind: string; readonly id: string } | undefined } = {},
): Promise<Placed<AuditEntry>[]> {
  const all = db.selectFrom("audit").selectAll();
  const query =
    subject === undefined ? all : all.where("subjectKind", "=", subject.kind).where("subject", "=", subject.id);
  return readPage(query, AUDIT, page);
}
