// Builds the demo database: one SQLite file, the same bytes every time.
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fillForms } from "./forms.ts";
import { fillGenomics } from "./genomics.ts";
import { fillHpc } from "./hpc.ts";
import type { Insert } from "./insert.ts";
import { fillLab } from "./lab.ts";
import { Random } from "./random.ts";

/** How many records each table holds. */
export type Counts = Readonly<Record<string, number>>;

const SCHEMA = new URL("schema.sql", import.meta.url);

/**
 * Writes the demo database, about 100,000 records, and returns how many each table got.
 * A file of that name is replaced, and only once the new one is complete.
 */
export function buildDemo(path: string): Counts {
  const unfinished = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(unfinished, { force: true });
  try {
    const counts = fill(unfinished);
    renameSync(unfinished, path);
    return counts;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function fill(path: string): Counts {
  const counts: Record<string, number> = {};
  using database = new DatabaseSync(path);
  // Nothing to protect: a file that is not complete is thrown away.
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;");
  database.exec(readFileSync(SCHEMA, "utf8"));

  const insert: Insert = (table, rows) => {
    const [first, ...rest] = rows;
    if (first === undefined) return;
    const columns = Object.keys(first);
    const statement = database.prepare(
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((column) => `:${column}`).join(", ")})`,
    );
    for (const row of [first, ...rest]) statement.run(row);
    counts[table] = rest.length + 1;
  };

  // A generator for each domain: a change in one leaves the others as they were.
  database.exec("BEGIN");
  fillLab(insert, new Random(1));
  fillGenomics(insert, new Random(2));
  fillForms(insert, new Random(3));
  fillHpc(insert, new Random(4));
  database.exec("COMMIT");
  return counts;
}
