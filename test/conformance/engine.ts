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
  /** Whether a column with these values can hold this one of them as it is written; all can, where this is missing. */
  holds?(column: TestColumn, text: string, all: readonly (string | null)[]): boolean;
  /** Whether a column can have this name. */
  holdsName?(name: string): boolean;
  /** All decimals of a column have the same number of digits behind the point. */
  readonly fixedScale?: boolean;
  /** Three values in rising order of types that cannot hold the usual ones. */
  readonly rising?: Readonly<Partial<Record<ColumnType, readonly [string, string, string]>>>;
  /** Makes a database with the tables, in their order. */
  make(tables: readonly TestTable[]): Promise<{ readonly url: string; readonly drop: () => Promise<void> }>;
}

/** `CREATE TABLE` of a test table, with an engine's own types and quoting. */
export function tableDefinition(
  table: TestTable,
  native: (column: TestColumn) => string,
  quoted: (name: string) => string,
): string {
  const names = (columns: readonly string[]): string => columns.map(quoted).join(", ");
  const parts = table.columns.map((column) => `${quoted(column.name)} ${native(column)}`);
  if (table.key.length > 0) parts.push(`PRIMARY KEY (${names(table.key)})`);
  for (const { columns, table: target, to } of table.references ?? []) {
    parts.push(`FOREIGN KEY (${names(columns)}) REFERENCES ${quoted(target)} (${names(to)})`);
  }
  return `CREATE TABLE ${quoted(table.name)} (${parts.join(", ")})`;
}
