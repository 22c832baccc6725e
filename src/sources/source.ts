// What a source is: a database, or a folder of data files, that is only ever read. Each is a folder here.
import type { Catalog, Field } from "../catalog/types.ts";
import type { CellBatch } from "../cells/batch.ts";
import type { WaybillError } from "../lib/errors.ts";
import type { Select } from "../plan/select.ts";

/** What a source does not let a statement have. */
export interface SourceLimits {
  /** How long a statement that matches patterns may run, in milliseconds. */
  readonly patternTime: number;
}

/** Long enough for any honest export, and an end to the others. */
export const USUAL_LIMITS: SourceLimits = { patternTime: 30 * 60_000 };

/** A database that can be read. */
export interface Source {
  /** What a person may be shown: never with a password. */
  readonly label: string;
  /**
   * Reads tables, views, columns, keys, foreign keys and comments.
   * @throws failure `source-unreachable`, `source-refused`
   */
  introspect(signal: AbortSignal): Promise<Catalog>;
  /**
   * The columns that SELECTs of the configuration give, as fields; for each in its place, or why it is refused
   * (`query-refused`). Nothing is run.
   * @throws failure `source-unreachable`
   */
  describe(queries: readonly string[], signal: AbortSignal): Promise<readonly (readonly Field[] | WaybillError)[]>;
  /**
   * Opens one read-only snapshot for a whole export.
   * @param streams how many streams will be open at the same time.
   * @param signal when it aborts, running statements are stopped at the server and every stream throws its reason.
   * @param checked when it is looked whether tables were changed in ways that no snapshot keeps: at the end of each stream
   * when absent; or by `check`, for all streams at once.
   */
  open(streams: number, signal: AbortSignal, checked?: "by check"): Promise<SourceSession>;
  /** Opens for one select, for which what its own statement sees is snapshot enough. Use `openOne` below. */
  openOne?(signal: AbortSignal): Promise<SourceReader>;
  /** Ends what is kept open between sessions. Those that are running go on, and leave nothing behind. */
  close?(): Promise<void>;
}

/** Opens a source for one select, as cheaply as it can. @param signal as of `open` */
export function openOne(source: Source, signal: AbortSignal): Promise<SourceReader> {
  return source.openOne?.(signal) ?? source.open(1, signal);
}

/** What selects are read with. */
export interface SourceReader {
  /** Starts a select. */
  stream(select: Select): CellStream;
  /**
   * About how many rows a select has, as the database's planner thinks: without reading them, and at times far off. Its
   * figures are of the whole table, whoever asks.
   */
  estimate?(select: Select): Promise<number | null>;
  /** Whether the database would have to sort the rows of a select: true where no index has their order. */
  sorts?(select: Select): Promise<boolean>;
  /** To be called after the last stream where that was said. @throws failure `source-changed` */
  check?(): Promise<void>;
  /** Ends everything; safe to call twice, and after an abort. */
  close(): Promise<void>;
}

/** One consistent snapshot. */
export interface SourceSession extends SourceReader {
  /** When it was taken: ISO 8601, UTC. */
  readonly snapshotAt: string;
}

/** The rows of one select, pulled batch by batch. */
export interface CellStream {
  /**
   * The next batch, at least one row, valid until the following call; null after the last.
   * @throws failure `source-lost`, `source-refused`, or the reason of the abort
   */
  next(): Promise<CellBatch | null>;
  /** How many rows the source says it sent; known when `next` has given null. */
  readonly rowsSent: number;
}
