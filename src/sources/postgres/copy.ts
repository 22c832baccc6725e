// One COPY … TO STDOUT (FORMAT binary): reads the rows off the socket itself, and leaves every other message to node-postgres.
import type { Client, Connection } from "pg";
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import { release } from "../../lib/release.ts";
import { ByteWindow } from "../byte-window.ts";
import { readInt32, RowDecoder } from "./decode.ts";

const COPY_DATA = 0x64;
const COPY_DONE = 0x63;
const ERROR_RESPONSE = 0x45;
/** "PGCOPY\n\377\r\n\0", flags, and the length of the header extension. */
const HEADER_SIZE = 19;
/** The socket is paused while so many bytes wait to be decoded. */
const HIGH_WATER = 1 << 20;

type DataListener = (chunk: Uint8Array) => void;

/** What node-postgres calls on the active query; see `Submittable` in its types. */
interface CopyEvents {
  submit(connection: Connection): void;
  handleCommandComplete(message: { text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Reads a COPY row by row. PostgreSQL sends one CopyData message a row (the first after the header); a server that
 * cuts rows otherwise is noticed and refused.
 */
export class CopyReader {
  /** How many rows the server says it copied; known at the end. */
  rowsSent = 0;
  readonly #window = new ByteWindow();
  readonly #batch: CellBatch;
  readonly #decoder: RowDecoder;
  readonly #chunks: Uint8Array[] = [];
  #waiting = 0;
  #connection: Connection | null = null;
  #listeners: DataListener[] = [];
  #headerSeen = false;
  /** The data is over: CopyDone or an error was seen. */
  #dataOver = false;
  /** The query is over: the server is ready again, or an error came. */
  #over = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;

  constructor(client: Client, sql: string, types: readonly FieldType[]) {
    this.#batch = new CellBatch(types.length);
    this.#decoder = new RowDecoder(types);
    const events: CopyEvents = {
      submit: (connection) => {
        this.#takeOver(connection);
        connection.query(sql);
      },
      handleCommandComplete: ({ text }) => {
        this.rowsSent = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? NaN);
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
      if (type !== COPY_DATA) {
        if (rows > 0) break;
        if (type === COPY_DONE || type === ERROR_RESPONSE) {
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
      if (stopped !== end) throw new Error("the server cuts rows of a binary COPY in an unknown way");
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
