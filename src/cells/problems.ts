// What a format could not hold exactly: counted, never silent.

/** One kind of problem in one column, and how many values it met. */
export interface Problem {
  readonly code: string;
  readonly column: string;
  readonly count: number;
  /** The first of the records that it is about, by their keys, where they are known and may be told. */
  readonly keys?: readonly string[];
}

/** Counts problems by code and column while rows are written. */
export class Problems {
  readonly #problems: (Omit<Problem, "count"> & { count: number })[] = [];
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

  /** Notes records as a whole. @param keys of the first of them */
  addRecords(code: string, object: string, count: number, keys: readonly string[]): void {
    this.#problems.push({ code, column: object, count, ...(keys.length === 0 ? {} : { keys }) });
  }

  list(): readonly Problem[] {
    return this.#problems.map((problem) => ({ ...problem }));
  }
}
