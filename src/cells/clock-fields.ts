// The fields of date patterns that a time of day answers: Unicode TR35 part 4, "Date Field Symbol Table".
import { halfDayNames } from "./date-names.ts";
import { type Field, moment, namePiece, numberPiece, widths } from "./date-moment.ts";
import { writePadded } from "./integers.ts";

const ZERO = 48;

const hour = (): number => (moment.second / 3600) | 0;

const twoDigits = (same: Field["same"], value: () => number): Field => ({
  part: "time",
  same,
  widths: widths(2),
  piece: (width) => numberPiece(width, 2, value),
});

export const CLOCK_FIELDS: Readonly<Record<string, Field>> = {
  a: {
    part: "time",
    same: "minute",
    widths: widths(5),
    piece: (width, language) =>
      namePiece(halfDayNames(language, width === 5 ? "narrow" : "short"), () => (hour() < 12 ? 0 : 1)),
  },
  h: twoDigits("minute", () => ((hour() + 11) % 12) + 1),
  H: twoDigits("minute", hour),
  K: twoDigits("minute", () => hour() % 12),
  k: twoDigits("minute", () => hour() || 24),
  m: twoDigits("minute", () => ((moment.second / 60) | 0) % 60),
  s: twoDigits("second", () => moment.second % 60),
  S: {
    part: "time",
    same: null,
    widths: widths(9),
    // Cut off, not rounded, as TR35 has it; what lies below a microsecond is zero.
    piece: (width) => {
      const digits = Math.min(width, 6);
      const unit = 10 ** (6 - digits);
      return {
        size: width,
        write: (bytes, at) => {
          const end = writePadded(bytes, at, (moment.microseconds / unit) | 0, digits);
          for (let n = end; n < at + width; n++) bytes[n] = ZERO;
          return at + width;
        },
      };
    },
  },
  A: {
    part: "time",
    same: null,
    widths: widths(9),
    piece: (width) => numberPiece(width, 8, () => moment.second * 1000 + ((moment.microseconds / 1000) | 0)),
  },
};
