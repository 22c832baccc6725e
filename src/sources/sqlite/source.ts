// SQLite databases, through node:sqlite in a process of its own.
import { access, constants } from "node:fs/promises";
import { resolve } from "node:path";
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import type { Select } from "../../plan/select.ts";
import { failure } from "../../lib/errors.ts";
import type { CellStream, Source, SourceSession } from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import { decodeRows } from "./decode.ts";
import { sqliteDialect } from "./dialect.ts";
import { translateError } from "./errors.ts";
import { introspect } from "./introspect.ts";
import { ReaderProcess, type RowsAnswer } from "./process.ts";

/**
 * A SQLite source.
 * @param file path of the database file; it must exist.
 */
export function sqliteSource(file: string): Source {
  const label = `SQLite database "${file}"`;
  return {
    label,
    async introspect(signal) {
      const session = await SqliteSession.open(file, label, signal);
      try {
        return await session.introspect();
      } finally {
        await session.close();
      }
    },
    open: (_streams, signal) => SqliteSession.open(file, label, signal),
  };
}

class SqliteSession implements SourceSession {
  readonly snapshotAt: string;
  readonly #reader: ReaderProcess;
  readonly #label: string;
  readonly #signal: AbortSignal;
  #streams = 0;

  private constructor(reader: ReaderProcess, label: string, signal: AbortSignal) {
    this.#reader = reader;
    this.#label = label;
    this.#signal = signal;
    this.snapshotAt = new Date().toISOString();
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  static async open(file: string, label: string, signal: AbortSignal): Promise<SqliteSession> {
    signal.throwIfAborted();
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw failure("source-unreachable", `Cannot open ${label}.`, {
        hint: "Check that the file exists and may be read.",
        cause,
      });
    });
    const reader = new ReaderProcess();
    try {
      const session = new SqliteSession(reader, label, signal);
      await reader.ask({ do: "open", path: resolve(file) });
      return session;
    } catch (error) {
      await reader.end();
      signal.throwIfAborted();
      throw translateError(error, label);
    }
  }

  introspect(): ReturnType<Source["introspect"]> {
    return introspect(this.#reader).catch((error: unknown) => this.#fail(error));
  }

  stream(select: Select): CellStream {
    return new SqliteStream(this.#reader, this.#streams++, select, (error) => this.#fail(error));
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#onAbort);
    await this.#reader.end();
  }

  #fail(error: unknown): never {
    this.#signal.throwIfAborted();
    throw translateError(error, this.#label);
  }

  readonly #onAbort = (): void => {
    void this.#reader.end();
  };
}

class SqliteStream implements CellStream {
  rowsSent = NaN;
  readonly #reader: ReaderProcess;
  readonly #id: number;
  readonly #types: readonly FieldType[];
  readonly #fail: (error: unknown) => never;
  readonly #batch: CellBatch;
  readonly #prepared: Promise<unknown>;
  #ahead: Promise<RowsAnswer>;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;

  constructor(reader: ReaderProcess, id: number, select: Select, fail: (error: unknown) => never) {
    this.#reader = reader;
    this.#id = id;
    this.#types = select.columns.map((column) => column.type);
    this.#fail = fail;
    this.#batch = new CellBatch(select.columns.length);
    const { text, values } = compileSelect(select, sqliteDialect);
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
        return this.#fail(error);
      }
      if ("end" in answer) {
        this.rowsSent = answer.end;
        return null;
      }
      // The reader makes the next rows while these are rendered.
      this.#ahead = this.#ask();
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
