// Ctrl-C and SIGTERM as an abort signal: the first ends the export in order, the second at once.
import { failure } from "../lib/errors.ts";

/**
 * Runs a task that is aborted when the process is asked to stop.
 * @param what was interrupted, for the message.
 */
export async function interruptible<T>(task: (signal: AbortSignal) => Promise<T>, what = "The export"): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(1);
    controller.abort(failure("interrupted", `${what} was interrupted; nothing was written.`));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    return await task(controller.signal);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
