// Exports of some records, with what belongs to them: filters, columns through references, nested lists.
import type { DemoExport } from "./exports.ts";

const SCHOLARSHIPS = "FROM case_files WHERE procedure_id = (SELECT id FROM procedures WHERE title LIKE 'Bourse%')";
const MUCH_NITRATE = `
  (SELECT s.id FROM samples s WHERE EXISTS
    (SELECT 1 FROM measures m WHERE m.sample_id = s.id AND m.name = 'nitrate' AND CAST(m.value AS REAL) > 40))`;

export const filteredExports: readonly DemoExport[] = [
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
];
