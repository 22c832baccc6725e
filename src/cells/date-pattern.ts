// Date formats of templates, such as dd/MM/yyyy: Unicode TR35 (LDML) part 4, "Date Format Patterns". docs/date-patterns.md
import type { Language } from "../lib/language.ts";
import { dayCache } from "./date-cache.ts";
import { moment, type Piece, writeBytes } from "./date-moment.ts";
import { type PatternPart, readDatePattern } from "./read-date-pattern.ts";

/** A compiled date format. */
export interface DatePattern {
  /**
   * Which parts the pattern shows: one with hours does not suit a date without time, one with days not a time of day,
   * one with a zone only instants.
   */
  readonly needs: { readonly date: boolean; readonly time: boolean; readonly zone: boolean };
  /** The most bytes that it writes. */
  readonly size: number;
  /**
   * Writes a moment at `at` in UTF-8 and returns where it stopped.
   * @param seconds since 1970-01-01T00:00:00 on the clock of that place, whole, in the proleptic Gregorian calendar, from
   * the year -290000 to 290000
   * @param microseconds of the second
   * @param zone where the clock stands: its offset in whole seconds east of UTC, its IANA name; null for UTC
   */
  write(
    bytes: Uint8Array,
    at: number,
    seconds: number,
    microseconds: number,
    zone: { readonly offset: number; readonly name: string } | null,
  ): number;
}

const DAY = 86_400;

/**
 * Compiles a date format. Weeks are those of ISO 8601 in either language; digits are 0 to 9.
 * @throws PatternError `wrong-date-pattern`
 */
export function compileDatePattern(pattern: string, language: Language): DatePattern {
  const parts = readDatePattern(pattern);
  const pieces = groupsOf(parts).map((group) => pieceOf(group, language));
  const writers = pieces.map((piece) => piece.write);
  const shows = (part: string): boolean => parts.some((it) => "field" in it && it.field.part === part);
  return {
    needs: { date: shows("date"), time: shows("time"), zone: shows("zone") },
    size: pieces.reduce((sum, piece) => sum + piece.size, 0),
    write(bytes, at, seconds, microseconds, zone) {
      const day = Math.floor(seconds / DAY);
      moment.day = day;
      moment.second = seconds - day * DAY;
      moment.microseconds = microseconds;
      moment.offset = zone === null ? 0 : zone.offset;
      moment.zone = zone === null ? "UTC" : zone.name;
      for (let n = 0; n < writers.length; n++) at = writers[n]!(bytes, at);
      return at;
    },
  };
}

/** Parts in a row that a date alone answers, with the text around them; every other part by itself. */
function groupsOf(parts: readonly PatternPart[]): PatternPart[][] {
  const groups: PatternPart[][] = [];
  let ofDates = false;
  for (const part of parts) {
    const isDate = "field" in part && part.field.part === "date";
    const last = groups.at(-1);
    if (last !== undefined && (isDate || "text" in part) && (ofDates || last.every((it) => "text" in it))) {
      last.push(part);
    } else {
      groups.push([part]);
      ofDates = false;
    }
    ofDates ||= isDate;
  }
  return groups;
}

function pieceOf(group: readonly PatternPart[], language: Language): Piece {
  const pieces = group.map((part) => ("text" in part ? textPiece(part.text) : part.field.piece(part.width, language)));
  const isDate = group.some((part) => "field" in part && part.field.part === "date");
  return isDate ? dayCache(pieces) : pieces[0]!;
}

function textPiece(text: string): Piece {
  const from = Buffer.from(text);
  if (from.length > 1) return { size: from.length, write: (bytes, at) => writeBytes(bytes, at, from) };
  const only = from[0]!;
  return {
    size: 1,
    write: (bytes, at) => {
      bytes[at] = only;
      return at + 1;
    },
  };
}
