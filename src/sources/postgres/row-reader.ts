// The rows of one statement, in binary: reads them off the socket itself, and leaves every other message to node-postgres.
import type { Client, Connection } from "pg";
import { capacityOf, CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import { release } from "../../lib/release.ts";
import { ByteWindow } from "../byte-window.ts";
import { readInt32, RowDecoder } from "./decode.ts";

// PostgreSQL, chapter 54.7, Message Formats. What a row holds is written alike in both messages.
const DATA_ROW = 0x44;
const COMMAND_COMPLETE = 0x43;
const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const ERROR_RESPONSE = 0x45;
/** What comes after the last row. */
const ENDS: ReadonlySet<number> = new Set([COMMAND_COMPLETE, COPY_DONE, ERROR_RESPONSE]);
/** "PGCOPY\n\377\r\n\0", flags, and the length of the header extension. */
const HEADER_SIZE = 19;
/** The socket is paused while so many bytes wait to be decoded. */
const HIGH_WATER = 1 << 20;

type DataListener = (chunk: Uint8Array) => void;

/** Bytes that there is room for at first: for a row that many, and for all no more than that. */
const ROOM = { row: 256, all: 1 << 18 };

/** What node-postgres calls on the active query; see `Submittable` in its types. */
interface StatementEvents {
  submit(connection: Connection): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/** How rows are asked for: `copy` is for many, and `select` tells the snapshot of the statement alone. */
type Way = "copy" | "select";

/**
 * Reads a statement row by row. Of a COPY, PostgreSQL sends one CopyData message a row (the first after the header); a
 * server that cuts rows otherwise is noticed and refused.
 */
export class RowReader {
  /** How many rows the server says it sent; known at the end. */
  rowsSent = 0;
  readonly #window: ByteWindow;
  readonly #batch: CellBatch;
  readonly #decoder: RowDecoder;
  readonly #chunks: Uint8Array[] = [];
  #waiting = 0;
  #connection: Connection | null = null;
  #listeners: DataListener[] = [];
  #headerSeen: boolean;
  /** The data is over: what comes after the last row was seen, or an error. */
  #dataOver = false;
  /** The query is over: the server is ready again, or an error came. */
  #over = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;

  /** @param most how many rows there are at most */
  constructor(client: Client, text: string, types: readonly FieldType[], way: Way, most: number) {
    this.#window = new ByteWindow(Math.min(most * ROOM.row, ROOM.all));
    this.#batch = new CellBatch(types.length, Math.min(most, capacityOf(types.length)));
    this.#decoder = new RowDecoder(types);
    this.#headerSeen = way === "select";
    const events: StatementEvents = {
      submit: (connection) => {
        this.#takeOver(connection);
        if (way === "copy") connection.query(`COPY (${text}) TO STDOUT (FORMAT binary)`);
        else select(connection, text);
      },
      handleCommandComplete: ({ text: tag }) => {
        this.rowsSent = Number(/^(?:COPY|SELECT) (\d+)$/.exec(tag)?.[1] ?? NaN);
      },
      handleReadyForQuery: () => this.#finish(null),
      handleError: (error) => this.#finish(error),
    };
    client.query(events);
  }

  /** The next rows, or null after the last. */
  async next(): Promise<CellBatch | null> {
    for (;;) {
      const rows = this.#decodeRows();
      if (rows > 0) {
        this.#batch.rows = rows;
        // Only what is used of them: rules copy them.
        this.#batch.bytes = this.#window.bytes.subarray(0, this.#window.scratch);
        return this.#batch;
      }
      if (this.#error !== null) throw this.#error;
      if (this.#over) return null;
      if (this.#chunks.length === 0) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      this.#refill();
    }
  }

  #takeOver(connection: Connection): void {
    this.#connection = connection;
    this.#listeners = connection.stream.listeners("data") as DataListener[];
    connection.stream.removeAllListeners("data");
    connection.stream.on("data", this.#onData);
  }

  #handBack(): void {
    const stream = this.#connection?.stream;
    if (stream === undefined || this.#dataOver) return;
    this.#dataOver = true;
    stream.off("data", this.#onData);
    for (const listener of this.#listeners) stream.on("data", listener);
    stream.resume();
  }

  readonly #onData: DataListener = (chunk) => {
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    if (this.#waiting > HIGH_WATER) this.#connection?.stream.pause();
    this.#wakeUp();
  };

  #refill(): void {
    for (const chunk of this.#chunks) {
      this.#window.push(chunk);
      release(chunk);
    }
    this.#chunks.length = 0;
    this.#waiting = 0;
    this.#connection?.stream.resume();
  }

  /** Decodes the complete rows in the window; hands any other message to node-postgres. */
  #decodeRows(): number {
    const window = this.#window;
    const batch = this.#batch;
    window.scratch = window.end;
    let rows = 0;
    let at = window.start;
    while (rows < batch.capacity && at + 5 <= window.end && !this.#dataOver) {
      const type = window.bytes[at]!;
      const length = readInt32(window.bytes, at + 1);
      const end = at + 1 + length;
      if (type !== COPY_DATA && type !== DATA_ROW) {
        if (rows > 0) break;
        if (ENDS.has(type)) {
          this.#handBack();
          this.#forward(window.bytes.slice(at, window.end));
          for (const chunk of this.#chunks.splice(0)) this.#forward(chunk);
          at = window.end;
        } else {
          if (end > window.end) break;
          this.#forward(window.bytes.slice(at, end));
          at = end;
        }
        continue;
      }
      if (end > window.end) break;
      let tuple = at + 5;
      if (!this.#headerSeen) {
        this.#headerSeen = true;
        tuple += HEADER_SIZE;
      }
      at = end;
      if (tuple === end) continue;
      const stopped = this.#decoder.decode(window, tuple, batch, rows);
      if (stopped === -1) continue;
      if (stopped !== end) throw new Error("the server cuts rows in an unknown way");
      rows++;
    }
    window.start = at;
    return rows;
  }

  #forward(part: Uint8Array): void {
    const buffer = Buffer.from(part.buffer, part.byteOffset, part.length);
    for (const listener of this.#listeners) listener(buffer);
  }

  #finish(error: Error | null): void {
    this.#handBack();
    this.#error = error;
    this.#over = true;
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

/** Asks for the rows of a statement in binary (extended query protocol, chapter 54.2.3), in one piece. */
function select(connection: Connection, text: string): void {
  const { stream } = connection;
  stream.cork();
  connection.parse({ name: "", text, types: [] }, true);
  connection.bind({ binary: true } as object, true);
  connection.execute({}, true);
  connection.sync();
  stream.uncork();
}
