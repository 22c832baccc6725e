// Folders of data files, through DuckDB in a process of its own.
import { resolve } from "node:path";
import { failure } from "../../lib/errors.ts";
import type { Select } from "../../plan/select.ts";
import { buildCatalog, fieldOf } from "../build-catalog.ts";
import { queryRefused } from "../query-refused.ts";
import { KeptReader } from "../kept-reader.ts";
import { ReaderError } from "../reader-process.ts";
import { type CellStream, type Source, type SourceLimits, type SourceSession, USUAL_LIMITS } from "../source.ts";
import { compileSelect } from "../sql/compile.ts";
import { type Reader, texts } from "./ask.ts";
import { CsvStream, plainRead } from "./csv/stream.ts";
import { duckdbDialect } from "./dialect.ts";
import { reasonOf, translateError } from "./errors.ts";
import { checkUnchanged, type DataFile, dataFilesOf } from "./folder.ts";
import { columnsOf, type FileTable, rawTable, tableOf } from "./introspect.ts";
import { DuckDBStream } from "./duckdb-stream.ts";
import { orderKnown, withoutOrder } from "./ordered.ts";
import { FileReaders } from "./readers.ts";

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
    FilesSession.open(resolve(folder), memory, label, limits, known, kept, signal);
  const ask = async <T>(signal: AbortSignal, what: (session: FilesSession) => Promise<T>): Promise<T> => {
    const session = await begin(signal);
    try {
      return await session.guarded(() => what(session));
    } finally {
      await session.close();
    }
  };
  return {
    label,
    introspect: (signal) => ask(signal, async ({ tables }) => buildCatalog(tables.map(rawTable))),
    describe: (queries, signal) =>
      ask(signal, async (session) => {
        const reader = await session.reader();
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
    close: async () => {
      await kept.take()?.reader.end();
    },
  };
}

/** Files as tables, and what reads them. */
interface OpenedFolder {
  readonly reader: FileReaders;
  readonly files: readonly DataFile[];
  tables: readonly FileTable[];
}

class FilesSession implements SourceSession {
  readonly snapshotAt: string;
  readonly #opened: OpenedFolder;
  readonly #label: string;
  readonly #limits: SourceLimits;
  readonly #signal: AbortSignal;
  readonly #kept: KeptReader<OpenedFolder>;
  #streams = 0;
  /** Streams that have not come to their end. */
  #unfinished = 0;
  #closed = false;
  #timer: NodeJS.Timeout | null = null;
  #tookTooLong = false;

  private constructor(
    opened: OpenedFolder,
    kept: KeptReader<OpenedFolder>,
    label: string,
    limits: SourceLimits,
    signal: AbortSignal,
  ) {
    this.#opened = opened;
    this.#kept = kept;
    this.#label = label;
    this.#limits = limits;
    this.#signal = signal;
    this.snapshotAt = new Date().toISOString();
    signal.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** @param kept what another session has left: used where the files are the same still. */
  static async open(
    folder: string,
    memory: string,
    label: string,
    limits: SourceLimits,
    known: Map<string, FileTable>,
    kept: KeptReader<OpenedFolder>,
    signal: AbortSignal,
  ): Promise<FilesSession> {
    const left = kept.take();
    try {
      signal.throwIfAborted();
      const files = await dataFilesOf(folder, label);
      if (left !== null && areSame(left.files, files)) return new FilesSession(left, kept, label, limits, signal);
      await left?.reader.end();
      const opened = { reader: new FileReaders(files, memory), files, tables: [] };
      const session = new FilesSession(opened, kept, label, limits, signal);
      try {
        await session.guarded(() => session.#look(known));
        return session;
      } catch (error) {
        await session.#end();
        throw error;
      }
    } catch (error) {
      await left?.reader.end();
      throw error;
    }
  }

  /** DuckDB, with the files as tables. */
  reader(): Promise<Reader> {
    return this.#opened.reader.duckdb.reading(this.#opened.tables);
  }

  get tables(): readonly FileTable[] {
    return this.#opened.tables;
  }

  /** Looks into the files that are new. */
  async #look(known: Map<string, FileTable>): Promise<void> {
    const { reader, files } = this.#opened;
    const tables: FileTable[] = [];
    for (const file of files) {
      let table = known.get(file.name);
      if (table === undefined || table.file.path !== file.path || table.file.stamp !== file.stamp) {
        table = await tableOf(() => reader.duckdb.looking(), file, reader.threads);
        known.set(file.name, table);
      }
      tables.push(table);
    }
    this.#opened.tables = tables;
  }

  stream(select: Select): CellStream {
    const asItLies = this.#asItLies(select);
    if (asItLies !== null) return this.#guardedStream(asItLies);
    const sql = async (): Promise<string> => {
      const { text } = compileSelect(
        await withoutOrder(select, this.#rising, async (question) => texts(await this.reader(), question)),
        duckdbDialect,
      );
      return text;
    };
    if (compileSelect(select, duckdbDialect).patterns) {
      this.#timer ??= setTimeout(this.#onTimeout, this.#limits.patternTime);
    }
    const types = select.columns.map((column) => column.type);
    return this.#guardedStream(new DuckDBStream(() => this.reader(), this.#streams++, sql, types));
  }

  /** The rows of a CSV file, where they are asked for in the order in which they are known to lie in it. */
  #asItLies(select: Select): CellStream | null {
    const table = this.tables.find(({ file }) => "name" in select.from && file.name === select.from.name);
    if (table === undefined) return null;
    const read = plainRead(orderKnown(select, this.#rising), table);
    return read === null ? null : new CsvStream(read, this.#opened.reader.threads);
  }

  /** A stream whose files must be at its end what they were. */
  #guardedStream(stream: CellStream): CellStream {
    this.#unfinished++;
    return {
      next: () =>
        this.guarded(async () => {
          const batch = await stream.next();
          if (batch === null) {
            this.#unfinished--;
            await checkUnchanged(this.#opened.files);
          }
          return batch;
        }),
      get rowsSent() {
        return stream.rowsSent;
      },
    };
  }

  /** What has opened the files is kept for the next session, unless it has something to do still. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#unfinished > 0 || this.#tookTooLong || this.#signal.aborted) {
      await this.#end();
      return;
    }
    this.#leave();
    this.#kept.keep(this.#opened, this.#signal);
  }

  async #end(): Promise<void> {
    this.#leave();
    await this.#opened.reader.end();
  }

  #leave(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    if (this.#timer !== null) clearTimeout(this.#timer);
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
    void this.#opened.reader.end();
  };

  readonly #onTimeout = (): void => {
    this.#tookTooLong = true;
    void this.#opened.reader.end();
  };
}

function areSame(some: readonly DataFile[], others: readonly DataFile[]): boolean {
  const facts = (files: readonly DataFile[]): string => JSON.stringify(files);
  return facts(some) === facts(others);
}
