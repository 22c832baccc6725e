// The owner's side of a reader process: requests out, frames in, and the means to end it at once.
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { failure } from "../lib/errors.ts";
import { release } from "../lib/release.ts";
import { Frame, FRAME_HEADER, type NextRequest } from "./frames.ts";

/** An error that was raised in a reader. */
export class ReaderError extends Error {
  /** The database's code, or Node's error code. */
  readonly code: number | string;
  constructor(code: number | string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A frame of rows, of which `length` bytes were sent and the rest is free; or the end of a stream with the number of its rows. */
export type RowsAnswer = { readonly rows: Uint8Array; readonly length: number } | { readonly end: number };

interface ReceivedFrame {
  readonly type: number;
  readonly payload: Uint8Array;
  readonly length: number;
}

/** What a source runs in a process of its own. */
export interface ReaderProgram {
  /** The folder of the source that `reader.ts` lies in: `import.meta.url` of a file beside it. */
  readonly beside: string;
  readonly nodeOptions: readonly string[];
  /** What it reads, for people: `the SQLite database`. */
  readonly reads: string;
}

/**
 * A running reader, asked by requests of type `Q` and those that all take. Requests are answered in order; an answer's
 * bytes are valid until the next one is awaited.
 */
export class ReaderProcess<Q extends { readonly do: string }> {
  readonly #reads: string;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Who waits for an answer, in order; null is told when there will be no more. */
  readonly #waiting: ((frame: ReceivedFrame | null) => void)[] = [];
  #isOver = false;
  #complaint = "";

  constructor({ beside, nodeOptions, reads }: ReaderProgram) {
    this.#reads = reads;
    const reader = fileURLToPath(new URL(`./reader${beside.endsWith(".ts") ? ".ts" : ".js"}`, beside));
    const cache = getCompileCacheDir();
    this.#child = spawn(process.execPath, [...nodeOptions, reader], {
      stdio: ["pipe", "pipe", "pipe"],
      // The reader needs nothing of our environment, least of all its secrets; just our compiled code.
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
    });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => (this.#complaint += text));
    // A write to a reader that has gone is noticed when its answer does not come.
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", (error) => (this.#complaint += error.message));
    // Nothing has to be held back: what comes was asked for.
    const takeChunk = framesTo((frame) => this.#waiting.shift()?.(frame));
    this.#child.stdout.on("data", takeChunk).on("close", () => {
      this.#isOver = true;
      for (const tell of this.#waiting.splice(0)) tell(null);
    });
  }

  /** Asks, and gives the answer's value. */
  async ask<T>(request: Q | NextRequest): Promise<T> {
    const { payload } = await this.#exchange(request);
    return JSON.parse(Buffer.from(payload).toString("utf8")) as T;
  }

  /** Asks for the next rows of a stream. The question goes out at once, so the reader works while the owner does. */
  askRows(stream: number): Promise<RowsAnswer> {
    return this.#exchange({ do: "next", stream }).then(({ type, payload, length }) =>
      type === Frame.rows
        ? { rows: payload, length }
        : { end: (JSON.parse(Buffer.from(payload).toString("utf8")) as { rows: number }).rows },
    );
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Tells once that the reader has ended; gives a way not to be told. */
  whenGone(tell: () => void): () => void {
    this.#child.once("close", tell);
    return () => this.#child.off("close", tell);
  }

  /** Whether our program waits for the reader before it ends. It does at first. */
  holdOwner(held: boolean): void {
    const { stdin, stdout, stderr } = this.#child;
    // That its streams are sockets is not in their types.
    for (const part of [this.#child, stdin as Socket, stdout as Socket, stderr as Socket]) {
      if (held) part.ref();
      else part.unref();
    }
  }

  /** Ends the reader, whatever it is doing, and waits until it is gone. */
  async end(): Promise<void> {
    if (!this.isRunning) return;
    const gone = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill("SIGKILL");
    await gone;
  }

  async #exchange(request: Q | NextRequest): Promise<ReceivedFrame> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const frame = await new Promise<ReceivedFrame | null>((resolve) => {
      if (this.#isOver) resolve(null);
      else this.#waiting.push(resolve);
    });
    if (frame === null) {
      throw failure("source-lost", `The process that reads ${this.#reads} has ended unexpectedly.`, {
        cause: this.#complaint,
      });
    }
    if (frame.type !== Frame.error) return frame;
    const { code, message } = JSON.parse(Buffer.from(frame.payload).toString("utf8")) as {
      code: number | string;
      message: string;
    };
    throw new ReaderError(code, message);
  }
}

/** Puts frames together from the chunks in which they come. */
function framesTo(give: (frame: ReceivedFrame) => void): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let type = 0;
  let payload: Buffer | null = null;
  let length = 0;
  let filled = 0;
  return (chunk) => {
    for (let at = 0; at < chunk.length;) {
      if (payload === null) {
        const missing = FRAME_HEADER - header.length;
        header = Buffer.concat([header, chunk.subarray(at, at + missing)]);
        at = Math.min(chunk.length, at + missing);
        if (header.length < FRAME_HEADER) break;
        type = header[0]!;
        length = header.readUInt32LE(1);
        payload = Buffer.allocUnsafeSlow(length + header.readUInt32LE(5));
        filled = 0;
        header = Buffer.alloc(0);
      }
      const count = Math.min(length - filled, chunk.length - at);
      payload.set(count === chunk.length ? chunk : chunk.subarray(at, at + count), filled);
      filled += count;
      at += count;
      if (filled === length) {
        give({ type, payload, length });
        payload = null;
      }
    }
    release(chunk);
  };
}
