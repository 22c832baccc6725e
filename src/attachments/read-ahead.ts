// Files read ahead, several at a time, given in the order in which they were asked for.
import { setTimeout as sleep } from "node:timers/promises";
import { release } from "../lib/release.ts";
import { fileChanged, FileProblem, type OpenedFile } from "./file-store.ts";
import { MemoryInTurn, type Turn } from "./memory-in-turn.ts";

/** A file that is wanted. */
export interface FileRequest {
  /** Its path in the archive, for messages. */
  readonly place: string;
  /** The size that is recorded for it, in bytes; null when none is known. */
  readonly size: number | null;
  /** @throws FileProblem; what concerns the whole store, as it is; the signal's reason */
  open(signal: AbortSignal): Promise<OpenedFile>;
}

/** A file that can be had. */
export interface ReadFile<R> {
  readonly request: R;
  readonly size: number;
  /**
   * All of it, checked, and valid until two more files have been given and asked past that were whole too; or, where it is
   * large, a stream to be read before the next file is asked for, which throws a FileProblem when the file turns out to be no good.
   */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

/** A file that cannot be had. */
export interface FailedFile<R> {
  readonly request: R;
  readonly problem: FileProblem;
}

export interface ReadAheadOptions {
  readonly signal: AbortSignal;
  /** How many files are opened at once, besides a large one that is being read. */
  readonly parallel?: number;
  /** How many bytes of files are held at once. A file of more than half of it, or of more than 4 MiB, is given as a stream. */
  readonly memory?: number;
}

/**
 * A larger file is read by its end as fast as by its beginning, so that nothing is won by having it whole; and what large
 * buffers leave behind is not given back to the system.
 */
const MOST_WHOLE = 4 << 20;

/** Milliseconds before each further attempt. */
const BACK_OFF = [100, 400] as const;

/**
 * Reads files in parallel and gives them in order. Memory stays within the bounds however many and large they are.
 * @throws the signal's reason, at once; what `requests` throws; what a request throws besides FileProblem
 */
export async function* readAhead<R extends FileRequest>(
  requests: AsyncIterable<R>,
  { signal, parallel = 8, memory = 24 << 20 }: ReadAheadOptions,
): AsyncGenerator<ReadFile<R> | FailedFile<R>> {
  const reader = new Reader(requests, signal, parallel, memory);
  try {
    for (let file = await reader.next(); file !== null; file = await reader.next()) yield file;
  } finally {
    const stopped = reader.stop();
    // Whoever aborts is not kept waiting for what cannot be interrupted.
    if (signal.aborted) stopped.catch(() => {});
    else await stopped;
  }
}

/** What became of a request. */
interface Fetched<R> {
  readonly file: ReadFile<R> | FailedFile<R>;
  /** Bytes of memory that were taken for it. */
  readonly held: number;
  /** What is to be closed when it was read. */
  readonly stream: OpenedFile | null;
}

class Reader<R extends FileRequest> {
  /** Of whoever reads. It has one listener, as one for each wait would be slow. */
  readonly #asked: AbortSignal;
  readonly #stopping = new AbortController();
  /** Either of the two. */
  readonly #signal: AbortSignal;
  readonly #parallel: number;
  readonly #memory: MemoryInTurn;
  /** The size up to which files are read whole: what is given and what is read next are held at once. */
  readonly #whole: number;
  /** What was begun, in order; null is the end. */
  readonly #queue: Promise<Fetched<R> | null>[] = [];
  readonly #pumping: Promise<void>;
  #onTaken: (() => void) | null = null;
  #onBegun: (() => void) | null = null;
  #interrupt: ((reason: unknown) => void) | null = null;
  /** What was given, and the content before it that was given whole. */
  #given: Fetched<R> | null = null;
  #before: { readonly content: Uint8Array; readonly held: number } | null = null;

