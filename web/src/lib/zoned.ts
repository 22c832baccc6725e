// Local times of a time zone and the instants that they are.

/** @param local `2024-05-01 12:34:56`. @returns the instant as `2024-05-01T10:34:56Z` */
export function instantOf(local: string, timeZone: string): string {
  const wall = Date.parse(`${local.replace(" ", "T")}Z`);
  // Near a change of the clock the offset of the first guess is not that of the time itself.
  const guess = wall - offsetAt(wall, timeZone);
  return new Date(wall - offsetAt(guess, timeZone)).toISOString().replace(".000Z", "Z");
}

/** @returns the time that clocks show there, as `2024-05-01 12:34:56`; null where it is no time */
export function localOf(instant: string, timeZone: string): string | null {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return null;
  return new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 19).replace("T", " ");
}

/** Milliseconds that clocks are ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const shown = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  return shown - Math.floor(at / 1000) * 1000;
}
