// Invitations: a link that makes whoever has it a member, once.
import { sql } from "kysely";
import { uuidv7 } from "../../lib/uuid.ts";
import type { InOrg } from "../in-org.ts";
import { INVITATIONS } from "../lists/lists.ts";
import { type ListPage, type Placed, readPage } from "../lists/page.ts";
import type { Invitation } from "../tables.ts";

/** An invitation as it is shown: without its hash. */
export type ShownInvitation = Omit<Invitation, "tokenHash" | "org">;

const SHOWN = [
  ...(["id", "email", "role", "namespace", "invitedBy"] as const),
  ...(["createdAt", "expiresAt", "acceptedAt"] as const),
];

export function addInvitation(
  { db }: InOrg,
  invitation: Pick<Invitation, "email" | "role" | "namespace" | "tokenHash" | "invitedBy" | "expiresAt">,
): Promise<ShownInvitation> {
  return db
    .insertInto("invitation")
    .values({ ...invitation, id: uuidv7() })
    .returning(SHOWN)
    .executeTakeFirstOrThrow();
}

/** Those that were not accepted yet, the newest first; also what has run out. To some namespaces where those are given. */
export function listInvitations(
  { db }: InOrg,
  { namespaces, ...page }: ListPage & { readonly namespaces?: readonly string[] | undefined } = {},
): Promise<Placed<ShownInvitation>[]> {
  const open = db.selectFrom("invitation").select(SHOWN).where("acceptedAt", "is", null);
  const among = sql<string>`any(${namespaces ?? []}::uuid[])`;
  return readPage(namespaces === undefined ? open : open.where("namespace", "=", among), INVITATIONS, page);
}

/** One that was not accepted yet. */
export function findOpenInvitation({ db }: InOrg, id: string): Promise<ShownInvitation | undefined> {
  return db
    .selectFrom("invitation")
    .select(SHOWN)
    .where("id", "=", id)
    .where("acceptedAt", "is", null)
    .executeTakeFirst();
}

/** One that can be accepted, by the hash of its token. */
export function findInvitation({ db }: InOrg, tokenHash: Uint8Array): Promise<ShownInvitation | undefined> {
  return db
    .selectFrom("invitation")
    .select(SHOWN)
    .where("tokenHash", "=", tokenHash)
    .where("acceptedAt", "is", null)
    .where("expiresAt", ">", sql<Date>`now()`)
    .executeTakeFirst();
}

/** Uses an invitation up. False when somebody was faster, or it has run out. */
export async function useInvitation({ db }: InOrg, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("invitation")
    .set({ acceptedAt: sql<Date>`now()` })
    .where("id", "=", id)
    .where("acceptedAt", "is", null)
    .where("expiresAt", ">", sql<Date>`now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Takes an invitation back. Whether there was one that nobody had accepted. */
export async function removeInvitation({ db }: InOrg, id: string): Promise<boolean> {
  const remove = db.deleteFrom("invitation").where("id", "=", id).where("acceptedAt", "is", null);
  return (await remove.executeTakeFirst()).numDeletedRows > 0n;
}
