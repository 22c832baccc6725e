// Genomics: a tree of groups and projects, their samples and sequence files, and the analyses run on them.
import { flag, json, numbered, type Insert, type Row } from "./insert.ts";
import { person, plain } from "./people.ts";
import type { Random } from "./random.ts";
import { DAY, HOUR, instant, seconds, YEAR } from "./times.ts";

const SAMPLES = 900;
const RUNS = 240;
const START = seconds("2021-09-01");

/** Groups, their sub-groups, and how many projects each of those holds. */
const GROUPS: readonly { name: string; subgroups: readonly string[]; projects: number }[] = [
  { name: "Public Health Reference Centre", subgroups: ["Enteric Diseases", "Respiratory Viruses"], projects: 8 },
  { name: "Institut de microbiologie", subgroups: ["Résistance aux antibiotiques", "Zoonoses"], projects: 6 },
  { name: "Veterinary Network", subgroups: ["Poultry", "Aquaculture & Fish"], projects: 5 },
  { name: "Universidad de los Andes", subgroups: ["Agua potable"], projects: 4 },
];
const TOPICS = ["surveillance", "outbreak", "baseline", "validation", "retrospective"] as const;
const ORGANISMS = [
  "Salmonella enterica",
  "Escherichia coli",
  "Listeria monocytogenes",
  "SARS-CoV-2",
  "Mycobacterium tuberculosis",
  "Vibrio cholerae",
] as const;
const WORKFLOWS = ["assembly", "snv-phylogenomics", "amr-detection", "mlst"] as const;
const STATES = [
  ["completed", 80],
  ["error", 14],
  ["running", 6],
] as const;

interface Sample {
  readonly id: number;
  readonly project: number;
  readonly name: string;
}

/** Fills `projects`, `project_samples`, `sample_files`, `analysis_runs` and `run_files`. */
export function fillGenomics(insert: Insert, random: Random): void {
  const tree = [...projects(random)];
  const places = tree.filter((row) => row.kind === "project").map((row) => row.id);
  const samples = Array.from({ length: SAMPLES }, (_, n): Sample => {
    const project = random.pick(places);
    return { id: n + 1, project, name: `${random.pick(["S", "WW-", "Iso ", "hum_"])}${2000 + n}` };
  });
  const runs = Array.from({ length: RUNS }, (_, n) => analysisRun(random, n + 1, places));
  insert("projects", tree);
  insert(
    "project_samples",
    samples.map((sample) => sampleRow(random, sample)),
  );
  insert("sample_files", numbered(samples.flatMap((sample) => sampleFiles(random, sample))));
  insert("analysis_runs", runs);
  insert("run_files", numbered(runs.flatMap((run) => runFiles(random, run, samples))));
}

function* projects(random: Random): Generator<Row & { readonly id: number }> {
  let id = 0;
  const row = (parent: number | null, kind: "group" | "project", name: string) => {
    id++;
    const created = instant(START + id * 5 * DAY + random.integer(0, DAY));
    return { id, parent_id: parent, kind, name, slug: `${plain(name)}-${id}`, created_at: created };
  };
  for (const { name, subgroups, projects: count } of GROUPS) {
    const group = row(null, "group", name);
    yield group;
    for (const subgroup of subgroups) {
      const inner = row(group.id, "group", subgroup);
      yield inner;
      for (let n = 0; n < count; n++) {
        yield row(inner.id, "project", `${random.pick(ORGANISMS)} ${random.pick(TOPICS)} ${2021 + (n % 4)}`);
      }
    }
  }
}

function sampleRow(random: Random, { id, project, name }: Sample): Row {
  return {
    id,
    project_id: project,
    puid: `WB_SAM_${random.hex(10).toUpperCase()}`,
    name,
    organism: random.pick(ORGANISMS),
    metadata: json({
      ...(random.chance(0.8) && { country: random.pick(["Canada", "Côte d’Ivoire", "Colombia", "Việt Nam"]) }),
      ...(random.chance(0.7) && { collected: instant(START + random.integer(0, 3 * YEAR)).slice(0, 10) }),
      ...(random.chance(0.6) && { source: random.pick(["stool", "wastewater", "poultry", "blood", "0"]) }),
      ...(random.chance(0.4) && { age: random.integer(0, 97) }),
    }),
    created_at: instant(START + random.integer(0, 3 * YEAR)),
  };
}

/** Reads as the sequencer names them, and what people add by hand. A few samples have no file. */
function sampleFiles(random: Random, { id, name }: Sample): Row[] {
  const stem = plain(name).toUpperCase();
  const names: string[] = [];
  if (random.chance(0.85)) names.push(...pairedReads(random, stem));
  if (random.chance(0.3)) names.push(random.pick([`${stem}.fasta`, `${stem} assembly.FASTA.GZ`, `${stem}.fa`]));
  if (random.chance(0.15)) names.push(`${stem} résistance.csv`);
  if (random.chance(0.1)) names.push(random.pick([`rapport n°${id}.pdf`, `${stem}_gel.png`, "notes"]));
  return names.map((fileName) => ({ sample_id: id, ...file(random, fileName), created_at: instant(START + id * DAY) }));
}

function pairedReads(random: Random, stem: string): readonly [string, string] {
  const lane = `${stem}_S${random.integer(1, 96)}_L001`;
  return random.chance(0.8)
    ? [`${lane}_R1_001.fastq.gz`, `${lane}_R2_001.fastq.gz`]
    : [`${stem}_1.fastq`, `${stem}_2.fastq`];
}

function analysisRun(random: Random, id: number, places: readonly number[]) {
  const state = random.weighted(STATES);
  const workflow = random.pick(WORKFLOWS);
  const started = START + random.integer(YEAR, 3 * YEAR);
  const automated = random.chance(0.35);
  return {
    id,
    project_id: random.pick(places),
    name: `${workflow} ${id}`,
    workflow,
    state,
    automated: flag(automated),
    started_by: automated ? "pipeline@example.org" : person(random).email,
    started_at: instant(started),
    finished_at: state === "running" ? null : instant(started + random.integer(60, 30 * HOUR)),
  };
}

/** Outputs of the run itself and of samples of its project; some runs have only the latter. */
function runFiles(random: Random, run: ReturnType<typeof analysisRun>, samples: readonly Sample[]): Row[] {
  if (run.state !== "completed") return [];
  const ofRun = random.chance(0.8) ? ["summary.csv", "report.pdf", "tree.newick"] : [];
  const ofSamples = samples.filter((sample) => sample.project === run.project_id).slice(0, 5);
  return [
    ...ofRun.map((fileName) => ({ run_id: run.id, sample_id: null, ...file(random, fileName) })),
    ...ofSamples.map(({ id, name }) => ({
      run_id: run.id,
      sample_id: id,
      ...file(random, `${name}.${run.workflow}.json`),
    })),
  ];
}

function file(random: Random, fileName: string) {
  return { file_name: fileName, byte_size: random.integer(800, 900_000_000), sha256: random.hex(64) };
}
