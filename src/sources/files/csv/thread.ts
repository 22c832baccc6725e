// Our side of the threads that read CSV.
import { getCompileCacheDir } from "node:module";
import { dirname } from "node:path";
import { Worker } from "node:worker_threads";
import { ReaderError } from "../../reader-process.ts";
import type { CsvAnswer, CsvRequest } from "./protocol.ts";

/** A thread, that answers one question at a time. */
export class CsvThread {
  readonly #worker: Worker;
  readonly #answers: CsvAnswer[] = [];
  #waiting: { readonly resolve: (answer: CsvAnswer) => void; readonly reject: (error: Error) => void } | null = null;
  #failed: Error | null = null;

  constructor() {
    const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const cache = getCompileCacheDir();
    this.#worker = new Worker(new URL(`./worker.${suffix}`, import.meta.url), {
      // What it makes young dies young.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
      // It needs nothing of our environment but our compiled code.
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
    });
    this.#worker.on("message", this.#onAnswer);
    this.#worker.on("error", this.#onEnd);
    this.#worker.on("exit", () => this.#onEnd(new Error("The thread that reads CSV has ended")));
  }

  ask(request: CsvRequest): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is of windows, and this is a thread
    this.#worker.postMessage(request);
  }

  /** @throws ReaderError where the file cannot be read */
  async answer(): Promise<Exclude<CsvAnswer, { is: "error" }>> {
    const answer = this.#answers.shift() ?? (await this.#next());
    if (answer.is === "error") throw new ReaderError("", answer.message);
    return answer;
  }

  /** Whether our program waits for it before it ends. It does at first. */
  holdOwner(held: boolean): void {
    if (held) this.#worker.ref();
    else this.#worker.unref();
  }

  /** Ends it, whatever it is doing. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #next(): Promise<CsvAnswer> {
    if (this.#failed !== null) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  readonly #onAnswer = (answer: CsvAnswer): void => {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null) this.#answers.push(answer);
    else waiting.resolve(answer);
  };

  readonly #onEnd = (error: Error): void => {
    this.#failed ??= error;
    this.#waiting?.reject(this.#failed);
    this.#waiting = null;
  };
}

/** The threads of a folder. One that has nothing to do is kept for the next who needs one. */
export class CsvThreads {
  readonly #busy = new Set<CsvThread>();
  #idle: CsvThread | null = null;
  #ended = false;

  take(): CsvThread {
    if (this.#ended) throw new Error("The threads that read CSV have ended");
    const thread = this.#idle ?? new CsvThread();
    this.#idle = null;
    thread.holdOwner(true);
    this.#busy.add(thread);
    return thread;
  }

  /** Takes a thread back; one that has given its last answer can be used again. */
  giveBack(thread: CsvThread, usable: boolean): void {
    this.#busy.delete(thread);
    if (!usable || this.#ended || this.#idle !== null) {
      void thread.end();
      return;
    }
    thread.holdOwner(false);
    this.#idle = thread;
  }

  /** Ends them all, whatever they are doing. */
  async end(): Promise<void> {
    this.#ended = true;
    const all = [...this.#busy, ...(this.#idle === null ? [] : [this.#idle])];
    this.#busy.clear();
    this.#idle = null;
    await Promise.all(all.map((thread) => thread.end()));
  }
}
