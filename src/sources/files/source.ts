// Folders of data files, through DuckDB in a process of its own.
import { resolve } from "node:path";
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import { failure } from "../../lib/errors.ts";
import { release } from "../../lib/release.ts";
import type { Select } from "../../plan/select.ts";
import { buildCatalog, fieldOf } from "../build-catalog.ts";
import { queryRefused } from "../query-refused.ts";
import { KeptReader } from "../kept-reader.ts";
import { ReaderError, ReaderProcess, type ReaderProgram, type RowsAnswer } from "../reader-process.ts";
import { type CellStream, type Source, type SourceLimits, type SourceSession, USUAL_LIMITS } from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import { texts } from "./ask.ts";
import { Vectors } from "./decode.ts";
import { duckdbDialect } from "./dialect.ts";
import { reasonOf, translateError } from "./errors.ts";
import { checkUnchanged, type DataFile, dataFilesOf } from "./folder.ts";
import { columnsOf, define, type FileTable, rawTable, tableOf } from "./introspect.ts";
import type { Request, WireType } from "./protocol.ts";
import { withoutOrder } from "./ordered.ts";

/** The garbage collector must be asked to run: it does not see the memory of DuckDB's vectors. */
const READER: ReaderProgram = {
  beside: import.meta.url,
  nodeOptions: ["--expose-gc", "--max-semi-space-size=1"],
  reads: "the data files",
};

/** What DuckDB may have; what it needs besides, and the process itself, is about as much again. */
const MEMORY = "180MB";

/**
 * A source of data files.
 * @param folder path of the folder.
 * @param memory what DuckDB may have to sort, join and group, as it writes it: `2GB`.
 */
export function filesSource(folder: string, memory: string = MEMORY, limits: SourceLimits = USUAL_LIMITS): Source {
  const label = `Folder of files "${folder}"`;
  /** What was found in files that have not changed since. */
  const known = new Map<string, FileTable>();
  const kept = new KeptReader<OpenedFolder>();
  const begin = (signal: AbortSignal): Promise<FilesSession> =>
    FilesSession.open(resolve(folder), memory, label, limits, known, kept.take(), signal);
  const ask = async <T>(signal: AbortSignal, what: (session: FilesSession) => Promise<T>): Promise<T> => {
    const session = await begin(signal);
    try {
      const answer = await session.guarded(() => what(session));
      kept.keep(session.leave(), signal);
      return answer;
    } catch (error) {
      await session.close();
      throw error;
    }
  };
  return {
    label,
    introspect: (signal) => ask(signal, async ({ tables }) => buildCatalog(tables.map(rawTable))),
    describe: (queries, signal) =>
      ask(signal, async ({ reader }) => {
        const answers = [];
        for (const query of queries) {
          try {
            answers.push((await columnsOf(reader, query)).map(fieldOf));
          } catch (error) {
            if (!(error instanceof ReaderError)) throw error;
            answers.push(queryRefused(label, new Error(reasonOf(error.message))));
          }
        }
        return answers;
      }),
    open: (_streams, signal) => begin(signal),
  };
}

/** DuckDB, and the files that it has as tables. */
interface OpenedFolder {
  readonly reader: ReaderProcess<Request>;
  readonly files: readonly DataFile[];
  tables: readonly FileTable[];
}

class FilesSession implements SourceSession {
  readonly snapshotAt: string;
  readonly #opened: OpenedFolder;
  readonly #label: string;
  readonly #limits: SourceLimits;
  readonly #signal: AbortSignal;
  #streams = 0;
  #timer: NodeJS.Timeout | null = null;
  #tookTooLong = false;

