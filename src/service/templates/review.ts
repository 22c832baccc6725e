// A template looked at from all sides: its shape, its fields in the catalog as the caller may see it, its options.
import { Problems } from "../../cells/problems.ts";
import { zoneNamed } from "../../cells/zone.ts";
import { filesOf, type OutputFile, textFile } from "../../engine/render.ts";
import { formatAt, formats } from "../../formats/index.ts";
import { WaybillError } from "../../lib/errors.ts";
import { collecting, type Mistake, mistakesOf, TooManyMistakes } from "../../lib/mistakes.ts";
import { child } from "../../lib/pointer.ts";
import { english, sentence } from "../../lib/sentence.ts";
import { momentTokens } from "../../plan/file-names.ts";
import type { ColumnNote, ExportPlan } from "../../plan/plan.ts";
import { localeOf } from "../../plan/selection.ts";
import type { FormatTraits } from "../../plan/table-planner.ts";
import { planTemplate, type TemplateRequest } from "../../plan/template.ts";
import { readTemplate } from "../../template/read.ts";
import { datasetsOf, type Template } from "../../template/template.ts";
import { mustMay, type OrgCall, type Sight, sightOf } from "../org-call.ts";
import { type DatasetReference, inlined, unkept } from "./body.ts";

/** What became of a column since its author chose it (DS6): the template can be run all the same. */
export interface PlacedNote extends ColumnNote {
  readonly pointer: string;
}

/** What there is to say about a template. */
export interface Findings {
  /** Everything that is wrong, each at a JSON pointer into the body. */
  readonly problems: readonly Mistake[];
  readonly notes: readonly PlacedNote[];
}

/** Everything that is wrong with a template that is being made, or that was kept long ago. */
export async function problemsOf(call: OrgCall, body: unknown): Promise<Findings> {
  mustMay(call, "templates.see");
  const { problems, notes } = await reviewed(call, body);
  return { problems, notes };
}

/** A template that has the right shape, complete, and planned as far as it can be. */
export interface Made {
  readonly template: Template;
  readonly references: ReadonlyMap<number, DatasetReference>;
  readonly sight: Sight;
  readonly plan: ExportPlan;
  /** The files of each dataset; none where its options are wrong. */
  readonly files: readonly (readonly OutputFile[])[];
  /** The same plan for formats with other traits. What is wrong is empty there. */
  readonly planFor: (traits: (name: string, pointer: string) => FormatTraits) => ExportPlan;
}

export interface Reviewed extends Findings {
  /** Null where the shape is wrong. */
  readonly made: Made | null;
}

export interface ReviewOptions {
  /** What is asked of the template besides. */
  readonly request?: Partial<Pick<TemplateRequest, "where" | "object" | "each">>;
  /** Makes it fit before it is looked at. */
  readonly adapt?: (template: Template, sight: Sight) => Template;
}

/** @throws failure of a source; usageError for what is wrong with the request, and not with the template */
export async function reviewed(
  call: OrgCall,
  written: unknown,
  { request = {}, adapt = (it) => it }: ReviewOptions = {},
): Promise<Reviewed> {
  const problems: Mistake[] = unkept(written);
  if (problems.length > 0) return { problems, notes: [], made: null };
  const { body, references, mistakes } = await inlined(call, written);
  problems.push(...mistakes);
  const notes: PlacedNote[] = [];
  const sight = await sightOf(call, { least: "analyst" });
  let made: Made | null = null;
  try {
    made = madeOf(call, body, references, sight, { request, adapt }, problems, notes);
  } catch (error) {
    if (!(error instanceof TooManyMistakes)) throw error;
  }
  return { problems: inPlace(problems, references, toldIn), notes: inPlace(notes, references), made };
}

function madeOf(
  call: OrgCall,
  body: unknown,
  references: Made["references"],
  sight: Sight,
  { request, adapt }: Required<ReviewOptions>,
  problems: Mistake[],
  notes: PlacedNote[],
): Made | null {
  const attempt = collecting(problems);
  const read = attempt<Template | null>(
    () => readTemplate(body, attempt),
    () => null,
  );
  if (read === null) return null;
  const { catalog, access, org } = sight;
  const template = adapt(read, sight);
  const { language } = call;
  const { timeZone } = localeOf({ language }, catalog);
  const tokens = { ...momentTokens(new Date(), timeZone), org: org.code };
  const asked = { ...request, language, tokens };
  const noted = (pointer: string, note: ColumnNote): void => void notes.push({ ...note, pointer });
  const plan = planTemplate(template, asked, catalog, formatAt, access, { attempt, noted });
  const files = plan.datasets.map((dataset, n) => {
    // A dataset that cannot be planned stands there as a text.
    if ("text" in dataset) return datasetsOf(template)[n]!.format === "text" ? [textFile(dataset)] : [];
    const format = formats.find(({ name }) => name === dataset.format);
    const writer = { zone: zoneNamed(timeZone), language, problems: new Problems() };
    try {
      return format === undefined ? [] : filesOf(dataset, format, writer);
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error;
      const pointer = pointerOf(template, n);
      problems.push(...mistakesOf(error).map((it) => ({ ...it, pointer: pointer + it.pointer })));
      return [];
    }
  });
  const planFor: Made["planFor"] = (traits) =>
    planTemplate(template, asked, catalog, traits, access, { attempt: collecting([], Infinity), noted: () => {} });
  return { template, references, sight, plan, files, planFor };
}

/** Where a dataset is in a template. */
export function pointerOf(template: Template, dataset: number): string {
  return template.kind === "export-template" ? child("/datasets", dataset) : "";
}

/** What is wrong inside of a dataset that is only named is told where it is named. */
function inPlace<T extends { readonly pointer: string }>(
  all: readonly T[],
  references: ReadonlyMap<number, DatasetReference>,
  told: (it: T, name: string) => T = (it) => it,
): T[] {
  return all.map((it) => {
    const reference = references.get(Number(/^\/datasets\/(\d+)/.exec(it.pointer)?.[1] ?? -1));
    if (reference === undefined) return it;
    return { ...told(it, reference.name), pointer: /^\/datasets\/\d+/.exec(it.pointer)![0] };
  });
}

function toldIn(it: Mistake, name: string): Mistake {
  const detail = sentence`In "${name}": ${it.words?.detail ?? it.detail}`;
  return { ...it, detail: english(detail), words: it.words === null ? null : { ...it.words, detail } };
}

/** Whether a problem only says that the template is not complete yet. */
export function isDraft({ code }: Mistake): boolean {
  return code === "template-is-draft";
}
