// What a genomics platform works with: groups, organisms, workflows, and how sequencers name their files.
import type { Random } from "./random.ts";

/** Groups, their subgroups, and how many projects each of those holds. */
export const GROUPS: readonly { name: string; subgroups: readonly string[]; projects: number }[] = [
  { name: "Public Health Reference Centre", subgroups: ["Enteric Diseases", "Respiratory Viruses"], projects: 8 },
  { name: "Institut de microbiologie", subgroups: ["Résistance aux antibiotiques", "Zoonoses"], projects: 6 },
  { name: "Veterinary Network", subgroups: ["Poultry", "Aquaculture & Fish"], projects: 5 },
  { name: "Universidad de los Andes", subgroups: ["Agua potable"], projects: 4 },
];

export const TOPICS = ["surveillance", "outbreak", "baseline", "validation", "retrospective"] as const;

export const ORGANISMS = [
  "Salmonella enterica",
  "Escherichia coli",
  "Listeria monocytogenes",
  "SARS-CoV-2",
  "Mycobacterium tuberculosis",
  "Vibrio cholerae",
] as const;

export const WORKFLOWS = ["assembly", "snv-phylogenomics", "amr-detection", "mlst"] as const;

/** The two files of a paired-end read. */
export function pairedReads(random: Random, stem: string): readonly [string, string] {
  const lane = `${stem}_S${random.integer(1, 96)}_L001`;
  return random.chance(0.8)
    ? [`${lane}_R1_001.fastq.gz`, `${lane}_R2_001.fastq.gz`]
    : [`${stem}_1.fastq`, `${stem}_2.fastq`];
}
