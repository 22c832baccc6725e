// Runs a plan: the one place that joins source, format and container. It gives back bytes and facts and knows nothing else.
import { gzipped, zstandard } from "../archive/segments.ts";
import { zipped } from "../archive/zip.ts";
import { type Problem, Problems } from "../cells/problems.ts";
import type { WriterContext } from "../cells/row-writer.ts";
import { zoneNamed } from "../cells/zone.ts";
import { formatNamed } from "../formats/index.ts";
import { concurrentStreams, type ExportPlan } from "../plan/plan.ts";
import type { Source } from "../sources/source.ts";
import { archive } from "./archive.ts";
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
  /** The program and its version, for the archive's description: `Waybill 1.0.0`. */
  readonly program: string;
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
    const contents = files.map(({ content }, n) =>
      content({ session, problems, signal, onRows: n === 0 ? progress : () => {}, facts: tables }),
    );
    const archived = (): AsyncIterable<Uint8Array> =>
      zipped(archive(files, contents, { plan, snapshotAt: session.snapshotAt, problems, program: options.program }));
    for await (const chunk of options.container === "zip" ? archived() : single(contents, options.container)) {
      signal.throwIfAborted();
      bytes += chunk.length;
      yield chunk;
    }
    return { tables, snapshotAt: session.snapshotAt, bytes, problems: problems.list() };
  } finally {
    await session.close();
  }
}

/** The only file of an export, as it is or compressed. */
function single(
  contents: readonly AsyncIterable<Uint8Array>[],
  container: Exclude<Container, "zip">,
): AsyncIterable<Uint8Array> {
  const [content] = contents;
  if (content === undefined || contents.length > 1) {
    throw new Error(`${contents.length} files do not fit into ${container}`);
  }
  if (container === "gzip") return gzipped(content);
  if (container === "zstd") return zstandard(content);
  return content;
}
