// Our side of a thread that reads CSV.
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
    this.#worker = new Worker(new URL(`./worker.${suffix}`, import.meta.url), {
      // It keeps young what it makes, which is little.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
      env: {},
    });
    this.#worker.on("message", this.#onAnswer);
    this.#worker.on("error", this.#onEnd);
    this.#worker.on("exit", () => this.#onEnd(new Error("the thread that reads CSV has ended")));
  }

  ask(request: CsvRequest): void {
    this.#worker.postMessage(request);
  }

  /** @throws ReaderError where the file cannot be read */
  async answer(): Promise<Exclude<CsvAnswer, { is: "error" }>> {
    const answer = this.#answers.shift() ?? (await this.#next());
    if (answer.is === "error") throw new ReaderError("", answer.message);
    return answer;
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
