import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { FILE_FORMATS, fileFormat, nameParts } from "./file-format.ts";

it.each([
  ["reads.fastq", "fastq"],
  ["Sample 12 (Marsh)_S1_L001_R1_001.FASTQ.GZ", "fastq"],
  ["a.fq.bz2", "fastq"],
  ["galaxy.fastqsanger.gz", "fastq"],
  ["contigs.fna.zst", "fasta"],
  ["proteins.FAA", "fasta"],
  ["assembly.v2.fa.xz", "fasta"],
  ["notes.txt", "text"],
  ["README.md", "text"],
  ["run.log.zip", "text"],
  ["table.CSV", "csv"],
  ["table.tsv.gz", "tsv"],
  ["blast.tab", "tsv"],
  ["Mesures été.xlsx", "spreadsheet"],
  ["mesures.ods", "spreadsheet"],
  ["stats.json.gz", "json"],
  ["events.ndjson", "json"],
  ["places.geojson", "json"],
  ["plasmid.gbk", "genbank"],
  ["genome.gbff.gz", "genbank"],
  ["photo.JPeG", "image"],
  ["plan.svg", "image"],
  ["scan.tiff", "image"],
  ["report.pdf", "pdf"],
  ["report.pdf (2)", "pdf"],
  ["reads.fastq.gz (1)", "fastq"],
  ["report (1).pdf", "pdf"],
  ["report.pdf ", "pdf"],
  ["report.pdf.", "pdf"],
  ["report.pdf~", "pdf"],
  ["folder.csv/report.pdf", "pdf"],
  ["C:\\data\\report.pdf", "pdf"],
  ["folder.csv/report", "unknown"],
  [".fastq", "fastq"],
  ["fastq", "unknown"],
  ["fastq.gz", "unknown"],
  ["archive.zip", "unknown"],
  ["archive.tar.gz", "unknown"],
  ["letter.docx", "unknown"],
  ["alignment.bam", "unknown"],
  ["constructor", "unknown"],
  ["a.constructor", "unknown"],
  ["no suffix at all", "unknown"],
  ["", "unknown"],
  [".", "unknown"],
  [".gz", "unknown"],
])("takes %s for %s", (name, format) => {
  expect(fileFormat(name)).toBe(format);
});

it("minds neither capitals, nor compression, nor folders", async () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9 _()-]{1,20}$/);
  const suffix = fc.constantFrom("fastq", "fa", "txt", "csv", "tsv", "xlsx", "json", "gbk", "png", "pdf", "bam");
  await fuzz(fc.tuple(word, suffix, fc.constantFrom("", ".gz", ".bz2", ".xz", ".zst", ".zip")), ([stem, kind, how]) => {
    const format = fileFormat(`x.${kind}`);
    expect(fileFormat(`${stem}.${kind}${how}`)).toBe(format);
    expect(fileFormat(`${stem}.${kind}${how}`.toUpperCase())).toBe(format);
    expect(fileFormat(`a.csv/${stem}.${kind}${how}`)).toBe(format);
  });
});

it("has an answer for any name", async () => {
  await fuzz(fc.string({ unit: "binary" }), (name) => {
    expect(FILE_FORMATS).toContain(fileFormat(name));
  });
});

it("takes long names apart quickly", () => {
  const started = performance.now();
  for (const piece of [" ", ".", "(1)", " (1)", ".gz", "\t~", "(1"]) {
    nameParts(`${piece.repeat(50_000)}x`);
    nameParts(`x${piece.repeat(50_000)}y`);
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
