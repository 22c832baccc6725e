// Dates as text by a pattern: what `date` of a template's column does.
import type { Appended } from "./appended.ts";
import type { CellBatch } from "./batch.ts";
import type { DatePattern } from "./date-pattern.ts";
import { Kind } from "./kinds.ts";
import type { Zone } from "./zone.ts";

const DAY = 86_400;

/**
 * Writes the dates of cell `cell` of every row by a pattern. Instants are shown in the zone.
 * @param asItIs told of values that are no dates, or lack a part that the pattern shows: they stay as they are.
 */
export function formatDates(
  batch: CellBatch,
  cell: number,
  pattern: DatePattern,
  zone: Zone | null,
  appended: Appended,
  asItIs: () => void,
): void {
  const { kind, start, end, number } = batch;
  const { needs, size } = pattern;
  const shown = zone === null ? null : { offset: 0, name: zone.name };
  const out = appended.reserve(batch, size * batch.rows);
  const { bytes } = out;
  let at = out.length;
  for (let i = cell; i < batch.rows * batch.width; i += batch.width) {
    let seconds = number[i]!;
    let microseconds = 0;
    let isShown = true;
    switch (kind[i]) {
      case Kind.missing:
        continue;
      case Kind.date:
        seconds *= DAY;
        isShown = !needs.time && !needs.zone;
        break;
      case Kind.time:
        seconds = Math.floor(number[i]! / 1e6);
        microseconds = number[i]! - seconds * 1e6;
        isShown = !needs.date && !needs.zone;
        break;
      case Kind.datetime:
        microseconds = start[i]!;
        isShown = !needs.zone;
        break;
      case Kind.instant:
        microseconds = start[i]!;
        if (zone !== null && shown !== null) {
          shown.offset = zone.offsetAt(seconds);
          seconds += shown.offset;
        }
        break;
      default:
        isShown = false;
    }
    if (!isShown) {
      asItIs();
      continue;
    }
    kind[i] = Kind.text;
    start[i] = at;
    end[i] = at = pattern.write(bytes, at, seconds, microseconds, shown);
  }
  out.length = at;
}
