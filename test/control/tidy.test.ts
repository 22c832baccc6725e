// The embedded database, tidied: statistics are there, and deleted rows leave room.
import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import type { Control } from "../../src/control/open.ts";
import { tidy } from "../../src/control/tidy.ts";
import { emptyControl } from "../setup/control.ts";

const add = ({ db }: Control) =>
  sql`insert into verification (identifier, value, expires_at)
    select n::text, repeat('x', 100), now() from generate_series(1, 2000) n`.execute(db);

async function sizeOf({ db }: Control): Promise<number> {
  const { rows } = await sql<{ size: number }>`select pg_relation_size('verification') as size`.execute(db);
  return rows[0]!.size;
}

describe("pglite", () => {
  // The first one makes PGlite's files, which takes seconds.
  beforeAll(() => emptyControl("pglite"), 60_000);

  test("tables that have grown are tidied, once", async () => {
    const control = await emptyControl("pglite");
    expect(await tidy(control)).toEqual(expect.arrayContaining(["audit", "person", "verification"]));
    expect(await tidy(control)).toEqual([]);
    await add(control);
    expect(await tidy(control)).toEqual(["verification"]);
    const { rows } = await sql`select reltuples from pg_class where relname = 'verification'`.execute(control.db);
    expect(rows).toEqual([{ reltuples: 2000 }]);
    expect(await tidy(control)).toEqual([]);
  });

  test("rows that come and go take no more room", async () => {
    const control = await emptyControl("pglite");
    const round = async (): Promise<number> => {
      await add(control);
      await sql`delete from verification`.execute(control.db);
      await tidy(control);
      return sizeOf(control);
    };
    const first = await round();
    for (let n = 0; n < 5; n++) expect(await round()).toBeLessThanOrEqual(2 * first + 8192);
  });

  test("long values, which lie beside their table, count too", async () => {
    const control = await emptyControl("pglite");
    await tidy(control);
    await sql`insert into secret (name, value) select 'long', string_agg(md5(n::text), '') from generate_series(1, 20000) n`.execute(
      control.db,
    );
    expect(await tidy(control)).toEqual(["secret"]);
    await sql`update secret set value = value || 'x'`.execute(control.db);
    expect(await tidy(control)).toEqual(["secret"]);
    expect(await tidy(control)).toEqual([]);
  });
});

test("a PostgreSQL does it by itself", async () => {
  expect(await tidy(await emptyControl("postgres"))).toEqual([]);
});
