import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordsPage } from "../../src/service/records/page.ts";
import { sqlite } from "../conformance/engines/sqlite.ts";
import { exported } from "../setup/export.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { paging } from "./paging.ts";

paging(sqlite);

// Where there is an index for every order, each page is a range of it.
paging({
  ...sqlite,
  name: "SQLite with indexes",
  async make(tables) {
    const made = await sqlite.make(tables);
    const database = new DatabaseSync(made.url.slice("sqlite:".length));
    for (const { name } of tables[0]!.columns) database.exec(`CREATE INDEX by_${name} ON things (${name}, part, code)`);
    database.exec("CREATE INDEX by_name_alone ON numbered (name, id)");
    database.close();
    return made;
  },
});

describe("SQLite", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "waybill-loose-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("values that are none of their column's type are paged through like any others", async () => {
    const file = join(folder, "loose.db");
    const database = new DatabaseSync(file);
    database.exec(
      `CREATE TABLE loose (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, m INTEGER, day DATE NOT NULL, late DATE, x)`,
    );
    const insert = database.prepare("INSERT INTO loose VALUES (?, ?, ?, ?, ?, ?)");
    const numbers = [3, "three", 1.5, "a", new Uint8Array([1]), 10, "3"];
    const days = ["2024-05-01", "someday", "2024-05-02", "", 5, "2024-05-01 12:00"];
    for (let id = 1; id <= 60; id++) {
      const m = id % 4 === 0 ? null : numbers[id % 5]!;
      const late = id % 3 === 0 ? null : days[id % 5]!;
      insert.run(id, numbers[id % 7]!, m, days[id % 6]!, late, id % 2 === 0 ? m : late);
    }
    database.close();
    const org = await openLab(`sqlite:${file}`);
    const call = callBy(org, "admin");
    const catalog = org.catalogIn("en");
    for (const order of ["n", "m", "day", "late", "x"].flatMap((it) => [[it], [`-${it}`]])) {
      const { text } = await exported(`sqlite:${file}`, { object: "loose", order, format: "json" }, "none", {
        catalog,
      });
      const rows: unknown[] = [];
      for (let after: string | undefined; ;) {
        const page = await recordsPage(call, "loose", { order, limit: 7, ...(after === undefined ? {} : { after }) });
        rows.push(...(JSON.parse(page.data.toString("utf8")) as unknown[]));
        if (page.next === null) break;
        after = page.next;
      }
      expect({ order, rows }).toEqual({ order, rows: JSON.parse(text) as unknown });
    }
    await org.close();
  });

  test("a reader that waits sees what was written since, and notices another file in the place of its own", async () => {
    const file = join(folder, "kept.db");
    const make = (path: string, name: string): DatabaseSync => {
      const database = new DatabaseSync(path);
      database.exec(
        `PRAGMA journal_mode = WAL; CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO t VALUES (1, '${name}')`,
      );
      return database;
    };
    const database = make(file, "first");
    const org = await openLab(`sqlite:${file}`);
    const names = async (): Promise<string> =>
      (await recordsPage(callBy(org, "admin"), "t", { paths: ["name"] })).data.toString();
    expect(await names()).toContain("first");
    database.exec("INSERT INTO t VALUES (2, 'second')");
    expect(await names()).toContain("second");
    // Nothing is held back by a reader that waits.
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    database.close();
    expect(await names()).toContain("second");
    make(join(folder, "other.db"), "third").close();
    renameSync(join(folder, "other.db"), file);
    expect(await names()).toContain("third");
    await org.close();
  });
});
