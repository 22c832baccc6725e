// What the audit log is filtered by: in the address of the page, and as a condition of the API.
import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import { useSearchParams } from "react-router";

dayjs.extend(utc);
dayjs.extend(timezone);

export const FILTERS = ["action", "person", "kind", "subject", "from", "to"] as const;
export type AuditFilter = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

export function useAuditFilter(): {
  readonly filter: AuditFilter;
  readonly put: (change: AuditFilter) => void;
  readonly clear: () => void;
} {
  const [query, setQuery] = useSearchParams();
  const filter: AuditFilter = Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query.get(name);
      return value === null || value === "" ? [] : [[name, value]];
    }),
  );
  return {
    filter,
    put: (change) =>
      setQuery(
        (old) => {
          for (const [name, value] of Object.entries(change)) {
            if (value === "") old.delete(name);
            else old.set(name, value);
          }
          return old;
        },
        { replace: true },
      ),
    clear: () => setQuery({}, { replace: true }),
  };
}

/** As `where` of the API; undefined for all. Days are those of the reader's time zone, both included. */
export function conditionOf(
  { action, person, kind, subject, from, to }: AuditFilter,
  timeZone: string,
): string | undefined {
  const midnight = (day: string, later: number): string =>
    dayjs.tz(`${day}T00:00:00`, timeZone).add(later, "day").toISOString();
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
  return text !== undefined && /^[12]\d{3}-\d\d-\d\d$/.test(text) && dayjs(text).isValid();
}
