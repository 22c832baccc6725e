// The kinds of cell: what a value is, and where the batch keeps it. Every source speaks these and no others.

/**
 * How the parts of a cell are to be read. `start` and `end` are offsets into the batch's bytes.
 * A kind is the raw typed form, not the text: canonical text is made in one place, by the renderers.
 */
export const Kind = {
  /** No value. */
  missing: 0,
  /** UTF-8 text at start..end. */
  text: 1,
  /** A safe integer in `number`. */
  integer: 2,
  /** An exact integer or decimal as ASCII at start..end: `-?digits(.digits)?`, or `NaN`, `Infinity`, `-Infinity`. */
  digits: 3,
  /** An IEEE 754 double in `number`. */
  float: 4,
  /** A double in `number` that came from a single-precision float. */
  float32: 5,
  /** 0 or 1 in `number`. */
  boolean: 6,
  /** Days since 1970-01-01 in the proleptic Gregorian calendar, in `number`. */
  date: 7,
  /** Microseconds since midnight in `number`. */
  time: 8,
  /** A local date and time: seconds since 1970-01-01T00:00:00 in `number`, microseconds (0 to 999,999) in `start`. */
  datetime: 9,
  /** A point in time: as `datetime`, counted in UTC. */
  instant: 10,
  /** 16 bytes at `start`. */
  uuid: 11,
  /** Bytes at start..end. */
  binary: 12,
  /** Valid JSON text (RFC 8259) at start..end, white space allowed. */
  json: 13,
  /** An ASCII word at start..end that stands for a value, as `infinity` for a date. */
  word: 14,
} as const;

export type Kind = (typeof Kind)[keyof typeof Kind];
