// Runs exports, each in a process of its own. It knows nothing of who ordered them, or of what comes next.
import type { Progress } from "../engine/run.ts";
import { failure } from "../lib/errors.ts";
import type { ExportJob, Outcome, Places } from "./job.ts";
import { Worker } from "./worker.ts";

export interface StartOptions {
  /** Told how far the export is, at most four times a second. */
  readonly onProgress: (progress: Progress) => void;
  /**
   * Stops the export when it aborts: at the database within a second, and with the signal's reason as its failure where
   * that is a WaybillError, else `cancelled`.
   */
  readonly signal: AbortSignal;
  /** How many bytes the archive may have; null for no limit. */
  readonly quota: number | null;
  /** Part `n` of the keys of the plan's batch, from 0, as `run` wants them. What it throws fails the export. */
  readonly batchKeys?: (n: number) => Promise<readonly string[]>;
}

export interface Runner {
  /** Runs an export at once, however many there are. It never rejects: what went wrong is in the outcome. */
  startExport(job: ExportJob, options: StartOptions): Promise<Outcome>;
  /** Stops what is running (`stopping`, to be run again), and waits until all processes are gone. */
  close(): Promise<void>;
}

/**
 * The next process waits as soon as an export is over, or after so many milliseconds where one takes longer: to start it takes
 * 0.3 s of a processor, which shorter ones would miss.
 */
const REPLACE_AFTER = 10_000;

/** @param spare whether a process waits for the next export, which is then done sooner by what starting one takes */
export function openRunner(places: Places, { spare = true }: { readonly spare?: boolean } = {}): Runner {
  const workers = new Set<Worker>();
  const closing = new AbortController();
  let waiting: Worker | null = null;
  let replacing: NodeJS.Timeout | undefined;
  const begin = (): Worker => {
    const worker = new Worker();
    workers.add(worker);
    const forget = (): void => {
      workers.delete(worker);
      if (waiting === worker) waiting = null;
    };
    void worker.gone.then(forget);
    return worker;
  };
  const replace = (): void => {
    clearTimeout(replacing);
    if (spare && waiting === null && !closing.signal.aborted) waiting = begin();
  };
  const take = (): Worker => {
    const worker = waiting?.isReady === true ? waiting : begin();
    waiting = null;
    clearTimeout(replacing);
    replacing = setTimeout(replace, REPLACE_AFTER).unref();
    return worker;
  };
  replace();
  return {
    async startExport(job, { quota, ...options }) {
      const signal = AbortSignal.any([options.signal, closing.signal]);
      const outcome = await take().run({ job, places, quota }, { ...options, signal });
      replace();
      return outcome;
    },
    async close() {
      clearTimeout(replacing);
      closing.abort(failure("stopping", "The service is stopping."));
      await waiting?.end();
      await Promise.all([...workers].map((worker) => worker.gone));
    },
  };
}
