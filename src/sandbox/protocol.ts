// What the owner tells the interpreter's process, a line of JSON each.

/** What the owner sends first. */
export interface Task {
  readonly source: string;
  /** JSON of `{export, err}`; null to look for mistakes of syntax and run nothing. */
  readonly facts: string | null;
  readonly milliseconds: number;
}

/** What the owner sends when a call was carried out. */
export interface Answer {
  readonly call: number;
  readonly ok: boolean;
  /** JSON: what came of it, or the error's message. */
  readonly value: string;
}

/** The descriptor that the interpreter writes its messages to. */
export const REPORTS = 3;
