// Connecting: the mariadb package signs in and talks, and lends its socket to whoever reads rows.
import type { Connection, ConnectionConfig } from "mariadb";
import type { Socket } from "node:net";
import { failure } from "../../lib/errors.ts";
import { translateError } from "./errors.ts";
import type { Address } from "./url.ts";

/** How long to wait for a connection, in milliseconds. */
const CONNECT_TIMEOUT = 15_000;
/** How long a server has to obey a KILL before the connection is cut, in milliseconds. */
const KILL_TIMEOUT = 1_000;
/** So long may rows wait on their way, in seconds: whoever reads them decides how fast they go. */
const PATIENCE = 31_536_000;

/**
 * Settings that make every session read-only, and what it says the same everywhere. What changes how SQL is read is
 * left as the server's owner set it, since queries of the configuration are written for that; ours mean the same in
 * every mode. Limits that would cut rows off without an error are lifted.
 */
const SETTINGS = [
  "SET NAMES utf8mb4",
  `SET SESSION sql_mode = CONCAT_WS(',', ${["ANSI_QUOTES", "PIPES_AS_CONCAT", "NO_BACKSLASH_ESCAPES", "IGNORE_SPACE"]
    .map((mode) => `IF(FIND_IN_SET('${mode}', @@sql_mode) > 0, '${mode}', NULL)`)
    .join(", ")})`,
  `SET SESSION time_zone = '+00:00', sql_select_limit = 18446744073709551615, sql_big_selects = 1,
    max_sort_length = 16384, max_error_count = 65535, div_precision_increment = 30, sql_auto_is_null = 0,
    net_write_timeout = ${PATIENCE}, net_read_timeout = ${PATIENCE}, wait_timeout = ${PATIENCE}`,
  "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
  "SET SESSION TRANSACTION READ ONLY",
];
// A long list of values is looked up as it is: as a table, which it would become, it takes several times as long.
const MARIADB_SETTINGS =
  "SET SESSION max_statement_time = 0, idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0, in_predicate_conversion_threshold = 0";
const MYSQL_SETTINGS = "SET SESSION max_execution_time = 0";

/** What writes a packet. */
export interface PacketOut {
  startPacket(command: unknown): void;
  writeBuffer(bytes: Buffer, start: number, length: number): void;
  flush(): void;
}

/** What the mariadb package keeps behind its connection, and its types leave out. */
export interface Inner {
  readonly socket: Socket | undefined;
  readonly info: {
    readonly eofDeprecated: boolean;
    readonly serverPermitSkipMeta?: boolean;
    isMariaDB(): boolean;
  };
  addCommand(command: { start(out: PacketOut): void }, expectsAnswer: boolean): void;
}

/** A connection that is open. */
export interface Connected {
  readonly client: Connection;
  readonly inner: Inner;
  readonly isMariaDb: boolean;
}

/**
 * Opens a read-only session.
 * @throws failure `source-unreachable`, `source-sign-in`, …; the reason of the signal
 */
export async function connectTo(address: Address, label: string, signal: AbortSignal): Promise<Connected> {
  signal.throwIfAborted();
  const connecting = open(address);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => {});
  try {
    const client = await Promise.race([connecting, aborted]);
    const inner = innerOf(client);
    const isMariaDb = inner.info.isMariaDB();
    for (const sql of [...SETTINGS, isMariaDb ? MARIADB_SETTINGS : MYSQL_SETTINGS]) {
      await Promise.race([client.query(sql), aborted]);
    }
    return { client, inner, isMariaDb };
  } catch (error) {
    connecting.then(cut, () => {});
    signal.throwIfAborted();
    throw translateError(error, label);
  }
}

/** Rows of a statement of ours as arrays of text, numbers and nulls. */
export async function rowsOf<T extends readonly unknown[]>({ client }: Connected, sql: string): Promise<T[]> {
  return client.query<T[]>({ sql, rowsAsArray: true, bigIntAsNumber: true });
}

/** Ends a session that is idle. */
export async function disconnect({ client }: Connected): Promise<void> {
  await client.end().catch(() => {});
}

/** Ends a session whatever it does. */
export function cutOff({ client }: Connected): void {
  cut(client);
}

/** Stops what a connection runs, at the server, and cuts it. */
export async function kill(connected: Connected, address: Address): Promise<void> {
  const { client } = connected;
  const number = client.threadId;
  if (client.isValid() && number !== null) {
    await Promise.race([killed(address, number), new Promise((resolve) => setTimeout(resolve, KILL_TIMEOUT).unref())]);
  }
  cut(client);
}

/** The number of a connection is ours as long as it is open. */
async function killed(address: Address, number: number): Promise<void> {
  const asking = await open(address, KILL_TIMEOUT).catch(() => null);
  await asking?.query(`KILL ${number}`).catch(() => {});
  await asking?.end().catch(() => {});
}

async function open(address: Address, timeout: number = CONNECT_TIMEOUT): Promise<Connection> {
  // It takes a tenth of a second to load, which other sources need not pay for.
  const { createConnection } = await import("mariadb");
  const { host, port, socketPath, user, password, database, ssl, allowPublicKeyRetrieval } = address;
  const config = {
    host,
    port,
    ...(socketPath === undefined ? {} : { socketPath }),
    user,
    password,
    ...(database === "" ? {} : { database }),
    ...(ssl === false ? {} : { ssl }),
    allowPublicKeyRetrieval,
    connectTimeout: timeout,
    keepAliveDelay: 0,
    timezone: "Z",
    pipelining: false,
    prepareCacheLength: 0,
    permitRedirect: false,
    multipleStatements: false,
    connectAttributes: { program_name: "waybill" },
    // The package would print warnings, which may hold what people wrote.
    logger: { warning: () => {} },
  };
  const client = await createConnection(config as ConnectionConfig);
  // Errors reach the statement that is running; without a listener one between statements would end the process.
  client.on("error", () => {});
  return client;
}

/** The package hears of an error, but not of a socket that closes without one. */
function cut(client: Connection): void {
  innerOf(client).socket?.destroy(new Error("the connection was cut (ECONNRESET)"));
}

const inners = new WeakMap<Connection, Inner>();

/** The package hides its connection; a listener is called on it (Node's documentation of events, "Passing arguments and this"). */
function innerOf(client: Connection): Inner {
  const known = inners.get(client);
  if (known !== undefined) return known;
  const caught: Inner[] = [];
  const listen = client as unknown as { once(event: string, listener: (this: Inner) => void): void };
  listen.once("newListener", function () {
    caught.push(this);
  });
  listen.once("waybill", () => {});
  const [inner] = caught;
  if (typeof inner?.addCommand !== "function") {
    throw failure("source-refused", "The mariadb package is not of the version that Waybill was made for.");
  }
  inners.set(client, inner);
  return inner;
}