  private constructor(opened: OpenedFolder, label: string, limits: SourceLimits, signal: AbortSignal) {
    this.#opened = opened;
    this.#label = label;
    this.#limits = limits;
    this.#signal = signal;
    this.snapshotAt = new Date().toISOString();
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** @param kept a folder that was opened a moment ago: used where its files are the same still. */
  static async open(
    folder: string,
    memory: string,
    label: string,
    limits: SourceLimits,
    known: Map<string, FileTable>,
    kept: OpenedFolder | null,
    signal: AbortSignal,
  ): Promise<FilesSession> {
    try {
      signal.throwIfAborted();
      const files = await dataFilesOf(folder, label);
      if (kept !== null && areSame(kept.files, files)) return new FilesSession(kept, label, limits, signal);
      await kept?.reader.end();
      return await FilesSession.#start(files, memory, label, limits, known, signal);
    } catch (error) {
      await kept?.reader.end();
      throw error;
    }
  }

  static async #start(
    files: readonly DataFile[],
    memory: string,
    label: string,
    limits: SourceLimits,
    known: Map<string, FileTable>,
    signal: AbortSignal,
  ): Promise<FilesSession> {
    const opened = { reader: new ReaderProcess<Request>(READER), files, tables: [] };
    const session = new FilesSession(opened, label, limits, signal);
    try {
      await session.guarded(() => session.#define(memory, known));
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  get reader(): ReaderProcess<Request> {
    return this.#opened.reader;
  }

  get tables(): readonly FileTable[] {
    return this.#opened.tables;
  }

  /** Starts DuckDB, and makes every file known to it as a table, after a look into those that are new. */
  async #define(memory: string, known: Map<string, FileTable>): Promise<void> {
    const { reader, files } = this.#opened;
    await reader.ask({ do: "open", paths: files.map((it) => it.path), memory });
    const tables: FileTable[] = [];
    for (const file of files) {
      let table = known.get(file.name);
      if (table === undefined || table.file.path !== file.path || table.file.stamp !== file.stamp) {
        table = await tableOf(reader, file);
        known.set(file.name, table);
      }
      await define(reader, table);
      tables.push(table);
    }
    await reader.ask({ do: "lock" });
    this.#opened.tables = tables;
  }

  stream(select: Select): CellStream {
    const sql = async (): Promise<string> => {
      const { text } = compileSelect(
        await withoutOrder(select, this.#rising, (question) => texts(this.reader, question)),
        duckdbDialect,
      );
      return text;
    };
    if (compileSelect(select, duckdbDialect).patterns) {
      this.#timer ??= setTimeout(this.#onTimeout, this.#limits.patternTime);
    }
    const types = select.columns.map((column) => column.type);
    return new FilesStream(this, this.#streams++, sql, types, () => checkUnchanged(this.#opened.files));
  }

  /** Ends the session, and gives what it has opened. */
  leave(): OpenedFolder {
    this.#signal.removeEventListener("abort", this.#onAbort);
    return this.#opened;
  }

  async close(): Promise<void> {
    this.leave();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.reader.end();
  }

  /** Does something with the reader; what goes wrong is said in plain words. */
  async guarded<T>(what: () => Promise<T>): Promise<T> {
    try {
      return await what();
    } catch (error) {
      this.#signal.throwIfAborted();
      if (this.#tookTooLong) {
        const minutes = this.#limits.patternTime / 60_000;
        throw failure("source-timeout", `Matching patterns in ${this.#label} took more than ${minutes} minutes.`, {
          hint: "Use $contains or $startsWith, or ask for fewer records.",
        });
      }
      // What DuckDB says of a file that was written to is not what is wrong with it.
      await checkUnchanged(this.#opened.files);
      throw translateError(error, this.#label);
    }
  }

  readonly #rising = (table: string, column: string): boolean | null => {
    const its = this.tables.find(({ file }) => file.name === table);
    return its?.columns[0]?.name === column ? its.firstRises : null;
  };

  readonly #onAbort = (): void => {
    void this.reader.end();
  };

  readonly #onTimeout = (): void => {
    this.#tookTooLong = true;
    void this.reader.end();
  };
}

function areSame(some: readonly DataFile[], others: readonly DataFile[]): boolean {
  const facts = (files: readonly DataFile[]): string => JSON.stringify(files);
  return facts(some) === facts(others);
}

class FilesStream implements CellStream {
  rowsSent = NaN;
  readonly #session: FilesSession;
  readonly #id: number;
  readonly #sql: () => Promise<string>;
  readonly #types: readonly FieldType[];
  readonly #checkUnchanged: () => Promise<void>;
  readonly #batch: CellBatch;
  #wire: readonly WireType[] | null = null;
  readonly #ahead: Promise<RowsAnswer>[] = [];
  #vectors: Vectors | null = null;
  #frame: Uint8Array = new Uint8Array(0);

  constructor(
    session: FilesSession,
    id: number,
    sql: () => Promise<string>,
    types: readonly FieldType[],
    unchanged: () => Promise<void>,
  ) {
    this.#session = session;
    this.#id = id;
    this.#sql = sql;
    this.#types = types;
    this.#checkUnchanged = unchanged;
    this.#batch = new CellBatch(types.length);
  }

  next(): Promise<CellBatch | null> {
    return this.#session.guarded(() => this.#next());
  }

  async #next(): Promise<CellBatch | null> {
    this.#wire ??= await this.#begin();
    while (this.#vectors?.decode(this.#wire, this.#types, this.#batch) !== true) {
      // While these rows are rendered, the next are on their way and the reader makes those after them.
      while (this.#ahead.length < 3) this.#ahead.push(this.#ask());
      const answer = await this.#ahead.shift()!;
      if ("end" in answer) {
        this.rowsSent = answer.end;
        await this.#checkUnchanged();
        return null;
      }
      release(this.#frame);
      this.#frame = answer.rows;
      this.#vectors = new Vectors(answer.rows as Uint8Array<ArrayBuffer>, answer.length);
    }
    return this.#batch;
  }

  async #begin(): Promise<readonly WireType[]> {
    const sql = await this.#sql();
    const json = this.#types.flatMap((type, c) => (type === "json" || type === "array" ? [c] : []));
    return this.#session.reader.ask<WireType[]>({ do: "stream", stream: this.#id, sql, json });
  }

  #ask(): Promise<RowsAnswer> {
    const answer = this.#session.reader.askRows(this.#id);
    answer.catch(() => {});
    return answer;
  }
}
