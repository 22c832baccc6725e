// What exports of an org take, now and over time.
import { sql } from "kysely";
import type { InOrg } from "../in-org.ts";

/** A day in the org's zone. */
export interface UsageDay {
  /** `2024-05-01`. */
  readonly day: string;
  /** Exports that were ordered on it, and those of them that became ready. */
  readonly ordered: number;
  readonly ready: number;
  readonly rows: number;
  /** Bytes that archives took in the vault at its end. */
  readonly stored: number;
}

/** The last days up to today, of exports that have not been deleted. */
export async function usageByDay({ org, db }: InOrg, timeZone: string, days: number): Promise<UsageDay[]> {
  const { rows } = await sql<UsageDay>`
    with its as (select created_at at time zone ${timeZone} as ordered_at, ended_at at time zone ${timeZone} as ready_at,
        expires_at at time zone ${timeZone} as expires_at, stored_size, rows
      from export where org = ${org}),
    day as (select generate_series(date_trunc('day', now() at time zone ${timeZone}) - make_interval(days => ${days - 1}::int),
        now() at time zone ${timeZone}, interval '1 day') as at)
    select to_char(at, 'YYYY-MM-DD') as day,
      (select count(*) from its where ordered_at >= at and ordered_at < at + interval '1 day') as ordered,
      (select count(*) from its where stored_size is not null and ready_at >= at and ready_at < at + interval '1 day') as ready,
      (select coalesce(sum(rows), 0)::bigint from its
        where stored_size is not null and ready_at >= at and ready_at < at + interval '1 day') as rows,
      (select coalesce(sum(stored_size), 0)::bigint from its
        where ready_at < at + interval '1 day' and expires_at >= least(at + interval '1 day', now() at time zone ${timeZone})) as stored
    from day order by at`.execute(db);
  return rows;
}
