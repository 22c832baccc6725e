// The owner's side of the sandbox: starts it, listens to it, and ends it in time.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { failure } from "../../../lib/errors.ts";
import { sentence } from "../../../lib/sentence.ts";
import { type Report, REPORTS, type Request } from "./protocol.ts";

/** What a stylesheet may take. */
export interface XsltLimits {
  /** Bytes of the document. */
  readonly document: number;
  /** Milliseconds for compiling, and again for transforming. */
  readonly time: number;
  /** MiB of memory; what is not JavaScript's own may be a third more. */
  readonly memory: number;
}

const SANDBOX = fileURLToPath(new URL(`./sandbox${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));
const require = createRequire(import.meta.url);
/** Recursion in a stylesheet is recursion in Saxon: KiB of stack that the usual 8 MiB of a process leave room for. */
const STACK = 3900;
const COMPLAINT_SIZE = 4096;

/** A running sandbox. */
export class XsltProcess {
  readonly #child: ChildProcess;
  readonly #reports: AsyncIterator<string>;
  readonly #closed: Promise<void>;
  readonly #limits: XsltLimits;
  readonly #signal: AbortSignal;
  #tookTooLong = false;
  #complaint = "";

  constructor(limits: XsltLimits, signal: AbortSignal) {
    const saxon = require.resolve("saxon-js");
    this.#limits = limits;
    this.#signal = signal;
    this.#child = spawn(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        "--disable-warning=SecurityWarning",
        // No file but these, no other program, no native code. The only thread is a watcher, begun before Saxon.
        "--permission",
        `--allow-fs-read=${dirname(SANDBOX)}`,
        `--allow-fs-read=${saxon}`,
        "--allow-worker",
        "--disallow-code-generation-from-strings",
        `--max-old-space-size=${limits.memory}`,
        `--stack-size=${STACK}`,
        SANDBOX,
        saxon,
        String(Math.floor((limits.memory * 4) / 3) * 2 ** 20),
      ],
      // Times are UTC on every machine; of our environment it gets nothing.
      { stdio: ["pipe", "pipe", "pipe", "pipe"], env: { TZ: "UTC" } },
    );
    this.#closed = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(0, COMPLAINT_SIZE);
    });
    // A write to a sandbox that has gone is noticed when its report does not come.
    this.#child.stdin!.on("error", () => {});
    this.#child.on("error", (error) => (this.#complaint += error.message));
    this.#reports = createInterface({ input: this.#child.stdio[REPORTS] as Readable })[Symbol.asyncIterator]();
    signal.addEventListener("abort", this.#kill, { once: true });
  }

  /** Gives it the stylesheet, and gives back what it makes of it: `compiled` or what is wrong. */
  async begin(request: Request): Promise<Report> {
    await this.write(Buffer.from(`${JSON.stringify(request)}\n`, "utf8"));
    return this.#inTime(() => this.#report());
  }

  /** Gives it a piece of the document, and waits until the bytes are needed no more. */
  async write(chunk: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.#child.stdin!.write(chunk, () => resolve()));
  }

  /** The result, once the document is complete, and then the last report. */
  async *result(): AsyncGenerator<Uint8Array, Report> {
    this.#child.stdin!.end();
    const timer = this.#timer();
    try {
      yield* this.#child.stdout as AsyncIterable<Uint8Array>;
      return await this.#report();
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends it, whatever it is doing, and waits until it is gone. */
  async end(): Promise<void> {
    this.#signal.removeEventListener("abort", this.#kill);
    this.#kill();
    await this.#closed;
  }

  async #report(): Promise<Report> {
    const { value } = (await this.#reports.next()) as { readonly value: string | undefined };
    if (value !== undefined) return JSON.parse(value) as Report;
    this.#signal.throwIfAborted();
    await this.#closed;
    if (this.#tookTooLong) {
      throw failure("xslt-too-slow", sentence`The stylesheet took more than ${this.#limits.time / 1000} seconds.`, {
        hint: sentence`Let it do less, or export fewer records.`,
      });
    }
    if (this.#complaint.includes("out of memory") || this.#child.signalCode === "SIGKILL") {
      throw failure("xslt-failed", sentence`The stylesheet needed more than ${this.#limits.memory} MiB of memory.`, {
        hint: sentence`Let it do less, or export fewer records or columns.`,
        cause: this.#complaint,
      });
    }
    throw failure("xslt-failed", sentence`The process that runs the stylesheet has ended unexpectedly.`, {
      cause: this.#complaint,
    });
  }

  async #inTime<T>(work: () => Promise<T>): Promise<T> {
    const timer = this.#timer();
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }

  #timer(): NodeJS.Timeout {
    return setTimeout(() => {
      this.#tookTooLong = true;
      this.#kill();
    }, this.#limits.time);
  }

  readonly #kill = (): void => {
    this.#child.kill("SIGKILL");
  };
}
