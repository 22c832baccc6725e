// Sources that cannot be reached, do not let us in, have changed, or are damaged: one sentence, exit code 1, no file.
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestDatabase } from "../setup/postgres.ts";
import { emptyFolder, expectFailure, filesIn, waybill } from "./program.ts";
import { inPostgres, inSqlite } from "./tables.ts";

let folder = "";
let postgres: TestDatabase;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-sources-"));
  postgres = await inPostgres();
  await postgres.client.query(`
    DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN PASSWORD 'secret-of-clerk';
    GRANT SELECT ON customers TO clerk;
    CREATE VIEW broken AS SELECT id, 1 / (id - 2) AS quotient FROM customers;
    CREATE VIEW slow AS SELECT id, pg_sleep(5)::text AS slept FROM customers;
    GRANT SELECT ON slow TO clerk; ALTER ROLE clerk SET statement_timeout = 200`);
});
afterAll(async () => {
  await postgres.client.query("DROP OWNED BY clerk; DROP ROLE clerk");
  await postgres.drop();
  rmSync(folder, { recursive: true });
});

/** An export that must fail without leaving a file. */
async function fails(object: string, url: string, message: RegExp): Promise<void> {
  const out = emptyFolder();
  expectFailure(await waybill(["export", object, "--source", url, "-o", join(out, "out.csv")]), 1, message);
  expect(filesIn(out)).toEqual([]);
}

function urlWith(change: (url: URL) => void): string {
  const url = new URL(postgres.url);
  change(url);
  return url.href;
}

describe("PostgreSQL", () => {
  it.each<[string, string, (url: URL) => void, RegExp]>([
    [
      "a closed port",
      "orders",
      (url) => (url.port = "1"),
      /Cannot reach PostgreSQL database "test_\w+" on 127\.0\.0\.1:1\.\n {2}Check the host and port/,
    ],
    ["an unknown host", "orders", (url) => (url.hostname = "no-such-host.invalid"), /Cannot reach PostgreSQL database/],
    [
      "a wrong password",
      "orders",
      (url) => (url.password = "secret-but-wrong"),
      /did not accept the sign-in.*\n {2}Check the user name and password/,
    ],
    ["an unknown user", "orders", (url) => (url.username = "nobody"), /did not accept the sign-in/],
    ["an unknown database", "orders", (url) => (url.pathname = "/nowhere"), /has no such database/],
  ])("%s", async (_name, object, change, message) => fails(object, urlWith(change), message));

  const asClerk = (): string =>
    urlWith((url) => {
      url.username = "clerk";
      url.password = "secret-of-clerk";
    });

  it("a right that was never given, or revoked", async () => {
    await fails("orders", asClerk(), /does not allow this: permission denied for table orders\.\n {2}Grant SELECT/);
    const allowed = await waybill(["export", "customers", "--source", asClerk(), "-f", "csv", "-q"]);
    expect(allowed.stdout.toString()).toBe("id,name\n1,Ada\n2,Grace\n");
    await postgres.client.query("REVOKE SELECT ON customers FROM clerk");
    await fails("customers", asClerk(), /permission denied for table customers/);
    await postgres.client.query("GRANT SELECT ON customers TO clerk");
  });

  it("a statement that takes longer than its user may", async () => {
    await fails("slow", asClerk(), /stopped the statement because it took longer than is allowed\./);
  });

  it("an error in the middle of the rows", async () => {
    await fails("broken", postgres.url, /refused: division by zero\./);
  });

  it("a table that was dropped", async () => {
    await postgres.client.query("CREATE TABLE soon_gone (id int)");
    expect((await waybill(["export", "soon_gone", "--source", postgres.url, "-f", "csv", "-q"])).code).toBe(0);
    await postgres.client.query("DROP TABLE soon_gone");
    const out = emptyFolder();
    const ended = await waybill(["export", "soon_gone", "--source", postgres.url, "-o", join(out, "out.csv")]);
    expectFailure(ended, 2, /There is no object type "soon_gone"/);
    expect(filesIn(out)).toEqual([]);
  });
});

describe("SQLite", () => {
  it("a file that is not there", () =>
    fails(
      "orders",
      `sqlite:${folder}/none.db`,
      /Cannot open SQLite database ".*none\.db"\.\n {2}Check that the file exists/,
    ));

  it("a folder", () => fails("orders", `sqlite:${folder}`, /SQLite database ".*" is a folder\./));

  it("a file that is something else", async () => {
    writeFileSync(join(folder, "text.db"), "This is no database at all. ".repeat(100));
    await fails("orders", `sqlite:${folder}/text.db`, /is not a SQLite database\./);
  });

  it("a file that is locked", async () => {
    const file = join(folder, "locked.db");
    inSqlite(file);
    using database = new DatabaseSync(file);
    database.exec("BEGIN EXCLUSIVE");
    await fails("orders", `sqlite:${file}`, /is locked by another program\.\n {2}Try again later/);
  }, 30_000);

  it("a file that is damaged in the middle", async () => {
    const file = join(folder, "damaged.db");
    {
      using database = new DatabaseSync(file);
      database.exec(`CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT);
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50000) INSERT INTO orders SELECT i, 'number ' || i FROM n`);
    }
    const descriptor = openSync(file, "r+");
    writeSync(descriptor, Buffer.alloc(40_960, 0xff), 0, 40_960, 409_600);
    closeSync(descriptor);
    await fails(
      "orders",
      `sqlite:${file}`,
      /is damaged: database disk image is malformed\.\n {2}Run PRAGMA integrity_check/,
    );
  });

  it("a view that cannot be read any more", async () => {
    const file = join(folder, "view.db");
    {
      using database = new DatabaseSync(file);
      database.exec(
        "CREATE TABLE t (id INTEGER); CREATE VIEW v AS SELECT id FROM t; CREATE VIEW good AS SELECT 1 AS one; DROP TABLE t",
      );
    }
    expect((await waybill(["export", "good", "--source", `sqlite:${file}`, "-f", "csv", "-q"])).stdout.toString()).toBe(
      "one\n1\n",
    );
    chmodSync(file, 0o444);
    await fails(
      "v",
      `sqlite:${file}`,
      /The view v has no columns that can be read\.\n {2}It cannot be read: no such table: main\.t\./,
    );
  });
});

describe("files", () => {
  it("a folder that is not there", () =>
    fails(
      "orders",
      `files:${folder}/none`,
      /Cannot open Folder of files ".*\/none"\.\n {2}Check that the folder exists/,
    ));

  it("a file in place of a folder", async () => {
    writeFileSync(join(folder, "one.csv"), "a\n1\n");
    await fails("orders", `files:${folder}/one.csv`, /Folder of files ".*" is no folder\.\n {2}Name the folder/);
  });

  it("no folder at all", async () => {
    expectFailure(
      await waybill(["export", "orders", "--source", "files:", "-f", "csv"]),
      2,
      /names no folder\.\n {2}Write files:path\/to\/folder\./,
    );
  });

  it("a broken file is named with its line, and hides no other", async () => {
    const its = emptyFolder();
    writeFileSync(join(its, "broken.csv"), "a,b\n1,2\n1,2,3\n");
    writeFileSync(join(its, "good.csv"), "a\n1\n");
    await fails(
      "broken",
      `files:${its}`,
      /no columns that can be read\.\n {2}It cannot be read: line 3 of broken\.csv/,
    );
    expect((await waybill(["export", "good", "--source", `files:${its}`, "-f", "csv", "-q"])).stdout.toString()).toBe(
      "a\n1\n",
    );
  });
});
