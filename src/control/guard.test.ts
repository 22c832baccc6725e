import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { guarded } from "./guard.ts";

test("whoever waits for their own transaction is told so, and everybody else goes on", async () => {
  const dialect = guarded(new PGliteDialect({ pglite: await PGlite.create("memory://") }), "one at a time", 200);
  const db = new Kysely<unknown>({ dialect });
  onTestFinished(() => db.destroy());
  const ask = () => sql`select 1`.execute(db);
  const inside = db.transaction().execute(async () => ask());
  const both = await Promise.allSettled([inside, ask()]);
  expect(both).toMatchObject([{ reason: { code: "control-busy" } }, { reason: { code: "control-busy" } }]);
  expect((await ask()).rows).toHaveLength(1);
  expect((await Promise.all([1, 2, 3].map(ask))).map(({ rows }) => rows.length)).toEqual([1, 1, 1]);
});

test("a transaction that cannot begin keeps nobody waiting", async () => {
  const dialect = guarded(
    new PGliteDialect({ pglite: () => Promise.reject(new Error("no room")) }),
    "one at a time",
    200,
  );
  const db = new Kysely<unknown>({ dialect });
  for (let n = 0; n < 3; n++) await expect(sql`select 1`.execute(db)).rejects.toThrow("no room");
});
