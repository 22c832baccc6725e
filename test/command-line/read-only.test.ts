// Nothing can be written through Waybill, and everything in an export is of one moment.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ReaderProcess } from "../../src/sources/reader-process.ts";
import type { Request } from "../../src/sources/sqlite/protocol.ts";
import { sourceAt } from "../../src/sources/index.ts";
import type { Select } from "../../src/plan/select.ts";
import { records } from "../setup/export.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { expectFailure, waybill } from "./program.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-read-only-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("PostgreSQL", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    await database.client.query(`
      CREATE TABLE log (what text); CREATE SEQUENCE counter;
      CREATE FUNCTION writes() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN INSERT INTO log VALUES ('written'); RETURN 'x'; END $$;
      CREATE FUNCTION opens() RETURNS text LANGUAGE plpgsql VOLATILE AS $$ BEGIN SET TRANSACTION READ WRITE; INSERT INTO log VALUES ('written'); RETURN 'x'; END $$;
      CREATE VIEW writing AS SELECT writes() AS w;
      CREATE VIEW opening AS SELECT opens() AS w;
      CREATE VIEW counting AS SELECT nextval('counter') AS n;
      CREATE VIEW settings AS SELECT current_setting('transaction_read_only') AS read_only, current_setting('transaction_isolation') AS isolation`);
  });
  afterAll(() => database.drop());

  it.each(["writing", "opening", "counting"])("a view that writes is refused: %s", async (view) => {
    expectFailure(
      await waybill(["export", view, "--source", database.url, "-f", "csv"]),
      1,
      /cannot execute \w+\(?\)? in a read-only transaction|transaction read-write mode must be set before any query/,
    );
    const { rows } = await database.client.query(
      "SELECT count(*)::int AS n, (SELECT is_called FROM counter) AS counted FROM log",
    );
    expect(rows).toEqual([{ n: 0, counted: false }]);
  });

  it("the session says that it is read-only, on one snapshot", async () => {
    expect(await records(database.url, { object: "settings" })).toEqual([
      { read_only: "on", isolation: "repeatable read" },
    ]);
  });
});

describe("SQLite", () => {
  it("statements that write are refused, and the file stays as it is", async () => {
    const file = join(folder, "plain.db");
    {
      using database = new DatabaseSync(file);
      database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    }
    const before = [readFileSync(file), statSync(file).mtimeMs];
    const reader = new ReaderProcess<Request>({
      beside: new URL("../../src/sources/sqlite/source.ts", import.meta.url).href,
      nodeOptions: ["--disable-warning=ExperimentalWarning"],
      reads: "the SQLite database",
    });
    await reader.ask({ do: "open", path: file });
    for (const sql of [
      "INSERT INTO t VALUES (2)",
      "DELETE FROM t",
      "DROP TABLE t",
      "CREATE TABLE u (x)",
      "PRAGMA user_version = 7",
    ]) {
      await expect(reader.ask({ do: "all", sql })).rejects.toThrow(/readonly|query_only|read-only/);
    }
    await expect(reader.ask({ do: "all", sql: `ATTACH '${folder}/other.db' AS other` })).rejects.toThrow(
      /unable to open/,
    );
    await reader.end();
    expect((await waybill(["export", "t", "--source", `sqlite:${file}`, "-f", "csv", "-q"])).stdout.toString()).toBe(
      "id\n1\n",
    );
    expect([readFileSync(file), statSync(file).mtimeMs]).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.startsWith("plain.db"))).toEqual(["plain.db"]);
  });

  it("a file and folder that may only be read are enough", async () => {
    const closed = mkdtempSync(join(folder, "closed-"));
    const file = join(closed, "t.db");
    {
      using database = new DatabaseSync(file);
      database.exec("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
    }
    chmodSync(file, 0o444);
    chmodSync(closed, 0o555);
    expect(await records(`sqlite:${file}`, { object: "t" })).toEqual([{ id: 1 }]);
    chmodSync(closed, 0o755);
  });
});

/** Orders that know how many lines they have; a writer changes both together, all the time. */
const SCHEMA = `
CREATE TABLE orders (id integer PRIMARY KEY, lines_count integer NOT NULL);
CREATE TABLE lines (id integer PRIMARY KEY, order_id integer NOT NULL REFERENCES orders (id));`;
const ORDERS = 200;
const EXPORTS = 15;

interface Order {
  readonly lines_count: number;
  readonly lines: readonly unknown[];
}

describe("one moment", () => {
  /** Exports while `change` is called over and over, and checks that every order has the lines that it counts. */
  async function consistent(url: string, change: (n: number) => Promise<void>): Promise<void> {
    const done = new AbortController();
    const writing = (async () => {
      for (let n = 0; !done.signal.aborted; n++) {
        await change(n);
        await sleep(0);
      }
    })();
    const seen = new Set<number>();
    for (let run = 0; run < EXPORTS; run++) {
      const orders = (await records(url, { object: "orders", include: ["lines"] })) as unknown as Order[];
      expect(orders.length).toBe(ORDERS);
      for (const { lines_count: count, lines } of orders) expect(lines.length).toBe(count);
      seen.add(orders.reduce((sum, { lines_count: count }) => sum + count, 0));
    }
    done.abort();
    await writing;
    // The writer was at work in between.
    expect(seen.size).toBeGreaterThan(1);
  }

  it("is what PostgreSQL's several streams show", async () => {
    const { url, client, drop } = await createDatabase();
    await client.query(`${SCHEMA} INSERT INTO orders SELECT i, 0 FROM generate_series(1, ${ORDERS}) i`);
    await consistent(url, async (n) => {
      const order = (n % ORDERS) + 1;
      await client.query(
        `BEGIN; INSERT INTO lines VALUES (${n}, ${order}); UPDATE orders SET lines_count = lines_count + 1 WHERE id = ${order}; COMMIT`,
      );
    });
    await drop();
  });

  it("is what SQLite shows, while another program writes (WAL)", async () => {
    const file = join(folder, "wal.db");
    using database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = WAL; ${SCHEMA}`);
    for (let id = 1; id <= ORDERS; id++) database.exec(`INSERT INTO orders VALUES (${id}, 0)`);
    await consistent(`sqlite:${file}`, (n) => {
      const order = (n % ORDERS) + 1;
      database.exec(
        `BEGIN; INSERT INTO lines VALUES (${n}, ${order}); UPDATE orders SET lines_count = lines_count + 1 WHERE id = ${order}; COMMIT`,
      );
      return Promise.resolve();
    });
  });
});

it("an abort reaches a stream that nobody reads", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query("CREATE TABLE t AS SELECT i AS id, repeat('x', 200) AS v FROM generate_series(1, 200000) i");
  const controller = new AbortController();
  const source = sourceAt(url);
  const { objects } = await source.introspect(controller.signal);
  const session = await source.open(1, controller.signal);
  const column = { kind: "column", table: "t0", column: "v", type: "text", native: "text", nullable: true } as const;
  const select: Select = {
    table: "t0",
    from: objects.get("t")!.table,
    joins: [],
    columns: [column],
    where: null,
    groupBy: null,
    having: null,
    order: [],
    limit: null,
    parent: null,
    timeZone: "UTC",
  };
  const stream = session.stream(select);
  await stream.next();
  controller.abort(new Error("enough"));
  await expect(stream.next()).rejects.toThrow("enough");
  await session.close();
  const sessions = async (): Promise<unknown> => {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'waybill' AND datname = current_database()",
    );
    return rows;
  };
  // A server's process takes a moment to end.
  await expect.poll(sessions, { timeout: 1000 }).toEqual([{ n: 0 }]);
  await drop();
});
