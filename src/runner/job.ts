// What a job is: an export that was planned, as JSON without secrets, and where its process finds what it needs.
import type { Problem } from "../cells/problems.ts";
import type { TableFacts } from "../engine/render.ts";
import type { Container } from "../engine/run.ts";
import type { ExportPlan } from "../plan/plan.ts";
import type { Failure } from "./failures.ts";

/** An export to be run. It may be kept in a queue: the plan names sources, and has none of their secrets. */
export interface ExportJob {
  /** The org's code in the configuration. */
  readonly org: string;
  readonly plan: ExportPlan;
  readonly container: Container;
  /** `age1…`: who alone can open the archive; null for the vault's own key. */
  readonly recipient: string | null;
  /** The archive's name in the vault, up to 170 characters of `A-Za-z0-9._-`. One that is there is replaced. */
  readonly archive: string;
  /** How many rows of each table the preview shows: 50, usually. */
  readonly preview: { readonly rows: number };
}

/** Where jobs find sources and the vault; their secrets are in the files, or in the environment. */
export interface Places {
  /** The path of the configuration. */
  readonly config: string;
  /** The vault's store (`readStoreUrl`), and the folder of its keys. */
  readonly vault: { readonly store: string; readonly keys: string };
}

/** What became of an export. The archive is in the vault when it is done, and is not when it failed. */
export type Outcome = Done | { readonly state: "failed"; readonly failure: Failure };

export interface Done {
  readonly state: "done";
  /** Of the object types themselves, without their lists. */
  readonly rows: number;
  /** Of the plain archive, as it is downloaded. */
  readonly bytes: number;
  /** Hexadecimal, of the plain archive. */
  readonly sha256: string;
  /** When the (first) source's snapshot was taken: ISO 8601, UTC. */
  readonly snapshotAt: string;
  readonly tables: readonly TableFacts[];
  /** Attached files that are in it. */
  readonly files: number;
  /** What the format could not hold exactly, and files that could not be had. */
  readonly problems: readonly Problem[];
}

/** The name under which an archive's preview is in the vault: JSON (`Preview`), sealed to the vault's own key. */
export function previewName(archive: string): string {
  return `${archive}.preview`;
}
