// Takes exports from the queue, one org after the other, and runs as many at a time as it has room for.
import { hostname } from "node:os";
import { failure } from "../lib/errors.ts";
import { type Begun, beginRun } from "../control/queries/export-runs.ts";
import type { TakenExport } from "../queue/queue.ts";
import type { ExportParts } from "./parts.ts";
import { runExport } from "./run-export.ts";

export interface ExportWorker {
  /** Looks for what there is to do: at once, instead of with the next look. */
  wake(): void;
  /** Stops an export that nobody wants any more, where it runs here. */
  stop(id: string): void;
  /** How many run here. */
  readonly running: number;
  /** Takes no more, gives what runs so many milliseconds, and hands back what is not done then. */
  close(grace: number): Promise<void>;
}

export interface WorkerOptions {
  /** How many exports run at a time, of all orgs together. */
  readonly slots: number;
  /** Milliseconds from one look at the queue to the next, for what other processes put there, and for windows. */
  readonly lookEvery: number;
}

export function startWorker(parts: ExportParts, { slots, lookEvery }: WorkerOptions): ExportWorker {
  const name = `${hostname()}:${process.pid}`;
  const running = new Map<string, { readonly stop: AbortController; readonly settled: Promise<void> }>();
  // The orgs that have had their turn in this round.
  const served = new Set<string>();
  let closing = false;
  let looking: Promise<void> | null = null;
  let again = false;

  const take = (passOver: readonly string[]): Promise<TakenExport<Begun> | null> => {
    const { orgs } = parts.orgs.config;
    const concurrency = new Map([...orgs].map(([code, its]) => [code, its.concurrency]));
    return parts.queue.take({ concurrency, passOver }, (at, id) => beginRun(at, id, name));
  };
  const next = async (): Promise<TakenExport<Begun> | null> => {
    const taken = await take([...served]);
    if (taken !== null || served.size === 0) return taken;
    served.clear();
    return take([]);
  };
  const hasRoom = (): boolean => !closing && running.size < slots;
  const look = async (): Promise<void> => {
    while (hasRoom()) {
      const taken = await next();
      if (taken === null) return;
      served.add(taken.org);
      start(taken);
    }
  };
  const start = (taken: TakenExport<Begun>): void => {
    const { id } = taken.begun;
    const stop = new AbortController();
    const settled = runExport(parts, taken, stop.signal)
      .catch((error: unknown) => parts.log("error", `export ${id} was lost: ${(error as Error).message}`))
      .finally(() => {
        running.delete(id);
        wake();
      });
    running.set(id, { stop, settled });
  };
  const wake = (): void => {
    if (closing) return;
    again = true;
    looking ??= (async () => {
      try {
        while (again) {
          again = false;
          await look();
        }
      } catch (error) {
        parts.log("warn", `queue: ${(error as Error).message}`);
      } finally {
        looking = null;
      }
    })();
  };
  const timer = setInterval(wake, lookEvery);
  wake();
  return {
    wake,
    stop: (id) => running.get(id)?.stop.abort(failure("cancelled", "The export was cancelled.")),
    get running() {
      return running.size;
    },
    async close(grace) {
      closing = true;
      clearInterval(timer);
      await looking;
      const all = [...running.values()];
      const late = setTimeout(() => {
        for (const { stop } of all) stop.abort(failure("stopping", "The service is stopping."));
      }, grace);
      await Promise.all(all.map(({ settled }) => settled));
      clearTimeout(late);
    },
  };
}
