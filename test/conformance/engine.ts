// What the conformance suite asks of an engine's test: to make tables, and nothing else.

/** What a column of a test table holds, whichever way an engine stores it. */
export type ColumnType =
  | "text"
  | "integer"
  | "decimal"
  | "float"
  | "boolean"
  | "date"
  | "time"
  | "datetime"
  | "instant"
  | "uuid"
  | "binary"
  | "json"
  | "array of text"
  | "array of integers"
  | "enum";

export interface TestColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** A table with its rows as canonical text (CONTRACT section 4); null is missing, arrays and JSON are JSON text. */
export interface TestTable {
  readonly name: string;
  readonly columns: readonly TestColumn[];
  readonly key: readonly string[];
  readonly references?: readonly {
    readonly columns: readonly string[];
    readonly table: string;
    readonly to: readonly string[];
  }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** An engine under test. */
export interface TestEngine {
  readonly name: string;
  /** Makes a database with the tables, in their order. */
  make(tables: readonly TestTable[]): Promise<{ readonly url: string; drop(): Promise<void> }>;
}
