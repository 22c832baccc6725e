// Which of a record's files are the two ends of one paired-end read, by their names.
import { fileFormat, nameParts } from "./file-format.ts";

export interface PairedEnd {
  readonly forward: string;
  readonly reverse: string;
}

export interface PairedFiles {
  /** In the order of the one of both that was named first. */
  readonly pairs: readonly PairedEnd[];
  /** The rest, in the order in which they were named. */
  readonly singles: readonly string[];
}

/** How names tell the ends: `_R1_001` and `_R2_001` (Illumina, with the number of the part), `_R1`, `_1`, `_F`, `_f`. */
const MARKS = [
  { mark: /_(?<end>[Rr][12])(?<part>_\d{3})$/, forward: "r1" },
  { mark: /_(?<end>[Rr][12])(?<part>)$/, forward: "r1" },
  { mark: /_(?<end>[12])(?<part>)$/, forward: "1" },
  { mark: /_(?<end>[FR])(?<part>)$/, forward: "f" },
  { mark: /_(?<end>[fr])(?<part>)$/, forward: "f" },
] as const;

/**
 * Finds the pairs among the names of one record's files. Both ends are FASTQ, and their names differ in the mark alone
 * (and in the capitals of the suffix). Where two files claim the same end there is no pair: nobody could tell which.
 */
export function pairedEnds(names: readonly string[]): PairedFiles {
  const ends = names.map(endOf);
  const byKey = Map.groupBy(names.keys(), (at) => ends[at]?.key);
  const partner = (at: number): number | undefined => {
    const both = ends[at] === undefined ? [] : byKey.get(ends[at].key)!;
    const other = both.find((candidate) => candidate !== at);
    return both.length === 2 && ends[both[0]!]!.forward !== ends[both[1]!]!.forward ? other : undefined;
  };
  const pairs: PairedEnd[] = [];
  const singles: string[] = [];
  for (const [at, name] of names.entries()) {
    const other = partner(at);
    if (other === undefined) singles.push(name);
    else if (at < other) {
      pairs.push(
        ends[at]!.forward ? { forward: name, reverse: names[other]! } : { forward: names[other]!, reverse: name },
      );
    }
  }
  return { pairs, singles };
}

/** What both ends of a pair have in common, and which end a file is. */
function endOf(name: string): { key: string; forward: boolean } | undefined {
  if (fileFormat(name) !== "fastq") return undefined;
  const { stem, suffix, compression } = nameParts(name);
  const folder = name.slice(0, Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  for (const [kind, { mark, forward }] of MARKS.entries()) {
    const found = mark.exec(stem);
    if (found === null) continue;
    const { end, part } = found.groups as { end: string; part: string };
    const key = JSON.stringify([kind, folder, stem.slice(0, found.index), part, suffix, compression]);
    return { key, forward: end.toLowerCase() === forward };
  }
  return undefined;
}
