// Connections that wait for the next session: the same ones, never one that is not as new, and none that is left behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Select } from "../../src/plan/select.ts";
import { mariadbSource } from "../../src/sources/mariadb/source.ts";
import { postgresSource } from "../../src/sources/postgres/source.ts";
import type { Source } from "../../src/sources/source.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { createDatabase } from "../setup/postgres.ts";

/** What a test needs of a server. */
interface Server {
  readonly url: string;
  readonly run: (sql: string) => Promise<unknown>;
  /** The numbers of the connections of sources. */
  readonly connections: () => Promise<number[]>;
  readonly end: (connection: number) => Promise<unknown>;
  readonly slow: string;
  readonly drop: () => Promise<void>;
}

async function aPostgres(): Promise<Server> {
  const { url, client, drop } = await createDatabase();
  return {
    url,
    drop,
    run: (sql) => client.query(sql),
    async connections() {
      const { rows } = await client.query(`SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'waybill'`);
      return (rows as { pid: number }[]).map(({ pid }) => pid);
    },
    end: (pid) => client.query(`SELECT pg_terminate_backend(${pid}, 5000)`),
    slow: "CREATE VIEW slow AS SELECT pg_sleep(30)::text AS v",
  };
}

async function aMariadb(): Promise<Server> {
  const { url, name, client, drop } = await createMariadb();
  return {
    url,
    drop,
    run: (sql) => client.query(sql),
    async connections() {
      const rows = await client.query<{ id: number }[]>(
        `SELECT ID AS id FROM information_schema.PROCESSLIST WHERE DB = '${name}' AND ID <> CONNECTION_ID()`,
      );
      return rows.map(({ id }) => id);
    },
    end: (id) => client.query(`KILL ${id}`),
    slow: "CREATE VIEW slow AS SELECT CAST(SLEEP(30) AS CHAR) AS v",
  };
}

/** All of a table with a column v. */
function allOf(table: string, column = "v"): Select {
  const v = { kind: "column", table: "t", column, type: "text", native: "text", nullable: true } as const;
  const rest = { joins: [], where: null, groupBy: null, having: null, order: [], limit: null, parent: null };
  return { table: "t", from: { name: table }, columns: [v], ...rest, timeZone: "UTC" };
}

const KINDS = [
  ["PostgreSQL", aPostgres, postgresSource],
  ...(noMariadb("connections that are kept to MariaDB") ? [] : [["MariaDB", aMariadb, mariadbSource] as const]),
] as const;

describe.each(KINDS)("%s", (_name, serve, sourceOf) => {
  let server: Server;
  let source: Source;
  beforeAll(async () => {
    server = await serve();
    await server.run("CREATE TABLE few (v text)");
    await server.run("INSERT INTO few VALUES ('a'), ('b')");
    await server.run(server.slow);
    source = sourceOf(server.url);
  });
  afterAll(async () => {
    await source.close?.();
    await server.drop();
  });

  async function rowsOf(table: string, signal = new AbortController().signal, column = "v"): Promise<number> {
    const session = await source.open(1, signal);
    try {
      const stream = session.stream(allOf(table, column));
      let rows = 0;
      for (let batch = await stream.next(); batch !== null; batch = await stream.next()) rows += batch.rows;
      return rows;
    } finally {
      await session.close();
    }
  }

  /** The connections, as soon as there are so many. */
  async function untilThereAre(count: number): Promise<number[]> {
    await expect.poll(async () => (await server.connections()).length, { timeout: 10_000 }).toBe(count);
    return server.connections();
  }

  test("one connection serves one session after the other, each with a snapshot of its own", async () => {
    expect(await rowsOf("few")).toBe(2);
    const [first] = await untilThereAre(1);
    await server.run("INSERT INTO few VALUES ('c')");
    expect(await rowsOf("few")).toBe(3);
    expect(await untilThereAre(1)).toEqual([first]);
  });

  test("one that the server has ended is replaced, and nobody notices", async () => {
    await rowsOf("few");
    for (const wait of [0, 100]) {
      for (const id of await server.connections()) await server.end(id);
      await new Promise((resolve) => setTimeout(resolve, wait));
      expect(await rowsOf("few")).toBe(3);
    }
    await untilThereAre(1);
  });

  test("one whose statement failed, or was not read to its end, is not kept", async () => {
    await rowsOf("few");
    const [first] = await untilThereAre(1);
    await expect(rowsOf("few", undefined, "nothing")).rejects.toMatchObject({ code: "source-changed" });
    await untilThereAre(0);
    await rowsOf("few");
    const [second] = await untilThereAre(1);
    expect(second).not.toBe(first);
    const session = await source.open(1, new AbortController().signal);
    await session.stream(allOf("few")).next();
    await session.close();
    const left = await server.connections();
    expect(left.length).toBeLessThanOrEqual(1);
    expect(await rowsOf("few")).toBe(3);
  });

  test("one whose session was aborted is cut, and its statement stopped", async () => {
    await rowsOf("few");
    const aborting = new AbortController();
    const reading = rowsOf("slow", aborting.signal);
    setTimeout(() => aborting.abort(new Error("enough")), 200);
    await expect(reading).rejects.toThrow("enough");
    await untilThereAre(0);
    expect(await rowsOf("few")).toBe(3);
  });

  test("eight are kept at most, and none when the source is closed", async () => {
    const sessions = await Promise.all(Array.from({ length: 11 }, () => source.open(1, new AbortController().signal)));
    await Promise.all(sessions.map((session) => session.close()));
    await untilThereAre(8);
    const other = sourceOf(server.url);
    const late = await other.open(1, new AbortController().signal);
    await source.close?.();
    await other.close?.();
    await late.close();
    await untilThereAre(0);
    // It can be asked again, and keeps nothing.
    expect(await rowsOf("few")).toBe(3);
    await untilThereAre(0);
  });

  test("a program that keeps one ends all the same", async () => {
    const script = `
      import { sourceAt } from ${JSON.stringify(new URL("../../src/sources/index.ts", import.meta.url).href)};
      const session = await sourceAt(${JSON.stringify(server.url)}).open(1, new AbortController().signal);
      await session.close();
      console.log("closed");`;
    const begin = Date.now();
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const said: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => said.push(text));
    expect(await once(child, "close")).toEqual([0, null]);
    expect(said.join("")).toBe("closed\n");
    expect(Date.now() - begin).toBeLessThan(15_000);
  });
});

test.skipIf(noMariadb("statements that are prepared"))(
  "MariaDB forgets the statements of sessions that are over",
  async () => {
    const { url, client, drop } = await createMariadb();
    await client.query("CREATE TABLE few (v text)");
    const source = mariadbSource(url);
    const prepared = async (): Promise<number> => {
      const [row] = await client.query<{ Value: string }[]>("SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'");
      return Number(row!.Value);
    };
    const before = await prepared();
    for (let n = 0; n < 5; n++) {
      const session = await source.open(1, new AbortController().signal);
      const stream = session.stream(allOf("few"));
      while ((await stream.next()) !== null);
      await session.close();
    }
    await expect.poll(prepared).toBeLessThanOrEqual(before);
    await source.close?.();
    await drop();
  },
);
