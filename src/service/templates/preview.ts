// The first records of a template, by the code that exports: while it is being made, and before it is run (DS7).
import { safeName } from "../../archive/names.ts";
import { pathsOf } from "../../engine/archive.ts";
import { formatAt } from "../../formats/index.ts";
import { inputError, WaybillError } from "../../lib/errors.ts";
import { type Mistake, mistake, mistakesOf } from "../../lib/mistakes.ts";
import { sentence } from "../../lib/sentence.ts";
import type { ExportPlan, TablePlan } from "../../plan/plan.ts";
import { type DatasetTemplate, datasetsOf } from "../../template/template.ts";
import { mustMay, type OrgCall } from "../org-call.ts";
import { findTemplate } from "./find.ts";
import { placesOf, type TablePlaces } from "./places.ts";
import { firstRows, firstText, type TextStart } from "./first-rows.ts";
import { type Findings, type Made, type PlacedNote, pointerOf, reviewed } from "./review.ts";

/** So many records are shown at most. */
const MOST = 50;

export interface PreviewRequest {
  /** How many records of each dataset, and of each of its lists: 1 to 50. */
  readonly limit: number;
  /** Which records, of the object type that is named, else that of the first dataset. */
  readonly where?: unknown;
  readonly object?: string | undefined;
}

export interface ColumnPreview {
  /** The header, as it is in the file. */
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  /** Where it is in the template; absent for the keys that a list repeats of its parent. */
  readonly pointer?: string;
  readonly problem?: Mistake;
  readonly note?: PlacedNote;
}

export interface TablePreview {
  /** Of the object type, or of its list: `samples.measures`. */
  readonly name: string;
  readonly columns: readonly ColumnPreview[];
  /**
   * A value for each column, as `json-rows` has it: missing is null. A number that JavaScript would change (a large one, or
   * `1.50`) is its text.
   */
  readonly rows: readonly (readonly unknown[])[];
}

export interface DatasetPreview {
  readonly name: string;
  readonly pointer: string;
  /** The files that it gives in an archive. */
  readonly fileNames: readonly string[];
  /** Its records, and after them those of its lists. */
  readonly tables: readonly TablePreview[];
  /** How its file begins; null where it is no text (xlsx). */
  readonly text: TextStart | null;
}

export interface TemplatePreview extends Findings {
  /** What the download is called. */
  readonly fileName: string;
  readonly datasets: readonly DatasetPreview[];
}

/**
 * Shows what a template gives. What is wrong with it is told, and what is right of it is shown all the same.
 * @param what a body, or a stored template
 * @throws failure `not-found`, `forbidden`, or of a source; usageError for what is wrong with the request
 */
export async function previewTemplate(
  call: OrgCall,
  what: { readonly body: unknown } | { readonly id: string; readonly revision?: number | undefined },
  { limit, where, object }: PreviewRequest,
): Promise<TemplatePreview> {
  mustMay(call, "templates.see");
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw inputError("limit-not-suited", "/limit", sentence`The limit must be a whole number from 1 to ${MOST}.`);
  }
  const body = "body" in what ? what.body : (await findTemplate(call, what.id, what.revision)).body;
  const request = {
    each: limit,
    ...(where === undefined ? {} : { where }),
    ...(object === undefined ? {} : { object }),
  };
  const { problems, notes, made } = await reviewed(call, body, { request });
  if (made === null) return { problems, notes, fileName: "", datasets: [] };
  const found: Mistake[] = [...problems];
  const paths = pathsOf(made.files.flat());
  const asRows = made.planFor((name, pointer) => ({ ...formatAt(name, pointer), shape: "table" }));
  const datasets: DatasetPreview[] = [];
  const said = { problems: byColumn(problems), notes: byColumn(notes) };
  for (const [n, dataset] of datasetsOf(made.template).entries()) {
    const pointer = pointerOf(made.template, n);
    const fileNames = paths.splice(0, made.files[n]!.length);
    const place = { dataset, n, pointer, found };
    const tables = await tablesOf(call, made, asRows, place, said, limit);
    const text = await unlessWrong(place, null, () => textOf(call, made, n));
    datasets.push({ name: dataset.name, pointer, fileNames, tables, text });
  }
  return { problems: found, notes, fileName: downloadName(made, datasets), datasets };
}

interface Placed {
  readonly dataset: DatasetTemplate;
  readonly n: number;
  readonly pointer: string;
  /** What is wrong, as far as it is known. */
  readonly found: Mistake[];
}

