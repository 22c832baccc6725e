// One statement's rows: read off the socket itself, while every other conversation is left to the mariadb package.
import { EventEmitter } from "node:events";
import { CellBatch } from "../../cells/batch.ts";
import type { FieldType } from "../../catalog/types.ts";
import { failure } from "../../lib/errors.ts";
import { release } from "../../lib/release.ts";
import { ByteWindow } from "../byte-window.ts";
import type { Connected, Inner, PacketOut } from "./connection.ts";
import { lengthAt, lengthSize, RowDecoder, type WireColumn } from "./decode.ts";
import { ServerError } from "./errors.ts";
import { PacketScanner } from "./scanner.ts";
import { Spill } from "./spill.ts";
import { FULL, HEADER, Packet, UNSIGNED } from "./wire.ts";

/** The socket is paused while so many bytes wait to be decoded. */
const HIGH_WATER = 1 << 20;

type DataListener = (chunk: Buffer) => void;

/** What the mariadb package calls on a command in its queue. */
class Execute extends EventEmitter {
  onPacketReceive: (() => void) | null = () => {};
  readonly sending = false;
  readonly #id: number;
  readonly #onStart: () => void;
  readonly #onError: (error: Error) => void;

  constructor(id: number, onStart: () => void, onError: (error: Error) => void) {
    super();
    this.#id = id;
    this.#onStart = onStart;
    this.#onError = onError;
  }

  start(out: PacketOut): void {
    this.#onStart();
    // COM_STMT_EXECUTE: no cursor, once, no parameters.
    const payload = Buffer.alloc(10);
    payload[0] = 0x17;
    payload.writeUInt32LE(this.#id, 1);
    payload.writeUInt32LE(1, 6);
    out.startPacket(this);
    out.writeBuffer(payload, 0, payload.length);
    out.flush();
    this.emit("send_end");
  }

  throwError(error: Error): void {
    this.onPacketReceive = null;
    this.#onError(error);
    this.emit("end", error);
  }
}

/** Where in a result the next packet is. */
const Phase = { head: 0, columns: 1, endOfColumns: 2, rows: 3, over: 4 } as const;

/** Reads the result of a prepared statement row by row. */
export class ResultReader {
  /** Whether the last packet has arrived, so that the connection is free again. */
  arrived = false;
  /** How many warnings the server counts; known at the end. */
  warnings = 0;
  readonly #inner: Inner;
  readonly #types: readonly FieldType[];
  readonly #known: readonly WireColumn[];
  readonly #window = new ByteWindow();
  readonly #batch: CellBatch;
  readonly #command: Execute;
  #decoder: RowDecoder | null = null;
  #phase: number = Phase.head;
  #columns: WireColumn[] = [];
  #columnsLeft = 0;
  #sequence = 1;
  #chunks: Buffer[] = [];
  #waiting = 0;
  #listeners: DataListener[] = [];
  #taken = false;
  #error: Error | null = null;
  #wake: (() => void) | null = null;
  #spill: Spill | null = null;

  /** Runs the statement with the number `id`; `known` are the columns that it was prepared with. */
  constructor(connected: Connected, id: number, known: readonly WireColumn[], types: readonly FieldType[]) {
    this.#inner = connected.inner;
    this.#types = types;
    this.#known = known;
    this.#batch = new CellBatch(types.length);
    this.#command = new Execute(
      id,
      () => this.#takeOver(),
      (error) => {
        this.#error = error;
        this.#wakeUp();
      },
    );
    this.#inner.addCommand(this.#command, true);
  }

