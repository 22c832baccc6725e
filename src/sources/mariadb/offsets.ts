// Offsets of a time zone as SQL: the server's own tables of zones may be empty.
import { type Zone, zoneNamed } from "../../cells/zone.ts";

const DAY = 86_400;
/** No zone changes its clocks for less than some weeks. */
const STEP = 7 * DAY;
/** The instants that TIMESTAMP holds (to 2038, and from MariaDB 11.5 on to 2106). */
const FIRST = 0;
const LAST = 4_294_967_295;

/** From an instant on, so many seconds are added to UTC. */
interface Change {
  readonly from: number;
  readonly offset: number;
}

const known = new Map<string, readonly Change[]>();

/** SQL for the seconds that are added to the instant `sql` to get local time: a search by halves. */
export function offsetOf(sql: string, timeZone: string): string {
  const zone = zoneNamed(timeZone);
  if (zone === null) return "0";
  const changes = known.get(timeZone) ?? changesOf(zone);
  known.set(timeZone, changes);
  const search = (from: number, to: number): string => {
    if (to - from === 1) return String(changes[from]!.offset);
    const middle = (from + to) >> 1;
    const at = new Date(changes[middle]!.from * 1000).toISOString().slice(0, 19).replace("T", " ");
    return `IF(${sql} < CAST('${at}' AS DATETIME), ${search(from, middle)}, ${search(middle, to)})`;
  };
  return search(0, changes.length);
}

function changesOf(zone: Zone): Change[] {
  const changes: Change[] = [{ from: FIRST, offset: zone.offsetAt(FIRST) }];
  for (let at = FIRST; at < LAST; at += STEP) {
    const before = zone.offsetAt(at);
    const next = Math.min(at + STEP, LAST);
    const after = zone.offsetAt(next);
    if (before === after) continue;
    let low = at;
    let high = next;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (zone.offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ from: high, offset: after });
  }
  return changes;
}
