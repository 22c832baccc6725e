import { expect, it } from "vitest";
import { FILE_FORMATS, fileFormat } from "./file-format.ts";

it.each([
  ["genome.fasta", "fasta"],
  ["genome.FNA.GZ", "fasta"],
  ["Sample 1_R1.fastq.gz", "fastq"],
  ["reads.fq.bz2", "fastq"],
  ["notes.txt", "text"],
  ["README", "text"],
  ["run.log.zst", "text"],
  ["table.csv", "csv"],
  ["table.csv (1)", "csv"],
  [" Table.TSV ", "tsv"],
  ["book.xlsx", "spreadsheet"],
  ["sheet.ods~", "spreadsheet"],
  ["facts.json.xz", "json"],
  ["plasmid.gbk", "genbank"],
  ["Photo.JPEG", "image"],
  ["scan.pdf", "pdf"],
  ["archive.zip", "unknown"],
  ["reads.fastq.zip", "fastq"],
  ["nothing", "unknown"],
  ["", "unknown"],
  [".csv", "csv"],
  ["odd.", "unknown"],
  ["a/b.c/d", "unknown"],
  ["a.csv/d.pdf", "pdf"],
  ["ｆｕｌｌ．ｃｓｖ", "csv"],
] as const)("%j is %s", (name, format) => {
  expect(fileFormat(name)).toBe(format);
  expect(FILE_FORMATS).toContain(format);
});
