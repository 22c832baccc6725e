// Who waits for news of an export hears of it: at once from this process, and within a while from others.
import { EventEmitter, once } from "node:events";

export interface Changes {
  /** Something about an export is new. */
  tell(id: string): void;
  /** Waits until something may be new, at most so many milliseconds, or until the signal aborts. */
  wait(id: string, milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function changesOf(): Changes {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  return {
    tell: (id) => void emitter.emit(id),
    async wait(id, milliseconds, signal) {
      const enough = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
      await once(emitter, id, { signal: enough }).catch(() => {});
    },
  };
}
