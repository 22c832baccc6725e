// The texts of days that were written lately: the same days come again and again.
import { moment, type Piece, setDay } from "./date-moment.ts";

/** Days that are kept, by their last bits: eleven years side by side. Memory is taken as they come. */
const RECENT = 4096;
/** Longer texts are written anew each time. */
const MOST = 96;
const NONE = 0x7fffffff;

/** Pieces that depend on nothing but the day, as one. */
export function dayCache(pieces: readonly Piece[]): Piece {
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
  const writers = pieces.map((piece) => piece.write);
  const writeAnew = (bytes: Uint8Array, at: number): number => {
    setDay(moment.day);
    for (let n = 0; n < writers.length; n++) at = writers[n]!(bytes, at);
    return at;
  };
  if (size > MOST) return { size, write: writeAnew };

  const days = new Int32Array(RECENT).fill(NONE);
  const ends = new Uint16Array(RECENT);
  const texts = new Uint8Array(RECENT * size);
  return {
    size,
    write: (bytes, at) => {
      const slot = moment.day & (RECENT - 1);
      const from = slot * size;
      if (days[slot] === moment.day) {
        const length = ends[slot]!;
        for (let n = 0; n < length; n++) bytes[at + n] = texts[from + n]!;
        return at + length;
      }
      const end = writeAnew(bytes, at);
      days[slot] = moment.day;
      ends[slot] = end - at;
      for (let n = at; n < end; n++) texts[from + n - at] = bytes[n]!;
      return end;
    },
  };
}
