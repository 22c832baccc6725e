// `waybill worker`: runs exports of a service that others answer for.
import { Command } from "commander";
import { type ControlOptions, withControl } from "./control-options.ts";

export interface WorkerCommandOptions extends ControlOptions {
  readonly exports: string;
  readonly grace: string;
  readonly baseUrl?: string;
}

export function workerCommand(): Command {
  return withControl(new Command("worker"))
    .description("run exports that a service has queued: a worker alone, with the same DATABASE_URL and vault")
    .option("--exports <n>", "how many exports run here at a time", "2")
    .option("--base-url <url>", "where people find the service (else WAYBILL_BASE_URL, or http://localhost:8080)")
    .option("--grace <seconds>", "what is given to what still runs when it is asked to stop", "30")
    .action(async (options: WorkerCommandOptions) => {
      await (await import("./worker-action.ts")).runWorker(options);
    });
}

export interface RunDueOptions extends ControlOptions {
  readonly dryRun?: true;
  readonly org?: string;
  readonly exports: string;
  readonly baseUrl?: string;
}

export function runDueCommand(): Command {
  return withControl(new Command("run-due"))
    .description("fulfil now what waits for its organisation's window")
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--org <code>", "of one organisation only")
    .option("--exports <n>", "how many exports run at a time", "2")
    .option("--base-url <url>", "where people find the service (else WAYBILL_BASE_URL, or http://localhost:8080)")
    .action(async (options: RunDueOptions) => {
      await (await import("./run-due-action.ts")).runDue(options);
    });
}
