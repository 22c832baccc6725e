// Exports for people who open files by hand, and for programs that want types: workbooks, XML, Parquet.
import type { DemoExport } from "./exports.ts";

export const fileFormats: readonly DemoExport[] = [
  {
    title: "Case files with their opinions and messages, each on a sheet of one workbook, for Excel",
    database: "demo.db",
    object: "case_files",
    options: [["--include", "opinions,messages"]],
    file: "case-files.xlsx",
    checks: [
      { what: "case files", entry: "case_files", sql: "SELECT count(*) FROM case_files" },
      { what: "opinions", entry: "case_files.opinions", sql: "SELECT count(*) FROM opinions" },
      { what: "messages", entry: "case_files.messages", sql: "SELECT count(*) FROM messages" },
    ],
  },
  {
    title: "Campaigns and their samples for LibreOffice, in French",
    database: "demo.db",
    object: "campaigns",
    options: [
      ["--include", "samples"],
      ["--language", "fr"],
      ["--time-zone", "Europe/Paris"],
    ],
    file: "campagnes.ods",
    checks: [
      { what: "campaigns", entry: "campaigns", sql: "SELECT count(*) FROM campaigns" },
      {
        what: "samples",
        entry: "campaigns.samples",
        sql: "SELECT count(*) FROM samples WHERE campaign_id IS NOT NULL",
      },
    ],
  },
  {
    title: "Samples as XML, for a laboratory system",
    database: "demo.db",
    object: "samples",
    options: [["--paths", "id,uid,name,type.name,collected_on,quantity"]],
    file: "samples.xml",
    checks: [
      { what: "samples", sql: "SELECT count(*) FROM samples" },
      { what: "ids in all", sum: "id", sql: "SELECT sum(id) FROM samples" },
    ],
  },
  {
    title: "Every job as typed columns (Parquet), for analysis",
    database: "demo.db",
    object: "jobs",
    options: [],
    file: "jobs.parquet",
    checks: [
      { what: "jobs", sql: "SELECT count(*) FROM jobs" },
      { what: "cores in all", sum: "cores", sql: "SELECT sum(cores) FROM jobs" },
    ],
  },
];