/** What is said of columns, by their places. */
interface Said {
  readonly problems: ReadonlyMap<string, Mistake>;
  readonly notes: ReadonlyMap<string, PlacedNote>;
}

function byColumn<T extends { readonly pointer: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  const placed = all.flatMap((it) => {
    const [column] = /^(?:\/(?:datasets|lists)\/\d+)*\/columns\/\d+/.exec(it.pointer) ?? [];
    return column === undefined ? [] : [[column, it] as const];
  });
  // Of several, the first.
  return new Map(placed.toReversed());
}

const OF_STYLESHEETS: ReadonlySet<string> = new Set(["xslt-failed", "too-large-for-xslt"]);

/** What is wrong only when it runs (a stylesheet, a salt that is lacking) is told with the rest. */
async function unlessWrong<T>({ found, pointer }: Placed, instead: T, part: () => Promise<T>): Promise<T> {
  try {
    return await part();
  } catch (error) {
    if (!(error instanceof WaybillError) || (error.kind !== "usage" && !OF_STYLESHEETS.has(error.code))) throw error;
    const mistakes = mistakesOf(error).map((it) => ({ ...it, pointer: pointer + it.pointer }));
    found.push(...mistakes.filter((it) => !found.some(({ code, detail }) => code === it.code && detail === it.detail)));
    return instead;
  }
}

async function tablesOf(
  call: OrgCall,
  { sight, references }: Made,
  plan: ExportPlan,
  place: Placed,
  said: Said,
  limit: number,
): Promise<TablePreview[]> {
  const { dataset, n, pointer, found } = place;
  const planned = plan.datasets[n]!;
  if ("text" in planned) return [];
  const places = placesOf(dataset, pointer);
  const tables: TablePreview[] = [];
  for (const table of planned.tables) {
    const select = { ...table.select, limit: Math.min(limit, table.select.limit ?? limit) };
    const only = { ...planned, format: "json-rows", options: {}, tables: [{ ...table, select }] as const };
    const nothing = { rows: [], missing: [] };
    // A draft has no columns yet.
    const read = (): ReturnType<typeof firstRows> => firstRows({ ...plan, datasets: [only] }, sight.org, call.signal);
    const { rows, missing } = table.columns.length === 0 ? nothing : await unlessWrong(place, nothing, read);
    const columns = columnsOf(table, references.has(n) ? null : places.get(table.name)!);
    const lacking = missing.map(({ name, detail }) => {
      const at = columns.find((it) => it.name === name)?.pointer ?? pointer;
      return mistake("mandatory-missing", at, detail);
    });
    found.push(...lacking);
    tables.push({ name: table.name, columns: columns.map((it) => withSaid(it, said, byColumn(lacking))), rows });
  }
  return tables;
}

function withSaid(column: ColumnPreview, { problems, notes }: Said, lacking: Said["problems"]): ColumnPreview {
  const { pointer = "-" } = column;
  const problem = problems.get(pointer) ?? lacking.get(pointer);
  const note = notes.get(pointer);
  return { ...column, ...(problem === undefined ? {} : { problem }), ...(note === undefined ? {} : { note }) };
}

/**
 * The columns of a table, and where they are in the template: behind the keys that a list repeats.
 * @param places null for a dataset that is only named in the template
 */
function columnsOf({ columns }: TablePlan, places: TablePlaces | null): ColumnPreview[] {
  const { pointer, count } = places ?? { pointer: "", count: 0 };
  const keys = columns.length - count;
  return columns.map(({ name, label, type }, n) => ({
    name,
    ...(label === undefined ? {} : { label }),
    type,
    ...(n < keys ? {} : { pointer: `${pointer}/columns/${n - keys}` }),
  }));
}

async function textOf(call: OrgCall, { plan, files, sight }: Made, n: number): Promise<TextStart | null> {
  const planned = plan.datasets[n]!;
  const [file] = files[n]!;
  const isDraft = !("text" in planned) && planned.tables[0].columns.length === 0;
  if (file === undefined || isDraft || file.format.shape === "workbook" || file.format.name === "parquet") return null;
  return firstText(
    { ...plan, datasets: ["text" in planned ? planned : { ...planned, tables: [planned.tables[0]] }] },
    sight.org,
    call.signal,
  );
}

function downloadName({ template, plan }: Made, datasets: readonly DatasetPreview[]): string {
  const names = datasets.flatMap(({ fileNames }) => fileNames);
  const isWrapped = template.kind === "export-template" && template.compressed;
  return names.length === 1 && !isWrapped ? names[0]! : safeName(plan.archiveName ?? template.name, "zip");
}
