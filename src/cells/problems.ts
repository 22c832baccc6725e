// What a format could not hold exactly: counted, never silent.

/** One kind of problem in one column, and how many values it met. */
export interface Problem {
  readonly code: string;
  readonly column: string;
  readonly count: number;
}

/** Counts problems by code and column while rows are written. */
export class Problems {
  readonly #problems: { readonly code: string; readonly column: string; count: number }[] = [];
  /** By code, and then by column: no text is put together for a value. */
  readonly #byCode = new Map<string, Map<string, { count: number }>>();

  add(code: string, column: string, count = 1): void {
    const known = this.#byCode.get(code)?.get(column);
    if (known !== undefined) {
      known.count += count;
      return;
    }
    const problem = { code, column, count };
    this.#problems.push(problem);
    const columns = this.#byCode.get(code);
    if (columns === undefined) this.#byCode.set(code, new Map([[column, problem]]));
    else columns.set(column, problem);
  }

  list(): readonly Problem[] {
    return this.#problems.map((problem) => ({ ...problem }));
  }
}
