// What a format could not hold exactly: counted, never silent.

/** One kind of problem in one column, and how many values it met. */
export interface Problem {
  readonly code: string;
  readonly column: string;
  readonly count: number;
}

/** Counts problems by code and column while rows are written. */
export class Problems {
  readonly #counts = new Map<string, { code: string; column: string; count: number }>();

  add(code: string, column: string, count = 1): void {
    const key = `${code}\u0000${column}`;
    const entry = this.#counts.get(key);
    if (entry === undefined) this.#counts.set(key, { code, column, count });
    else entry.count += count;
  }

  list(): readonly Problem[] {
    return [...this.#counts.values()];
  }

  get total(): number {
    let total = 0;
    for (const { count } of this.#counts.values()) total += count;
    return total;
  }
}
