// What a runner and its processes tell each other.
import type { Progress } from "../engine/run.ts";
import type { Failure } from "./failures.ts";
import type { ExportJob, Outcome, Places } from "./job.ts";

export interface Order {
  readonly job: ExportJob;
  readonly places: Places;
  /** How many bytes the archive may have; null for no limit. */
  readonly quota: number | null;
}

/** To the process: an export once, and perhaps that it is to stop. */
export type ToChild = { readonly run: Order } | { readonly stop: Failure };

/** From the process: how far it is, and once what became of it. */
export type FromChild = { readonly progress: Progress } | { readonly outcome: Outcome };