  constructor(requests: AsyncIterable<R>, signal: AbortSignal, parallel: number, memory: number) {
    this.#asked = signal;
    this.#signal = AbortSignal.any([signal, this.#stopping.signal]);
    this.#parallel = parallel;
    this.#memory = new MemoryInTurn(memory);
    this.#whole = Math.min(MOST_WHOLE, Math.floor(memory / 2));
    signal.addEventListener("abort", this.#onAbort);
    this.#pumping = this.#pump(requests);
  }

  /** The next file, null at the end. The stream that was given before is closed. */
  async next(): Promise<ReadFile<R> | FailedFile<R> | null> {
    await this.#given?.stream?.close();
    const given = this.#given;
    this.#given = null;
    // Of what failed, or was a stream that failed at once, whoever reads has written nothing: what was given before may
    // still be on its way.
    if (given !== null && "content" in given.file && given.file.content instanceof Uint8Array) {
      this.#memory.free(this.#before?.held ?? 0);
      // The collector does not see how large it is.
      if (this.#before !== null) release(this.#before.content);
      this.#before = { content: given.file.content, held: given.held };
    }
    if (this.#queue.length === 0) await this.#unlessAborted(new Promise<void>((go) => (this.#onBegun = go)));
    const fetched = await this.#unlessAborted(this.#queue[0]!);
    this.#given = fetched;
    void this.#queue.shift();
    this.#onTaken?.();
    return fetched?.file ?? null;
  }

  /** Ends everything and closes every file. */
  async stop(): Promise<void> {
    this.#asked.removeEventListener("abort", this.#onAbort);
    this.#stopping.abort();
    this.#memory.close();
    this.#onTaken?.();
    await this.#given?.stream?.close();
    await this.#pumping;
    for (const begun of this.#queue) {
      const fetched = await begun.catch(() => null);
      await fetched?.stream?.close();
    }
  }

  #onAbort = (): void => this.#interrupt?.(this.#asked.reason);

  /** What a promise gives, or the signal's reason as soon as it aborts. There is one such wait at a time. */
  #unlessAborted<T>(promise: Promise<T>): Promise<T> {
    this.#asked.throwIfAborted();
    return new Promise((resolve, reject) => {
      this.#interrupt = reject;
      promise.then(resolve, reject);
    });
  }

  /** Begins as many as may be begun. */
  async #pump(requests: AsyncIterable<R>): Promise<void> {
    try {
      for await (const request of requests) {
        if (this.#signal.aborted) return;
        this.#begin(this.#fetch(request, this.#memory.turn()));
        if (this.#queue.length >= this.#parallel) await new Promise<void>((go) => (this.#onTaken = go));
        if (this.#signal.aborted) return;
      }
      this.#begin(Promise.resolve(null));
    } catch (error) {
      this.#begin(Promise.reject(error));
    }
  }

  #begin(fetching: Promise<Fetched<R> | null>): void {
    // It is awaited in its turn; until then a failure must not count as unhandled.
    fetching.catch(() => {});
    this.#queue.push(fetching);
    this.#onBegun?.();
  }

  async #fetch(request: R, turn: Turn): Promise<Fetched<R>> {
    const held = new Held(turn);
    try {
      for (let failed = 0; ; failed++) {
        try {
          return await this.#attempt(request, held);
        } catch (error) {
          if (!(error instanceof FileProblem)) throw error;
          if (await this.#mayTryAgain(error, failed)) continue;
          this.#memory.free(held.bytes);
          return { file: { request, problem: error }, held: 0, stream: null };
        }
      }
    } finally {
      turn.pass();
    }
  }

  async #attempt(request: R, held: Held): Promise<Fetched<R>> {
    const opened = await request.open(this.#signal);
    const { size } = opened;
    let stream: OpenedFile | null = null;
    try {
      if (request.size !== null && size !== request.size) throw wrongSize(size, request.size);
      if (size > this.#whole) {
        stream = opened;
        return { file: { request, size, content: this.#streamed(opened) }, held: 0, stream };
      }
      await held.take(size);
      const content = await wholeOf(opened);
      await opened.check();
      return { file: { request, size, content }, held: held.bytes, stream: null };
    } finally {
      if (stream === null) await opened.close();
    }
  }

  /** A large file; after a failure it goes on where it was. */
  async *#streamed(opened: OpenedFile): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (let failed = 0; ; failed++) {
      const chunks = opened.read(at)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const chunk = await this.#unlessAborted(chunks.next());
          if (chunk.done === true) break;
          at += chunk.value.length;
          // Whoever gets on may fail again.
          failed = 0;
          yield chunk.value;
        }
        if (at < opened.size) throw fileChanged();
        await this.#unlessAborted(opened.check());
        return;
      } catch (error) {
        if (!(error instanceof FileProblem) || !(await this.#mayTryAgain(error, failed))) throw error;
      } finally {
        const ended = chunks.return?.();
        if (this.#asked.aborted) ended?.catch(() => {});
        else await ended;
      }
    }
  }

  /** Waits a little where trying again may help. */
  async #mayTryAgain({ passing }: FileProblem, failed: number): Promise<boolean> {
    const pause = passing ? BACK_OFF[failed] : undefined;
    if (pause === undefined) return false;
    await sleep(pause, undefined, { signal: this.#signal }).catch(() => this.#signal.throwIfAborted());
    return true;
  }
}

/** Memory for one file, taken once however often it is tried. */
class Held {
  readonly #turn: Turn;
  bytes = 0;
  #taken = false;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async take(bytes: number): Promise<void> {
    // It grew between two attempts.
    if (this.#taken && bytes > this.bytes) throw fileChanged();
    if (this.#taken) return;
    await this.#turn.take(bytes);
    this.#taken = true;
    this.bytes = bytes;
  }
}

/** A file's content; without a copy where it comes in one piece. */
async function wholeOf(opened: OpenedFile): Promise<Uint8Array> {
  const { size } = opened;
  let whole: Uint8Array | null = null;
  let filled = 0;
  for await (const chunk of opened.read(0)) {
    if (chunk.length === size) whole = chunk;
    else (whole ??= Buffer.allocUnsafeSlow(size)).set(chunk, filled);
    filled += chunk.length;
  }
  if (filled !== size) throw fileChanged();
  return whole ?? new Uint8Array(0);
}

function wrongSize(size: number, recorded: number): FileProblem {
  return new FileProblem("size", `The file has ${size} bytes instead of the ${recorded} that are recorded.`);
}
