// The exports that the demo runs on its own database: what each shows, how it is asked for, how it is checked.

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

const SCHOLARSHIPS = "FROM case_files WHERE procedure_id = (SELECT id FROM procedures WHERE title LIKE 'Bourse%')";
const MUCH_NITRATE = `
  (SELECT s.id FROM samples s WHERE EXISTS
    (SELECT 1 FROM measures m WHERE m.sample_id = s.id AND m.name = 'nitrate' AND CAST(m.value AS REAL) > 40))`;

export const demoExports: readonly DemoExport[] = [
  {
    title: "Samples from ten metres and deeper, newest first: a filter on a JSON key, columns through references",
    database: "demo.db",
    object: "samples",
    options: [
      ["--where", `{"metadata.depth":{"$gte":10},"collected_on":{"$gte":"2024-01-01"},"trashed":false}`],
      ["--paths", "name,collection.name,type.name,campaign.site,collected_on,metadata.depth,metadata.operator"],
      ["--order", "-collected_on,name"],
    ],
    file: "deep-samples.csv",
    checks: [
      {
        what: "samples",
        sql: `SELECT count(*) FROM samples
          WHERE metadata ->> 'depth' >= 10 AND collected_on >= '2024-01-01' AND NOT trashed`,
      },
    ],
  },
  {
    title: "Case files accepted in 2024, ready for a French Excel: semicolons, Paris time, no text taken for a formula",
    database: "demo.db",
    object: "case_files",
    options: [
      ["--where", `{"state":"accepte","decided_at":{"$gte":"2024-01-01","$lt":"2025-01-01"}}`],
      [
        "--paths",
        "number,procedure.title,applicant_last_name,applicant_first_name,amount_granted,decided_at,answers.commune.name,comment",
      ],
      ["--option", "preset=excel"],
      ["--language", "fr"],
      ["--time-zone", "Europe/Paris"],
    ],
    file: "accepted-in-2024.csv",
    checks: [
      {
        what: "case files",
        sql: `SELECT count(*) FROM case_files
          WHERE state = 'accepte' AND decided_at >= '2023-12-31T23:00:00Z' AND decided_at < '2024-12-31T23:00:00Z'`,
      },
    ],
  },
  {
    title: "Sequence files of one organism with their project, by a pattern of file names",
    database: "demo.db",
    object: "sample_files",
    options: [
      [
        "--where",
        String.raw`{"name":{"$regex":"\\.fastq(\\.gz)?$"},"project_sample.organism":"Listeria monocytogenes"}`,
      ],
      ["--paths", "project_sample.project.name,project_sample.puid,name,byte_size,sha256"],
    ],
    file: "listeria-reads.tsv",
    checks: [
      {
        what: "files",
        sql: `SELECT count(*) FROM sample_files f JOIN project_samples s ON s.id = f.project_sample_id
          WHERE s.organism = 'Listeria monocytogenes' AND (f.name LIKE '%.fastq' OR f.name LIKE '%.fastq.gz')`,
      },
    ],
  },
  {
    title: "Samples with more than 40 mg/L of nitrate, each with its collection and all of its measures inside",
    database: "demo.db",
    object: "samples",
    options: [
      ["--where", `{"measures":{"$elemMatch":{"name":"nitrate","value":{"$gt":40}}}}`],
      ["--include", "measures"],
      ["--expand", "collection"],
    ],
    file: "nitrate.ndjson",
    checks: [
      { what: "samples", sql: `SELECT count(*) FROM ${MUCH_NITRATE}` },
      { what: "measures", list: "measures", sql: `SELECT count(*) FROM measures WHERE sample_id IN ${MUCH_NITRATE}` },
    ],
  },
  {
    title: "All case files of one procedure, with the opinions and messages about them",
    database: "demo.db",
    object: "case_files",
    options: [
      ["--where", `{"procedure.title":{"$startsWith":"Bourse"}}`],
      ["--include", "opinions,messages"],
    ],
    file: "scholarships.json",
    checks: [
      { what: "case files", sql: `SELECT count(*) ${SCHOLARSHIPS}` },
      {
        what: "opinions",
        list: "opinions",
        sql: `SELECT count(*) FROM opinions WHERE case_file_no IN (SELECT number ${SCHOLARSHIPS})`,
      },
      {
        what: "messages",
        list: "messages",
        sql: `SELECT count(*) FROM messages WHERE case_file_no IN (SELECT number ${SCHOLARSHIPS})`,
      },
    ],
  },
  {
    title: "Completed analyses that left no output, with who started them",
    database: "demo.db",
    object: "analysis_runs",
    options: [
      ["--where", `{"state":"completed","run_outputs":{"$size":0}}`],
      ["--paths", "id,name,project.name,project.group.name,started_by,started_at,finished_at"],
    ],
    file: "runs-without-output.csv",
    checks: [
      {
        what: "runs",
        sql: `SELECT count(*) FROM analysis_runs
          WHERE state = 'completed' AND id NOT IN (SELECT run_id FROM run_outputs)`,
      },
    ],
  },
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
    checks: [{ what: "jobs", sql: "SELECT count(*) FROM jobs" }],
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
