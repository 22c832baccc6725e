// The fields of date patterns that a time zone answers: Unicode TR35 part 4, "Time Zone Format Terminology".
import type { Language } from "../lib/language.ts";
import { offsetNames } from "./date-names.ts";
import { type Field, moment, type Piece, widths, writeAtLeast, writeBytes } from "./date-moment.ts";
import { writePadded } from "./integers.ts";

const PLUS = 43;
const DASH = 45;
const COLON = 58;
const Z = 90;

/** Names of the IANA database are shorter, and ASCII. */
const ZONE_SIZE = 48;

export const ZONE_FIELDS: Readonly<Record<string, Field>> = {
  Z: {
    part: "zone",
    same: null,
    widths: widths(5),
    piece: (width, language) =>
      width === 4 ? gmtOffset(4, language) : width === 5 ? isoOffset(5, true) : isoOffset(4, false),
  },
  O: { part: "zone", same: null, widths: [1, 4], piece: gmtOffset },
  X: { part: "zone", same: null, widths: widths(5), piece: (width) => isoOffset(width, true) },
  x: { part: "zone", same: null, widths: widths(5), piece: (width) => isoOffset(width, false) },
  V: { part: "zone", same: null, widths: [2], piece: () => ({ size: ZONE_SIZE, write: writeZone }) },
};

/**
 * ISO 8601's offset: hours, with minutes where there are any (1); with minutes (2, 3); with seconds where there are any
 * (4, 5). 3 and 5 have colons. What is left off is cut off.
 * @param utc whether none is shown as Z
 */
function isoOffset(width: number, utc: boolean): Piece {
  const colons = width === 3 || width === 5;
  const unit = width < 4 ? 60 : 1;
  return {
    size: 9,
    write: (bytes, at) => {
      const size = ((Math.abs(moment.offset) / unit) | 0) * unit;
      if (size === 0 && utc) {
        bytes[at] = Z;
        return at + 1;
      }
      bytes[at] = moment.offset < 0 && size !== 0 ? DASH : PLUS;
      at = writePadded(bytes, at + 1, (size / 3600) | 0, 2);
      if (width === 1 && size % 3600 === 0) return at;
      return writeRest(bytes, at, size, colons);
    },
  };
}

/** CLDR's localized GMT format: `GMT-8`, `GMT+5:30` (one letter), `GMT-08:00`; seconds where there are any. */
function gmtOffset(width: number, language: Language): Piece {
  const short = width === 1;
  const { zero, east, west } = offsetNames(language, short ? "short" : "long");
  return {
    size: Math.max(zero.length, Math.max(east.length, west.length) + 8),
    write: (bytes, at) => {
      const size = Math.abs(moment.offset);
      if (size === 0) return writeBytes(bytes, at, zero);
      at = writeBytes(bytes, at, moment.offset < 0 ? west : east);
      at = writeAtLeast(bytes, at, (size / 3600) | 0, short ? 1 : 2);
      if (short && size % 3600 === 0) return at;
      return writeRest(bytes, at, size, true);
    },
  };
}

/** Minutes, and seconds where there are any. */
function writeRest(bytes: Uint8Array, at: number, size: number, colons: boolean): number {
  if (colons) bytes[at++] = COLON;
  at = writePadded(bytes, at, ((size % 3600) / 60) | 0, 2);
  if (size % 60 === 0) return at;
  if (colons) bytes[at++] = COLON;
  return writePadded(bytes, at, size % 60, 2);
}

function writeZone(bytes: Uint8Array, at: number): number {
  const end = Math.min(moment.zone.length, ZONE_SIZE);
  for (let n = 0; n < end; n++) bytes[at + n] = moment.zone.charCodeAt(n);
  return at + end;
}
