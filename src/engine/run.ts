// Runs a plan: the one place that joins source, format and container. It gives back bytes and facts and knows nothing else.
import { gzipped, zstandard } from "../archive/segments.ts";
import { type EntryWritten, zipped } from "../archive/zip.ts";
import { type Problem, Problems } from "../cells/problems.ts";
import { Pseudonyms } from "../cells/pseudonym.ts";
import type { WriterContext } from "../cells/row-writer.ts";
import { zoneNamed } from "../cells/zone.ts";
import { formatNamed } from "../formats/index.ts";
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { concurrentStreams, dataOf, type ExportPlan, type TablePlan } from "../plan/plan.ts";
import type { Source, SourceSession } from "../sources/source.ts";
import type { FileStore } from "../attachments/file-store.ts";
import { archive, pathsOf } from "./archive.ts";
import { BatchParts } from "./batch-parts.ts";
import { Mandatory } from "./mandatory.ts";
import type { Observer } from "./observer.ts";
import { filesOf, type OutputFile, type TableFacts, textFile } from "./render.ts";
import { needsSalt } from "./rules.ts";

/** What an export is wrapped in. Several tables need `zip`. */
export type Container = "none" | "gzip" | "zstd" | "zip";

/** How far an export is. */
export interface Progress {
  /** Rows of root tables. */
  readonly rows: number;
  /** About how many there will be, or null where nobody knows without counting. */
  readonly totalRows: number | null;
  /** Bytes of output. */
  readonly bytes: number;
  /** Attached files. */
  readonly files: number;
}

/** What an export gave, known when its last byte was taken. */
export interface ExportFacts {
  readonly tables: readonly TableFacts[];
  /** When the source's snapshot was taken: ISO 8601, UTC. */
  readonly snapshotAt: string;
  readonly bytes: number;
  /** Attached files that are in it. */
  readonly files: number;
  readonly problems: readonly Problem[];
}

export interface RunOptions {
  /** The source that a dataset names. */
  readonly sourceNamed: (name: string) => Source;
  /** The store that attached files are in. */
  readonly storeNamed?: (name: string) => Promise<FileStore>;
  readonly container: Container;
  /** When it aborts, statements are stopped at the server, and the bytes end with its reason thrown. */
  readonly signal: AbortSignal;
  /** The program and its version, for the archive's description: `Waybill 1.0.0`. */
  readonly program: string;
  /** Files of further fonts for PDFs of records, asked in order for characters that DejaVu Sans lacks. */
  readonly fonts?: readonly string[];
  /** The secret that pseudonyms and shifted dates are made with (`pseudonymKey`). */
  readonly pseudonymKey?: Uint8Array | null;
  /** Of a batch's keys (`lib/record-key.ts`), part `n`, from 0; each has `keysInPart` of the plan but the last. */
  readonly batchKeys?: ((n: number) => Promise<readonly string[]>) | undefined;
  /** Called after every batch, and for every chunk; it must be quick. */
  readonly onProgress?: (progress: Progress) => void;
  readonly observer?: Observer;
}

/**
 * The bytes of an export, pulled; the facts are the generator's return value. A chunk is valid until the next but
 * one is asked for. Bytes without facts are no complete export: whoever takes them must not publish them.
 * @throws failure of a source, or `mandatory-missing`; usageError for options that do not suit the format, `no-salt`
 */
export async function* run(plan: ExportPlan, options: RunOptions): AsyncGenerator<Uint8Array, ExportFacts, undefined> {
  const { signal } = options;
  const problems = new Problems();
  const tables: TableFacts[] = [];
  const mandatory = new Mandatory();
  const zone = zoneNamed(plan.timeZone);
  const { language } = plan;
  const pseudonyms = pseudonymsFor(tablesOf(plan), options.pseudonymKey ?? null);
  const writer: WriterContext = { zone, language, problems };
  const files = plan.datasets.flatMap((dataset) =>
    "text" in dataset ? [textFile(dataset)] : filesOf(dataset, formatNamed(dataset.format), writer),
  );
  const totalRows = estimatedRows(plan);
  let rows = 0;
  let bytes = 0;
  const attached = { count: 0 };
  const tell = (): void => options.onProgress?.({ rows, totalRows, bytes, files: attached.count });
  const onRows = (count: number): void => {
    rows += count;
    tell();
  };
  const batch = plan.batch === undefined ? null : new BatchParts(plan.batch, options.batchKeys);
  const opened = await openSessions(plan, options);
  const sessions = batch === null ? opened : new Map([...opened].map(([name, its]) => [name, batch.within(its)]));
  const stores = new Map<string, Promise<FileStore>>();
  const storeNamed = (name: string): Promise<FileStore> => {
    const store = stores.get(name) ?? options.storeNamed?.(name);
    if (store === undefined) throw new Error(`there is no store ${name}`);
    stores.set(name, store);
    return store;
  };
  try {
    const { observer } = options;
    await batch?.noteVanished(opened.get(batch.plan.source)!, problems);
    const context = { problems, mandatory, zone, language, pseudonyms, signal, facts: tables };
    const contents = files.map(({ source, isRoot, content }) => {
      const session = source === null ? NO_SESSION : sessions.get(source)!;
      return content({ ...context, session, observer, onRows: isRoot ? onRows : () => {} });
    });
    const snapshots = Object.fromEntries([...sessions].map(([name, { snapshotAt }]) => [name, snapshotAt]));
    const snapshotAt = Object.values(snapshots).toSorted()[0] ?? new Date().toISOString();
    const records = plan.records === undefined ? null : sessions.get(plan.records.source)!;
    const described = {
      plan,
      snapshotAt,
      snapshots,
      problems,
      program: options.program,
      records:
        records === null
          ? null
          : {
              ...context,
              session: records,
              onRows: files.length > 0 ? () => {} : onRows,
              writer,
              storeNamed,
              fonts: options.fonts ?? [],
              attached,
            },
    };
    const entry = observer?.entry.bind(observer);
    const output =
      options.container === "zip"
        ? zipped(archive(files, contents, described), entry)
        : single(files, contents, options.container, entry);
    for await (const chunk of output) {
      signal.throwIfAborted();
      bytes += chunk.length;
      tell();
      yield chunk;
    }
    mandatory.check();
    return { tables, snapshotAt, bytes, files: attached.count, problems: problems.list() };
  } finally {
    await closeAll(sessions);
    for (const store of stores.values()) await (await store.catch(() => null))?.close();
  }
}

