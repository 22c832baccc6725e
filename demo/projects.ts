// Genomics: a tree of groups and projects, their samples and sequence files, and the analyses run on them.
import { flag, type Insert, json, numbered, type Row } from "./insert.ts";
import { person, plain } from "./people.ts";
import type { Random } from "./random.ts";
import { GROUPS, ORGANISMS, pairedReads, TOPICS, WORKFLOWS } from "./sequencing.ts";
import { DAY, HOUR, instant, seconds, YEAR } from "./times.ts";

const SAMPLES = 3_500;
const RUNS = 2_000;
const START = seconds("2021-09-01");
// oxfmt-ignore
const STATES = [["completed", 80], ["error", 13], ["running", 5], ["queued", 2]] as const;

interface Sample {
  readonly id: number;
  readonly project: number;
  readonly organism: string;
  readonly name: string;
}

/** Fills `groups_of_projects`, `projects`, `project_samples`, `sample_files`, `analysis_runs` and `run_outputs`. */
export function fillProjects(insert: Insert, random: Random): void {
  const { groups, projects, organisms } = tree(random);
  const samples = Array.from({ length: SAMPLES }, (_, n): Sample => {
    const name = `${random.pick(["S", "WW-", "Iso ", "hum_"])}${2000 + n}`;
    const project = random.integer(1, projects.length);
    // Now and then a sample turns out to be something else.
    const organism = random.chance(0.95) ? organisms[project - 1]! : random.pick(ORGANISMS);
    return { id: n + 1, project, organism, name };
  });
  const byProject = Map.groupBy(samples, (sample) => sample.project);
  const runs = Array.from({ length: RUNS }, (_, n) => analysisRun(random, n + 1, projects.length));
  insert("groups_of_projects", groups);
  insert("projects", projects);
  insert(
    "project_samples",
    samples.map((sample) => sampleRow(random, sample)),
  );
  insert("sample_files", numbered(samples.flatMap((sample) => sampleFiles(random, sample))));
  insert("analysis_runs", runs);
  insert("run_outputs", numbered(runs.flatMap((run) => runOutputs(random, run, byProject.get(run.project_id) ?? []))));
}

/** Groups hold subgroups, and those hold projects, each about one organism. */
function tree(random: Random): { groups: Row[]; projects: Row[]; organisms: string[] } {
  const groups: Row[] = [];
  const projects: Row[] = [];
  const organisms: string[] = [];
  const addGroup = (parent: number | null, name: string): number => {
    const id = groups.length + 1;
    groups.push({ id, parent_id: parent, name, slug: `${plain(name)}-${id}` });
    return id;
  };
  for (const { name, subgroups, projects: count } of GROUPS) {
    const group = addGroup(null, name);
    for (const subgroup of subgroups) {
      const inner = addGroup(group, subgroup);
      for (let n = 0; n < count; n++) {
        const id = projects.length + 1;
        const organism = random.pick(ORGANISMS);
        const title = `${organism} ${random.pick(TOPICS)} ${2021 + (n % 4)}`;
        organisms.push(organism);
        const created = instant(START + id * 5 * DAY + random.integer(0, DAY));
        projects.push({ id, group_id: inner, name: title, slug: `${plain(title)}-${id}`, created_at: created });
      }
    }
  }
  return { groups, projects, organisms };
}

function sampleRow(random: Random, { id, project, organism, name }: Sample): Row {
  return {
    id,
    project_id: project,
    puid: `WB_SAM_${random.hex(10).toUpperCase()}`,
    name,
    organism,
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
  if (random.chance(0.2)) names.push(`${stem} résistance.csv`);
  if (random.chance(0.1)) names.push(random.pick([`rapport n°${id}.pdf`, `${stem}_gel.png`, "notes"]));
  const created = START + Math.floor((id / SAMPLES) * 4 * YEAR);
  return names.map((it) => ({ project_sample_id: id, ...file(random, it), created_at: instant(created) }));
}

function analysisRun(random: Random, id: number, projects: number) {
  const state = random.weighted(STATES);
  const workflow = random.pick(WORKFLOWS);
  const started = START + Math.floor((id / RUNS) * 4 * YEAR) + random.integer(0, DAY);
  const automated = random.chance(0.35);
  const finished = state === "completed" || state === "error" ? started + random.integer(60, 30 * HOUR) : null;
  return {
    id,
    project_id: random.integer(1, projects),
    name: `${workflow} ${id}`,
    workflow,
    state,
    automated: flag(automated),
    started_by: automated ? "pipeline@example.org" : person(random).email,
    parameters: json({
      min_coverage: random.integer(1, 6) * 10,
      trim: random.chance(0.5),
      reference: random.pick(ORGANISMS),
    }),
    started_at: state === "queued" ? null : instant(started),
    finished_at: finished === null ? null : instant(finished),
  };
}

/** Outputs of the run itself and of samples of its project; some runs have only the latter. */
function runOutputs(random: Random, run: ReturnType<typeof analysisRun>, samples: readonly Sample[]): Row[] {
  if (run.state !== "completed") return [];
  const ofRun = random.chance(0.7) ? ["summary.csv", "report.pdf"] : [];
  const ofSamples = random.chance(0.9) && samples.length > 0 ? [random.pick(samples), random.pick(samples)] : [];
  return [
    ...ofRun.map((name) => ({ run_id: run.id, project_sample_id: null, ...file(random, name) })),
    ...[...new Set(ofSamples)].map(({ id, name }) => ({
      run_id: run.id,
      project_sample_id: id,
      ...file(random, `${name}.${run.workflow}.json`),
    })),
  ];
}

function file(random: Random, name: string) {
  return { name, byte_size: random.integer(800, 900_000_000), sha256: random.hex(64) };
}
