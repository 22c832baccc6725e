import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { pairedEnds } from "./paired-ends.ts";

it.each([
  ["A_S1_L001_R1_001.fastq.gz", "A_S1_L001_R2_001.fastq.gz"],
  ["a_R1.fastq", "a_R2.fastq"],
  ["a_r1.fq.bz2", "a_r2.fq.bz2"],
  ["a_1.fastq", "a_2.fastq"],
  ["a_F.fastq", "a_R.fastq"],
  ["a_f.fastq.xz", "a_r.fastq.xz"],
  ["My sample (1)_1.FASTQ.GZ", "My sample (1)_2.fastq.gz"],
  ["x/a_1.fq", "x/a_2.fq"],
])("joins %s with %s", (forward, reverse) => {
  expect(pairedEnds([forward, reverse])).toEqual({ pairs: [{ forward, reverse }], singles: [] });
  expect(pairedEnds([reverse, forward])).toEqual({ pairs: [{ forward, reverse }], singles: [] });
});

it.each([
  ["another sample", ["a_1.fastq", "b_2.fastq"]],
  ["another part of a run", ["a_R1_001.fastq", "a_R2_002.fastq"]],
  ["another lane", ["a_L001_R1_001.fastq", "a_L002_R2_001.fastq"]],
  ["another compression", ["a_1.fastq", "a_2.fastq.gz"]],
  ["another way to mark the end", ["a_1.fastq", "a_R2.fastq"]],
  ["capitals and small letters", ["a_F.fastq", "a_r.fastq"]],
  ["another folder", ["x/a_1.fastq", "y/a_2.fastq"]],
  ["the same end twice", ["a_1.fastq", "a_1.FASTQ"]],
  ["three that claim two ends", ["a_1.fastq", "a_2.fastq", "a_2.FASTQ"]],
  ["two of each", ["a_1.fastq", "a_2.fastq", "a_1.FASTQ", "a_2.FASTQ"]],
  ["no reads", ["photo_1.jpg", "photo_2.jpg"]],
  ["no mark", ["a1.fastq", "a2.fastq"]],
  ["neither end", ["a_R3.fastq", "a_3.fastq"]],
])("joins none: %s", (_, names) => {
  expect(pairedEnds(names)).toEqual({ pairs: [], singles: names });
});

it("keeps the order in which files are named", () => {
  expect(pairedEnds(["notes.txt", "b_2.fq", "a_1.fq", "c.pdf", "a_2.fq", "b_1.fq", "d_1.fq"])).toEqual({
    pairs: [
      { forward: "b_1.fq", reverse: "b_2.fq" },
      { forward: "a_1.fq", reverse: "a_2.fq" },
    ],
    singles: ["notes.txt", "c.pdf", "d_1.fq"],
  });
});

it("gives each file once, and the same pairs in whatever order they are named", async () => {
  const name = fc
    .tuple(
      fc.constantFrom("a", "b_1", "c c"),
      fc.constantFrom("_1", "_2", "_R1", "_R2", "_F", "_R", "_f", "_r", "_R1_001", "_R2_001", ""),
      fc.constantFrom(".fastq", ".FASTQ", ".fq.gz", ".txt", ""),
    )
    .map((parts) => parts.join(""));
  const order = fc
    .uniqueArray(name, { maxLength: 12 })
    .chain((names) => fc.tuple(fc.constant(names), fc.shuffledSubarray(names, { minLength: names.length })));
  await fuzz(order, ([names, shuffled]) => {
    const { pairs, singles } = pairedEnds(names);
    expect([...pairs.flatMap(({ forward, reverse }) => [forward, reverse]), ...singles].toSorted()).toEqual(
      names.toSorted(),
    );
    const again = pairedEnds(shuffled);
    expect(again.pairs.map((pair) => JSON.stringify(pair)).toSorted()).toEqual(
      pairs.map((pair) => JSON.stringify(pair)).toSorted(),
    );
    expect(again.singles.toSorted()).toEqual(singles.toSorted());
  });
});
