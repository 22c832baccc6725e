// Values that have no form in the answer: they are null there, and told beside it.

/** What is told of one field of an object type. */
export interface ValueProblem {
  readonly object: string;
  readonly field: string;
  /** How many values. */
  readonly count: number;
  readonly detail: string;
}

export interface ValueProblems {
  add(object: string, field: string, detail: string): void;
  all(): readonly ValueProblem[];
}

export function valueProblems(): ValueProblems {
  const found = new Map<string, ValueProblem>();
  return {
    add(object, field, detail) {
      const key = JSON.stringify([object, field, detail]);
      found.set(key, { object, field, count: (found.get(key)?.count ?? 0) + 1, detail });
    },
    all: () => [...found.values()],
  };
}
