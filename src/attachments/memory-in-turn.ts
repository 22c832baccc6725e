// Memory lent to those who queue for it, strictly in their order: whoever is first gets it as soon as enough is back.

/** A place in the queue. Whoever has one must take or pass; after that, both do nothing. */
export interface Turn {
  /** Waits until those before had their turn and so many bytes are left. */
  take(bytes: number): Promise<void>;
  pass(): void;
}

export class MemoryInTurn {
  #left: number;
  #last: Promise<void> = Promise.resolve();
  #waiting: { readonly bytes: number; readonly go: () => void } | null = null;
  #closed = false;

  /** @param bytes that may be lent at once */
  constructor(bytes: number) {
    this.#left = bytes;
  }

  /** Queues up. */
  turn(): Turn {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    return {
      take: async (bytes) => {
        await before;
        if (bytes > this.#left && !this.#closed) await new Promise<void>((go) => (this.#waiting = { bytes, go }));
        this.#left -= bytes;
        resolve();
      },
      pass: () => resolve(before),
    };
  }

  /** Gives bytes back. */
  free(bytes: number): void {
    this.#left += bytes;
    if (this.#waiting !== null && this.#waiting.bytes <= this.#left) this.#go();
  }

  /** Nobody has to wait any more. */
  close(): void {
    this.#closed = true;
    this.#go();
  }

  #go(): void {
    this.#waiting?.go();
    this.#waiting = null;
  }
}