/** Of a file that is not read from anywhere. */
const NO_SESSION: SourceSession = {
  snapshotAt: "",
  stream() {
    throw new Error("a text has no source");
  },
  close: async () => {},
};

/** All tables of a plan. */
export function tablesOf(plan: ExportPlan): readonly TablePlan[] {
  return [...dataOf(plan).flatMap((it) => it.tables), ...recordTables(plan)];
}

/**
 * What makes pseudonyms, where tables need any.
 * @throws usageError `no-salt`
 */
export function pseudonymsFor(tables: readonly TablePlan[], key: Uint8Array | null): Pseudonyms | null {
  if (!tables.some(needsSalt)) return null;
  if (key !== null) return new Pseudonyms(key);
  throw usageError("no-salt", sentence`Pseudonyms and shifted dates need the organisation's salt, and there is none.`, {
    hint: sentence`Put 32 random characters or more into salt: of the configuration, or into WAYBILL_SALT.`,
  });
}

function recordTables({ records }: ExportPlan): TablePlan[] {
  return records === undefined ? [] : [records.table, ...records.files.map(({ table }) => table)];
}

function estimatedRows(plan: ExportPlan): number | null {
  const { records } = plan;
  const estimates = dataOf(plan).map(({ tables }) => tables[0].estimatedRows);
  if (estimates.length === 0 && records !== undefined) estimates.push(records.table.estimatedRows);
  return estimates.reduce<number | null>((sum, it) => (sum === null || it === null ? null : sum + it), 0);
}

/** A snapshot of each source that the plan reads. */
async function openSessions(plan: ExportPlan, options: RunOptions): Promise<ReadonlyMap<string, SourceSession>> {
  const sessions = new Map<string, SourceSession>();
  const needs = dataOf(plan).map(({ source, tables }) => ({
    source,
    streams: Math.max(...tables.map(concurrentStreams)),
  }));
  const { records, batch } = plan;
  if (batch !== undefined) needs.push({ source: batch.source, streams: 1 });
  if (records !== undefined) {
    needs.push({ source: records.source, streams: concurrentStreams(records.table) + records.files.length });
  }
  try {
    for (const [name, its] of Map.groupBy(needs, ({ source }) => source)) {
      const streams = Math.max(...its.map((it) => it.streams));
      sessions.set(name, await options.sourceNamed(name).open(streams, options.signal));
    }
    return sessions;
  } catch (error) {
    await closeAll(sessions);
    throw error;
  }
}

async function closeAll(sessions: ReadonlyMap<string, SourceSession>): Promise<void> {
  for (const session of sessions.values()) await session.close();
}

/** The only file of an export, as it is or compressed. */
function single(
  files: readonly OutputFile[],
  contents: readonly AsyncIterable<Uint8Array>[],
  container: Exclude<Container, "zip">,
  onWritten: EntryWritten | undefined,
): AsyncIterable<Uint8Array> {
  const [only] = contents;
  if (only === undefined || contents.length > 1) {
    throw new Error(`${contents.length} files do not fit into ${container}`);
  }
  const content = onWritten === undefined ? only : told(only, (bytes) => onWritten(pathsOf(files)[0]!, bytes));
  if (container === "gzip") return gzipped(content);
  if (container === "zstd") return zstandard(content);
  return content;
}

/** Content as it is; its size is told when it is at its end. */
async function* told(content: AsyncIterable<Uint8Array>, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    yield chunk;
  }
  tell(bytes);
}
