// Date formats of templates, such as dd/MM/yyyy: Unicode TR35 (LDML) part 4, "Date Format Patterns". docs/date-patterns.md
import type { Language } from "../lib/language.ts";
import { DateGroup } from "./date-group.ts";
import { type Field, moment, type Piece, writeBytes } from "./date-moment.ts";
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
  const groups = groupsOf(parts).map(
    (group) =>
      new DateGroup(
        group.parts.map((part) => pieceOf(part, language)),
        group.same,
      ),
  );
  const shows = (part: string): boolean => parts.some((it) => "field" in it && it.field.part === part);
  const needs = { date: shows("date"), time: shows("time"), zone: shows("zone") };
  return {
    needs,
    size: groups.reduce((sum, group) => sum + group.size, 0),
    write(bytes, at, seconds, microseconds, zone) {
      // The bits that `| 0` keeps tell the compiler that nothing here needs a heap number.
      const day = Math.floor(seconds / DAY) | 0;
      moment.day = day;
      moment.second = (seconds - day * DAY) | 0;
      moment.microseconds = microseconds | 0;
      if (needs.zone) setZone(zone);
      for (let n = 0; n < groups.length; n++) at = groups[n]!.write(bytes, at);
      return at;
    },
  };
}

function setZone(zone: { readonly offset: number; readonly name: string } | null): void {
  moment.offset = zone === null ? 0 : zone.offset | 0;
  moment.zone = zone === null ? "UTC" : zone.name;
}

/** Parts in a row whose texts stay the same as long, with the text behind them. */
interface Group {
  same: Field["same"];
  readonly parts: PatternPart[];
}

function groupsOf(parts: readonly PatternPart[]): readonly Group[] {
  const groups: Group[] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    const same = "field" in part ? part.field.same : undefined;
    // Text joins what stands before it; so do fields that stay the same as long, but those that never do.
    if (last !== undefined && last.same !== null && (same === undefined || same === last.same)) last.parts.push(part);
    else groups.push({ same: same ?? null, parts: [part] });
  }
  return groups;
}

function pieceOf(part: PatternPart, language: Language): Piece {
  return "text" in part ? textPiece(part.text) : part.field.piece(part.width, language);
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
