// Builds the demo database: four applications in one SQLite file, about 100,000 records, the same bytes every time.
import { readFileSync } from "node:fs";
import { type DemoCounts, writeDatabase } from "./insert.ts";
import { fillJobs } from "./jobs.ts";
import { fillProcedures } from "./procedures.ts";
import { fillProjects } from "./projects.ts";
import { Random } from "./random.ts";
import { fillSamples } from "./samples.ts";

const SCHEMAS = ["samples.sql", "projects.sql", "procedures.sql", "jobs.sql"];

/**
 * Writes the demo database and returns how many records each table got.
 * A file of that name is replaced, and only once the new one is complete.
 */
export function buildDemoDatabase(file: string): DemoCounts {
  const schema = SCHEMAS.map((name) => readFileSync(new URL(name, import.meta.url), "utf8")).join("\n");
  return writeDatabase(file, schema, (insert) => {
    // A generator for each domain: a change in one leaves the others as they were.
    fillSamples(insert, new Random(1));
    fillProjects(insert, new Random(2));
    fillProcedures(insert, new Random(3));
    fillJobs(insert, new Random(4));
  });
}
