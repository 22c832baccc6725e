// Attempts that are counted, so that nobody guesses passwords: in the database, so that all processes count together.
import { type Kysely, sql } from "kysely";
import type { ControlTables } from "./tables.ts";

/** At most `max` attempts within `window` seconds, which begin with the first. */
export interface AttemptRule {
  readonly window: number;
  readonly max: number;
}

export interface Attempt {
  readonly allowed: boolean;
  /** Seconds until the next may be allowed; null for one that is. */
  readonly retryAfter: number | null;
}

/** Counts an attempt in one statement, and says whether it is one too many. */
export async function countAttempt(
  db: Kysely<ControlTables>,
  key: string,
  { window, max }: AttemptRule,
  now: number = Date.now(),
): Promise<Attempt> {
  const over = sql<boolean>`rate_limit.last_request <= ${now - window * 1000}::bigint`;
  const { count, lastRequest } = await db
    .insertInto("rateLimit")
    .values({ key, count: 1, lastRequest: now })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        count: sql<number>`case when ${over} then 1 else least(rate_limit.count, 1000000) + 1 end`,
        lastRequest: sql<number>`case when ${over} then ${now}::bigint else rate_limit.last_request end`,
      }),
    )
    .returning(["count", "lastRequest"])
    .executeTakeFirstOrThrow();
  const allowed = count <= max;
  return { allowed, retryAfter: allowed ? null : Math.max(1, Math.ceil((lastRequest - now) / 1000) + window) };
}

/** Forgets what was counted before a time. */
export async function forgetAttempts(db: Kysely<ControlTables>, before: Date): Promise<void> {
  await db.deleteFrom("rateLimit").where("lastRequest", "<", before.getTime()).execute();
}
