import { expect, it } from "vitest";
import { isCompressed } from "./stored-kinds.ts";

it.each(["a.gz", "reads.fastq.gz", "A.JPG", "files/1/b.xlsx", "c.parquet", "d.bam", "e.tar.zst", "f.mp4"])(
  "%s is compressed already",
  (name) => expect(isCompressed(name)).toBe(true),
);

it.each(["a.csv", "gz", ".gz", "a.gz.txt", "a.fastq", "a.tif", "a.wav", "a.", "", "a.json", "a.ts"])(
  "%j is not",
  (name) => expect(isCompressed(name)).toBe(false),
);
