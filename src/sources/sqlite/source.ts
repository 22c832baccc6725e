// SQLite databases, through node:sqlite in a process of its own.
import { access, constants, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import type { Select } from "../../plan/select.ts";
import { fieldOf } from "../build-catalog.ts";
import { queryRefused } from "../query-refused.ts";
import { failure } from "../../lib/errors.ts";
import { release } from "../../lib/release.ts";
import { IdleConnections } from "../idle-connections.ts";
import { type CellStream, type Source, type SourceLimits, type SourceSession, USUAL_LIMITS } from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import type { Statement } from "../sql/dialect.ts";
import { decodeRows } from "./decode.ts";
import { sqliteDialect } from "./dialect.ts";
import { translateError } from "./errors.ts";
import { describe, introspect } from "./introspect.ts";
import type { Request } from "./protocol.ts";
import { ReaderProcess, type ReaderProgram, type RowsAnswer } from "../reader-process.ts";

/** `node:sqlite` is still called experimental. */
const READER: ReaderProgram = {
  beside: import.meta.url,
  nodeOptions: ["--disable-warning=ExperimentalWarning"],
  reads: "the SQLite database",
};

/** A reader with the database open, and which file that is. */
interface OpenedFile {
  readonly reader: ReaderProcess<Request>;
  readonly stamp: string;
}

/** A reader is a process of its own: so many wait for the next session at most. */
const MOST_IDLE = 3;

/**
 * A SQLite source.
 * @param file path of the database file; it must exist.
 */
export function sqliteSource(file: string, limits: SourceLimits = USUAL_LIMITS): Source {
  const label = `SQLite database "${file}"`;
  const idle = new IdleConnections<OpenedFile>(
    {
      hold: ({ reader }, held) => reader.holdOwner(held),
      whenGone: ({ reader }, tell) => reader.whenGone(tell),
      end: ({ reader }) => reader.end(),
    },
    MOST_IDLE,
  );
  const ask = async <T>(signal: AbortSignal, what: (reader: ReaderProcess<Request>) => Promise<T>): Promise<T> => {
    const session = await SqliteSession.open(file, idle, label, limits, signal);
    try {
      return await session.ask(what);
    } finally {
      await session.close();
    }
  };
  return {
    label,
    introspect: (signal) => ask(signal, introspect),
    async describe(queries, signal) {
      const answers = await ask(signal, (reader) => describe(reader, queries));
      return answers.map((it) => (it instanceof Error ? queryRefused(label, it) : it.map(fieldOf)));
    },
    open: (_streams, signal) => SqliteSession.open(file, idle, label, limits, signal),
    close: () => idle.close(),
  };
}

class SqliteSession implements SourceSession {
  readonly snapshotAt: string;
  readonly #opened: OpenedFile;
  readonly #idle: IdleConnections<OpenedFile>;
  readonly #label: string;
  readonly #limits: SourceLimits;
  readonly #signal: AbortSignal;
  #streams = 0;
  /** Streams that have not come to their end. */
  #unfinished = 0;
  #failed = false;
  #closed: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #tookTooLong = false;

  private constructor(
    opened: OpenedFile,
    idle: IdleConnections<OpenedFile>,
    label: string,
    limits: SourceLimits,
    signal: AbortSignal,
  ) {
    this.#opened = opened;
    this.#idle = idle;
    this.#label = label;
    this.#limits = limits;
    this.#signal = signal;
    this.snapshotAt = new Date().toISOString();
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  static async open(
    file: string,
    idle: IdleConnections<OpenedFile>,
    label: string,
    limits: SourceLimits,
    signal: AbortSignal,
  ): Promise<SqliteSession> {
    signal.throwIfAborted();
    const facts = await access(file, constants.R_OK)
      .then(() => stat(file))
      .catch((cause: unknown) => {
        throw failure("source-unreachable", `Cannot open ${label}.`, {
          hint: "Check that the file exists and may be read.",
          cause,
        });
      });
    if (facts.isDirectory()) {
      throw failure("source-unreachable", `${label} is a folder.`, { hint: "Name the file in it." });
    }
    const { dev, ino, size, mtimeMs } = facts;
    const stamp = [dev, ino, size, mtimeMs].join(" ");
    const path = resolve(file);
    const again = await openedAgain(idle, stamp, path);
    if (again !== null) return new SqliteSession(again, idle, label, limits, signal);
    const reader = new ReaderProcess<Request>(READER);
    try {
      const session = new SqliteSession({ reader, stamp }, idle, label, limits, signal);
      await reader.ask({ do: "open", path });
      return session;
    } catch (error) {
      await reader.end();
      signal.throwIfAborted();
      throw translateError(error, label);
    }
  }

  ask<T>(what: (reader: ReaderProcess<Request>) => Promise<T>): Promise<T> {
    return what(this.#opened.reader).catch((error: unknown) => this.#fail(error));
  }

  async sorts(select: Select): Promise<boolean> {
    const { text } = compileSelect(select, sqliteDialect);
    const steps = await this.ask((reader) =>
      reader.ask<(string | number)[][]>({ do: "all", sql: `EXPLAIN QUERY PLAN ${text}` }),
    );
    return steps.some((step) => String(step.at(-1)).includes("TEMP B-TREE"));
  }

  stream(select: Select): CellStream {
    const statement = compileSelect(select, sqliteDialect);
    if (statement.patterns) this.#timer ??= setTimeout(this.#onTimeout, this.#limits.patternTime);
    const types = select.columns.map((column) => column.type);
    this.#unfinished++;
    return new SqliteStream(this.#opened.reader, this.#streams++, statement, types, {
      fail: (error) => this.#fail(error),
      end: () => this.#unfinished--,
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  /** The reader waits for the next session, unless something is left of this one. */
  async #end(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    if (this.#timer !== null) clearTimeout(this.#timer);
    const { reader } = this.#opened;
    const isWell = this.#unfinished === 0 && !this.#failed && !this.#signal.aborted && reader.isRunning;
    const rests =
      isWell &&
      (await reader.ask({ do: "rest" }).then(
        () => true,
        () => false,
      ));
    if (rests) await this.#idle.keep(this.#opened);
    else await reader.end();
  }

  #fail(error: unknown): never {
    this.#failed = true;
    this.#signal.throwIfAborted();
    if (this.#tookTooLong) {
      const minutes = this.#limits.patternTime / 60_000;
      throw failure("source-timeout", `Matching patterns in ${this.#label} took more than ${minutes} minutes.`, {
        hint: "Use $contains or $startsWith, or ask for fewer records.",
      });
    }
    throw translateError(error, this.#label);
  }

  readonly #onAbort = (): void => {
    void this.#opened.reader.end();
  };

  readonly #onTimeout = (): void => {
    this.#tookTooLong = true;
    void this.#opened.reader.end();
  };
}

/** A reader that waits, with the same file still, and a new snapshot. */
async function openedAgain(idle: IdleConnections<OpenedFile>, stamp: string, path: string): Promise<OpenedFile | null> {
  for (let opened = idle.take(); opened !== null; opened = idle.take()) {
    const { reader } = opened;
    const isSame = opened.stamp === stamp;
    if (
      isSame &&
      (await reader.ask({ do: "open", path }).then(
        () => true,
        () => false,
      ))
    )
      return opened;
    await reader.end();
  }
  return null;
}

/** What a stream tells its session. */
interface StreamEnds {
  readonly fail: (error: unknown) => never;
  readonly end: () => void;
}

class SqliteStream implements CellStream {
  rowsSent = NaN;
  readonly #reader: ReaderProcess<Request>;
  readonly #id: number;
  readonly #types: readonly FieldType[];
  readonly #told: StreamEnds;
  readonly #batch: CellBatch;
  readonly #prepared: Promise<unknown>;
  #ahead: Promise<RowsAnswer>;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  constructor(
    reader: ReaderProcess<Request>,
    id: number,
    { text, values }: Statement,
    types: readonly FieldType[],
    told: StreamEnds,
  ) {
    this.#reader = reader;
    this.#id = id;
    this.#types = types;
    this.#told = told;
    this.#batch = new CellBatch(types.length);
    this.#prepared = reader.ask({ do: "stream", stream: id, sql: text, values: values as (string | number)[] });
    this.#prepared.catch(() => {});
    this.#ahead = this.#ask();
  }

  async next(): Promise<CellBatch | null> {
    if (this.#at >= this.#bytes.length) {
      let answer: RowsAnswer;
      try {
        await this.#prepared;
        answer = await this.#ahead;
      } catch (error) {
        return this.#told.fail(error);
      }
      if ("end" in answer) {
        if (Number.isNaN(this.rowsSent)) this.#told.end();
        this.rowsSent = answer.end;
        return null;
      }
      // The reader makes the next rows while these are rendered.
      this.#ahead = this.#ask();
      release(this.#bytes);
      this.#bytes = answer.rows;
      this.#view = new DataView(answer.rows.buffer, answer.rows.byteOffset, answer.rows.length);
      this.#at = 0;
    }
    this.#at = decodeRows(this.#bytes, this.#view, this.#at, this.#types, this.#batch);
    return this.#batch;
  }

  #ask(): Promise<RowsAnswer> {
    const answer = this.#reader.askRows(this.#id);
    answer.catch(() => {});
    return answer;
  }
}