  /** The next rows, or null after the last. */
  async next(): Promise<CellBatch | null> {
    for (;;) {
      const rows = this.#decodeRows();
      if (rows > 0) {
        this.#batch.rows = rows;
        this.#batch.bytes = this.#window.bytes;
        return this.#batch;
      }
      if (this.#phase === Phase.over) return null;
      await this.#refill();
    }
  }

  /** Puts what is still to come aside, so that the connection is free. The batch at hand stays valid. */
  async putAside(): Promise<void> {
    if (this.arrived) return;
    const scanner = new PacketScanner();
    const { bytes, start, end } = this.#window;
    let over = scanner.scan(bytes.subarray(start, end));
    this.#spill = new Spill();
    while (!over) {
      const chunks = this.#chunks;
      this.#chunks = [];
      this.#waiting = 0;
      for (const chunk of chunks) {
        over = scanner.scan(chunk) || over;
        await this.#spill.write(chunk);
        release(chunk);
      }
      if (over) break;
      if (this.#chunks.length > 0) continue;
      if (this.#error !== null) throw this.#error;
      this.#inner.socket?.resume();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    await this.#spill.end();
    this.#handBack();
  }

  async close(): Promise<void> {
    await this.#spill?.close();
  }

  #takeOver(): void {
    const { socket } = this.#inner;
    if (socket === undefined) return;
    this.#taken = true;
    this.#listeners = socket.listeners("data") as DataListener[];
    socket.removeAllListeners("data");
    socket.on("data", this.#onData);
    socket.once("close", this.#onClose);
  }

  #handBack(): void {
    this.arrived = true;
    if (!this.#taken) return;
    this.#taken = false;
    const { socket } = this.#inner;
    socket?.off("data", this.#onData).off("close", this.#onClose);
    for (const listener of this.#listeners) socket?.on("data", listener);
    socket?.resume();
    this.#command.onPacketReceive = null;
    this.#command.emit("end");
  }

  readonly #onData: DataListener = (chunk) => {
    this.#chunks.push(chunk);
    this.#waiting += chunk.length;
    if (this.#waiting > HIGH_WATER) this.#inner.socket?.pause();
    this.#wakeUp();
  };

  /** A connection that ends before its result is an error, whoever ended it. */
  readonly #onClose = (): void => {
    this.#error ??= new Error("the connection closed (ECONNRESET)");
    this.#wakeUp();
  };

  async #refill(): Promise<void> {
    if (this.#spill !== null && this.#chunks.length === 0) {
      const chunk = await this.#spill.read();
      if (chunk === null) throw new Error("rows that were put aside are incomplete");
      this.#window.push(chunk);
      release(chunk);
      return;
    }
    if (this.#chunks.length === 0) {
      if (this.#error !== null) throw this.#error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    for (const chunk of this.#chunks) {
      this.#window.push(chunk);
      release(chunk);
    }
    this.#chunks.length = 0;
    this.#waiting = 0;
    if (!this.arrived) this.#inner.socket?.resume();
  }

  /** Decodes the complete rows in the window. */
  #decodeRows(): number {
    const window = this.#window;
    const batch = this.#batch;
    window.scratch = window.end;
    let rows = 0;
    while (rows < batch.capacity && this.#phase !== Phase.over) {
      const end = this.#packetEnd();
      if (end < 0) break;
      const at = window.start;
      const first = window.bytes[at + HEADER]!;
      if (this.#phase === Phase.rows && first === Packet.row) {
        this.#count(at);
        const stopped = this.#decoder!.decode(window, at + HEADER + 1, batch, rows);
        if (stopped !== end) throw outOfStep();
        rows++;
        window.start = end;
        continue;
      }
      // What is no row may end the result: the rows before it are handed over first.
      if (rows > 0) break;
      this.#count(at);
      window.start = end;
      this.#other(at + HEADER, end, first);
    }
    return rows;
  }

  #count(at: number): void {
    if (this.#window.bytes[at + 3] !== (this.#sequence & 255)) throw outOfStep();
    this.#sequence++;
  }

  /** Where the packet at the window's start ends, or -1 while it is not complete; makes one of a packet in parts. */
  #packetEnd(): number {
    const window = this.#window;
    const at = window.start;
    if (at + HEADER > window.end) return -1;
    const { bytes } = window;
    const length = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    const end = at + HEADER + length;
    if (length < FULL) return end <= window.end ? end : -1;
    return this.#joinParts(at, end);
  }

  #joinParts(at: number, firstEnd: number): number {
    const window = this.#window;
    const parts: [start: number, length: number][] = [];
    let next = firstEnd;
    for (let last = false; !last;) {
      if (next + HEADER > window.end) return -1;
      const { bytes } = window;
      const length = bytes[next]! | (bytes[next + 1]! << 8) | (bytes[next + 2]! << 16);
      parts.push([next + HEADER, length]);
      next += HEADER + length;
      last = length < FULL;
    }
    if (next > window.end) return -1;
    // Cells of earlier rows of this batch lie before the packet: its first part moves towards the others.
    this.#sequence += parts.length;
    const first = window.bytes[at + 3]! + parts.length;
    let end = next;
    for (const [start, length] of parts.toReversed()) {
      end -= length;
      window.bytes.copyWithin(end, start, start + length);
    }
    const start = end - FULL - HEADER;
    window.bytes.copyWithin(start, at, firstEnd);
    window.bytes[start + 3] = first & 255;
    window.start = start;
    return next;
  }

  /** A packet that is no row. */
  #other(at: number, end: number, first: number): void {
    const { bytes } = this.#window;
    if (first === Packet.error) {
      this.#over();
      const from = at + 3 + (bytes[at + 3] === 0x23 ? 6 : 0);
      throw new ServerError(bytes[at + 1]! | (bytes[at + 2]! << 8), Buffer.from(bytes.slice(from, end)).toString());
    }
    switch (this.#phase) {
      case Phase.head:
        this.#head(at, end);
        return;
      case Phase.columns:
        // The fixed part at the end: character set, length, type, flags, decimals, and two bytes of nothing.
        this.#columns.push({ type: bytes[end - 6]!, unsigned: (bytes[end - 5]! & UNSIGNED) !== 0 });
        if (--this.#columnsLeft === 0) this.#afterColumns(this.#columns);
        return;
      case Phase.endOfColumns:
        this.#phase = Phase.rows;
        return;
      default:
        if (first !== Packet.end) throw outOfStep();
        this.warnings = this.#warningsIn(at);
        this.#over();
    }
  }

  #head(at: number, end: number): void {
    const { bytes } = this.#window;
    const first = bytes[at]!;
    if (first === Packet.ok || first === 0xfb) throw new Error("the statement gives no rows");
    this.#columnsLeft = lengthAt(bytes, at);
    const next = at + lengthSize(first);
    const cached = this.#inner.info.serverPermitSkipMeta === true && next < end && bytes[next] === 0;
    this.#phase = Phase.columns;
    if (cached) this.#afterColumns(this.#known);
  }

  #afterColumns(columns: readonly WireColumn[]): void {
    if (columns.length !== this.#types.length) throw outOfStep();
    this.#decoder = new RowDecoder(columns, this.#types);
    this.#phase = this.#inner.info.eofDeprecated ? Phase.rows : Phase.endOfColumns;
  }

  /** The count of warnings in the packet that ends the rows: in its old form, and in that of OK packets. */
  #warningsIn(at: number): number {
    const { bytes } = this.#window;
    let place = at + 1;
    if (this.#inner.info.eofDeprecated) {
      place += lengthSize(bytes[place]!);
      place += lengthSize(bytes[place]!) + 2;
    }
    return bytes[place]! | (bytes[place + 1]! << 8);
  }

  #over(): void {
    this.#phase = Phase.over;
    this.#handBack();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}

function outOfStep(): Error {
  return failure("source-lost", "The server's answer is damaged: packets are missing or not what they should be.", {
    hint: "Run the export again.",
  });
}
