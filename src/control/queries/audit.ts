// The audit log: who did what. It is only ever added to; the database refuses anything else.
import { uuidv7 } from "../../lib/uuid.ts";
import type { InOrg } from "../in-org.ts";
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

/** The entries before an id, the newest first; of one subject when it is named. */
export function listAudit(
  { db }: InOrg,
  page: {
    readonly limit: number;
    readonly before?: string;
    readonly subject?: { readonly kind: string; readonly id: string };
  },
): Promise<AuditEntry[]> {
  let query = db.selectFrom("audit").selectAll().orderBy("id", "desc").limit(page.limit);
  if (page.before !== undefined) query = query.where("id", "<", page.before);
  const { subject } = page;
  if (subject !== undefined) query = query.where("subjectKind", "=", subject.kind).where("subject", "=", subject.id);
  return query.execute();
}
