// What `waybill serve` does.
import type { Config } from "../config/config.ts";
import { usageError } from "../lib/errors.ts";
import { version } from "../lib/version.ts";
import { serve } from "../start/serve.ts";
import { checkedUrl } from "./base-url.ts";
import { configuration } from "./control-options.ts";
import { askedToStop } from "./stop-signal.ts";
import { env, graceOf, slotsOf, vaultPlace } from "./work-options.ts";
import type { ServeCommandOptions } from "./serve.ts";

/** Starts the service, and returns when it was asked to stop and has. @throws usageError and failures of `serve` */
export async function runService(options: ServeCommandOptions): Promise<void> {
  const { port, host, dataDir } = options;
  if (!(port <= 65_535)) {
    throw usageError("command-line", "--port needs a number up to 65535.", { hint: "The usual one is 8080." });
  }
  const slots = slotsOf(options.exports, 0);
  const baseUrl = checkedUrl(options.baseUrl ?? env("WAYBILL_BASE_URL") ?? `http://localhost:${port}`);
  const asked = askedToStop();
  const config = await configuration(options);
  const serving = await serve({
    config: config ?? NOTHING,
    file: options.config ?? "waybill.yaml",
    dataDir,
    databaseUrl: env("DATABASE_URL"),
    vault: vaultPlace(dataDir),
    slots,
    grace: graceOf(options.grace),
    host,
    port,
    baseUrl,
    origins: (options.origin ?? list(env("WAYBILL_ORIGINS"))).map(originOf),
    proxies: options.proxy ?? list(env("WAYBILL_PROXIES")),
    secret: env("WAYBILL_SECRET"),
    metricsToken: env("WAYBILL_METRICS_TOKEN"),
    logLevel: logLevel(env("WAYBILL_LOG")),
    logTo: process.stderr,
  });
  process.stdout.write(welcome(baseUrl, serving, config));
  await asked;
  await serving.stop();
}

/** Without a configuration there are no orgs; the service says so to whoever comes. */
const NOTHING: Config = { mail: null, orgs: new Map(), place: () => ({ file: "waybill.yaml", line: 1, column: 1 }) };

function welcome(
  baseUrl: string,
  { address, firstLink }: { readonly address: string; readonly firstLink: string | null },
  config: Config | null,
): string {
  const lines = [`Waybill ${version()} listens at ${address}; people find it at ${baseUrl}.`];
  if (config === null) lines.push("There is no configuration: waybill init <source-url> writes one.");
  else lines.push(`Organisations: ${[...config.orgs.keys()].join(", ")}.`);
  if (firstLink !== null) {
    lines.push("Nobody has an account. This link makes the first administrator, once, within a day:", `  ${firstLink}`);
  }
  return `${lines.join("\n")}\n`;
}

function list(text: string | null): string[] {
  return (text ?? "").split(/[\s,]+/).filter((it) => it !== "");
}

/** @throws usageError `origin` */
function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw usageError("origin", `"${text}" is no origin.`, { hint: "Write it as https://app.example.org." });
}

const LEVELS = ["error", "warn", "info", "debug", "silent"] as const;

/** @throws usageError `log-level` */
function logLevel(text: string | null): (typeof LEVELS)[number] {
  const level = LEVELS.find((it) => it === (text ?? "info"));
  if (level !== undefined) return level;
  throw usageError("log-level", `WAYBILL_LOG does not know "${text}".`, { hint: `It is one of ${LEVELS.join(", ")}.` });
}
