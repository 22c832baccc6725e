// MariaDB from the command line: wrong ways in, Ctrl-C, a silent network, attempts to write, and tables that change meanwhile.
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Connection } from "mariadb";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { run as runPlan } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { Select } from "../../src/plan/select.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { mariadbSource } from "../../src/sources/mariadb/source.ts";
import { records } from "../setup/export.ts";
import { connectTo, createMariadb, type MariadbDatabase, noMariadb } from "../setup/mariadb.ts";
import { type Ended, emptyFolder, expectFailure, filesIn, start, until, waybill } from "./program.ts";

const ROWS = 2_000_000;

describe.skipIf(noMariadb("MariaDB"))("MariaDB", () => {
  let database: MariadbDatabase;
  let watcher: Connection;

  beforeAll(async () => {
    database = await createMariadb();
    watcher = await connectTo(database.url);
    await database.client.query(`
      CREATE TABLE customers (id int PRIMARY KEY, name varchar(40)); INSERT INTO customers VALUES (1, 'Ada'), (2, 'Grace');
      CREATE TABLE large (id int PRIMARY KEY, name varchar(40));
      INSERT INTO large SELECT seq, concat('text number ', seq) FROM seq_1_to_${ROWS};
      CREATE TABLE hard AS SELECT 1 AS id, REPEAT('x', 60) AS v; CREATE TABLE log (what text); CREATE TABLE old_log (what text) ENGINE = MyISAM; CREATE SEQUENCE counter;
      CREATE VIEW broken AS SELECT id, (SELECT name FROM customers c WHERE c.id >= customers.id) AS n FROM customers;
      CREATE OR REPLACE USER clerk@'%' IDENTIFIED BY 'secret-of-clerk';
      GRANT SELECT ON ${database.name}.customers TO clerk@'%'`);
    for (const table of ["log", "old_log"]) {
      await database.client.query(
        `CREATE FUNCTION write_${table}() RETURNS int BEGIN INSERT INTO ${table} VALUES ('written'); RETURN 1; END`,
      );
      await database.client.query(`CREATE VIEW writing_${table} AS SELECT write_${table}() AS w`);
    }
    await database.client.query(`CREATE VIEW counting AS SELECT NEXTVAL(counter) AS n`);
    await database.client.query(
      "CREATE FUNCTION settings_now() RETURNS text READS SQL DATA RETURN CONCAT(@@tx_read_only, ' ', @@tx_isolation)",
    );
    await database.client.query("CREATE VIEW settings AS SELECT settings_now() AS session");
  });
  afterAll(async () => {
    await watcher.query("DROP USER clerk@'%'");
    await watcher.end();
    await database.drop();
  });

  /** The sessions on the database that are not the test's own. */
  async function sessions(): Promise<{ command: string; info: string | null }[]> {
    return watcher.query(
      `SELECT COMMAND AS command, INFO AS info FROM information_schema.PROCESSLIST
       WHERE DB = ? AND ID NOT IN (CONNECTION_ID(), ?)`,
      [database.name, database.client.threadId],
    );
  }

  function urlWith(change: (url: URL) => void): string {
    const url = new URL(database.url);
    change(url);
    return url.href;
  }

  async function fails(object: string, url: string, message: RegExp, code = 1): Promise<void> {
    const out = emptyFolder();
    expectFailure(await waybill(["export", object, "--source", url, "-o", join(out, "out.csv")]), code, message);
    expect(filesIn(out)).toEqual([]);
  }

  describe("ways in that are closed", () => {
    it.each<[string, (url: URL) => void, RegExp, number?]>([
      [
        "a closed port",
        (url) => (url.port = "1"),
        /Cannot reach MariaDB database "test_\w+" on 127\.0\.0\.1:1\.\n {2}Check/,
      ],
      ["an unknown host", (url) => (url.hostname = "no-such-host.invalid"), /Cannot reach MariaDB database/],
      [
        "a wrong password",
        (url) => (url.password = "secret-but-wrong"),
        /did not accept the sign-in.*\n {2}Check the user/,
      ],
      ["an unknown user", (url) => (url.username = "nobody"), /did not accept the sign-in/],
      ["an unknown database", (url) => (url.pathname = "/nowhere"), /has no such database/],
      ["TLS that the server has not", (url) => (url.search = "?ssl-mode=required"), /gives no connection that is safe/],
      ["an unknown parameter", (url) => (url.search = "?password=x"), /unknown parameter "password"/, 2],
      ["an unknown mode", (url) => (url.search = "?ssl-mode=perhaps"), /unknown ssl-mode "perhaps"/, 2],
      ["a certificate that is not there", (url) => (url.search = "?ssl-ca=/no/such.pem"), /"\/no\/such\.pem"/],
      [
        "a database that the user may not see",
        (url) => {
          url.username = "clerk";
          url.password = "secret-of-clerk";
          url.pathname = "/mysql";
        },
        /does not allow this: Access denied for user 'clerk'/,
      ],
    ])("%s", async (_name, change, message, code) => fails("customers", urlWith(change), message, code));

    it.each([
      ["mysql://me:secret@[::1/shop"],
      ["mysql://me:secret@127.0.0.1:99999/shop"],
      ["mysql:/me:secret@127.0.0.1:1/shop"],
      ["mariadb://me:%zzsecret@127.0.0.1:1/shop"],
    ])("a URL that cannot be read: %s", async (url) => fails("customers", url, /cannot be read/, 2));

    it("a table that the user may not read is not there; one that it may is", async () => {
      const clerk = urlWith((url) => {
        url.username = "clerk";
        url.password = "secret-of-clerk";
        url.protocol = "mariadb:";
      });
      await fails("large", clerk, /There is no object type "large"/, 2);
      const { stdout } = await waybill(["export", "customers", "--source", clerk, "-f", "csv", "-q"]);
      expect(stdout.toString()).toBe("id,name\n1,Ada\n2,Grace\n");
    });

    it("an error in the middle of the rows", () =>
      fails("broken", database.url, /refused: Subquery returns more than 1 row\./));

    it.each<[string, (socket: Socket) => void]>([
      ["hangs up", (socket) => socket.end()],
      ["speaks HTTP", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ])("a server that is none: %s", async (_name, answer) => {
      const { server, port } = await listen(answer);
      await fails("x", `mysql://me:secret@127.0.0.1:${port}/shop`, /MariaDB database "shop" on 127\.0\.0\.1:\d+/);
      server.close();
    });
  });

  describe("an export that goes on", () => {
    async function midway(out: string, ...more: string[]): Promise<ReturnType<typeof start>> {
      const args = [
        "export",
        "large",
        "--source",
        database.url,
        "-o",
        join(out, "l.ndjson"),
        "--order",
        "name",
        ...more,
      ];
      const run = start(args);
      await until(async () => (await sessions()).some(({ command }) => command === "Execute"), 10_000);
      return run;
    }

    it.each(["SIGINT", "SIGTERM"] as const)("%s ends the statement at the server within a second", async (signal) => {
      const out = emptyFolder();
      const run = await midway(out);
      run.kill(signal);
      await until(async () => (await sessions()).length === 0, 6_000);
      expectFailure(await run.ended, 1, /The export was interrupted; nothing was written\./);
      expect(filesIn(out)).toEqual([]);
    });

    it("kill -9 leaves nothing running at the server", async () => {
      const run = await midway(emptyFolder());
      run.kill("SIGKILL");
      await run.ended;
      await until(async () => (await sessions()).length === 0, 10_000);
      expect(await sessions()).toEqual([]);
    });

    it.each([
      ["KILL", /The connection to MariaDB database "test_\w+" on 127\.0\.0\.1:\d+ was lost\./],
      ["KILL QUERY", /stopped the statement: somebody cancelled it\./],
    ])("says so after %s", async (word, message) => {
      const out = emptyFolder();
      const run = await midway(out);
      const [own] = await watcher.query<{ id: number }[]>(
        "SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB = ? AND COMMAND = 'Execute'",
        [database.name],
      );
      await watcher.query(`${word} ${own!.id}`);
      expectFailure(await run.ended, 1, message);
      expect(filesIn(out)).toEqual([]);
    });

    it.each([
      ["once", 1, 6_000],
      ["twice", 2, 1_900],
    ])("Ctrl-C %s in a silent network", async (_name, times, within) => {
      const { server, port, isSilent, end } = await falteringProxy(Number(new URL(database.url).port));
      const out = emptyFolder();
      writeFileSync(join(out, "t.csv"), "as it was");
      const url = urlWith((there) => (there.port = String(port)));
      const run = start(["export", "large", "--source", url, "-o", join(out, "t.csv"), "-q"]);
      onTestFinished(() => run.kill("SIGKILL"));
      await until(isSilent, 10_000);
      const begin = performance.now();
      run.kill("SIGINT");
      if (times > 1) {
        await until(() => performance.now() - begin > 100, 1_000);
        run.kill("SIGINT");
      }
      const ended = await run.ended;
      expect(performance.now() - begin).toBeLessThan(within);
      if (times === 1) expectFailure(ended, 1, /was interrupted; nothing was written/);
      else expect(ended.code).toBe(1);
      expect(readFileSync(join(out, "t.csv"), "utf8")).toBe("as it was");
      end();
      server.close();
    });
  });

  describe("nothing is written", () => {
    it.each(["write_log()", "write_old_log()", "NEXTVAL(counter)"])(
      "a query that writes is refused: %s",
      async (call) => {
        const { signal } = new AbortController();
        const session = await mariadbSource(database.url).open(1, signal);
        const select: Select = {
          table: "t0",
          from: { query: `SELECT ${call} AS w` },
          joins: [],
          columns: [{ kind: "column", table: "t0", column: "w", type: "integer", native: "int", nullable: true }],
          where: null,
          groupBy: null,
          having: null,
          order: [],
          limit: null,
          parent: null,
          timeZone: "UTC",
        };
        await expect(session.stream(select).next()).rejects.toMatchObject({
          message: expect.stringMatching(/refused: Cannot execute statement in a READ ONLY transaction\.$/),
        });
        await session.close();
        const [counts] = await database.client.query<unknown[]>(
          `SELECT (SELECT COUNT(*) FROM log) AS log, (SELECT COUNT(*) FROM old_log) AS old_log,
          (SELECT next_not_cached_value FROM counter) AS next`,
        );
        expect(counts).toEqual({ log: 0, old_log: 0, next: 1 });
      },
    );

    it.each(["writing_log", "writing_old_log", "counting"])(
      "a view that writes has nothing to read: %s",
      async (view) =>
        fails(view, database.url, /has no columns that can be read\.\n {2}Cannot execute statement in a READ ONLY/),
    );

    it("the session says that it is read-only, on one snapshot", async () => {
      expect(await records(database.url, { object: "settings" })).toEqual([{ session: "ON REPEATABLE-READ" }]);
    });
  });

  describe("patterns", () => {
    async function matching(pattern: string, patternTime: number): Promise<void> {
      await database.client.query(
        `CREATE OR REPLACE TABLE words AS SELECT seq AS id, CONCAT(REPEAT('x', 60), seq) AS v FROM seq_1_to_20000`,
      );
      const source = mariadbSource(database.url, { patternTime });
      const { signal } = new AbortController();
      const request = { object: "words", format: "csv", where: { v: { $regex: pattern } } };
      const plan = planExport(request, await source.introspect(signal), formatNamed("csv"), fullAccess);
      const chunks = runPlan(plan, { sourceNamed: () => source, container: "none", signal, program: "Waybill test" });
      while ((await chunks.next()).done !== true);
    }

    it("stop when they take too long", async () => {
      await expect(matching("(x+x+)+[yz]$", 150)).rejects.toMatchObject({ code: "source-timeout" });
    });

    it("are not taken for no match when the server gives them up", async () => {
      await expect(
        records(database.url, { object: "hard", where: { v: { $regex: "^(x+x+)+[yz]$" } } }),
      ).rejects.toMatchObject({
        code: "source-refused",
        message: expect.stringMatching(/match limit exceeded/),
      });
    });
  });

  describe("tables that change meanwhile", () => {
    /** Exports a table that is locked when the export comes to it; `change` is made before it is let go. */
    async function changedBy(change: string, out: string): Promise<Ended> {
      const { client } = database;
      await client.query(`CREATE OR REPLACE TABLE stock (id int PRIMARY KEY, code varchar(9), spare int);
        INSERT INTO stock VALUES (1, 'a', 0), (2, 'b', 0), (3, 'c', 0)`);
      writeFileSync(join(out, "stock.csv"), "as it was");
      await client.query("LOCK TABLES stock WRITE");
      const run = start([
        "export",
        "stock",
        "--source",
        database.url,
        "--paths",
        "id,code",
        "-o",
        join(out, "stock.csv"),
        "-q",
      ]);
      await until(async () => (await sessions()).some(({ info }) => info?.includes("`stock`") === true), 10_000);
      await client.query(`${change}; UNLOCK TABLES`);
      return run.ended;
    }

    it.each([
      ["a table that is dropped", "DROP TABLE stock"],
      ["a column that is dropped", "ALTER TABLE stock DROP code"],
      ["a table that is emptied", "TRUNCATE stock"],
      ["a table that is written anew", "ALTER TABLE stock MODIFY id bigint, ALGORITHM = COPY"],
      ["another type", "ALTER TABLE stock MODIFY code int UNSIGNED NULL DEFAULT NULL FIRST, MODIFY spare text"],
    ])("%s gives every row or an error, but never fewer", async (_name, change) => {
      const out = emptyFolder();
      const safe = change.includes("MODIFY code")
        ? change.replace("MODIFY code int UNSIGNED", "MODIFY code text")
        : change;
      const ended = await changedBy(safe, out);
      const written = readFileSync(join(out, "stock.csv"), "utf8");
      if (ended.code === 0) {
        expect(written).toBe("id,code\n1,a\n2,b\n3,c\n");
      } else {
        expectFailure(ended, 1, /has changed since it was read/);
        expect(written).toBe("as it was");
      }
      expect(filesIn(out)).toEqual(["stock.csv"]);
    });

    it("rows that are added are of another moment", async () => {
      const { code } = await changedBy("INSERT INTO stock VALUES (4, 'd', 0)", emptyFolder());
      expect(code).toBe(0);
    });
  });

  it("rows that wait for other rows are put aside, whatever their number", async () => {
    await database.client
      .query(`CREATE TABLE part (id int PRIMARY KEY, large_id int, FOREIGN KEY (large_id) REFERENCES large (id));
      INSERT INTO part SELECT seq, seq * 4 FROM seq_1_to_${ROWS / 4}`);
    const out = emptyFolder();
    const args = ["export", "large", "--source", database.url, "--include", "part", "-o", join(out, "l.ndjson"), "-q"];
    expect(await waybill(args)).toMatchObject({ code: 0, stderr: "" });
    const text = readFileSync(join(out, "l.ndjson"), "latin1");
    expect(text.split("\n").length).toBe(ROWS + 1);
    expect(text.split('"large_id":').length).toBe(ROWS / 4 + 1);
  });
});

async function listen(answer: (socket: Socket) => void): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, port: address.port };
}

/** A way to a server that falls silent after some megabytes. */
async function falteringProxy(
  to: number,
): Promise<{ server: Server; port: number; isSilent: () => boolean; end: () => void }> {
  const sockets = new Set<Socket>();
  let passed = 0;
  const isSilent = (): boolean => passed > 2_000_000;
  const { server, port } = await listen((near) => {
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) sockets.add(socket.on("error", () => {}));
    near.on("data", (bytes) => isSilent() || far.write(bytes));
    far.on("data", (bytes) => {
      passed += bytes.length;
      if (isSilent()) far.pause();
      else near.write(bytes);
    });
    near.on("end", () => isSilent() || far.end());
  });
  const end = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return { server, port, isSilent, end };
}
