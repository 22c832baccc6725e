// What our program and the threads that read CSV say to each other.
import type { ColumnFacts } from "./column-facts.ts";
import type { Packed } from "../unpack.ts";
import type { Part } from "./records.ts";
import type { Rising } from "./rising.ts";
import type { CsvDialect } from "./scanner.ts";

/** Which records of which file. */
export interface Where {
  readonly file: Packed;
  readonly dialect: CsvDialect;
  /** How many values each has. */
  readonly width: number;
  readonly part: Part;
}

/** What a thread is asked: one thing at a time. */
export type CsvRequest =
  /** To look at the records. Answered by `facts`. */
  | ({ readonly do: "look" } & Where)
  /** To give the rows. Answered by `rows`, again and again, and by `end`. */
  | ({
      readonly do: "rows";
      /** DuckDB's names of the types of the file's columns; null for those that are not needed. */
      readonly natives: readonly (string | null)[];
      readonly limit: number | null;
    } & Where)
  /** Gives the memory of rows back. */
  | { readonly do: "reuse"; readonly slot: number };

/** What is known of records. */
export interface Facts {
  readonly rows: number;
  readonly columns: readonly ColumnFacts[];
  readonly rising: Rising;
  /** Whether the last record ended where the part does; where not, all records that follow were looked at too. */
  readonly joins: boolean;
}

export type CsvAnswer =
  | { readonly is: "facts"; readonly facts: Facts }
  | {
      readonly is: "rows";
      readonly slot: number;
      readonly rows: number;
      /** The memory of the slot, where it is not what it was before. */
      readonly memory: { readonly cells: SharedArrayBuffer; readonly bytes: SharedArrayBuffer } | null;
    }
  | { readonly is: "end"; readonly rows: number }
  | { readonly is: "error"; readonly message: string };

/** So many batches are on their way, or being made. */
export const SLOTS = 4;
