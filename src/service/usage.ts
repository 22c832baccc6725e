// What an org's exports take of its quota, and how busy its queue is: for its administrators.
import { bytesStored, countExports } from "../control/queries/exports.ts";
import { overdue } from "../control/queries/export-runs.ts";
import { usageByDay, type UsageDay } from "../control/queries/usage.ts";
import type { ExportState } from "../control/tables.ts";
import { mustMay, type OrgCall } from "./org-call.ts";

export interface Usage {
  /** Bytes; null for no limit. */
  readonly quota: number | null;
  /** Bytes that archives take in the vault. */
  readonly stored: number;
  /** How many exports there are in each state. */
  readonly exports: Readonly<Record<ExportState, number>>;
  /** How many are later than was promised. */
  readonly overdue: number;
  /** The last ninety days, today at the end. */
  readonly days: readonly UsageDay[];
}

const DAYS = 90;

/** @throws failure `forbidden` */
export async function usageOf(call: OrgCall): Promise<Usage> {
  mustMay(call, "usage.see");
  const { at } = call.access;
  const { config } = await call.org();
  const counts = await countExports(at);
  const count = (state: ExportState): number => counts.get(state) ?? 0;
  return {
    quota: config.quota,
    stored: await bytesStored(at),
    exports: {
      pending: count("pending"),
      running: count("running"),
      ready: count("ready"),
      error: count("error"),
      cancelled: count("cancelled"),
      expired: count("expired"),
    },
    overdue: await overdue(at, new Date()),
    days: await usageByDay(at, config.timeZone, DAYS),
  };
}
