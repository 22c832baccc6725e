import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { compileSelect } from "../../src/sources/sql/compile.ts";
import { sqliteDialect } from "../../src/sources/sqlite/dialect.ts";
import { sqlite } from "../conformance/engines/sqlite.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { ALIKE, compositeTrees, expectAlike } from "./composite-trees.ts";
import { plainSqlite } from "./plain-sql.ts";
import { selectOfLists, trees } from "./trees.ts";

trees(sqlite);
compositeTrees(sqlite, plainSqlite);

test("SQLite finds the first items of each list by its index", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waybill-lists-"));
  const file = join(folder, "lists.db");
  const db = new DatabaseSync(file);
  db.exec(`CREATE TABLE measures (id INTEGER PRIMARY KEY, sample_id INTEGER NOT NULL, taken INTEGER NOT NULL);
    CREATE INDEX by_sample ON measures (sample_id, taken, id)`);
  const org = await openLab(`sqlite:${file}`);
  for (const order of [["taken"], ["-taken", "-id"]]) {
    const { text, values } = compileSelect(await selectOfLists(callBy(org, "admin"), order), sqliteDialect);
    const steps = db.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...(values as string[])) as { detail: string }[];
    const details = steps.map(({ detail }) => detail);
    const searches = details.filter((it) => it.startsWith("SEARCH t0 USING COVERING INDEX by_sample (sample_id=?)"));
    expect(searches).toHaveLength(15);
    expect(details.filter((it) => it.startsWith("SCAN t0"))).toEqual([]);
    // What was found, in order.
    expect(details.filter((it) => it.startsWith("USE TEMP B-TREE"))).toHaveLength(1);
  }
  await org.close();
  db.close();
  rmSync(folder, { recursive: true });
});

test("SQLite has in lists what its own collation says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waybill-alike-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "alike.db");
  using database = new DatabaseSync(file);
  database.exec(`CREATE TABLE parents (one TEXT COLLATE NOCASE, two TEXT COLLATE NOCASE, PRIMARY KEY (one, two));
    CREATE TABLE children (id INTEGER PRIMARY KEY, one TEXT COLLATE NOCASE, two TEXT COLLATE NOCASE,
      FOREIGN KEY (one, two) REFERENCES parents (one, two)); ${ALIKE.parents}; ${ALIKE.children}`);
  await expectAlike(`sqlite:${file}`);
});
