// What the resolvers of records have besides: the records of a request, as they were read.
import type { TreePage, TreeRecord } from "../../service/records/tree.ts";
import type { GraphqlContext } from "./context.ts";
import type { ValueProblems } from "./value-problems.ts";

/** The signal of its call aborts when the time is over, too. */
export interface Context extends GraphqlContext {
  /** Root fields are read one after the other, so that no request takes several connections of a source. */
  readonly inTurn: <T>(read: () => Promise<T>) => Promise<T>;
  readonly problems: ValueProblems;
}

/** A record, and on which way it was asked for: what is under it was read by that name. */
export interface RecordAt {
  readonly record: TreeRecord;
  /** The names in the answer that lead here from the connection or reference that it is of, with dots; empty at its own place. */
  readonly way: string;
}

/** One in a connection. */
export interface EdgeAt extends RecordAt {
  readonly cursor: string | null;
}

export interface PageAt {
  readonly page: TreePage;
}

/** What something under a record is called in what was read. */
export function nameAt(way: string, name: string): string {
  return way === "" ? name : `${way}.${name}`;
}
