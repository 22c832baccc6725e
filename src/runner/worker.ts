// The owner's side of a process that runs one export.
import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import type { Socket } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Progress } from "../engine/run.ts";
import { failure, WaybillError } from "../lib/errors.ts";
import { type Failure, failureOf } from "./failures.ts";
import type { Outcome } from "./job.ts";
import type { FromChild, KeysPart, Order, ToChild } from "./messages.ts";

/** How long a process may take to stop, and to end when it has told what became of its export; in milliseconds. */
const GRACE = 10_000;
/** Of its complaints, so many of the last characters. */
const COMPLAINT = 4_000;

/** How a run is accompanied. */
export interface RunOptions {
  readonly onProgress: (progress: Progress) => void;
  /** When it aborts, the database is told within a second, and the outcome is its reason. */
  readonly signal: AbortSignal;
  /** The keys of the plan's batch. */
  readonly batchKeys?: (n: number) => Promise<readonly string[]>;
}

/** A process that waits for an export, and runs that one only. It does not keep the program from ending until then. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #complaint = "";
  /** How it ended, for people. */
  #end = "";

  constructor() {
    const entry = fileURLToPath(new URL(`./child${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url));
    const cache = getCompileCacheDir();
    this.#child = fork(entry, [], {
      // `node:sqlite` is still called experimental.
      execArgv: ["--disable-warning=ExperimentalWarning"],
      // Ctrl-C in a terminal is for the owner, not for all that read for it. And what it starts can be ended with it.
      detached: true,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) },
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-COMPLAINT);
    });
    this.#child.on("error", (error) => (this.#end = error.message));
    this.#child.once("exit", (code, signal) => (this.#end = signal ?? `code ${code}`));
    // Only then has everything come that it had to say.
    this.#gone = new Promise((resolve) => this.#child.once("close", () => resolve()));
    this.#hold(false);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isReady(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Settles when the process has ended. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** Runs an export; may be called once. It never rejects. */
  async run(order: Order, { onProgress, signal, batchKeys = nobodysKeys }: RunOptions): Promise<Outcome> {
    this.#hold(true);
    let kill: NodeJS.Timeout | undefined;
    const killLater = (): void => void (kill ??= setTimeout(() => this.#kill(), GRACE));
    const stop = (): void => {
      this.#tell({ stop: failureOf(reasonOf(signal)) });
      killLater();
    };
    const outcome = new Promise<Outcome>((resolve) => {
      this.#child.on("message", (message: FromChild) => {
        if ("progress" in message) onProgress(message.progress);
        else if ("keysOfPart" in message) void this.#give(message.keysOfPart, batchKeys);
        else resolve(message.outcome);
      });
      const whenGone = (): void => {
        clearTimeout(kill);
        const lost = signal.aborted ? failureOf(reasonOf(signal)) : this.#lost();
        resolve({ state: "failed", failure: lost });
      };
      void this.#gone.then(whenGone);
    });
    this.#tell({ run: order });
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    try {
      return await outcome;
    } finally {
      signal.removeEventListener("abort", stop);
      killLater();
    }
  }

  /** Ends a process that has nothing to do, and waits until it is gone. */
  async end(): Promise<void> {
    this.#hold(true);
    this.#kill();
    await this.#gone;
  }

  async #give(part: number, batchKeys: (n: number) => Promise<readonly string[]>): Promise<void> {
    this.#tell(
      await batchKeys(part).then(
        (keys): KeysPart => ({ part, keys }),
        (error: unknown) => ({ part, failure: failureOf(error) }),
      ),
    );
  }

  #tell(message: ToChild): void {
    // A process that has gone is noticed by its end.
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  /** Ends it with all that it started. */
  #kill(): void {
    try {
      process.kill(-this.#child.pid!, "SIGKILL");
    } catch {
      this.#child.kill("SIGKILL");
    }
  }

  #hold(held: boolean): void {
    // That the stream is a socket is not in its type; a process that could not be started has no channel.
    const parts = [this.#child, this.#child.stderr as Socket | null, this.#child.channel];
    for (const part of parts) {
      if (held) part?.ref();
      else part?.unref();
    }
  }

  #lost(): Failure {
    const outOfMemory = /out of memory|allocation failed/i.test(this.#complaint);
    const message = outOfMemory
      ? "The process that ran the export ran out of memory."
      : `The process that ran the export ended unexpectedly (${this.#end}).`;
    const hint = outOfMemory
      ? "Give the machine more memory, or ask for fewer columns."
      : "It can be run again. If that goes on, look whether the machine ends processes for want of memory.";
    return failureOf(failure("worker-lost", message, { hint }));
  }
}

async function nobodysKeys(): Promise<never> {
  throw new Error("nobody has the keys of the batch");
}

/** Why a run is stopped. */
function reasonOf({ reason }: AbortSignal): WaybillError {
  return reason instanceof WaybillError ? reason : failure("cancelled", "The export was cancelled.");
}
