// What the reader process and its owner say to each other: JSON lines one way, frames the other.

/** A request, one JSON line on the reader's standard input. They are answered in order. */
export type Request =
  /** Opens the database and begins the snapshot. Answered by `result` (null). */
  | { readonly do: "open"; readonly path: string }
  /** Runs a statement to its end and gives its rows as arrays. Answered by `result`. */
  | { readonly do: "all"; readonly sql: string }
  /** Names the columns that a SELECT gives, with their declared types. Answered by `result`. */
  | { readonly do: "columns"; readonly sql: string }
  /** Prepares a stream. Answered by `result` (null). */
  | {
      readonly do: "stream";
      readonly stream: number;
      readonly sql: string;
      readonly values: readonly (string | number)[];
    }
  /** Asks for some rows of a stream. Answered by `rows`, or by `end` after the last. */
  | { readonly do: "next"; readonly stream: number };

/**
 * A frame on the reader's standard output: its type (1 byte), the length of what follows (4 bytes), the payload.
 * Numbers are little-endian throughout.
 */
export const Frame = {
  /** JSON: the answer. */
  result: 1,
  /** Rows: each its length (4 bytes) and its cells. */
  rows: 2,
  /** JSON: the number of rows of the stream. */
  end: 3,
  /** JSON: `{ code, message }`. */
  error: 4,
} as const;

export const FRAME_HEADER = 5;

/** How a cell begins; text, blobs and large integers go on with their length (4 bytes), numbers with 8 bytes (a double). */
export const Tag = { missing: 0, text: 1, integer: 2, real: 3, blob: 4, digits: 5 } as const;
