// The condition of keyset paging: rows that come after a place in their order, said so that an index can find them.

/** A term of ORDER BY, and what the place has of it. */
export interface Term {
  /** Asked each time it is written, since a value may have to be bound. */
  readonly sql: () => string;
  /** Null where the place has no value. */
  readonly value: (() => string) | null;
  readonly descending: boolean;
  /** Where missing values stand; null where there are none. */
  readonly missing: "first" | "last" | null;
}

/**
 * Rows after a place, of which `near` are those that have a first value exactly where the place has one: a range of the
 * first term, which one step down an index finds. The others, if they come later, are `far`.
 */
export function afterPlace(terms: readonly Term[], part: "near" | "far" | "all"): string {
  const [first, ...rest] = terms;
  if (first === undefined) return NEVER;
  const { sql, value, descending } = first;
  // Missing values come last, or first where the order descends.
  if (part === "far") {
    return descending === (value === null) ? `(${sql()} IS ${value === null ? "NOT NULL" : "NULL"})` : NEVER;
  }
  if (part === "all" && first.missing !== null) return beyond(terms);
  if (value === null) return `(${sql()} IS NULL AND ${beyond(rest)})`;
  const sign = descending ? "<" : ">";
  const range = `${sql()} ${sign}= ${value()}`;
  if (rest.length === 0) return `(${sql()} ${sign} ${value()})`;
  return `(${range} AND (${sql()} ${sign} ${value()} OR (${sql()} = ${value()} AND ${beyond(rest)})))`;
}

const NEVER = "(1 = 0)";

function beyond(terms: readonly Term[]): string {
  const [first, ...rest] = terms;
  if (first === undefined) return NEVER;
  const { sql, value, descending, missing } = first;
  if (value === null) {
    const same = `(${sql()} IS NULL AND ${beyond(rest)})`;
    return missing === "first" ? `(${sql()} IS NOT NULL OR ${same})` : same;
  }
  const parts = [`${sql()} ${descending ? "<" : ">"} ${value()}`];
  if (missing === "last") parts.push(`${sql()} IS NULL`);
  if (rest.length > 0) parts.push(`(${sql()} = ${value()} AND ${beyond(rest)})`);
  return `(${parts.join(" OR ")})`;
}
