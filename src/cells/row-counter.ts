// Counting the rows of a file that was written earlier, as it passes by: what `waybill verify` compares.

/** Counts the rows of a table in a file. It keeps no more of it than a few bytes. */
export interface RowCounter {
  add(chunk: Uint8Array): void;
  /**
   * How many rows there were, once every chunk was added.
   * @throws Error that says what is wrong where the content is no such table
   */
  rows(): number;
}

/** Counts the rows of each sheet in a part of a workbook. */
export interface SheetCounter {
  add(chunk: Uint8Array): void;
  /** Rows below the header, for each sheet of the part in order. */
  sheets(): readonly number[];
}
