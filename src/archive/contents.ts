// What an archive holds, as its two descriptors tell it.
import { createHash } from "node:crypto";
import type { Problem } from "../cells/problems.ts";
import type { Dialect } from "../cells/row-writer.ts";
import type { ExportPlan, TablePlan } from "../plan/plan.ts";

/** The files that describe an archive. Nothing else in it may have their names. */
export const DATA_PACKAGE = "datapackage.json";
export const README = "README.txt";
/** Lists the files that could not be had. */
export const MISSING_FILES = "missing-files.csv";

/** Rows of a table at their place in a file. */
export interface PlacedTable {
  readonly table: TablePlan;
  /** The sheet that holds them, in formats that have sheets. */
  readonly sheet: string | null;
  readonly rows: number;
}

/** A file of an archive, after it was written. */
export interface ArchivedFile {
  /** Its path in the archive. */
  readonly path: string;
  /** The name of its format: `csv`. */
  readonly format: string;
  readonly mime: string;
  /** Whether its records hold references and lists as objects and arrays. */
  readonly nested: boolean;
  readonly bytes: number;
  /** Hexadecimal SHA-256 of its content. */
  readonly sha256: string;
  /** What it holds; empty where its content is no table. */
  readonly tables: readonly PlacedTable[];
  readonly dialect: Dialect | null;
  /** Of an attached file: the record that it belongs to; of a paired-end read, its direction and the other file. */
  readonly about?: {
    readonly record: string;
    readonly direction?: "forward" | "reverse";
    readonly pairedWith?: string;
  };
}

/** An archive but for its descriptors. */
export interface ArchiveContents {
  readonly plan: ExportPlan;
  readonly files: readonly ArchivedFile[];
  /** When the (first) source's snapshot was taken, and when the descriptors were made: ISO 8601, UTC. */
  readonly snapshotAt: string;
  /** By source, where there are several. */
  readonly snapshots: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly problems: readonly Problem[];
  /** The program and its version: `Waybill 1.0.0`. */
  readonly program: string;
}

/** Size and hash of content, known after its last chunk. */
export interface Measure {
  bytes: number;
  /** Hexadecimal; empty before the end. */
  sha256: string;
}

/** Passes content on and measures it. */
export async function* measured(content: AsyncIterable<Uint8Array>, measure: Measure): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of content) {
    hash.update(chunk);
    measure.bytes += chunk.length;
    yield chunk;
  }
  measure.sha256 = hash.digest("hex");
}
