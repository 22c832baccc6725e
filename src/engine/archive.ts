// The entries of an archive: the files of an export, and after them what describes them.
import {
  type ArchiveContents,
  type ArchivedFile,
  DATA_PACKAGE,
  type Measure,
  measured,
  MISSING_FILES,
  README,
} from "../archive/contents.ts";
import { dataPackage, titleOf } from "../archive/data-package.ts";
import { NamesInFolder } from "../archive/names.ts";
import { readme } from "../archive/readme.ts";
import type { Entry } from "../archive/zip.ts";
import type { Problems } from "../cells/problems.ts";
import type { ExportPlan } from "../plan/plan.ts";
import { FILES_ZIP } from "./places.ts";
import type { RequestContext } from "./record-requests.ts";
import type { OutputFile } from "./render.ts";

/** What is known of an export besides its files. */
export interface ArchiveContext {
  readonly plan: ExportPlan;
  readonly snapshotAt: string;
  readonly snapshots: Readonly<Record<string, string>>;
  readonly problems: Problems;
  readonly program: string;
  /** What reading records and their files needs; null where none are asked for. */
  readonly records: RequestContext | null;
}

/**
 * Entries in a fixed order: the files, `README.txt`, `datapackage.json`, and what makes it a bag where it is to be one.
 * Each must be read to its end before the next is asked for, since the last ones tell of those before them.
 * @param contents the bytes of each file
 */
export async function* archive(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  context: ArchiveContext,
): AsyncGenerator<Entry> {
  const { plan, program } = context;
  const archived: ArchivedFile[] = [];
  const data = dataEntries(files, contents, context, archived);
  const description = descriptors(context, archived);
  if (plan.bag !== true) {
    yield* data;
    yield* description;
    return;
  }
  // Only then: most archives are none.
  const { bagged } = await import("../archive/bag.ts");
  const facts = { name: plan.archiveName ?? plan.asked.object, program, info: bagInfo(plan) };
  yield* bagged({ data, archived, description }, facts);
}

/** The names of the files in the archive, no two alike. */
export function pathsOf(files: readonly Pick<OutputFile, "name" | "extension">[]): string[] {
  const names = new NamesInFolder([README, DATA_PACKAGE, MISSING_FILES, FILES_ZIP, "files"]);
  return files.map(({ name, extension }) => names.take(name, extension));
}

async function* dataEntries(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  { plan, records }: ArchiveContext,
  archived: ArchivedFile[],
): AsyncGenerator<Entry> {
  const paths = pathsOf(files);
  for (const [n, { format, tables, dialect }] of files.entries()) {
    const path = paths[n]!;
    const measure: Measure = { bytes: 0, sha256: "" };
    yield { name: path, content: measured(contents[n]!, measure), stored: format.compressed === true };
    const nested = format.shape === "nested";
    archived.push({ path, format: format.name, mime: format.mime, nested, ...measure, tables, dialect });
  }
  if (plan.records === undefined) return;
  // Most exports have no files, and do not wait for what reads them.
  const { recordEntries } = await import("./record-entries.ts");
  yield* recordEntries(plan.records, records!, archived);
}

/** What describes the files, which must have been written. */
async function* descriptors(
  { plan, snapshotAt, snapshots, problems, program }: ArchiveContext,
  archived: readonly ArchivedFile[],
): AsyncGenerator<Entry> {
  const described: ArchiveContents = {
    plan,
    files: archived,
    snapshotAt,
    snapshots,
    createdAt: new Date().toISOString(),
    problems: problems.list(),
    program,
  };
  const measure: Measure = { bytes: 0, sha256: "" };
  yield { name: README, content: measured(readme(described), measure) };
  const own = { path: README, format: "txt", mime: "text/plain", nested: false, ...measure, tables: [], dialect: null };
  yield { name: DATA_PACKAGE, content: dataPackage({ ...described, files: [...archived, own] }) };
}

/** What a bag says of its content. */
function bagInfo(plan: ExportPlan): (readonly [label: string, value: string])[] {
  const { title, description } = titleOf(plan);
  const text = [title, description].filter((it) => it !== undefined).join(": ");
  return text === "" ? [] : [["External-Description", text]];
}
