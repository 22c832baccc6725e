// Opening the control database: who may, how its tables come to be, and what is said when it cannot.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { migrate, type Migration } from "../../src/control/migrate.ts";
import { migrations } from "../../src/control/migrations/index.ts";
import { openControl } from "../../src/control/open.ts";
import { WaybillError } from "../../src/lib/errors.ts";
import { freePort } from "../setup/embedded-postgres.ts";
import { emptyControl, emptyPlace, KINDS, temporaryFolder } from "../setup/control.ts";
import { createDatabase } from "../setup/postgres.ts";

const WRITER = fileURLToPath(new URL("./writer.ts", import.meta.url));

/** What opening a place ends with, as people see it. */
async function failureOf(opening: Promise<unknown>): Promise<WaybillError> {
  const error = await opening.then(
    () => new Error("it opened"),
    (it: unknown) => it,
  );
  expect(error).toBeInstanceOf(WaybillError);
  const it = error as WaybillError;
  expect(it.message).toMatch(/^[A-Z].*\.$/);
  expect(it.hint).toMatch(/\.$/);
  expect(`${it.message} ${it.hint}`).not.toContain("s3cret");
  return it;
}

describe("the data folder", () => {
  test("belongs to one process, which the message names, until it ends in whatever way", async () => {
    const place = await emptyPlace("pglite");
    const child = spawn(process.execPath, [WRITER, place.dataDir, "", "0"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    const { code, message } = await failureOf(openControl(place));
    expect(code).toBe("data-dir-in-use");
    expect(message).toContain(`is in use by process ${child.pid} (since 20`);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await openControl(place)).close();
    expect(readdirSync(place.dataDir).toSorted()).toEqual(["control", "control.lock"]);
  });

  test("belongs to one opener in a process too", async () => {
    const place = await emptyPlace("pglite");
    const control = await openControl(place);
    expect((await failureOf(openControl(place))).message).toContain(`process ${process.pid}`);
    await control.close();
    await (await openControl(place)).close();
  });

  test("must be a folder", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect((await failureOf(openControl({ databaseUrl: null, dataDir: join(folder, "file") }))).code).toBe("data-dir");
  });

  test("with files that are no database is left alone", async () => {
    const place = await emptyPlace("pglite");
    chmodSync(join(place.dataDir, "control", "PG_VERSION"), 0o600);
    writeFileSync(join(place.dataDir, "control", "PG_VERSION"), "s3cret");
    expect((await failureOf(openControl(place))).code).toBe("control-damaged");
    // The lock is free again.
    expect((await failureOf(openControl(place))).code).toBe("control-damaged");
  });
});

describe("a server", () => {
  const at = (url: string) => openControl({ databaseUrl: url, dataDir: "unused" });

  test("that is not there, or lets nobody in, is said in plain words", async () => {
    const database = await createDatabase();
    const wrong = new URL(database.url);
    wrong.pathname = "/s3cret";
    expect((await failureOf(at(wrong.href))).code).toBe("control-refused");
    const stranger = new URL(database.url);
    stranger.password = "s3cret";
    expect((await failureOf(at(stranger.href))).code).toBe("control-refused");
    wrong.port = String(await freePort());
    expect((await failureOf(at(wrong.href))).code).toBe("control-unreachable");
    expect((await failureOf(at("mysql://root:s3cret@localhost/x"))).code).toBe("database-url");
    expect((await failureOf(at("s3cret"))).code).toBe("database-url");
    await database.drop();
  });

  test("that drops its connections is found again", async () => {
    const control = await emptyControl("postgres");
    await control.ping();
    const database = await createDatabase();
    await database.client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'waybill'",
    );
    await expect
      .poll(() =>
        control.ping().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    await database.drop();
  });

  test("that drops the connection of a transaction between two statements fails the next one, and ends nothing else", async () => {
    const control = await emptyControl("postgres");
    const database = await createDatabase();
    const broken = control.db.transaction().execute(async (db) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await database.client.query("select pg_terminate_backend($1)", [rows[0]!.pid]);
      // The error arrives while nobody asks for anything.
      await sleep(200);
      await sql`select 1`.execute(db);
    });
    expect((await failureOf(broken)).code).toBe("control-lost");
    await control.ping();
    await database.drop();
  });

  test("is brought up to date by one of several processes that start at once", async () => {
    const database = await createDatabase();
    const opened = await Promise.all([1, 2, 3, 4].map(() => at(database.url)));
    const { rows } = await sql<{ id: string }>`select id from migration order by id`.execute(opened[0]!.db);
    expect(rows.map(({ id }) => id)).toEqual(migrations.map(({ id }) => id));
    await Promise.all(opened.map((control) => control.close()));
    await database.drop();
  });
});

describe.each(KINDS)("steps on %s", (kind) => {
  const step = (id: string, ...statements: string[]): Migration => ({ id, statements });

  test("run once, in order, each whole or not at all", async () => {
    const { db } = await emptyControl(kind);
    const first = [...migrations, step("1000-a", "create table a (x int)", "insert into a values (1)")];
    await migrate(db, first);
    await migrate(db, first);
    const broken = [...first, step("1001-b", "insert into a values (2)", "insert into nowhere values (1)")];
    await expect(migrate(db, broken)).rejects.toThrow("nowhere");
    await migrate(db, first);
    const { rows } = await sql`select x from a`.execute(db);
    expect(rows).toEqual([{ x: 1 }]);
  });

  test("of a later Waybill, or that are not what they were, are refused", async () => {
    const { db } = await emptyControl(kind);
    const steps = [...migrations, step("1000-a", "select 1")];
    await migrate(db, steps);
    await expect(migrate(db, migrations)).rejects.toMatchObject({ code: "control-newer" });
    const changed = [...migrations, step("1000-a", "select 2")];
    await expect(migrate(db, changed)).rejects.toMatchObject({ code: "control-changed" });
    await migrate(db, steps);
    expect(db).toBeInstanceOf(Kysely);
  });
});

test("ids of steps rise", () => {
  const ids = migrations.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted());
});
