// MariaDB 10.6 and later; MySQL 8 speaks the same protocol, and is told apart where its words differ.
import type { CellBatch } from "../../cells/batch.ts";
import { failure } from "../../lib/errors.ts";
import type { FieldType } from "../../catalog/types.ts";
import type { Select } from "../../plan/select.ts";
import { fieldOf } from "../build-catalog.ts";
import { queryRefused } from "../query-refused.ts";
import { IdleConnections } from "../idle-connections.ts";
import { type CellStream, type Source, type SourceLimits, type SourceSession, USUAL_LIMITS } from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import { type Connected, connectTo, cutOff, disconnect, kill, rowsOf } from "./connection.ts";
import { dialectOf } from "./dialect.ts";
import { translateError } from "./errors.ts";
import { describe, introspect } from "./introspect.ts";
import { prepare, type PreparedStatement } from "./prepare.ts";
import { ResultReader } from "./result.ts";
import { type Address, labelOf, readUrl } from "./url.ts";

/** Warnings that stand for a value that was not computed: a pattern given up, or a result too large. */
const LOSSES: ReadonlySet<number> = new Set([1139, 1301, 1264, 1916]);

/**
 * A MariaDB or MySQL source.
 * @param url `mysql://user:password@host:port/database?…`; see url.ts for its parameters.
 */
export function mariadbSource(url: string, limits: SourceLimits = USUAL_LIMITS): Source {
  const label = labelOf(url);
  const idle = new IdleConnections<Connected>({
    hold({ inner: { socket } }, held) {
      if (held) socket?.ref();
      else socket?.unref();
    },
    whenGone({ client }, tell) {
      client.once("end", tell);
      return () => client.off("end", tell);
    },
    end: disconnect,
  });
  const ask = async <T>(
    signal: AbortSignal,
    what: (connected: Connected, database: string) => Promise<T>,
  ): Promise<T> => {
    const address = readUrl(url, label);
    const connected = await connectTo(address, label, signal);
    const cut = (): void => void kill(connected, address);
    signal.addEventListener("abort", cut, { once: true });
    try {
      return await what(connected, address.database);
    } catch (error) {
      signal.throwIfAborted();
      throw translateError(error, label);
    } finally {
      signal.removeEventListener("abort", cut);
      await disconnect(connected);
    }
  };
  return {
    label,
    introspect: (signal) => ask(signal, introspect),
    async describe(queries, signal) {
      const answers = await ask(signal, (connected) => describe(connected, queries));
      return answers.map((it) => (it instanceof Error ? queryRefused(label, it) : it.map(fieldOf)));
    },
    open: (_streams, signal) => MariadbSession.open(readUrl(url, label), idle, label, limits, signal),
    close: () => idle.close(),
  };
}

const BEGIN = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/** A connection that was kept and still answers. */
async function begunAnew(kept: IdleConnections<Connected>, signal: AbortSignal): Promise<Connected | null> {
  for (let connected = kept.take(); connected !== null; connected = kept.take()) {
    const its = connected;
    const cut = (): void => cutOff(its);
    signal.addEventListener("abort", cut, { once: true });
    try {
      await its.client.ping();
      return its;
    } catch {
      cutOff(its);
      signal.throwIfAborted();
    } finally {
      signal.removeEventListener("abort", cut);
    }
  }
  return null;
}

/**
 * One transaction on one connection: a snapshot cannot be shared between connections (docs/decisions/0009). Streams
 * take turns: the rows of the one that has the connection are put aside when another one wants it.
 */
class MariadbSession implements SourceSession {
  readonly snapshotAt: string;
  readonly #connected: Connected;
  readonly #address: Address;
  readonly #label: string;
  readonly #limits: SourceLimits;
  readonly #signal: AbortSignal;
  /** The stream whose rows are on the wire. */
  #current: MariadbStream | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #streams = new Set<MariadbStream>();
  readonly #kept: IdleConnections<Connected>;
  #failed = false;
  #closed: Promise<void> | null = null;

