// DuckDB in a process of its own, started when something is asked that needs it.
import { failure } from "../../lib/errors.ts";
import { ReaderProcess, type ReaderProgram } from "../reader-process.ts";
import type { Reader } from "./ask.ts";
import type { DataFile } from "./folder.ts";
import { define, type FileTable } from "./introspect.ts";
import type { Request } from "./protocol.ts";

/** The garbage collector must be asked to run: it does not see the memory of DuckDB's vectors. */
const READER: ReaderProgram = {
  beside: import.meta.url,
  nodeOptions: ["--expose-gc", "--max-semi-space-size=1"],
  reads: "the data files",
};

/** DuckDB, which may read some files and do nothing else. */
export class DuckDB {
  readonly #files: readonly DataFile[];
  readonly #memory: string;
  #reader: Reader | null = null;
  #started: Promise<unknown> | null = null;
  #defined: Promise<unknown> | null = null;
  #held = true;
  #ended = false;

  constructor(files: readonly DataFile[], memory: string) {
    this.#files = files;
    this.#memory = memory;
  }

  /** DuckDB as it looks into files. No statement that is not our own may be run. */
  async looking(): Promise<Reader> {
    if (this.#ended) throw failure("source-lost", "The process that reads the data files has ended.");
    if (this.#reader === null) {
      this.#reader = new ReaderProcess<Request>(READER);
      this.#reader.holdOwner(this.#held);
      const paths = this.#files.map((it) => it.path);
      this.#started = this.#reader.ask({ do: "open", paths, memory: this.#memory });
    }
    await this.#started;
    return this.#reader;
  }

  /** DuckDB with the files as tables, for any statement. */
  async reading(tables: readonly FileTable[]): Promise<Reader> {
    const reader = await this.looking();
    this.#defined ??= (async () => {
      for (const table of tables) await define(reader, table);
      await reader.ask({ do: "lock" });
    })();
    await this.#defined;
    return reader;
  }

  /** Whether it can be asked. */
  get isRunning(): boolean {
    return !this.#ended && this.#reader?.isRunning !== false;
  }

  /** Whether our program waits for it before it ends. */
  holdOwner(held: boolean): void {
    this.#held = held;
    this.#reader?.holdOwner(held);
  }

  /** Ends it, whatever it is doing. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#reader?.end();
  }
}
