import { expect, it } from "vitest";
import { pairedEnds } from "./paired-ends.ts";

/** The groups by their names. */
function grouped(names: readonly string[]): (string | [string, string])[] {
  return pairedEnds(names).map((group) =>
    "single" in group ? names[group.single]! : [names[group.forward]!, names[group.reverse]!],
  );
}

it.each([
  ["S1_L001_R1_001.fastq.gz", "S1_L001_R2_001.fastq.gz"],
  ["a_R1.fq", "a_R2.fq"],
  ["a_1.fastq", "a_2.fastq"],
  ["a b_F.fastq.gz", "a b_R.fastq.gz"],
  ["x.y_f.fq.bz2", "x.y_r.FQ.bz2"],
])("%s and %s are a pair, in either order", (forward, reverse) => {
  expect(grouped([forward, reverse])).toEqual([[forward, reverse]]);
  expect(grouped([reverse, "notes.txt", forward])).toEqual([[forward, reverse], "notes.txt"]);
});

it("keeps what is no pair by itself, in its place", () => {
  const names = [
    "a_R1.fastq",
    "b_R2.fastq",
    "a_R1.fastq.gz",
    "c_1.fastq",
    "c_1.fastq",
    "c_2.fastq",
    "d_F.fq",
    "d_r.fq",
  ];
  expect(grouped(names)).toEqual(names);
  expect(grouped(["a_R1_001.fastq", "a_R2_002.fastq"])).toEqual(["a_R1_001.fastq", "a_R2_002.fastq"]);
  expect(grouped(["a_1.jpg", "a_2.jpg", "R1.fastq", "a_3.fastq"])).toHaveLength(4);
  expect(grouped([])).toEqual([]);
});

it("loses no file and gives none twice", () => {
  const names = ["x_1.fq", "y_2.fq", "x_2.fq", "y_1.fq", "z.fq", "x_R1.fq", "x_R2.fq"];
  expect(grouped(names)).toEqual([["x_1.fq", "x_2.fq"], ["y_1.fq", "y_2.fq"], "z.fq", ["x_R1.fq", "x_R2.fq"]]);
});
