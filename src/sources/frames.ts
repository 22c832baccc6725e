// What every reader process and its owner say to each other: JSON lines one way, frames the other.

/**
 * A frame on a reader's standard output: its type (1 byte), the length of what follows (4 bytes), how many bytes the
 * owner is to leave free behind it for what it makes of it (4 bytes), the payload. Numbers are little-endian throughout.
 */
export const Frame = {
  /** JSON: the answer. */
  result: 1,
  /** Rows, as source and reader agree. */
  rows: 2,
  /** JSON: the number of rows of the stream. */
  end: 3,
  /** JSON: `{ code, message }`. */
  error: 4,
} as const;

export const FRAME_HEADER = 9;

/** Asks for some rows of a stream. Answered by `rows`, or by `end` after the last. */
export interface NextRequest {
  readonly do: "next";
  readonly stream: number;
}
