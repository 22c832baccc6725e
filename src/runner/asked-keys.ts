// The keys of an export's batch, as its process asks its owner for them, part by part.
import { errorOf } from "./failures.ts";
import type { KeysPart } from "./messages.ts";

/** Parts that were asked for and have not come. */
export class AskedKeys {
  readonly #waiting = new Map<number, PromiseWithResolvers<readonly string[]>>();
  readonly #ask: (n: number) => void;
  readonly #signal: AbortSignal;

  /**
   * @param signal when it aborts, nobody waits any longer
   * @param ask tells the owner, whose answer goes to `take`
   */
  constructor(signal: AbortSignal, ask: (n: number) => void) {
    this.#signal = signal;
    this.#ask = ask;
    signal.addEventListener("abort", () => {
      for (const { reject } of this.#waiting.values()) reject(signal.reason as Error);
    });
  }

  /** @throws whatever keeps the owner from having them; the signal's reason */
  part(n: number): Promise<readonly string[]> {
    this.#signal.throwIfAborted();
    const known = this.#waiting.get(n);
    if (known !== undefined) return known.promise;
    const part = Promise.withResolvers<readonly string[]>();
    this.#waiting.set(n, part);
    this.#ask(n);
    return part.promise;
  }

  take(answer: KeysPart): void {
    const part = this.#waiting.get(answer.part);
    this.#waiting.delete(answer.part);
    if ("failure" in answer) part?.reject(errorOf(answer.failure));
    else part?.resolve(answer.keys);
  }
}
