// Rows on their way into a demo database.
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";

/** Column names and values; every row of a table has the same columns. */
export type Row = Readonly<Record<string, SQLInputValue>>;

/** Writes rows into a table, in their order. */
export type Insert = (table: string, rows: Iterable<Row>) => void;

/** How many records each table holds. */
export type DemoCounts = Readonly<Record<string, number>>;

/**
 * Writes a database and returns how many records each table got. A file of that name is replaced, and only once the
 * new one is complete and each of its foreign keys points to a record.
 */
export function writeDatabase(file: string, schema: string, fill: (insert: Insert) => void): DemoCounts {
  const unfinished = `${file}.${process.pid}.tmp`;
  mkdirSync(dirname(file), { recursive: true });
  rmSync(unfinished, { force: true });
  try {
    const counts = filled(unfinished, schema, fill);
    renameSync(unfinished, file);
    return counts;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function filled(file: string, schema: string, fill: (insert: Insert) => void): DemoCounts {
  const counts: Record<string, number> = {};
  // Parents and children may come in any order: foreign keys are checked at the end, all at once.
  using database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  // Nothing to protect: a file that is not complete is thrown away.
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
  database.exec(schema);
  database.exec("BEGIN");
  fill((table, rows) => {
    counts[table] = insertAll(database, table, rows);
  });
  database.exec("COMMIT");
  const [broken] = database.prepare("PRAGMA foreign_key_check").all();
  if (broken !== undefined) throw new Error(`A foreign key points to nothing: ${JSON.stringify(broken)}`);
  return counts;
}

function insertAll(database: DatabaseSync, table: string, rows: Iterable<Row>): number {
  let count = 0;
  let columns: readonly string[] = [];
  let insert = null;
  for (const row of rows) {
    if (insert === null) {
      columns = Object.keys(row);
      insert = database.prepare(insertStatement(table, columns));
    }
    // By name: a published file may list its values in another order from one record to the next.
    insert.run(...columns.map((column) => row[column] ?? null));
    count++;
  }
  return count;
}

function insertStatement(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
}

/** A name as SQL takes it, whatever characters it has. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Something that SQLite keeps as JSON text. */
export function json(value: unknown): string {
  return JSON.stringify(value);
}

/** SQLite keeps booleans as 0 and 1. */
export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** Rows with an `id` in front, from 1 on. */
export function* numbered(rows: Iterable<Row>): Generator<Row> {
  let id = 0;
  for (const row of rows) yield { id: ++id, ...row };
}
