// Runs a plan: the one place that joins source, format and container. It gives back bytes and facts and knows nothing else.
import { gzipped, zstandard } from "../archive/segments.ts";
import { type Entry, zipped } from "../archive/zip.ts";
import { type Problem, Problems } from "../cells/problems.ts";
import type { WriterContext } from "../cells/row-writer.ts";
import { zoneNamed } from "../cells/zone.ts";
import { formatNamed } from "../formats/index.ts";
import { concurrentStreams, type ExportPlan } from "../plan/plan.ts";
import type { Source } from "../sources/source.ts";
import { filesOf, type TableFacts } from "./render.ts";

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
}

/** What an export gave, known when its last byte was taken. */
export interface ExportFacts {
  readonly tables: readonly TableFacts[];
  /** When the source's snapshot was taken: ISO 8601, UTC. */
  readonly snapshotAt: string;
  readonly bytes: number;
  readonly problems: readonly Problem[];
}

export interface RunOptions {
  readonly source: Source;
  readonly container: Container;
  /** When it aborts, statements are stopped at the server, and the bytes end with its reason thrown. */
  readonly signal: AbortSignal;
  /** Called after every batch; it must be quick. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * The bytes of an export, pulled; the facts are the generator's return value. A chunk is valid until the next but
 * one is asked for. Bytes without facts are no complete export: whoever takes them must not publish them.
 * @throws failure of the source; usageError for options that do not suit the format
 */
export async function* run(plan: ExportPlan, options: RunOptions): AsyncGenerator<Uint8Array, ExportFacts, undefined> {
  const { source, signal } = options;
  const problems = new Problems();
  const tables: TableFacts[] = [];
  const writer: WriterContext = { zone: zoneNamed(plan.timeZone), language: plan.language, problems };
  const files = plan.datasets.flatMap((dataset) => filesOf(dataset, formatNamed(dataset.format), writer));
  const streams = Math.max(...plan.datasets.flatMap((dataset) => dataset.tables.map(concurrentStreams)));
  const session = await source.open(streams, signal);
  let rows = 0;
  let bytes = 0;
  const totalRows = plan.datasets[0]?.tables[0].estimatedRows ?? null;
  const progress = (count: number): void => {
    rows += count;
    options.onProgress?.({ rows, totalRows, bytes });
  };
  try {
    const names = fileNames(files.map(({ name }) => name));
    const entries = files.map(({ format, content }, n): FileEntry => ({
      name: `${names[n]!}.${format.extension}`,
      content: content({ session, problems, signal, onRows: n === 0 ? progress : () => {}, facts: tables }),
      stored: format.compressed === true,
    }));
    for await (const chunk of contained(entries, options.container)) {
      signal.throwIfAborted();
      bytes += chunk.length;
      yield chunk;
    }
    return { tables, snapshotAt: session.snapshotAt, bytes, problems: problems.list() };
  } finally {
    await session.close();
  }
}

/** An entry whose content is rendered as it is read. */
type FileEntry = Entry & { readonly content: AsyncIterable<Uint8Array> };

function contained(entries: readonly FileEntry[], container: Container): AsyncIterable<Uint8Array> {
  if (container === "zip") return zipped(entries);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1)
    throw new Error(`${entries.length} files do not fit into ${container}`);
  if (container === "gzip") return gzipped(entry.content);
  if (container === "zstd") return zstandard(entry.content);
  return entry.content;
}

/** Names of tables as names of files: what file systems reserve becomes an underscore, and no two are the same. */
function fileNames(tables: readonly string[]): string[] {
  const taken = new Set<string>();
  return tables.map((table) => {
    const name = table.replace(/[\p{Cc}<>:"/\\|?*]/gu, "_").replace(/[. ]+$/, "_");
    let free = name;
    // Some file systems do not mind case.
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name} (${n})`;
    taken.add(free.toLowerCase());
    return free;
  });
}
