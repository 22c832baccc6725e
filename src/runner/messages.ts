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

/** A part of the batch's keys that was asked for, or why there is none. */
export type KeysPart =
  | { readonly part: number; readonly keys: readonly string[] }
  | { readonly part: number; readonly failure: Failure };

/** To the process: an export once, the keys that it asks for, and perhaps that it is to stop. */
export type ToChild = { readonly run: Order } | KeysPart | { readonly stop: Failure };

/** From the process: how far it is, which part of the batch's keys it needs now, and once what became of it. */
export type FromChild =
  | { readonly progress: Progress }
  | { readonly keysOfPart: number }
  | { readonly outcome: Outcome };
