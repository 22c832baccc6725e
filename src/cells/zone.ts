// Offsets of a time zone, from the runtime's own IANA data, remembered by the hour.
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";

const QUARTER = 900;
/** Before 1600 every zone stands at its first local mean time. */
const FIRST = Date.UTC(1600, 0, 1) / 1000;
/** ECMAScript dates end here; the last rule of the zone goes on beyond. */
const LAST = 8.64e12 - 86_400;

/** A time zone of the IANA database. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #byQuarter = new Map<number, number | null>();
  #lastQuarter = NaN;
  #lastOffset = 0;

  /** @throws usageError `unknown-time-zone` */
  constructor(name: string) {
    try {
      this.#format = new Intl.DateTimeFormat("en-US-u-nu-latn", {
        timeZone: name,
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        hourCycle: "h23",
      });
    } catch {
      throw usageError("unknown-time-zone", sentence`There is no time zone "${name}".`, {
        hint: sentence`Use a name of the IANA database, such as Europe/Paris or UTC.`,
      });
    }
    this.name = name;
  }

  /** Seconds to add to UTC to get local time at an instant (seconds since 1970). */
  offsetAt(seconds: number): number {
    const quarter = Math.floor(seconds / QUARTER);
    if (quarter === this.#lastQuarter) return this.#lastOffset;
    let offset = this.#byQuarter.get(quarter);
    if (offset === undefined) {
      const first = this.#compute(quarter * QUARTER);
      offset = first === this.#compute(quarter * QUARTER + QUARTER - 1) ? first : null;
      if (this.#byQuarter.size > 100_000) this.#byQuarter.clear();
      this.#byQuarter.set(quarter, offset);
    }
    // Some zones left local mean time in the middle of a quarter of an hour.
    if (offset === null) return this.#compute(Math.floor(seconds));
    this.#lastQuarter = quarter;
    this.#lastOffset = offset;
    return offset;
  }

  /** The instant at which clocks show a local time: the earlier one where they show it twice, later where they skip it. */
  instantAt(local: number): number {
    const before = local - this.offsetAt(local - 86_400);
    if (before + this.offsetAt(before) === local) return before;
    const after = local - this.offsetAt(local + 86_400);
    return after + this.offsetAt(after) === local ? after : before;
  }

  #compute(seconds: number): number {
    const within = Math.min(Math.max(seconds, FIRST), LAST);
    const parts: Record<string, number> = {};
    for (const part of this.#format.formatToParts(within * 1000)) parts[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - within;
  }
}

/** The zone of that name, or null for UTC, which needs no computing. */
export function zoneNamed(name: string): Zone | null {
  return name === "UTC" || name === "Etc/UTC" ? null : new Zone(name);
}
