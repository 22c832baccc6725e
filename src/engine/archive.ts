// The entries of an archive: the files of an export, and after them what describes them.
import { bagged, PAYLOAD } from "../archive/bag.ts";
import {
  type ArchiveContents,
  type ArchivedFile,
  DATA_PACKAGE,
  measuredEntry,
  type MeasuredEntry,
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
 * Entries in a fixed order: the files, `README.txt`, `datapackage.json`, and what makes it a bag. Each must be read to
 * its end before the next is asked for, since the last ones tell of those before them.
 * @param contents the bytes of each file
 */
export function archive(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  context: ArchiveContext,
): AsyncGenerator<Entry> {
  const createdAt = new Date().toISOString();
  const entries = described(files, contents, context, createdAt);
  const { plan, program } = context;
  if (plan.bag !== true) return entries;
  const { description } = titleOf(plan);
  const info = description === undefined ? [] : [["External-Description", description] as const];
  return bagged(entries, { name: plan.archiveName ?? plan.asked.object, program, createdAt, info });
}

async function* described(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  { plan, snapshotAt, snapshots, problems, program, records }: ArchiveContext,
  createdAt: string,
): AsyncGenerator<MeasuredEntry> {
  const names = new NamesInFolder([README, DATA_PACKAGE, MISSING_FILES, FILES_ZIP, "files"]);
  const folder = plan.bag === true ? PAYLOAD : "";
  const archived: ArchivedFile[] = [];
  for (const [n, { format, name, extension, tables, dialect }] of files.entries()) {
    const path = folder + names.take(name, extension);
    const entry = measuredEntry({ name: path, content: contents[n]!, stored: format.compressed === true });
    yield entry;
    const { measure } = entry;
    const nested = format.shape === "nested";
    archived.push({ path, format: format.name, mime: format.mime, nested, ...measure, tables, dialect });
  }
  if (plan.records !== undefined) {
    // Most exports have no files, and do not wait for what reads them.
    const { recordEntries } = await import("./record-entries.ts");
    yield* recordEntries(plan.records, records!, folder, archived);
  }
  const whole: ArchiveContents = {
    plan,
    files: archived,
    snapshotAt,
    snapshots,
    createdAt,
    problems: problems.list(),
    program,
  };
  const text = measuredEntry({ name: README, content: readme(whole) });
  yield text;
  const facts = { format: "txt", mime: "text/plain", nested: false, tables: [], dialect: null };
  const own = { path: README, ...facts, ...text.measure };
  yield measuredEntry({ name: DATA_PACKAGE, content: dataPackage({ ...whole, files: [...archived, own] }) });
}
