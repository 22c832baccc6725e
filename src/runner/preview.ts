// What a person sees of an export without downloading it, made while it is exported: no second run.
import type { FieldType } from "../catalog/types.ts";
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { zoneNamed, type Zone } from "../cells/zone.ts";
import type { Observer } from "../engine/observer.ts";
import type { PlanColumn, TablePlan } from "../plan/plan.ts";
import { type ColumnProfile, ColumnProfiler } from "./column-profile.ts";
import { shortText } from "./short-text.ts";

/** Entries of the archive that are listed. */
const MOST_ENTRIES = 1000;
/** Columns of a table that are shown, and columns of all tables that are profiled: each takes up to 30 KB meanwhile. */
const MOST_COLUMNS = 1000;
const MOST_PROFILES = 2000;
/** Counting different values in all rows of a large export would take a tenth of its time and more. */
const PROFILED_ROWS = 100_000;
/** Characters of all first rows: after that, there are fewer rows. */
const MOST_CHARACTERS = 4 << 20;

/** JSON, as it is kept beside the archive. */
export interface Preview {
  readonly version: 1;
  /** Whether values are left out, since only the archive's recipient may see them. */
  readonly withheld: boolean;
  /** Files of the archive, or the only file, in order; `bytes` as unpacked. The first 1,000 are listed. */
  readonly entries: readonly { readonly path: string; readonly bytes: number }[];
  readonly entryCount: number;
  readonly entryBytes: number;
  readonly tables: readonly TablePreview[];
}

export interface TablePreview {
  readonly name: string;
  readonly label?: string;
  readonly rows: number;
  /** In how many of the rows, from the first on, different values were counted; all else is of all rows. */
  readonly profiledRows: number;
  /** All columns; the first 1,000 are in `columns`. */
  readonly columnCount: number;
  readonly columns: readonly ColumnPreview[];
  /** Rows from the first on, by column: canonical texts, cut after 1,000 characters with `…`; null is missing. */
  readonly first: readonly (readonly (string | null)[])[];
}

export interface ColumnPreview {
  readonly name: string;
  readonly label?: string;
  readonly unit?: string;
  readonly type: FieldType;
  readonly deidentified?: string;
  /** Null where values are withheld, and where there are too many columns. */
  readonly profile: ColumnProfile | null;
}

export interface PreviewOptions {
  /** How many rows of each table are shown. */
  readonly rows: number;
  readonly timeZone: string;
  readonly withheld: boolean;
  /** In how many rows of each table, about, different values are counted. */
  readonly profiledRows?: number;
}

/** Collects a preview in memory that does not grow with the rows. */
export class PreviewMaker implements Observer {
  readonly #options: PreviewOptions;
  readonly #zone: Zone | null;
  readonly #entries: { path: string; bytes: number }[] = [];
  #entryCount = 0;
  #entryBytes = 0;
  readonly #tables: TableWatch[] = [];
  readonly #left = { characters: MOST_CHARACTERS, profiles: MOST_PROFILES };

  constructor(options: PreviewOptions) {
    this.#options = options;
    this.#zone = zoneNamed(options.timeZone);
  }

  table(table: TablePlan): (batch: CellBatch) => void {
    const watch = new TableWatch(table, this.#options, this.#zone, this.#left);
    this.#tables.push(watch);
    return (batch) => watch.see(batch);
  }

  entry(path: string, bytes: number): void {
    if (path.endsWith("/")) return;
    this.#entryCount++;
    this.#entryBytes += bytes;
    if (this.#entries.length < MOST_ENTRIES && !this.#options.withheld) this.#entries.push({ path, bytes });
  }

  /** What was seen until now. */
  result(): Preview {
    return {
      version: 1,
      withheld: this.#options.withheld,
      entries: this.#entries,
      entryCount: this.#entryCount,
      entryBytes: this.#entryBytes,
      tables: this.#tables.map((it) => it.result()),
    };
  }
}

/** What is left for all tables together. */
interface Left {
  characters: number;
  profiles: number;
}

class TableWatch {
  readonly #table: TablePlan;
  readonly #options: PreviewOptions;
  readonly #zone: Zone | null;
  readonly #left: Left;
  readonly #columns: readonly PlanColumn[];
  readonly #profilers: readonly ColumnProfiler[];
  readonly #first: (string | null)[][] = [];
  #isFull: boolean;
  #rows = 0;
  #profiled = 0;

  constructor(table: TablePlan, options: PreviewOptions, zone: Zone | null, left: Left) {
    this.#table = table;
    this.#options = options;
    this.#zone = zone;
    this.#left = left;
    this.#columns = table.columns.slice(0, MOST_COLUMNS);
    const profiled = options.withheld ? [] : this.#columns.slice(0, left.profiles);
    this.#profilers = profiled.map((column) => new ColumnProfiler(column, zone));
    left.profiles -= profiled.length;
    this.#isFull = options.withheld;
  }

  see(batch: CellBatch): void {
    if (!this.#isFull) this.#show(batch);
    const counts = this.#profiled < (this.#options.profiledRows ?? PROFILED_ROWS);
    const { bytes } = batch;
    const view = counts ? new DataView(bytes.buffer, bytes.byteOffset, bytes.length) : null;
    for (const profiler of this.#profilers) profiler.see(batch, view);
    if (counts) this.#profiled += batch.rows;
    this.#rows += batch.rows;
  }

  #show(batch: CellBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      if (this.#first.length >= this.#options.rows || this.#left.characters <= 0) {
        this.#isFull = true;
        return;
      }
      const shown = this.#columns.map(({ cell }) => {
        const i = row * batch.width + cell;
        return batch.kind[i] === Kind.missing ? null : shortText(batch, i, this.#zone);
      });
      this.#first.push(shown);
      for (const text of shown) this.#left.characters -= text?.length ?? 4;
    }
  }

  result(): TablePreview {
    const { name, label, columns } = this.#table;
    return {
      name,
      ...(label === undefined ? {} : { label }),
      rows: this.#rows,
      profiledRows: this.#profiled,
      columnCount: columns.length,
      columns: this.#columns.map((column, n) => ({
        name: column.name,
        ...(column.label === undefined ? {} : { label: column.label }),
        ...(column.unit === undefined ? {} : { unit: column.unit }),
        type: column.type,
        ...(column.deidentified === undefined ? {} : { deidentified: column.deidentified }),
        profile: this.#profilers[n]?.result() ?? null,
      })),
      first: this.#first,
    };
  }
}
