// The rows of a CSV file as they lie in it, made by a thread beside us in memory that both see.
import { CellBatch } from "../../../cells/batch.ts";
import type { Select } from "../../../plan/select.ts";
import { ReaderError } from "../../reader-process.ts";
import type { CellStream } from "../../source.ts";
import type { FileTable } from "../introspect.ts";
import type { CsvRequest } from "./protocol.ts";
import type { CsvThread, CsvThreads } from "./thread.ts";

/** What of a file is to be read. */
export interface PlainRead {
  readonly request: CsvRequest;
  /** The file's column for each cell. */
  readonly columns: readonly number[];
}

/** What of a CSV file a select asks for, where that is no more than some of its columns in the order of its rows. */
export function plainRead(select: Select, table: FileTable): PlainRead | null {
  const { layout, file } = table;
  const isOfGroups = select.groupBy !== null || select.last !== undefined || select.each !== undefined;
  const isPlain = select.joins.length === 0 && !isOfGroups && select.parent === null && select.where === null;
  if (layout === null || !isPlain || select.before !== undefined || select.order.length > 0) return null;
  const columns = select.columns.map((its) =>
    its.kind === "column"
      ? table.columns.findIndex(
          ({ name, native, type }) => name === its.column && native === its.native && type === its.type,
        )
      : -1,
  );
  if (columns.includes(-1)) return null;
  const { delimiter, lineEnd, from, names } = layout;
  return {
    columns,
    request: {
      do: "rows",
      file: { path: file.path, compression: file.compression },
      dialect: { delimiter, lineEnd },
      width: names.length,
      part: { from, to: Infinity },
      natives: table.columns.map(({ native }, c) => (columns.includes(c) ? native : null)),
      limit: select.limit,
    },
  };
}

export class CsvStream implements CellStream {
  rowsSent = NaN;
  readonly #read: PlainRead;
  readonly #threads: CsvThreads;
  readonly #slots: CellBatch[] = [];
  /** Where the cells are not those of the file. */
  readonly #chosen: CellBatch | null;
  #thread: CsvThread | null = null;
  #used: number | null = null;

  constructor(read: PlainRead, threads: CsvThreads) {
    this.#read = read;
    this.#threads = threads;
    const { columns, request } = read;
    const isAll = request.do === "rows" && columns.length === request.width && columns.every((c, n) => c === n);
    this.#chosen = isAll ? null : new CellBatch(columns.length, new CellBatch(widthOf(request)).capacity);
  }

  async next(): Promise<CellBatch | null> {
    if (this.#thread === null) {
      this.#thread = this.#threads.take();
      this.#thread.ask(this.#read.request);
    }
    if (this.#used !== null) this.#thread.ask({ do: "reuse", slot: this.#used });
    this.#used = null;
    const answer = await this.#thread.answer();
    if (answer.is === "facts") throw new ReaderError("", "the thread that reads CSV gave no rows");
    if (answer.is === "end") {
      this.rowsSent = answer.rows;
      this.#threads.giveBack(this.#thread, true);
      return null;
    }
    this.#used = answer.slot;
    if (answer.memory !== null) {
      const batch = new CellBatch(widthOf(this.#read.request), undefined, answer.memory.cells);
      batch.bytes = new Uint8Array(answer.memory.bytes);
      this.#slots[answer.slot] = batch;
    }
    const batch = this.#slots[answer.slot]!;
    batch.rows = answer.rows;
    return this.#chosen === null ? batch : this.#choose(batch, this.#chosen);
  }

  #choose(from: CellBatch, to: CellBatch): CellBatch {
    to.rows = from.rows;
    to.bytes = from.bytes;
    for (const [n, column] of this.#read.columns.entries()) {
      for (let row = 0, i = column, k = n; row < from.rows; row++, i += from.width, k += to.width) {
        to.kind[k] = from.kind[i]!;
        to.start[k] = from.start[i]!;
        to.end[k] = from.end[i]!;
        to.number[k] = from.number[i]!;
      }
    }
    return to;
  }
}

function widthOf(request: CsvRequest): number {
  return request.do === "reuse" ? 0 : request.width;
}
