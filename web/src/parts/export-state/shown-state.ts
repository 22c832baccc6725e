// The state of an export as people are told it: why it waits, and whether it has problems, are states of their own.
import type { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";

export const SHOWN_STATES = [
  "approval",
  "window",
  "queued",
  "running",
  "ready",
  "problems",
  "error",
  "cancelled",
  "expired",
] as const;
export type ShownState = (typeof SHOWN_STATES)[number];

type Facts = Pick<Export, "state" | "approval" | "startsAt" | "problems">;

export function shownState({ state, approval, startsAt, problems }: Facts): ShownState {
  if (state === "pending") {
    if (approval?.state === "wanted") return "approval";
    return startsAt !== null && new Date(startsAt).getTime() > Date.now() ? "window" : "queued";
  }
  return state === "ready" && problems > 0 ? "problems" : state;
}

/** Whether it waits or runs: it changes by itself. */
export function isUnderWay({ state }: Pick<Export, "state">): boolean {
  return state === "pending" || state === "running";
}

/** A page of a list of exports. */
export type ExportList = Awaited<ReturnType<typeof api.org.getExports>>;

/** Milliseconds from one look at a list of exports to the next. */
export function lookAgain(page: ExportList | undefined): number {
  return page?.data.some(isUnderWay) === true ? 2000 : 15_000;
}
