// What the owner and the sandbox tell each other.

/** What the owner sends first, as one line of JSON. The document follows, once the sandbox reports `compiled`. */
export interface Request {
  readonly stylesheet: string;
}

/** What the sandbox reports on its fourth descriptor, a line of JSON each. The last is any but `compiled`. */
export type Report =
  /** The stylesheet suits; the document may come. */
  | { readonly step: "compiled" }
  /** The result is written to standard output, whole. */
  | { readonly step: "done" }
  /** The stylesheet uses what it may not. */
  | { readonly step: "forbidden"; readonly what: string }
  /** The stylesheet is not XML, does not compile, or wants what we do not have. */
  | { readonly step: "unsuited"; readonly detail: string; readonly line: number | null }
  /** The stylesheet failed while it ran. */
  | { readonly step: "failed"; readonly detail: string; readonly line: number | null };

/** The descriptor that reports go to. */
export const REPORTS = 3;
