// What PostgreSQL does by itself (autovacuum) and the embedded database does not: room of deleted rows is used again, and plans fit.
import { sql } from "kysely";
import type { Control } from "./open.ts";

/**
 * Vacuums and analyses the tables that have grown by half since they were last, one after the other, so that whoever asks
 * waits for one at most. Without statistics PostgreSQL takes every table for a small one, and joins row by row.
 * @returns their names
 */
export async function tidy({ db, kind }: Pick<Control, "db" | "kind">): Promise<readonly string[]> {
  if (kind !== "pglite") return [];
  // Rows are not counted there, but pages are: `relpages` is what a table had then, and `reltuples` is -1 where there was no then.
  const grown = (it: string) =>
    sql<boolean>`pg_relation_size(${sql.ref(it)}.oid) > 1.5 * 8192 * ${sql.ref(it)}.relpages`;
  const { rows } = await sql<{ schema: string; name: string }>`
    select n.nspname as schema, c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^(pg_|information_schema$)'
    left join pg_class t on t.oid = c.reltoastrelid
    where c.relkind = 'r' and (c.reltuples < 0 or ${grown("c")} or ${grown("t")})
    order by c.relname`.execute(db);
  for (const { schema, name } of rows) await sql`vacuum (analyze) ${sql.id(schema, name)}`.execute(db);
  return rows.map(({ name }) => name);
}
