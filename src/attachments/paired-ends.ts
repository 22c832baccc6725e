// Which of a record's files are the two ends of one paired-end read, by their names.
import { fileFormat, nameParts } from "./file-format.ts";

/** A file by itself, or the two ends of a read; numbers are places in the list of names. */
export type ReadGroup = { readonly single: number } | { readonly forward: number; readonly reverse: number };

/** How names tell the ends: `_R1_001` and `_R2_001` (Illumina, with the number of the part), `_R1`, `_1`, `_F`, `_f`. */
const MARKS = [
  { mark: /_(?<end>[Rr][12])(?<part>_\d{3})$/, forward: "r1" },
  { mark: /_(?<end>[Rr][12])(?<part>)$/, forward: "r1" },
  { mark: /_(?<end>[12])(?<part>)$/, forward: "1" },
  { mark: /_(?<end>[FR])(?<part>)$/, forward: "f" },
  { mark: /_(?<end>[fr])(?<part>)$/, forward: "f" },
] as const;

/**
 * The files of a record in their order, the two of a pair together in the place of the first of them. Both ends are
 * FASTQ, and their names differ in the mark alone (and in the capitals of the suffix). Where two files claim the same end
 * there is no pair: nobody could tell which.
 */
export function pairedEnds(names: readonly string[]): ReadGroup[] {
  const ends = names.map(endOf);
  const byRead = Map.groupBy(names.keys(), (at) => ends[at]?.read);
  return names.flatMap((_, at): ReadGroup[] => {
    const [a, b, ...more] = ends[at] === null ? [at] : byRead.get(ends[at]!.read)!;
    if (a === undefined || b === undefined || more.length > 0 || ends[a]!.forward === ends[b]!.forward) {
      return [{ single: at }];
    }
    // Its place is that of the one that was named first.
    if (at !== a) return [];
    return [ends[a]!.forward ? { forward: a, reverse: b } : { forward: b, reverse: a }];
  });
}

/** The read that both ends of a pair have in common, and which end a file is; null for other files. */
function endOf(name: string): { readonly read: string; readonly forward: boolean } | null {
  if (fileFormat(name) !== "fastq") return null;
  const { stem, suffix, compression } = nameParts(name);
  const folder = name.slice(0, Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1);
  for (const [kind, { mark, forward }] of MARKS.entries()) {
    const { end, part } = mark.exec(stem)?.groups ?? {};
    if (end === undefined) continue;
    const before = stem.slice(0, stem.length - end.length - (part?.length ?? 0) - 1);
    const read = JSON.stringify([kind, folder, before, part, suffix, compression]);
    return { read, forward: end.toLowerCase() === forward };
  }
  return null;
}
