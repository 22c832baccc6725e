// What reads the files of a folder: threads of ours for CSV, DuckDB for everything else.
import { CsvThreads } from "./csv/thread.ts";
import { DuckDB } from "./duckdb.ts";
import type { DataFile } from "./folder.ts";

/** The readers of a folder. None is started before it is needed. */
export class FileReaders {
  readonly duckdb: DuckDB;
  readonly threads = new CsvThreads();

  constructor(files: readonly DataFile[], memory: string) {
    this.duckdb = new DuckDB(files, memory);
  }

  /** Whether they can be asked. */
  get isRunning(): boolean {
    return this.duckdb.isRunning;
  }

  /** Whether our program waits for them before it ends. */
  holdOwner(held: boolean): void {
    this.duckdb.holdOwner(held);
  }

  /** Ends them, whatever they are doing. */
  async end(): Promise<void> {
    await Promise.all([this.duckdb.end(), this.threads.end()]);
  }
}
