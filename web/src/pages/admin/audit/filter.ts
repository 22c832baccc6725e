// What the audit log is filtered by: in the address of the page, and as a condition of the API.
import { useGiven } from "../../../lib/use-given.ts";
import { instantOf } from "../../../lib/zoned.ts";

/** Milliseconds. */
const DAY = 86_400_000;

export const FILTERS = ["action", "person", "kind", "subject", "from", "to"] as const;
export type AuditFilter = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

export function useAuditFilter() {
  const { given: filter, put, clearAllBut } = useGiven(FILTERS);
  return { filter, put, clear: () => clearAllBut() };
}

/** As `where` of the API; undefined for all. Days are those of the reader's time zone, both included. */
export function conditionOf(
  { action, person, kind, subject, from, to }: AuditFilter,
  timeZone: string,
): string | undefined {
  const midnight = (day: string, later: number): string => {
    const date = new Date(Date.parse(`${day}T00:00:00Z`) + later * DAY).toISOString().slice(0, 10);
    return instantOf(`${date} 00:00:00`, timeZone);
  };
  const at = {
    ...(isDay(from) ? { $gte: midnight(from, 0) } : {}),
    ...(isDay(to) ? { $lt: midnight(to, 1) } : {}),
  };
  const where = {
    ...(action === undefined ? {} : { action }),
    ...(person === undefined ? {} : { person: person === "none" ? null : person }),
    ...(kind === undefined ? {} : { subjectKind: kind }),
    ...(subject === undefined ? {} : { subject: subject.trim() }),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
  return Object.keys(where).length === 0 ? undefined : JSON.stringify(where);
}

/** What is typed into a date's box passes through half dates. */
function isDay(text: string | undefined): text is string {
  return text !== undefined && /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}
