// Exports for further computing: whole tables, groups, and the containers that keep them small.
import type { DemoExport } from "./exports.ts";

export const bulkExports: readonly DemoExport[] = [
  {
    title: "Jobs of the first quarter of 2025 as rows under a header, for a warehouse to load",
    database: "demo.db",
    object: "jobs",
    options: [
      ["--where", `{"ended_at":{"$gte":"2025-01-01","$lt":"2025-04-01"}}`],
      [
        "--paths",
        "id,resource.name,user.username,user.investigator.full_name,queue,ended_at,cores,cpu_hours,exit_state",
      ],
      ["--format", "json-rows"],
    ],
    file: "jobs-2025-q1.json",
    checks: [
      {
        what: "jobs",
        sql: "SELECT count(*) FROM jobs WHERE ended_at >= '2025-01-01' AND ended_at < '2025-04-01'",
      },
    ],
  },
  {
    title: "Jobs and CPU hours by month and cluster",
    database: "demo.db",
    object: "jobs",
    options: [
      [
        "--aggregate",
        `{"by":[{"month":"ended_at"},"resource.name"],"measures":{"jobs":{"count":"*"},"users":{"distinct":"user_id"},"cpu_hours":{"sum":"cpu_hours"}}}`,
      ],
    ],
    file: "cpu-hours-by-month.csv",
    checks: [
      { what: "groups", sql: "SELECT count(DISTINCT substr(ended_at, 1, 7) || resource_id) FROM jobs" },
      { what: "jobs in all", sum: "jobs", sql: "SELECT count(*) FROM jobs" },
    ],
  },
  {
    title: "Every job of three years, compressed on the way (gzip)",
    database: "demo.db",
    object: "jobs",
    options: [],
    file: "jobs.csv.gz",
    checks: [
      { what: "jobs", sql: "SELECT count(*) FROM jobs" },
      { what: "cores in all", sum: "cores", sql: "SELECT sum(cores) FROM jobs" },
    ],
  },
  {
    title: "Every measure with its sample, compressed on the way (zstd)",
    database: "demo.db",
    object: "measures",
    options: [["--paths", "id,sample.name,sample.type.name,name,value,unit,measured_at"]],
    file: "measures.ndjson.zst",
    checks: [{ what: "measures", sql: "SELECT count(*) FROM measures" }],
  },
  {
    title: "Every sample, with the list of measures as a table of its own",
    database: "demo.db",
    object: "samples",
    options: [
      ["--include", "measures"],
      ["--format", "csv"],
    ],
    file: "samples.zip",
    checks: [
      { what: "samples", entry: "samples.csv", sql: "SELECT count(*) FROM samples" },
      { what: "measures", entry: "samples.measures.csv", sql: "SELECT count(*) FROM measures" },
    ],
  },
];
