// Writing calls that are repeated with the same Idempotency-Key get the first answer again.
import { sql } from "kysely";
import type { InOrg } from "../in-org.ts";
import type { IdempotencyEntry } from "../tables.ts";

/** A call that was begun before; without a status it is still going on. */
export type EarlierCall = Pick<IdempotencyEntry, "requestHash" | "status" | "headers" | "body">;

/**
 * Begins a call, or gives the earlier one with the same key. What has run out is begun anew.
 * @returns null when it is this caller's to do
 */
export async function beginCall(
  at: InOrg,
  call: { readonly person: string; readonly key: string; readonly requestHash: Uint8Array; readonly expiresAt: Date },
): Promise<EarlierCall | null> {
  const { requestHash, expiresAt } = call;
  const begun = await at.db
    .insertInto("idempotency")
    .values({ ...call, status: null, headers: null, body: null })
    .onConflict((conflict) =>
      conflict
        .columns(["org", "person", "key"])
        .doUpdateSet({ requestHash, expiresAt, status: null, headers: null, body: null })
        .where("idempotency.expiresAt", "<=", sql<Date>`now()`),
    )
    .executeTakeFirst();
  if ((begun.numInsertedOrUpdatedRows ?? 0n) > 0n) return null;
  const earlier = await at.db
    .selectFrom("idempotency")
    .select(["requestHash", "status", "headers", "body"])
    .where("person", "=", call.person)
    .where("key", "=", call.key)
    .executeTakeFirst();
  // It was forgotten in between.
  return earlier ?? beginCall(at, call);
}

/** Keeps the answer of a call; without a body, only that it was given. */
export async function endCall(
  { db }: InOrg,
  { person, key }: { readonly person: string; readonly key: string },
  answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await db
    .updateTable("idempotency")
    .set({ ...answer, headers: JSON.stringify(answer.headers) })
    .where("person", "=", person)
    .where("key", "=", key)
    .execute();
}

/** Forgets a call that failed before it did anything, so that it can be made again. */
export async function forgetCall(
  { db }: InOrg,
  { person, key }: { readonly person: string; readonly key: string },
): Promise<void> {
  await db.deleteFrom("idempotency").where("person", "=", person).where("key", "=", key).execute();
}

/** Forgets what has run out. */
export async function forgetOldCalls({ db }: InOrg): Promise<void> {
  await db
    .deleteFrom("idempotency")
    .where("expiresAt", "<=", sql<Date>`now()`)
    .execute();
}
