// A reader that has answered, kept a moment for whoever asks next, so that an export starts one process and not two.
import type { ReaderProcess } from "./reader-process.ts";

/** How long a reader waits, in milliseconds. */
const WAIT = 10_000;

/** What a reader holds open. */
interface Opened {
  readonly reader: Pick<ReaderProcess<never>, "end" | "isRunning" | "holdOwner">;
}

/** At most one reader, that nobody uses. It does not keep the program from ending, and ends with it. */
export class KeptReader<T extends Opened> {
  #opened: T | null = null;
  #signal: AbortSignal | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** Keeps a reader until it is taken, for as long as the signal does not abort. */
  keep(opened: T, signal: AbortSignal): void {
    this.#drop();
    this.#opened = opened;
    this.#signal = signal;
    opened.reader.holdOwner(false);
    signal.addEventListener("abort", this.#drop, { once: true });
    if (signal.aborted) this.#drop();
    else this.#timer = setTimeout(this.#drop, WAIT).unref();
  }

  /** Gives what is kept, to one only; null where there is nothing. */
  take(): T | null {
    const opened = this.#opened;
    this.#opened = null;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#drop);
    if (opened?.reader.isRunning !== true) return null;
    opened.reader.holdOwner(true);
    return opened;
  }

  readonly #drop = (): void => {
    void this.take()?.reader.end();
  };
}
