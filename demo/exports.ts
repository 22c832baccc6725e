// What an export of the demo is: what it shows, how it is asked for, and how its file is checked.

/** An export, and what must hold of its file. */
export interface DemoExport {
  readonly title: string;
  readonly database: "demo.db" | "real.db";
  readonly object: string;
  /** Options of the command line, each with its value. */
  readonly options: readonly (readonly [option: string, value: string])[];
  /** The file's name. */
  readonly file: string;
  /** The first one counts the records. */
  readonly checks: readonly [Check, ...Check[]];
}

/** A number that the file and the database must agree on. */
export interface Check {
  /** What is counted. */
  readonly what: string;
  /** Asks the database for the number, in SQL of its own. */
  readonly sql: string;
  /** The records counted are those of this list, nested in the file's. */
  readonly list?: string;
  /** The file in the zip whose records are counted. */
  readonly entry?: string;
  /** Instead of counting records, add up this column. */
  readonly sum?: string;
}
