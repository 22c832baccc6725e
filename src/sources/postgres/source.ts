// PostgreSQL 13 and later, and servers that speak its protocol with binary COPY.
import type { Socket } from "node:net";
import { Client, Connection } from "pg";
import type { Select } from "../../plan/select.ts";
import { fieldOf } from "../build-catalog.ts";
import { queryRefused } from "../query-refused.ts";
import { failure, usageError } from "../../lib/errors.ts";
import { IdleConnections } from "../idle-connections.ts";
import {
  type CellStream,
  type Source,
  type SourceLimits,
  type SourceReader,
  type SourceSession,
  USUAL_LIMITS,
} from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import { postgresDialect } from "./dialect.ts";
import { translateError } from "./errors.ts";
import { describe, introspect } from "./introspect.ts";
import { RowReader } from "./row-reader.ts";

/**
 * Settings that make every session read-only and its text the same everywhere, as far as the server has them: others
 * that speak the protocol know some of them only. Transactions that are begun are read-only besides. A statement whose reader was
 * killed ends within seconds, instead of with its next row; servers on Linux alone can look whether somebody is there.
 */
const SETTINGS = `
SELECT name, set_config(name, value, false) FROM (VALUES
  ('default_transaction_read_only', 'on'), ('default_transaction_isolation', 'read committed'),
  ('standard_conforming_strings', 'on'), ('client_encoding', 'UTF8'),
  ('TimeZone', 'UTC'), ('DateStyle', 'ISO, YMD'), ('IntervalStyle', 'iso_8601'), ('extra_float_digits', '1'), ('jit', 'off'),
  ('client_connection_check_interval', '2s')
) AS wanted(name, value) JOIN pg_settings USING (name)
WHERE name <> 'client_connection_check_interval' OR version() ~ 'linux'`;

/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;
/** How long the server has to answer a cancel request before the connection is cut, in milliseconds. */
const CANCEL_TIMEOUT = 1_000;
/** A connection that was used so little ago is there, without being asked, in milliseconds. */
const SURE = 1_000;

/**
 * A PostgreSQL source.
 * @param url `postgres://user:password@host:port/database?…`, as node-postgres and libpq read it.
 */
export function postgresSource(url: string, limits: SourceLimits = USUAL_LIMITS): Source {
  const label = labelOf(url);
  const connect = (signal: AbortSignal): Promise<Client> => connectTo(url, label, signal);
  const idle = new IdleConnections<Client>({
    hold(client, held) {
      const { connection } = client as unknown as RunningClient;
      if (held) connection.stream.ref();
      else connection.stream.unref();
    },
    whenGone(client, tell) {
      client.once("end", tell);
      return () => client.off("end", tell);
    },
    end: disconnect,
  });
  const ask = async <T>(signal: AbortSignal, what: (client: Client) => Promise<T>): Promise<T> => {
    const client = await connect(signal);
    try {
      return await what(client);
    } catch (error) {
      signal.throwIfAborted();
      throw translateError(error, label);
    } finally {
      await disconnect(client);
    }
  };
  const connections = { connect, idle };
  return {
    label,
    introspect: (signal) => ask(signal, introspect),
    async describe(queries, signal) {
      const answers = await ask(signal, (client) => describe(client, queries));
      return answers.map((it) => (it instanceof Error ? queryRefused(label, it) : it.map(fieldOf)));
    },
    open: (streams, signal, checked) =>
      PostgresSession.open(connections, { label, limits, kept: idle, signal, checks: checked === undefined }, streams),
    openOne: (signal) => openOne(connections, { label, limits, kept: idle, signal, checks: false }),
    close: () => idle.close(),
  };
}

/** A part of what EXPLAIN tells. */
interface QueryPlan {
  readonly "Node Type": string;
  readonly "Plan Rows": number;
  readonly Plans?: readonly QueryPlan[];
}

/** Where connections come from. */
interface Connections {
  readonly connect: (signal: AbortSignal) => Promise<Client>;
  readonly idle: IdleConnections<Client>;
}