  private constructor(
    connected: Connected,
    kept: IdleConnections<Connected>,
    address: Address,
    snapshotAt: string,
    label: string,
    limits: SourceLimits,
    signal: AbortSignal,
  ) {
    this.#connected = connected;
    this.#kept = kept;
    this.#address = address;
    this.snapshotAt = snapshotAt;
    this.#label = label;
    this.#limits = limits;
    this.#signal = signal;
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  static async open(
    address: Address,
    kept: IdleConnections<Connected>,
    label: string,
    limits: SourceLimits,
    signal: AbortSignal,
  ): Promise<MariadbSession> {
    const connected = (await begunAnew(kept, signal)) ?? (await connectTo(address, label, signal));
    try {
      await connected.client.query(BEGIN);
      const [[at] = [""]] = await rowsOf<[string]>(
        connected,
        "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')",
      );
      return new MariadbSession(connected, kept, address, at, label, limits, signal);
    } catch (error) {
      await disconnect(connected);
      signal.throwIfAborted();
      throw translateError(error, label);
    }
  }

  stream(select: Select): CellStream {
    const { text, patterns } = compileSelect(select, dialectOf(this.#connected.isMariaDb));
    const stream = new MariadbStream(
      this.#connected,
      text,
      select.columns.map((it) => it.type),
      patterns ? this.#limits.patternTime : 0,
      // FOUND_ROWS() counts the only group of a whole even where HAVING has left it out.
      select.groupBy?.length !== 0 || select.having === null,
      async (next) => {
        const batch = await this.#inTurn(stream, next);
        // A session may have hundreds of streams, one after the other.
        if (batch === null && this.#streams.delete(stream)) await stream.close();
        return batch;
      },
    );
    this.#streams.add(stream);
    return stream;
  }

  /** @throws failure of the source */
  async estimate(select: Select): Promise<number | null> {
    try {
      const { text } = compileSelect(select, dialectOf(this.#connected.isMariaDb));
      const plan = await this.#connected.client.query<Record<string, unknown>[]>(
        `EXPLAIN ${this.#connected.isMariaDb ? "EXTENDED " : ""}${text}`,
      );
      const [{ rows, filtered } = {}] = plan;
      return rows === undefined || rows === null ? null : Math.round((Number(rows) * Number(filtered ?? 100)) / 100);
    } catch (error) {
      this.#failed = true;
      this.#signal.throwIfAborted();
      throw translateError(error, this.#label);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  /** Lets a stream have the connection, one after the other. */
  #inTurn<T>(stream: MariadbStream, next: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const now = (async () => {
      await before.catch(() => {});
      try {
        if (stream.waiting) {
          if (this.#current !== null) await this.#current.putAside();
          this.#current = stream;
        }
        const answer = await next();
        this.#signal.throwIfAborted();
        return answer;
      } catch (error) {
        this.#failed = true;
        this.#signal.throwIfAborted();
        throw translateError(error, this.#label);
      }
    })();
    this.#turn = now;
    return now;
  }

  async #end(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    // A connection that is still sending rows is never reused.
    if (this.#current?.arrived === false || this.#signal.aborted) await kill(this.#connected, this.#address);
    else if (this.#failed) await disconnect(this.#connected);
    else await this.#leave();
    await Promise.all([...this.#streams].map((stream) => stream.close()));
  }

  /** Ends the transaction, and leaves the connection to the next session. */
  async #leave(): Promise<void> {
    try {
      await this.#connected.client.query("ROLLBACK");
    } catch {
      cutOff(this.#connected);
      return;
    }
    await this.#kept.keep(this.#connected);
  }

  readonly #onAbort = (): void => {
    void this.close();
  };
}

class MariadbStream implements CellStream {
  rowsSent = NaN;
  readonly #connected: Connected;
  readonly #sql: string;
  readonly #types: readonly FieldType[];
  readonly #patternTime: number;
  readonly #isCounted: boolean;
  readonly #inTurn: (next: () => Promise<CellBatch | null>) => Promise<CellBatch | null>;
  #reader: ResultReader | null = null;
  #statement: PreparedStatement | null = null;
  #settled = false;
  #loss: string | null = null;
  #rows = 0;

  constructor(
    connected: Connected,
    sql: string,
    types: readonly FieldType[],
    patternTime: number,
    isCounted: boolean,
    inTurn: (next: () => Promise<CellBatch | null>) => Promise<CellBatch | null>,
  ) {
    this.#connected = connected;
    this.#sql = sql;
    this.#types = types;
    this.#patternTime = patternTime;
    this.#isCounted = isCounted;
    this.#inTurn = inTurn;
  }

  /** Whether it has not begun yet. */
  get waiting(): boolean {
    return this.#reader === null;
  }

  /** Whether its last row has arrived. */
  get arrived(): boolean {
    return this.#reader?.arrived ?? false;
  }

  next(): Promise<CellBatch | null> {
    return this.#inTurn(async () => {
      this.#reader ??= await this.#begin();
      const batch = await this.#reader.next();
      this.#rows += batch?.rows ?? 0;
      if (this.#reader.arrived) await this.#settle();
      if (batch === null) {
        if (!this.#isCounted) this.rowsSent = this.#rows;
        this.#checkLoss();
      }
      return batch;
    });
  }

  async putAside(): Promise<void> {
    await this.#reader?.putAside();
    await this.#settle();
  }

  async close(): Promise<void> {
    await this.#reader?.close();
  }

  async #begin(): Promise<ResultReader> {
    const { client, isMariaDb } = this.#connected;
    await client.query(
      isMariaDb
        ? `SET SESSION max_statement_time = ${this.#patternTime / 1000}`
        : `SET SESSION max_execution_time = ${this.#patternTime}`,
    );
    this.#statement = await prepare(client, this.#sql);
    return new ResultReader(this.#connected, this.#statement.id, this.#statement.columns, this.#types);
  }

  /** Done with the statement: the last row has arrived. */
  async #settle(): Promise<void> {
    if (this.#settled) return;
    this.#settled = true;
    await this.#ask();
    this.#statement?.close();
  }

  /** Asks the server how many rows it sent, and what it did not say aloud, before it forgets. */
  async #ask(): Promise<void> {
    const [[rows, warnings] = [NaN, 0]] = await rowsOf<[number, number]>(
      this.#connected,
      "SELECT FOUND_ROWS(), @@warning_count",
    );
    this.rowsSent = rows;
    if (warnings === 0) return;
    const said = await rowsOf<[string, number, string]>(this.#connected, "SHOW WARNINGS");
    const hidden = this.#patternTime > 0 && said.length < warnings;
    this.#loss = said.find(([, number]) => LOSSES.has(number))?.[2] ?? (hidden ? "too many warnings" : null);
  }

  /** A server that gives up a pattern, or a value, says so in a warning alone and goes on. */
  #checkLoss(): void {
    if (this.#loss === null) return;
    throw failure("source-refused", `The server could not work out every value: ${this.#loss.replace(/\.$/, "")}.`, {
      hint: "Use a simpler pattern, $contains or $startsWith, or ask for fewer fields.",
    });
  }
}
