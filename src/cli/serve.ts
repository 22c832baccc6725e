// `waybill serve`: the web app and the API in one process.
import { Command } from "commander";
import { type ControlOptions, withControl } from "./control-options.ts";

export interface ServeCommandOptions extends ControlOptions {
  readonly port: number;
  readonly host: string;
  readonly baseUrl?: string;
  readonly origin?: readonly string[];
  readonly proxy?: readonly string[];
  readonly exports: string;
  readonly grace: string;
}

export function serveCommand(): Command {
  return withControl(new Command("serve"))
    .description("start the service: the API, on embedded parts unless DATABASE_URL names a PostgreSQL")
    .option("-p, --port <n>", "the port to listen at", portOf, 8080)
    .option("--host <address>", "the address to listen at; 0.0.0.0 for all", "127.0.0.1")
    .option("--base-url <url>", "where people find it (else WAYBILL_BASE_URL, or http://localhost:<port>)")
    .option("--origin <url...>", "other origins whose pages may use the API (CORS)")
    .option("--proxy <address...>", "addresses or networks of proxies whose X-Forwarded-For counts")
    .option("--exports <n>", "how many exports run here at a time; 0 leaves them to waybill worker", "2")
    .option("--grace <seconds>", "what is given to what still runs when it is asked to stop", "30")
    .action(async (options: ServeCommandOptions) => {
      await (await import("./serve-action.ts")).runService(options);
    });
}

function portOf(text: string): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}
