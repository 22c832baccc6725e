// Row groups on their way into the file: their pages are compressed beside us, and written in order.
import type { Output } from "../../cells/output.ts";
import type { Page } from "./column.ts";
import type { Footer } from "./footer.ts";
import { type ChunkFacts, type Compress, writeChunk } from "./pages.ts";

/** So many pages are compressed at a time: whoever reads and writes files needs threads of the pool too. */
const AT_A_TIME = 2;

interface Waiting {
  readonly page: Page;
  /** The page as it goes into the file, once it is done. */
  data: Buffer | null;
  readonly done: Promise<void>;
}

/** Writes row groups, one after the other. */
export class RowGroups {
  readonly #footer: Footer;
  readonly #compress: Compress;
  /** Where the row group begins in the file. */
  #offset: number;
  #rows = 0;
  /** Its pages that are not written yet. */
  #waiting: Waiting[] = [];
  /** Those that are. */
  #written: ChunkFacts[] = [];

  constructor(footer: Footer, offset: number, compress: Compress) {
    this.#footer = footer;
    this.#offset = offset;
    this.#compress = compress;
  }

  /** Begins a row group. The one before must be finished: that bounds what is in memory. */
  begin(rows: number, pages: readonly Page[]): void {
    this.#rows = rows;
    for (const page of pages) {
      const turn = this.#waiting.at(-AT_A_TIME)?.done ?? Promise.resolve();
      const waiting: Waiting = { page, data: null, done: turn.then(() => this.#pack(waiting)) };
      // `finish` waits for it. Until then, or where the export has ended before, a failure must not count as unhandled.
      waiting.done.catch(() => {});
      this.#waiting.push(waiting);
    }
  }

  /** Writes the pages that are done, up to the first that is not. */
  writeDone(out: Output): void {
    for (let first = this.#waiting[0]; first !== undefined && first.data !== null; first = this.#waiting[0]) {
      this.#written.push(writeChunk(first.page, this.#rows, first.data, out));
      this.#waiting.shift();
    }
  }

  /** Writes what is missing of the row group, if there is one. */
  async finish(out: Output): Promise<void> {
    for (const { done } of this.#waiting) await done;
    this.writeDone(out);
    if (this.#rows === 0) return;
    this.#footer.addGroup(this.#rows, this.#offset, this.#written);
    for (const { compressed } of this.#written) this.#offset += compressed;
    this.#rows = 0;
    this.#written = [];
  }

  async #pack(waiting: Waiting): Promise<void> {
    const { content, column, memory } = waiting.page;
    waiting.data = await this.#compress(content);
    column.giveBack(memory);
  }
}
