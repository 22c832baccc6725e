// What exports are run with, made at the start (src/start) and handed around.
import type { Control } from "../control/open.ts";
import type { Orgs } from "../orgs/orgs.ts";
import type { Queue } from "../queue/queue.ts";
import type { Runner } from "../runner/runner.ts";
import type { Vault } from "../vault/vault.ts";
import type { Changes } from "./changes.ts";

export interface ExportParts {
  readonly control: Control;
  readonly orgs: Orgs;
  readonly queue: Queue;
  readonly runner: Runner;
  readonly vault: Vault;
  readonly changes: Changes;
  /** For the operator's log: nothing that people asked for, and no secret. */
  readonly log: (level: "info" | "warn" | "error", message: string) => void;
}
