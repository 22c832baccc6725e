// What programs that run exports are told by their options and their environment.
import { resolve } from "node:path";
import { usageError } from "../lib/errors.ts";
import type { ExportParts } from "../exports/parts.ts";
import type { VaultPlace } from "../start/exports.ts";

/** An environment variable; null where it is not set, or empty. */
export function env(name: string): string | null {
  return process.env[name] || null;
}

/** How many exports run at a time. @throws usageError `command-line` */
export function slotsOf(text: string, least: number): number {
  const slots = Number(text);
  if (Number.isInteger(slots) && slots >= least && slots <= 100) return slots;
  throw usageError("command-line", `--exports needs a whole number from ${least} to 100.`, {
    hint: "The usual one is 2.",
  });
}

/** What is given to requests and exports that go on when it is asked to stop, in milliseconds. @throws usageError `command-line` */
export function graceOf(text: string): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds <= 86_400) return seconds * 1000;
  throw usageError("command-line", "--grace needs a whole number of seconds, up to a day.", {
    hint: "The usual one is 30.",
  });
}

/** Where archives lie: in the data folder, unless the environment names a store. */
export function vaultPlace(dataDir: string): VaultPlace {
  return {
    store: env("WAYBILL_VAULT") ?? resolve(dataDir, "vault"),
    keys: env("WAYBILL_KEYS") ?? resolve(dataDir, "keys"),
  };
}

/** A line of JSON for each remark, on standard error: as the service's log. */
export const logLines: ExportParts["log"] = (level, msg) => {
  process.stderr.write(`${JSON.stringify({ level: LEVELS[level], time: Date.now(), pid: process.pid, msg })}\n`);
};

/** As pino, which the service logs with, numbers them. */
const LEVELS = { info: 30, warn: 40, error: 50 } as const;
