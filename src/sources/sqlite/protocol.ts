// What SQLite's reader process and its owner say to each other, besides what all readers do (sources/frames.ts).

/** A request, one JSON line on the reader's standard input. They are answered in order. */
export type Request =
  /** Opens the database and begins the snapshot. Answered by `result` (null). */
  | { readonly do: "open"; readonly path: string }
  /** Ends the snapshot: another `open` of the same file begins the next. Answered by `result` (null). */
  | { readonly do: "rest" }
  /** Runs a statement to its end and gives its rows as arrays. Answered by `result`. */
  | { readonly do: "all"; readonly sql: string }
  /** Names the columns that a SELECT gives, with their declared types. Answered by `result`. */
  | { readonly do: "columns"; readonly sql: string }
  /** A stream is prepared with the values of its placeholders. */
  | {
      readonly do: "stream";
      readonly stream: number;
      readonly sql: string;
      readonly values: readonly (string | number)[];
    };

/** Frames of rows hold each row's length (4 bytes) and its cells. How a cell begins; text, blobs and large integers go on with their length (4 bytes), numbers with 8 bytes (a double). */
export const Tag = { missing: 0, text: 1, integer: 2, real: 3, blob: 4, digits: 5 } as const;
