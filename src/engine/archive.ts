// The entries of an archive: the files of an export, and after them what describes them.
import {
  type ArchiveContents,
  type ArchivedFile,
  DATA_PACKAGE,
  type Measure,
  measured,
  README,
} from "../archive/contents.ts";
import { dataPackage } from "../archive/data-package.ts";
import { NamesInFolder } from "../archive/names.ts";
import { readme } from "../archive/readme.ts";
import type { Entry } from "../archive/zip.ts";
import type { Problems } from "../cells/problems.ts";
import type { ExportPlan } from "../plan/plan.ts";
import { FILES_ZIP, MISSING_FILES } from "./places.ts";
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
 * Entries in a fixed order: the files, `README.txt`, `datapackage.json`. Each must be read to its end before the next
 * is asked for, since the last two tell of those before them.
 * @param contents the bytes of each file
 */
export async function* archive(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  { plan, snapshotAt, snapshots, problems, program, records }: ArchiveContext,
): AsyncGenerator<Entry> {
  const names = new NamesInFolder([README, DATA_PACKAGE, MISSING_FILES, FILES_ZIP, "files"]);
  const archived: ArchivedFile[] = [];
  for (const [n, { format, name, extension, tables, dialect }] of files.entries()) {
    const path = names.take(name, extension);
    const measure: Measure = { bytes: 0, sha256: "" };
    yield { name: path, content: measured(contents[n]!, measure), stored: format.compressed === true };
    const nested = format.shape === "nested";
    archived.push({ path, format: format.name, mime: format.mime, nested, ...measure, tables, dialect });
  }
  if (plan.records !== undefined) {
    // Most exports have no files, and do not wait for what reads them.
    const { recordEntries } = await import("./record-entries.ts");
    yield* recordEntries(plan.records, records!, archived);
  }
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
