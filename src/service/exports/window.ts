// Windows: when exports of an org that does not run them at once begin (`window`, a cron expression in its time zone).
import { Cron } from "croner";
import type { OrgConfig } from "../../config/config.ts";

/** What is promised to whoever waits: that it is done so long after its window has opened, in milliseconds. */
const PROMISE = 3_600_000;

export interface Window {
  readonly startsAt: Date;
  readonly dueAt: Date;
}

/** The next window of an org; null where exports begin at once. */
export function nextWindow({ window, timeZone }: Pick<OrgConfig, "window" | "timeZone">, now: Date): Window | null {
  if (window === null) return null;
  const startsAt = new Cron(window, { timezone: timeZone, paused: true }).nextRun(now);
  // An expression that no day fits any more is refused with the configuration.
  return startsAt === null ? null : { startsAt, dueAt: new Date(startsAt.getTime() + PROMISE) };
}