/** A connection that answers a question, and its answer: one that was kept where it still does, else a new one. */
async function answering(
  { connect, idle }: Connections,
  question: string,
  signal: AbortSignal,
): Promise<{ readonly client: Client; readonly rows: readonly unknown[] }> {
  signal.throwIfAborted();
  for (let kept = idle.take(); kept !== null; kept = idle.take()) {
    const client = kept;
    const cut = (): void => void disconnect(client, true);
    signal.addEventListener("abort", cut, { once: true });
    try {
      return { client, rows: await lastRows(client, question) };
    } catch {
      await disconnect(client, true);
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener("abort", cut);
    }
  }
  const client = await connect(signal);
  try {
    return { client, rows: await lastRows(client, question) };
  } catch (error) {
    await disconnect(client, true);
    throw error;
  }
}

/** What the last of some statements gives, which are sent together. */
async function lastRows(client: Client, statements: string): Promise<readonly unknown[]> {
  const answers = (await client.query(statements)) as unknown as { rows: unknown[] } | { rows: unknown[] }[];
  return (Array.isArray(answers) ? answers.at(-1)! : answers).rows;
}

const BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const NOW = `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;

/** What a statement needs to be read-only and to have a snapshot of its own without a transaction that says so. */
const ALONE = ["default_transaction_read_only", "default_transaction_isolation"];
/** Connections that have it. */
const readAlone = new WeakSet<Client>();

/** Opens one connection for one select. */
async function openOne(connections: Connections, use: Use): Promise<SourceReader> {
  const { signal, label } = use;
  try {
    signal.throwIfAborted();
    const client = connections.idle.take(SURE) ?? (await answering(connections, "SELECT 1", signal)).client;
    const reader = new PostgresReader([client], use, false);
    if (!readAlone.has(client)) {
      await reader.begin(client).catch(async (error: unknown) => {
        await reader.close();
        throw error;
      });
    }
    return reader;
  } catch (error) {
    signal.throwIfAborted();
    throw translateError(error, label);
  }
}

/** What connections are used for. */
interface Use {
  readonly label: string;
  readonly limits: SourceLimits;
  readonly signal: AbortSignal;
  /** Where they are left when they are not needed any more. */
  readonly kept: IdleConnections<Client>;
  /** Whether each stream looks at its end for tables that were written anew. */
  readonly checks: boolean;
}

class PostgresReader implements SourceReader {
  readonly #use: Use;
  readonly #idle: Client[];
  readonly #clients: readonly Client[];
  readonly #busy = new Set<Client>();
  /** Whether what is read is as it was before the first statement. */
  readonly #isSnapshot: boolean;
  #inTransaction: boolean;
  #failed = false;
  #closed: Promise<void> | null = null;

  constructor(clients: readonly Client[], use: Use, isSnapshot: boolean) {
    this.#clients = clients;
    this.#idle = [...clients];
    this.#use = use;
    this.#isSnapshot = isSnapshot;
    this.#inTransaction = isSnapshot;
    use.signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Begins a transaction, unless there is one, in which each statement still has a snapshot of its own. */
  async begin(client: Client): Promise<void> {
    if (this.#inTransaction) return;
    this.#inTransaction = true;
    await client.query("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY").catch((error: unknown) => {
      this.#failed = true;
      throw error;
    });
  }

  stream(select: Select): CellStream {
    const client = this.#idle.pop();
    if (client === undefined) throw new Error("more streams than were announced");
    this.#busy.add(client);
    const { label, limits, signal, checks } = this.#use;
    const { text, patterns } = compileSelect(select, postgresDialect);
    // A COPY has the snapshot of what is before it, and tables may be written anew between the two; a SELECT has its own.
    const way = this.#isSnapshot ? "copy" : "select";
    // Queued before the rows, whose own error tells when the connection is lost.
    if (patterns) {
      this.begin(client).catch(() => {});
      client.query(`SET LOCAL statement_timeout = ${limits.patternTime}`).catch(() => {});
    }
    const types = select.columns.map((it) => it.type);
    const rows = new RowReader(client, text, types, way, mostRows(select));
    const free = (): void => {
      if (this.#busy.delete(client)) this.#idle.push(client);
    };
    const fail = (): void => {
      this.#failed = true;
    };
    return {
      get rowsSent() {
        return rows.rowsSent;
      },
      async next() {
        try {
          const batch = await rows.next();
          signal.throwIfAborted();
          if (batch === null) {
            if (checks) await checkUnchanged(client);
            free();
          }
          return batch;
        } catch (error) {
          fail();
          signal.throwIfAborted();
          throw translateError(error, label);
        }
      },
    };
  }

  async check(): Promise<void> {
    // A statement without a transaction finds its tables before it takes its snapshot.
    if (!this.#isSnapshot) return;
    try {
      await Promise.all(this.#clients.map(checkUnchanged));
    } catch (error) {
      this.#failed = true;
      this.#use.signal.throwIfAborted();
      throw translateError(error, this.#use.label);
    }
  }

  async estimate(select: Select): Promise<number | null> {
    return (await this.#explain(select))["Plan Rows"];
  }

  async sorts(select: Select): Promise<boolean> {
    const isSort = ({ "Node Type": type, Plans: below = [] }: QueryPlan): boolean =>
      type === "Sort" || below.some(isSort);
    return isSort(await this.#explain(select));
  }

  /** @throws failure of the source */
  async #explain(select: Select): Promise<QueryPlan> {
    const client = this.#idle.at(-1);
    if (client === undefined) throw new Error("no connection is free");
    try {
      const { text } = compileSelect(select, postgresDialect);
      const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${text}`);
      const [answer] = rows as [{ "QUERY PLAN": [{ Plan: QueryPlan }] }];
      return answer["QUERY PLAN"][0].Plan;
    } catch (error) {
      this.#failed = true;
      this.#use.signal.throwIfAborted();
      throw translateError(error, this.#use.label);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    this.#use.signal.removeEventListener("abort", this.#onAbort);
    // A connection that is still sending rows is never reused: its statement is stopped, then the connection is cut.
    await Promise.all([...this.#busy].map((client) => cancel(client)));
    const isWell = this.#busy.size === 0 && !this.#failed && !this.#use.signal.aborted;
    await Promise.all(
      this.#clients.map((client) => (isWell ? this.#leave(client) : disconnect(client, this.#busy.has(client)))),
    );
  }

  /** Ends the transaction, and leaves the connection to whoever is next. */
  async #leave(client: Client): Promise<void> {
    try {
      if (this.#inTransaction) await client.query("ROLLBACK");
    } catch {
      await disconnect(client, true);
      return;
    }
    await this.#use.kept.keep(client);
  }

  readonly #onAbort = (): void => {
    void this.close();
  };
}

class PostgresSession extends PostgresReader implements SourceSession {
  readonly snapshotAt: string;

  private constructor(clients: readonly Client[], use: Use, snapshotAt: string) {
    super(clients, use, true);
    this.snapshotAt = snapshotAt;
  }

  /** Opens as many connections as there are streams, all on the snapshot of the first. */
  static async open(connections: Connections, use: Use, streams: number): Promise<PostgresSession> {
    const { signal, label } = use;
    const clients: Client[] = [];
    try {
      const snapshot = streams > 1 ? ", pg_export_snapshot() AS snapshot" : "";
      const first = await answering(connections, `${BEGIN}; ${NOW}${snapshot}`, signal);
      clients.push(first.client);
      const [begun] = first.rows as [Begun];
      while (clients.length < streams) {
        const { client } = await answering(connections, BEGIN, signal);
        clients.push(client);
        await client.query(`SET TRANSACTION SNAPSHOT ${client.escapeLiteral(begun.snapshot ?? "")}`);
      }
      return new PostgresSession(clients, use, begun.at);
    } catch (error) {
      await Promise.all(clients.map((client) => disconnect(client)));
      signal.throwIfAborted();
      throw translateError(error, label);
    }
  }
}

/** What the first connection of a snapshot tells. */
interface Begun {
  readonly at: string;
  readonly snapshot?: string;
}

/** One at least: a limit may be zero. */
function mostRows({ limit, each }: Select): number {
  return limit === null ? Infinity : Math.max(1, limit * (each?.length ?? 1));
}

function clientOf(url: string, label: string): Client {
  try {
    return new Client({
      connectionString: url,
      application_name: "waybill",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT,
    });
  } catch (cause) {
    // The certificates of the URL are read at once.
    const { path } = cause as NodeJS.ErrnoException;
    if (path === undefined) throw cause;
    throw failure("source-certificate", `Cannot read "${path}", which the source URL of ${label} names.`, { cause });
  }
}

/**
 * Refuses rows of tables that were written anew after the snapshot was taken (ALTER TABLE … TYPE, TRUNCATE):
 * PostgreSQL shows none of them then. The table of tables is read as of the snapshot, the function tells what is now.
 */
async function checkUnchanged(client: Client): Promise<void> {
  const { rows } = await client.query(`SELECT relname FROM pg_locks JOIN pg_class ON pg_class.oid = relation
    WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relkind IN ('r', 'm')
      AND relfilenode <> 0 AND relfilenode <> pg_relation_filenode(pg_class.oid)`);
  const [first] = rows as { relname: string }[];
  if (first === undefined) return;
  throw failure("source-changed", `The table ${first.relname} has changed since the export began.`, {
    hint: "Run the export again.",
  });
}

async function connectTo(url: string, label: string, signal: AbortSignal): Promise<Client> {
  signal.throwIfAborted();
  const client = clientOf(url, label);
  // Errors reach the query that is running; without a listener one between queries would end the process.
  client.on("error", () => {});
  const cut = (): void => void socketOf(client).destroy();
  signal.addEventListener("abort", cut, { once: true });
  try {
    await client.connect();
    const { rows } = await client.query(SETTINGS);
    const names = new Set((rows as { name: string }[]).map(({ name }) => name));
    if (ALONE.every((name) => names.has(name))) readAlone.add(client);
    // So that a server notices when this process is killed while it computes (PostgreSQL 14 on Linux, and some others).
    await client.query("SET client_connection_check_interval = 1000").catch(() => {});
    return client;
  } catch (error) {
    socketOf(client).destroy();
    signal.throwIfAborted();
    if (/timeout expired/i.test((error as Error).message)) throw translateError({ code: "ETIMEDOUT" }, label);
    throw translateError(firstOf(error), label);
  } finally {
    signal.removeEventListener("abort", cut);
  }
}

/** Connecting to several addresses of one name fails with all their errors at once. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError ? (error.errors[0] as unknown) : error;
}

async function disconnect(client: Client, busy = false): Promise<void> {
  if (busy) {
    socketOf(client).destroy();
    return;
  }
  await client.end().catch(() => {});
}

/** Asks the server to stop what `client` runs (protocol message CancelRequest), and waits until it was asked. */
async function cancel(client: Client): Promise<void> {
  const { processID, secretKey, host, port, ssl } = client as unknown as RunningClient;
  if (processID === undefined) return;
  await new Promise<void>((resolve) => {
    const asking = new Connection({ ssl } as object) as unknown as CancelConnection;
    const timer = setTimeout(() => {
      asking.stream.destroy();
      resolve();
    }, CANCEL_TIMEOUT);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    asking.on("error", done);
    asking.on("end", done);
    const ready = ssl === false || ssl === undefined ? "connect" : "sslconnect";
    asking.on(ready, () => asking.cancel(processID, secretKey));
    if (host.startsWith("/")) asking.connect(`${host}/.s.PGSQL.${port}`);
    else asking.connect(port, host);
  });
}

/** What node-postgres keeps of a running connection and its types leave out. */
interface RunningClient {
  readonly connection: { readonly stream: Socket };
  readonly processID?: number;
  readonly secretKey: number;
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
}

interface CancelConnection {
  readonly stream: { destroy(): void };
  on(event: string, listener: () => void): void;
  connect(portOrPath: number | string, host?: string): void;
  cancel(processID: number, secretKey: number): void;
}

function socketOf(client: Client): Socket {
  return (client as unknown as RunningClient).connection.stream;
}

function labelOf(url: string): string {
  try {
    // Without the slashes everything would be the database's name, the password too.
    if (!/^postgres(ql)?:\/\//i.test(url)) throw new Error("no slashes");
    const { hostname, port, pathname } = new URL(url);
    const database = decodeURIComponent(pathname.slice(1)) || "postgres";
    return `PostgreSQL database "${database}" on ${hostname || "localhost"}${port === "" ? "" : `:${port}`}`;
  } catch {
    throw usageError("source-url", "The PostgreSQL source URL cannot be read.", {
      hint: "Write postgres://user:password@host:5432/database, with special characters percent-encoded.",
    });
  }
}
