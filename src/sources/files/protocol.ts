// What the process that runs DuckDB and its owner say to each other, besides what all readers do (sources/frames.ts).

/** A request, one JSON line on the reader's standard input. They are answered in order. */
export type Request =
  /**
   * Starts DuckDB, which may then read these files and do nothing else outside of itself; it looks into them with more
   * than one thread until `lock`, which must come before any statement that is not our own. Answered by `result` (null).
   */
  | { readonly do: "open"; readonly paths: readonly string[]; readonly memory: string }
  /** Ends the looking into files: nothing of DuckDB's settings changes any more. Answered by `result` (null). */
  | { readonly do: "lock" }
  /** Runs a statement of our own that gives nothing. Answered by `result` (null). */
  | { readonly do: "run"; readonly sql: string }
  /** Begins a SELECT, and refuses everything else. Answered by `result`: the columns' types (`WireType`). */
  | {
      readonly do: "stream";
      readonly stream: number;
      readonly sql: string;
      /** The columns that hold JSON as text. */
      readonly json: readonly number[];
    };

/** How the values of a column lie in memory: DuckDB's type, by its number in the C API, and what a decimal is made of. */
export interface WireType {
  readonly id: number;
  /** Bytes per value. */
  readonly size: number;
  readonly scale: number;
  /** Whether its text is to be JSON. */
  readonly json: boolean;
}

/** Numbers of DuckDB's types (duckdb.h, enum DUCKDB_TYPE). */
export const Type = {
  boolean: 1,
  tinyint: 2,
  smallint: 3,
  integer: 4,
  bigint: 5,
  utinyint: 6,
  usmallint: 7,
  uinteger: 8,
  ubigint: 9,
  float: 10,
  double: 11,
  timestamp: 12,
  date: 13,
  time: 14,
  hugeint: 16,
  varchar: 17,
  blob: 18,
  decimal: 19,
  uuid: 27,
  timestampTz: 31,
  uhugeint: 32,
} as const;

/** Bytes per value of the types whose width is fixed; text and blobs lie elsewhere, or in the last 12 of their 16 bytes. */
export const TYPE_SIZE: Readonly<Record<number, number | undefined>> = {
  [Type.boolean]: 1,
  [Type.tinyint]: 1,
  [Type.smallint]: 2,
  [Type.integer]: 4,
  [Type.bigint]: 8,
  [Type.utinyint]: 1,
  [Type.usmallint]: 2,
  [Type.uinteger]: 4,
  [Type.ubigint]: 8,
  [Type.float]: 4,
  [Type.double]: 8,
  [Type.timestamp]: 8,
  [Type.date]: 4,
  [Type.time]: 8,
  [Type.hugeint]: 16,
  [Type.varchar]: 16,
  [Type.blob]: 16,
  [Type.uuid]: 16,
  [Type.timestampTz]: 8,
  [Type.uhugeint]: 16,
};

/** Text up to so many bytes stands in its 16 bytes, longer text elsewhere (duckdb_string_t). */
export const INLINE = 12;

/**
 * A frame of rows is one or more chunks. A chunk is the number of its rows and where it ends (4 bytes each), and for
 * each column where its values are, where its validity bits are (0 where all are valid), and 1 where its text was found
 * to be JSON throughout (4 bytes each). Then the vectors as DuckDB has them, each at a multiple of 16; in text that is
 * not inline, the pointer is replaced. All places are counted from the beginning of the frame.
 */
export const CHUNK_HEADER = 8;
export const COLUMN_HEADER = 12;

/** Bytes that the owner needs to write a number of so many bytes as digits. */
export function digitsRoom({ id, size }: WireType): number {
  if (id === Type.varchar || id === Type.blob || id === Type.uuid) return 0;
  return size === 16 ? 44 : id === Type.decimal || size === 8 || id === Type.date ? 24 : 0;
}
