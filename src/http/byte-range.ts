// The part of a whole that `Range` asks for (RFC 9110, section 14).

/** From `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range of a `Range` field.
 * @param size of the whole, in bytes
 * @returns null for the whole: of another unit, of several ranges, or of none that can be read. Section 14.2 asks for
 * the first and allows the others ("a server MAY ignore the Range header field"); `unsatisfiable` for none of its bytes
 */
export function byteRangeOf(field: string, size: number): ByteRange | "unsatisfiable" | null {
  // Lists may have empty places (section 5.6.1).
  const ranges =
    /^bytes=(.*)$/i
      .exec(field.trim())?.[1]
      ?.split(",")
      .map((it) => it.trim()) ?? [];
  const [only, ...others] = ranges.filter((it) => it !== "");
  const its = /^(\d*)-(\d*)$/.exec(only ?? "");
  if (its === null || others.length > 0) return null;
  const [, first = "", last = ""] = its;
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    if (Number(last) === 0) return "unsatisfiable";
    // Of nothing, its last bytes are the whole.
    return length === 0 ? null : { start: size - length, end: size };
  }
  const [start, end] = [Number(first), last === "" ? size : Number(last) + 1];
  if (end <= start && last !== "") return null;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size) };
}
