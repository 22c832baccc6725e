// Paired-end reads: the two files of one run of a sequencer, by their names.

/** A file by itself, or the two of a pair; numbers are places in the list of names. */
export type ReadGroup =
  | { readonly single: number }
  /** `forward` is read 1. */
  | { readonly forward: number; readonly reverse: number };

/** What tells the direction: `_R1_001` and `_R2_001` (Illumina), `_R1`/`_R2`, `_1`/`_2`, `_F`/`_R`, `_f`/`_r`. */
const MARKS: readonly RegExp[] = [
  /^(?<stem>.+)_R(?<read>[12])(?<rest>_\d{3})$/,
  /^(?<stem>.+)_R(?<read>[12])(?<rest>)$/,
  /^(?<stem>.+)_(?<read>[12])(?<rest>)$/,
  /^(?<stem>.+)_(?<read>[FR])(?<rest>)$/,
  /^(?<stem>.+)_(?<read>[fr])(?<rest>)$/,
];

/**
 * The files of a record in their order, with the two of a pair together in the place of the first of them. Only files
 * of the same name and suffix but for the mark are a pair, and only where there is one for each direction.
 */
export function pairedEnds(names: readonly string[]): ReadGroup[] {
  const ends = names.map(endOf);
  const byRun = Map.groupBy(
    names.map((_, place) => place).filter((place) => ends[place] !== null),
    (place) => ends[place]!.run,
  );
  const groups: ReadGroup[] = [];
  const used = new Set<number>();
  names.forEach((_, place) => {
    if (used.has(place)) return;
    const run = ends[place] === null ? [] : byRun.get(ends[place]!.run)!;
    const [a, b] = run;
    if (run.length !== 2 || ends[a!]!.read === ends[b!]!.read) {
      groups.push({ single: place });
      return;
    }
    const [forward, reverse] = ends[a!]!.read === 1 ? [a!, b!] : [b!, a!];
    groups.push({ forward, reverse });
    used.add(forward).add(reverse);
  });
  return groups;
}

/** The run that a file is of, and which read of it; null for other files. */
function endOf(name: string): { readonly run: string; readonly read: 1 | 2 } | null {
  // Suffixes of the kind and of compression stay out of it: `a_R1.fastq.gz`.
  const [, stem = "", suffix = ""] = /^(.+?)((?:\.[A-Za-z][A-Za-z0-9]*)+)$/.exec(name) ?? [];
  for (const [n, mark] of MARKS.entries()) {
    const { stem: run, read, rest } = mark.exec(stem)?.groups ?? {};
    if (run === undefined || read === undefined) continue;
    return { run: JSON.stringify([n, run, rest, suffix]), read: /[1Ff]/.test(read) ? 1 : 2 };
  }
  return null;
}
